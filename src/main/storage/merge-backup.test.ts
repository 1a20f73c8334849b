import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { unwrap } from '../../../test/main/desks/desk.ts'
import {
  account,
  accountId,
  asset,
  deletion,
  happening,
  otherAccountId,
  refOf,
  startAt
} from '../../../test/main/storage/records.ts'
import {
  appendMany,
  openIn,
  tamper,
  temporaryFolder
} from '../../../test/main/storage/temporary-store.ts'
import { timelineOf } from '../../../test/main/storage/timeline.ts'
import { accountIdSchema } from '../../shared/domain/account.ts'
import type { NewHistoryEvent } from '../../shared/domain/history.ts'
import { personIdSchema } from '../../shared/domain/person.ts'
import { ownSeq } from '../../shared/history-chains.ts'
import { unfiltered } from '../../shared/history-filter.ts'
import type { BatchRecord, Store, StoreWrites } from '../ports/store.ts'
import { openSql } from './sql.ts'

const never = new AbortController().signal

const { lastDays: _lastDays, ...everything } = unfiltered

const timeline = (store: Store, changes = {}) =>
  timelineOf(store, {
    ...everything,
    beforeSeq: null,
    limit: 100,
    ...changes
  })

/** What another computer would save: a checked copy, as the backup carries it. */
const copyOf = async (store: Store): Promise<string> => {
  const { file } = unwrap(await store.copyWithoutKeys(never))
  const copy = join(temporaryFolder(), 'library.sqlite')
  copyFileSync(file, copy)
  return copy
}

let computers = 0

/** A database with a clock and records of its own. */
const computer = (at = startAt) => {
  let nowMs = Date.parse(at)
  const clock = {
    nowAt: () => {
      nowMs += 1000
      return new Date(nowMs).toISOString()
    },
    monotonicMs: () => (nowMs - Date.parse(startAt)) / 3,
    wait: async () => undefined
  }
  const folder = temporaryFolder()
  computers += 1
  const store = openIn(folder, { clock, runId: `run-of-${computers}` })
  return {
    folder,
    store,
    moveTo: (to: string) => {
      nowMs = Date.parse(to)
    },
    append: (changes: Partial<NewHistoryEvent> = {}) =>
      unwrap(store.transaction((write) => write.append(happening(changes))))
  }
}

const takeIn = async (store: Store, from: Store) =>
  unwrap(await store.takeInBackup(await copyOf(from), never))

const batch = (changes: Partial<BatchRecord> = {}): BatchRecord => ({
  id: 'bat_0123456789abcdef',
  scope: 'assets',
  mode: 'soft',
  title: 'Anna',
  state: 'scheduled',
  waitsFor: null,
  waitsUntilAt: null,
  heldUntilAt: null,
  holdLeftMs: null,
  runAt: '2030-01-01T00:00:00.000Z',
  askedAt: startAt,
  endedAt: null,
  changes: [],
  planJson: '{}',
  factsJson: '{}',
  archive: null,
  isDismissed: false,
  ...changes
})

const personId = personIdSchema.parse('per_0123456789abcdef')
const person = { id: personId, name: 'Ana', consent: null, nameRule: null, createdAt: startAt }

/** An account with one replica, and whose it is. */
const putOwn = (write: StoreWrites): void => {
  write.putAccount(account())
  write.putAsset(asset('r1'))
  write.putPerson(person)
  write.assignPerson(refOf('r1'), personId)
}

