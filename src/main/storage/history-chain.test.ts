import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  appendMany,
  openIn,
  tamper,
  temporaryFolder
} from '../../../test/main/storage/temporary-store.ts'
import { openSql } from './sql.ts'

const twentyRecords = (): string => {
  const folder = temporaryFolder()
  const store = openIn(folder)
  appendMany(store, 20)
  store.close()
  return folder
}

describe('records cannot be changed in passing', () => {
  it.each([
    ['an update', `UPDATE history SET asset_name = 'x' WHERE seq = 3`],
    ['an update of all', 'UPDATE history SET at = at'],
    ['a delete', 'DELETE FROM history WHERE seq = 20'],
    ['a replace', 'INSERT OR REPLACE INTO history SELECT * FROM history WHERE seq = 3'],
    [
      'a gap',
      `INSERT INTO history SELECT 22, at, 1, '', 'x', '', '', '', '', '', '', '', '', ''
       FROM history WHERE seq = 1`
    ]
  ])('%s is refused', (_what, statement) => {
    const folder = twentyRecords()
    const sql = openSql(join(folder, 'library.sqlite'))
    sql.exec('PRAGMA recursive_triggers = ON')
    const columns = `seq, at, monotonic_ms, run_id, type, operation_id, account_id, account_name,
      asset_kind, asset_id, asset_name, body, prev_hash, hash`
    const text = statement
      .replace('INTO history', `INTO history (${columns})`)
      .replace('SELECT *', `SELECT ${columns}`)
    expect(() => sql.exec(text)).toThrow('history is append-only')
    sql.close()
  })
})

describe('the chain', () => {
  it('is whole when nobody touched it, over several slices and runs', async () => {
    const folder = temporaryFolder()
    for (const runId of ['run-1', 'run-2']) {
      const store = openIn(folder, { runId })
      store.transaction((write) => {
        for (let index = 0; index < 2100; index += 1) {
          write.append({
            type: 'key-saved',
            operationId: null,
            accountId: null,
            accountName: null,
            assetKind: null,
            assetId: null,
            assetName: null,
            body: { zulu: 1.25, alpha: true, mike: null }
          })
        }
      })
      store.close()
    }
    const store = openIn(folder)
    expect(await store.checkHistory(null)).toEqual({
      isIntact: true,
      checkedCount: 4200,
      firstBadSeq: null,
      headHash: store.read.historyHead()?.hash,
      others: [],
      remembered: 'none',
      forgottenCount: 0,
      forgottenAt: null
    })
  })

  it.each<[string, string, number]>([
    ['a name edited', `UPDATE history SET asset_name = 'Bea' WHERE seq = 7`, 7],
    ['a time edited', `UPDATE history SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 1`, 1],
    ['a body edited', `UPDATE history SET body = '{"status":"failed"}' WHERE seq = 8`, 8],
    ['a body made unreadable', `UPDATE history SET body = '{"sta' WHERE seq = 8`, 8],
    ['a hash edited', `UPDATE history SET hash = prev_hash WHERE seq = 9`, 9],
    ['the last one edited', `UPDATE history SET run_id = 'x' WHERE seq = 20`, 20],
    ['one removed in the middle', 'DELETE FROM history WHERE seq = 10', 10],
    [
      'one removed and the gap closed',
      `DELETE FROM history WHERE seq = 10;
       UPDATE history SET seq = seq - 1 WHERE seq > 10;`,
      10
    ],
    ['the first removed', 'DELETE FROM history WHERE seq = 1', 1],
    [
      'two swapped',
      `UPDATE history SET seq = -1 WHERE seq = 4;
       UPDATE history SET seq = 4 WHERE seq = 5;
       UPDATE history SET seq = 5 WHERE seq = -1;`,
      4
    ]
  ])('gives away %s', async (_what, tampering, firstBadSeq) => {
    const folder = twentyRecords()
    tamper(folder, tampering)
    expect(await openIn(folder).checkHistory(null)).toMatchObject({ isIntact: false, firstBadSeq })
  })

  it('gives away records cut off at the end only against what is remembered elsewhere', async () => {
    const folder = twentyRecords()
    const before = openIn(folder)
    const remembered = before.read.historyHead()
    const middle = [...before.read.eachHistoryEvent()][9]
    expect(await before.checkHistory(remembered)).toMatchObject({ remembered: 'matches' })
    const earlier = { seq: 10, hash: middle?.hash ?? '' }
    expect(await before.checkHistory(earlier)).toMatchObject({ remembered: 'matches' })
    const other = { seq: 10, hash: 'f'.repeat(64) }
    expect(await before.checkHistory(other)).toMatchObject({ remembered: 'mismatch' })
    before.close()
    tamper(folder, 'DELETE FROM history WHERE seq > 15')
    const check = await openIn(folder).checkHistory(remembered)
    expect(check).toMatchObject({ isIntact: true, checkedCount: 15, remembered: 'behind' })
  })

  it('is empty at first', async () => {
    const check = await openIn(temporaryFolder()).checkHistory(null)
    expect(check).toMatchObject({ isIntact: true, checkedCount: 0, headHash: null })
  })
})
