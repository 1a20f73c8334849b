import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { account, happening } from '../../../test/main/storage/records.ts'
import {
  appendMany,
  backupNames,
  openIn,
  temporaryFolder
} from '../../../test/main/storage/temporary-store.ts'
import type { HistoryEvent } from '../../shared/domain/history.ts'
import type { Store } from '../ports/store.ts'
import { openSql, readOnlyAddress } from './sql.ts'

const everything = (store: Store): readonly HistoryEvent[] => [...store.read.eachHistoryEvent()]

const search = (store: Store, text: string) =>
  store.read.history({
    search: text,
    accountId: null,
    asset: null,
    group: 'all',
    beforeSeq: null,
    limit: 100
  }).rows

const clearedFiles = (folder: string): readonly string[] =>
  readdirSync(folder).filter((name) => name.startsWith('library.cleared-'))

describe('clearing the history', () => {
  it('begins a new chain with one record, and keeps the whole old database aside', async () => {
    const folder = temporaryFolder()
    const store = openIn(folder)
    store.transaction((write) => write.putAccount(account()))
    appendMany(store, 30)
    const old = everything(store)
    const cleared = await store.clearHistory(30)
    if (!cleared.ok) throw new Error(cleared.error.kind)
    const [record, ...others] = everything(store)
    expect(others).toEqual([])
    // The clock goes on by a second with each question.
    const [untilAt, ...otherCopies] = store.clearedUntil()
    expect(untilAt?.slice(0, 16)).toBe(cleared.value.keptUntilAt.slice(0, 16))
    expect(otherCopies).toEqual([])
    expect(record).toMatchObject({
      seq: 1,
      type: 'history-cleared',
      body: { ...cleared.value, count: 30, lastHash: old.at(-1)?.hash }
    })
    expect(await store.checkHistory(null)).toMatchObject({ isIntact: true, checkedCount: 1 })
    expect(store.read.accounts()).toHaveLength(1)
    expect(search(store, 'r7')).toEqual([])

    const kept = openSql(readOnlyAddress(join(folder, cleared.value.keptAs)))
    expect(kept.first('SELECT count(*) AS n, max(hash) IS NOT NULL AS has FROM history')).toEqual({
      n: 30,
      has: 1
    })
    expect(kept.first('SELECT hash FROM history WHERE seq = 30')).toEqual({ hash: old[29]?.hash })
    kept.close()
    if (process.platform !== 'win32') {
      expect(statSync(join(folder, cleared.value.keptAs)).mode & 0o777).toBe(0o600)
    }
    expect(backupNames(folder)).toEqual([])
  })

  it('leaves nothing of the old records in the database itself', async () => {
    const folder = temporaryFolder()
    const store = openIn(folder)
    store.transaction((write) => write.append(happening({ assetName: 'Mnemosyne Quillfeather' })))
    appendMany(store, 5)
    expect((await store.clearHistory(6)).ok).toBe(true)
    store.close()
    const left = readdirSync(folder).filter((name) => /^library\.sqlite/.test(name))
    for (const name of left) {
      expect(readFileSync(join(folder, name)).includes('Quillfeather'), name).toBe(false)
    }
  })

  it('goes on as ever: later records are chained, found, and still cannot be changed', async () => {
    const folder = temporaryFolder()
    const store = openIn(folder)
    appendMany(store, 3)
    await store.clearHistory(3)
    store.transaction((write) => write.append(happening({ assetName: 'Amara Osei' })))
    expect(search(store, 'amara').map(({ seq }) => seq)).toEqual([2])
    store.close()
    const again = openIn(folder)
    expect(await again.checkHistory(null)).toMatchObject({ isIntact: true, checkedCount: 2 })
    again.close()
    const sql = openSql(join(folder, 'library.sqlite'))
    expect(() => sql.exec('DELETE FROM history')).toThrow('history is append-only')
    expect(() => sql.exec(`UPDATE history SET type = 'x'`)).toThrow('history is append-only')
    sql.close()
  })

  it('clears nothing if there is a later record than the one that was seen', async () => {
    const folder = temporaryFolder()
    const store = openIn(folder)
    appendMany(store, 5)
    for (const seen of [4, 6]) {
      expect(await store.clearHistory(seen)).toEqual({
        ok: false,
        error: { kind: 'confirmation-expired' }
      })
    }
    const clearing = store.clearHistory(5)
    appendMany(store, 1)
    expect(await clearing).toEqual({ ok: false, error: { kind: 'confirmation-expired' } })
    expect(everything(store)).toHaveLength(6)
    expect(clearedFiles(folder)).toEqual([])
  })

  it('takes the kept file away after thirty days, and no other', async () => {
    const folder = temporaryFolder()
    const nowAt = '2026-05-31T12:00:00.000Z'
    const clock = { nowAt: () => nowAt, monotonicMs: () => 0, wait: async () => undefined }
    const store = openIn(folder, { clock })
    const names = [
      'library.cleared-2026-05-01T11-59-59.000Z.sqlite',
      'library.cleared-2026-05-01T12-00-01.000Z.sqlite',
      'library.cleared-2027-01-01T00-00-00.000Z.sqlite',
      'library.damaged-2020-01-01T00-00-00.000Z.sqlite'
    ]
    for (const name of names) writeFileSync(join(folder, name), '')
    // The wall clock is ahead by a month, and that is known.
    await store.maintain(new AbortController().signal, '2026-05-01T12:00:00.000Z')
    expect(names.filter((name) => readdirSync(folder).includes(name))).toEqual(names)
    await store.maintain(new AbortController().signal, nowAt)
    expect(names.filter((name) => readdirSync(folder).includes(name))).toEqual(names.slice(1))
  })
})