describe('the history of another computer', () => {
  it('is a chain of its own in one timeline, by time, and both verify', async () => {
    const [here, there] = [computer(), computer('2026-03-01T10:00:00.000Z')]
    here.append({ assetName: 'Here first' })
    there.moveTo('2026-03-02T10:00:00.000Z')
    there.append({ assetName: 'There' })
    here.moveTo('2026-03-03T10:00:00.000Z')
    here.append({ assetName: 'Here last' })
    const before = [...here.store.read.eachHistoryEvent()]

    expect(await takeIn(here.store, there.store)).toMatchObject({ records: 1 })
    const { lines } = timeline(here.store)
    expect(lines.map(({ head, computer: from }) => [head.assetName, from])).toEqual([
      ['Here last', null],
      ['There', there.store.read.lineage()],
      ['Here first', null]
    ])
    expect([...here.store.read.eachHistoryEvent()]).toEqual(before)
    expect(await here.store.checkHistory(null)).toMatchObject({
      isIntact: true,
      checkedCount: 2,
      others: [{ computer: there.store.read.lineage(), checkedCount: 1, isIntact: true }]
    })
    // Later records of this computer go on with its own chain.
    here.append({ assetName: 'Here again' })
    expect(here.store.read.historyHead()?.seq).toBe(3)
    expect(timeline(here.store).lines[0]?.head.assetName).toBe('Here again')
  })

  it('is paged, filtered and searched with the rest', async () => {
    const [here, there] = [computer(), computer()]
    for (let index = 0; index < 7; index += 1) {
      here.moveTo(`2026-03-0${index + 1}T10:00:00.000Z`)
      here.append({ type: 'account-changed', assetName: `Here ${index}` })
      there.moveTo(`2026-03-0${index + 1}T12:00:00.000Z`)
      there.append({ type: 'account-changed', assetName: `There ${index}` })
    }
    await takeIn(here.store, there.store)
    const whole = timeline(here.store).lines.map(({ head }) => head.assetName)
    expect(whole.slice(0, 4)).toEqual(['There 6', 'Here 6', 'There 5', 'Here 5'])
    const paged: (string | null)[] = []
    for (let beforeSeq: number | null = null; ; ) {
      const page = timeline(here.store, { beforeSeq, limit: 3 })
      paged.push(...page.lines.map(({ head }) => head.assetName))
      beforeSeq = page.lines.at(-1)?.place ?? null
      if (!page.hasMore) break
    }
    expect(paged).toEqual(whole)
    const within = timeline(here.store, {
      fromAt: '2026-03-03T00:00:00.000Z',
      untilAt: '2026-03-04T00:00:00.000Z'
    })
    expect(within.lines.map(({ head }) => head.assetName)).toEqual(['There 2', 'Here 2'])
    expect(timeline(here.store, { search: 'there' }).lines).toHaveLength(7)
  })

  it('is not doubled by the same backup, and goes on with a later one', async () => {
    const [here, there] = [computer(), computer()]
    appendMany(there.store, 3)
    expect(await takeIn(here.store, there.store)).toMatchObject({ records: 3 })
    const before = timeline(here.store)
    expect(await takeIn(here.store, there.store)).toMatchObject({ records: 0, assets: 0 })
    expect(timeline(here.store)).toEqual(before)
    appendMany(there.store, 2)
    expect(await takeIn(here.store, there.store)).toMatchObject({ records: 2 })
    const check = await here.store.checkHistory(null)
    expect(check.others).toMatchObject([{ checkedCount: 5, isIntact: true }])
  })

  it('knows its own records when they come back by way of another computer', async () => {
    const [here, there] = [computer(), computer()]
    appendMany(here.store, 4)
    appendMany(there.store, 3)
    await takeIn(there.store, here.store)
    appendMany(here.store, 2)
    expect(await takeIn(here.store, there.store)).toMatchObject({ records: 3 })
    expect(await takeIn(here.store, here.store)).toMatchObject({ records: 0 })
    const check = await here.store.checkHistory(null)
    expect(check).toMatchObject({ isIntact: true, checkedCount: 6 })
    expect(check.others).toMatchObject([{ checkedCount: 3, isIntact: true }])
  })

  it('gives away what is changed in it here, and where', async () => {
    const [here, there] = [computer(), computer()]
    appendMany(there.store, 5)
    await takeIn(here.store, there.store)
    here.store.close()
    tamper(here.folder, `UPDATE history SET asset_name = 'Somebody' WHERE asset_id = 'r2'`)
    expect(await openIn(here.folder).checkHistory(null)).toMatchObject({
      isIntact: true,
      others: [{ isIntact: false, firstBadSeq: 3 }]
    })
  })

  it('gives away an end that was cut off here, and a chain that was written anew', async () => {
    const [here, there] = [computer(), computer()]
    appendMany(there.store, 5)
    const { end } = await takeIn(here.store, there.store)
    expect(end).toEqual(there.store.read.historyHead())
    const note = (hash: string) =>
      here.append({
        type: 'backup-restored',
        body: {
          computer: there.store.read.lineage(),
          lastSeq: end?.seq ?? 0,
          lastHash: hash
        }
      })
    note(end?.hash ?? '')
    expect(await here.store.checkHistory(null)).toMatchObject({ others: [{ isIntact: true }] })
    note('f'.repeat(64))
    expect(await here.store.checkHistory(null)).toMatchObject({
      others: [{ isIntact: false, firstBadSeq: 5 }]
    })
    note(end?.hash ?? '')
    here.store.close()
    tamper(here.folder, `DELETE FROM history WHERE seq < 0 AND asset_id IN ('r3', 'r4')`)
    expect(await openIn(here.folder).checkHistory(null)).toMatchObject({
      isIntact: true,
      others: [{ isIntact: false, checkedCount: 3, firstBadSeq: 4 }]
    })
  })

  it('cannot be written to in any other order, nor by a chain that is not known', () => {
    const { folder, store } = computer()
    store.close()
    const sql = openSql(join(folder, 'library.sqlite'))
    expect(() =>
      sql.exec(`INSERT INTO history (seq, at, monotonic_ms, run_id, type, body, prev_hash, hash)
        VALUES (-1099511627775, '', 0, '', 'x', '{}', '', '')`)
    ).toThrow('history is append-only')
    sql.close()
  })

  it('is kept by its own numbers', async () => {
    const [here, there] = [computer(), computer()]
    appendMany(there.store, 3)
    await takeIn(here.store, there.store)
    const { lines } = timeline(here.store, { search: 'anna' })
    expect(lines.map(({ head }) => ownSeq(head.seq))).toEqual([3, 2, 1])
    expect(lines.map(({ head }) => head.hash)).toEqual(
      [...there.store.read.eachHistoryEvent()].map(({ hash }) => hash).reverse()
    )
  })
})

describe('what else a backup holds', () => {
  it('comes in once, without keys, and nothing that is here goes', async () => {
    const [here, there] = [computer(), computer()]
    unwrap(
      there.store.transaction((write) => {
        putOwn(write)
        write.setPinned(refOf('r1'), startAt)
        const notes = { text: 'Calls on Mondays', tags: ['Films'] }
        write.putNote({ what: 'person', personId }, notes, startAt)
        write.putNote({ what: 'asset', ref: refOf('r1') }, { text: 'The one', tags: [] }, startAt)
        write.putDraft({ id: 'drf_1', json: JSON.stringify({ draft: { accountId }, paths: {} }) })
      })
    )
    unwrap(here.store.transaction((write) => write.putAccount(account({ id: otherAccountId }))))
    const counts = { accounts: 1, assets: 1, persons: 1, notes: 2, drafts: 1 }
    const look = unwrap(await here.store.lookIntoBackup(await copyOf(there.store), never))
    expect(look).toMatchObject({
      accounts: [{ name: 'Studio', isKnown: false }],
      assets: 1,
      persons: ['Ana'],
      drafts: 1
    })
    expect(here.store.read.accounts()).toHaveLength(1)
    expect(await takeIn(here.store, there.store)).toMatchObject(counts)
    expect(here.store.read.accounts()).toMatchObject([
      { id: otherAccountId, savedKey: { last4: '1a2b' } },
      { id: accountId, name: 'Studio (2)', savedKey: null, keyFingerprint: null }
    ])
    expect(here.store.read.asset(refOf('r1'))).toMatchObject({ personId, isPinned: true })
    expect(here.store.read.note({ what: 'person', personId })).toEqual({
      text: 'Calls on Mondays',
      tags: ['Films']
    })
    const nothing = { accounts: 0, assets: 0, persons: 0, notes: 0, drafts: 0 }
    expect(await takeIn(here.store, there.store)).toMatchObject(nothing)
    expect(unwrap(await here.store.lookIntoBackup(await copyOf(there.store), never))).toMatchObject(
      { assets: 0, persons: [], drafts: 0, records: 0 }
    )
  })

  it('belongs to the account that has the same things, and to nobody else', async () => {
    const [here, there] = [computer(), computer()]
    const fill = (store: Store, id: typeof accountId, name: string, personKey: string) =>
      unwrap(
        store.transaction((write) => {
          const key = personIdSchema.parse(personKey)
          write.putAccount(account({ id, name }))
          write.putAsset(asset('shared', { ref: refOf('shared', id) }))
          write.putPerson({ ...person, id: key })
          write.assignPerson(refOf('shared', id), key)
          write.putPerson({ ...person, id: personIdSchema.parse(`${personKey}9`), name: 'Bo' })
        })
      )
    fill(here.store, accountId, 'Here', 'per_aaaaaaaaaaaaaaa1')
    fill(there.store, otherAccountId, 'There', 'per_bbbbbbbbbbbbbbb1')
    there.append({ accountId: otherAccountId, assetId: 'shared' })
    await takeIn(here.store, there.store)
    expect(here.store.read.accounts().map(({ name }) => name)).toEqual(['Here'])
    // Two people called Bo, of whom nothing tells that they are one, are two.
    expect(here.store.read.persons().map(({ name }) => name)).toEqual(['Ana', 'Bo', 'Bo'])
    const story = here.store.read.historyStory(refOf('shared'), 10)
    expect(story.rows).toHaveLength(1)
    expect(await here.store.checkHistory(null)).toMatchObject({ others: [{ isIntact: true }] })
  })

  it('lets no deletion run again: what was open has ended, and what was sent stays unclear', async () => {
    const [here, there] = [computer(), computer()]
    unwrap(
      there.store.transaction((write) => {
        write.putAccount(account())
        write.putBatch(batch())
        write.putBatch(batch({ id: 'bat_1123456789abcdef', state: 'running', runAt: null }))
        write.putOperation(deletion('a', { state: 'planned', batchId: 'bat_0123456789abcdef' }))
        write.putOperation(deletion('b', { state: 'queued', batchId: 'bat_1123456789abcdef' }))
        write.putOperation(deletion('c', { state: 'sent', batchId: 'bat_1123456789abcdef' }))
        write.putOperation(deletion('d', { state: 'held', kind: 'create' }))
        for (const what of ['asset', 'download'] as const) {
          write.putProof({
            id: `prf_${what}`,
            operationId: 'op-c',
            what,
            address: null,
            dueAt: startAt,
            checkedAt: what === 'asset' ? startAt : null,
            result: what === 'asset' ? 'gone' : null
          })
        }
      })
    )
    const look = unwrap(await here.store.lookIntoBackup(await copyOf(there.store), never))
    expect(look).toMatchObject({ deletions: 2, openDeletions: 2 })
    await takeIn(here.store, there.store)
    const { read } = here.store
    expect(['a', 'b', 'c', 'd'].map((id) => read.operation(`op-${id}`)?.state)).toEqual([
      'canceled',
      'canceled',
      'unclear',
      'refused'
    ])
    expect(read.operations(['planned', 'held', 'queued', 'sent'])).toEqual([])
    expect(read.openBatches()).toEqual([])
    expect(read.batch('bat_0123456789abcdef')).toMatchObject({ state: 'canceled' })
    expect(read.batch('bat_1123456789abcdef')).toMatchObject({ state: 'finished' })
    expect(read.pendingProofs()).toEqual([])
    expect(read.dueProofs('2099-01-01T00:00:00.000Z', 10)).toEqual([])
  })

  it('is refused, and nothing is changed, if a newer app made it or it is none of ours', async () => {
    const [here, there] = [computer(), computer()]
    appendMany(there.store, 1)
    const change = async (statement: string): Promise<string> => {
      const copy = await copyOf(there.store)
      const sql = openSql(copy)
      sql.exec(statement)
      sql.close()
      return copy
    }
    const why = async (file: string) => {
      const looked = await here.store.lookIntoBackup(file, never)
      return looked.ok || looked.error.kind !== 'backup-refused' ? null : looked.error.why
    }
    expect(await why(await change('PRAGMA user_version = 999'))).toBe('newer-version')
    expect(await why(await change('CREATE VIEW trap AS SELECT 1'))).toBe('damaged')
    expect(
      await why(
        await change('CREATE TRIGGER trap AFTER INSERT ON person BEGIN DELETE FROM account; END')
      )
    ).toBe('damaged')
    expect(await why(await change(`UPDATE draft SET json = '{'`))).toBe(null)
    expect(here.store.health().state).toBe('ok')
    expect([...here.store.read.eachHistoryEvent()]).toEqual([])
  })

  it('with a text that does not parse is refused without a word against this database', async () => {
    const [here, there] = [computer(), computer()]
    unwrap(there.store.transaction((write) => write.putDraft({ id: 'drf_1', json: '{' })))
    expect(await here.store.takeInBackup(await copyOf(there.store), never)).toEqual({
      ok: false,
      error: { kind: 'backup-refused', why: 'damaged' }
    })
    expect(here.store.health().state).toBe('ok')
    expect(here.store.read.drafts()).toEqual([])
  })
})

describe('names that were forgotten', () => {
  const target = { refs: [refOf('r1')], personId: null }
  const makePseudonym = () => ({ name: 'Forgotten name X', code: 'x' })
  const gone = asset('r1', { name: 'Amara Osei', presence: 'gone' })
  const fill = (store: Store) =>
    unwrap(
      store.transaction((write) => {
        write.putAccount(account())
        write.putAsset(gone)
        write.append(happening({ assetName: 'Amara Osei' }))
        write.append(happening({ assetId: 'r2', assetName: 'Somebody else' }))
      })
    )

  it('by the other computer since its last backup are forgotten here, too, and its chain verifies', async () => {
    const [here, there] = [computer(), computer()]
    fill(there.store)
    await takeIn(here.store, there.store)
    expect(timeline(here.store, { search: 'amara' }).lines).toHaveLength(1)
    unwrap(await there.store.forgetNames(target, null, makePseudonym))
    expect(await takeIn(here.store, there.store)).toMatchObject({ records: 1 })
    expect(timeline(here.store, { search: 'amara' }).lines).toEqual([])
    expect(timeline(here.store, { search: 'somebody' }).lines).toHaveLength(1)
    expect(await here.store.checkHistory(null)).toMatchObject({
      others: [{ checkedCount: 3, isIntact: true }]
    })
  })

  it('here are found again in a backup from before, to be forgotten once more', async () => {
    const [here, there] = [computer(), computer()]
    fill(there.store)
    fill(here.store)
    unwrap(await here.store.forgetNames(target, null, makePseudonym))
    expect(here.store.read.namedAgain()).toEqual([])
    await takeIn(here.store, there.store)
    expect(here.store.read.namedAgain()).toEqual([target])
    unwrap(await here.store.forgetNames(target, null, makePseudonym))
    expect(here.store.read.namedAgain()).toEqual([])
    expect(here.store.read.asset(refOf('r1'))?.name).toBe('Forgotten name X')
    expect(await here.store.checkHistory(null)).toMatchObject({
      isIntact: true,
      others: [{ isIntact: true }]
    })
  })
})

describe('sample data', () => {
  const sampleId = accountIdSchema.parse('acc_5a5a5a5a')
  const sampleRef = refOf('s1', sampleId)
  const alike = personIdSchema.parse('per_5a5a5a5a5a5a5a5a')

  /** An own account beside one with sample data, each with a thing, a person, a deletion and records. */
  const explored = () => {
    const there = computer()
    const sample = { accountId: sampleId, accountName: 'Sample studio' }
    unwrap(
      there.store.transaction((write) => {
        putOwn(write)
        write.putBatch(batch())
        write.putOperation(deletion('r1', { batchId: batch().id }))
        write.putAccount(account({ id: sampleId, name: 'Sample studio', isSample: true }))
        write.putAsset(asset('s1', { ref: sampleRef }))
        write.putPerson({ ...person, id: alike, name: 'Sam' })
        write.assignPerson(sampleRef, alike)
        write.assignPerson({ ...sampleRef, kind: 'video' }, personId)
        write.putNote(
          { what: 'asset', ref: sampleRef },
          { text: 'Only to try', tags: ['try'] },
          startAt
        )
        write.putBatch(batch({ id: 'bat_5a5a5a5a5a5a5a5a' }))
        write.putOperation(deletion('s1', { accountId: sampleId, batchId: 'bat_5a5a5a5a5a5a5a5a' }))
        write.putDraft({
          id: 'drf_sample',
          json: JSON.stringify({ draft: { accountId: sampleId }, paths: {} })
        })
        const body = { provider: 'tavus', isSample: true }
        write.append(happening({ ...sample, type: 'account-added', assetId: null, body }))
        write.append(happening({ ...sample, assetId: 's1', assetName: 'Sample face' }))
        write.append(happening({ assetName: 'Own face', type: 'asset-renamed' }))
      })
    )
    return there
  }

  it('stays where it is; its records come along, as the chain does, and are marked', async () => {
    const [here, there] = [computer(), explored()]
    const sql = openSql(await copyOf(there.store))
    const left = sql
      .all<{ name: string }>(
        `SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'account_id'
         WHERE m.type = 'table' AND m.name NOT LIKE 'history%'`
      )
      .filter(({ name }) =>
        sql.first(`SELECT 1 AS found FROM ${name} WHERE account_id = ?`, sampleId)
      )
    sql.close()
    expect(left).toEqual([])

    expect(await takeIn(here.store, there.store)).toMatchObject({
      accounts: 1,
      assets: 1,
      persons: 1,
      notes: 0,
      drafts: 0,
      deletions: 1,
      records: 3
    })
    expect(
      timeline(here.store)
        .lines.map(({ head, isSample }) => [head.accountName, isSample])
        .sort()
    ).toEqual([
      ['Sample studio', true],
      ['Sample studio', true],
      ['Studio', false]
    ])
    expect((await here.store.checkHistory(null))?.others).toMatchObject([{ isIntact: true }])
    expect(here.store.read.sampleAccounts()).toEqual([{ id: sampleId, name: 'Sample studio' }])
    expect(timeline(there.store).lines.some(({ isSample }) => isSample)).toBe(false)
  })

  it('in a backup of an earlier version is not taken in', async () => {
    const [here, there] = [computer(), explored()]
    there.store.close()
    const copy = join(temporaryFolder(), 'library.sqlite')
    copyFileSync(join(there.folder, 'library.sqlite'), copy)
    expect(unwrap(await here.store.takeInBackup(copy, never))).toMatchObject({
      accounts: 1,
      records: 3
    })
    expect(here.store.read.accounts().map(({ id }) => id)).toEqual([accountId])
    expect(here.store.read.persons().map(({ id }) => id)).toEqual([personId])
  })
})
