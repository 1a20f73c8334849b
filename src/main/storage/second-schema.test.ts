import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  account,
  accountId,
  asset,
  deletion,
  otherAccountId,
  refOf,
  startAt
} from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import { assetIdSchema } from '../../shared/domain/asset.ts'
import { personIdSchema } from '../../shared/domain/person.ts'
import type { BatchRecord, ListedBatch, ProofRecord } from '../ports/store.ts'
import { indexAllHistory, isHistoryIndexed } from './history-index.ts'
import { historyPage } from './history-table.ts'
import { applyMigration, migrations } from './migrations.ts'
import { openSql } from './sql.ts'

const batch = (changes: Partial<BatchRecord> = {}): BatchRecord => ({
  id: 'bat_aaaaaaaa',
  scope: 'assets',
  mode: 'soft',
  title: 'Amara Osei',
  state: 'held',
  waitsFor: null,
  waitsUntilAt: null,
  heldUntilAt: startAt,
  holdLeftMs: null,
  runAt: null,
  askedAt: startAt,
  endedAt: null,
  changes: [{ what: 'added', kind: 'video', name: 'New', detail: null }],
  planJson: '{}',
  factsJson: '{}',
  archive: { folderName: 'saved', savedAt: startAt, files: [], gaps: [] },
  isDismissed: false,
  ...changes
})

const proof = (id: string, changes: Partial<ProofRecord> = {}): ProofRecord => ({
  id,
  operationId: 'op-r1',
  what: 'asset',
  address: null,
  dueAt: startAt,
  checkedAt: null,
  result: null,
  ...changes
})

const personId = personIdSchema.parse('per_aaaaaaaa')
const person = { id: personId, name: 'Amara', consent: null, nameRule: 'amara', createdAt: startAt }
const all = { offset: 0, limit: 100 }

describe('the step from the first schema', () => {
  /** A file as the first version left it, with a row of each kind that the step changes. */
  const firstSchema = (): string => {
    const file = join(temporaryFolder(), 'old.sqlite')
    const sql = openSql(file)
    const [first] = migrations
    if (first === undefined) throw new Error('No first step')
    applyMigration(sql, first)
    const states = ['asked', 'sent', 'done', 'failed', 'unclear', 'canceled']
    for (const state of states) {
      sql.run(
        `INSERT INTO operation (id, kind, account_id, asset_kind, asset_id, asset_name, mode,
           state, asked_at) VALUES (?, 'delete', ?, 'replica', 'r1', 'Anna', 'soft', ?, ?)`,
        state,
        accountId,
        state,
        startAt
      )
    }
    sql.run(
      `INSERT INTO asset (account_id, kind, id, name, status, status_raw, made_with_id, details,
         presence, first_seen_at, last_seen_at, sort_at, sort_name, status_rank, search_text)
       VALUES (?, 'video', 'v1', 'Clip', 'ready', 'ready', 'r1', '[]', 'listed', ?, ?, ?, 'clip', 4,
         'clip v1')`,
      accountId,
      startAt,
      startAt,
      startAt
    )
    sql.run(
      `INSERT INTO draft (id, account_id, json) VALUES ('drf_one', ?, '{"version":2}')`,
      accountId
    )
    sql.close()
    return file
  }

  it('renames states and columns and loses nothing', () => {
    const sql = openSql(firstSchema())
    for (const step of migrations.slice(1)) applyMigration(sql, step)
    expect(sql.all('SELECT * FROM draft')).toEqual([
      { position: 1, id: 'drf_one', json: '{"version":2}' }
    ])
    expect(sql.all('SELECT id, state, batch_id, after FROM operation ORDER BY position')).toEqual(
      [
        ['asked', 'queued'],
        ['sent', 'sent'],
        ['done', 'done'],
        ['failed', 'refused'],
        ['unclear', 'unclear'],
        ['canceled', 'canceled']
      ].map(([id, state]) => ({ id, state, batch_id: null, after: '[]' }))
    )
    expect(sql.all('SELECT id, parent_id FROM asset')).toEqual([{ id: 'v1', parent_id: 'r1' }])
    sql.close()
  })

  it('makes older names found by the rule of today', () => {
    const sql = openSql(firstSchema())
    sql.run(`UPDATE asset SET name = 'Łukasz'`)
    sql.run(
      `INSERT INTO history (seq, at, monotonic_ms, run_id, type, asset_name, body, prev_hash, hash)
       VALUES (1, ?, 0, 'run', 'asset-first-seen', '山田葉子', '{"said":"Straße"}', '', '')`,
      startAt
    )
    for (const step of migrations.slice(1)) applyMigration(sql, step)
    expect(sql.all('SELECT sort_name, search_text FROM asset')).toEqual([
      { sort_name: 'lukasz', search_text: 'lukasz\nv1' }
    ])
    for (const search of ['"葉 子"', 'strasse']) {
      expect(
        sql.all('SELECT -rowid AS seq FROM history_text WHERE history_text MATCH ?', search)
      ).toEqual([{ seq: 1 }])
    }
    sql.close()
  })

  it('looks deletions of a batch and of an asset up in their indexes', () => {
    const sql = openSql(firstSchema())
    for (const step of migrations.slice(1)) applyMigration(sql, step)
    const planOf = (text: string): string =>
      sql
        .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
        .map(({ detail }) => detail)
        .join('\n')
    expect(
      planOf(`SELECT max(position) FROM operation WHERE batch_id = 'b' GROUP BY step_id`)
    ).toMatch(/COVERING INDEX operation_of_batch/)
    expect(
      planOf(
        `SELECT * FROM operation WHERE kind = 'delete' AND account_id = 'a' AND asset_kind = 'k'
         AND asset_id = 'i' ORDER BY position DESC`
      )
    ).toMatch(/INDEX operation_of_asset/)
    expect(planOf(`SELECT * FROM asset WHERE parent_id = 'p' AND kind = 'video'`)).toMatch(
      /INDEX asset_of_parent/
    )
    expect(planOf(`SELECT * FROM proof WHERE checked_at IS NULL AND due_at <= 'x'`)).toMatch(
      /INDEX proof_due/
    )
    sql.close()
  })
})

const withoutPlan = ({ planJson, factsJson, ...listed }: BatchRecord): ListedBatch => listed

describe('batches', () => {
  it('come back as they were put in, and out of sight once put away', () => {
    const folder = temporaryFolder()
    const first = openIn(folder)
    const other = batch({ id: 'bat_bbbbbbbb', archive: null, state: 'finished', changes: [] })
    first.transaction((write) => {
      write.putBatch(batch())
      write.putBatch(other)
    })
    first.close()
    const store = openIn(folder)
    expect(store.read.openBatches()).toEqual([batch(), other])
    expect(store.read.listedBatches()).toEqual([batch(), other].map(withoutPlan))
    store.transaction((write) => write.putBatch({ ...other, isDismissed: true }))
    expect(store.read.openBatches()).toEqual([batch()])
    expect(store.read.batch(other.id)).toEqual({ ...other, isDismissed: true })
    expect(store.read.batch('bat_cccccccc')).toBeNull()
  })

  it('are still to be had once put away, the newest first', () => {
    const store = openIn(temporaryFolder())
    const away = ['bat_aaaaaaa1', 'bat_aaaaaaa2', 'bat_aaaaaaa3'].map((id) =>
      batch({ id, state: 'finished', isDismissed: true })
    )
    store.transaction((write) => {
      for (const record of away) write.putBatch(record)
      write.putBatch(batch({ id: 'bat_aaaaaaa4' }))
    })
    const { total, rows } = store.read.dismissedBatches({ offset: 1, limit: 1 })
    expect(total).toBe(3)
    expect(rows).toEqual(away.slice(1, 2).map(withoutPlan))
  })

  it('tell of each step how its last try stands, in the order of the first tries', () => {
    const store = openIn(temporaryFolder())
    const batchId = 'bat_aaaaaaaa'
    const item = (id: string, stepId: string, changes = {}) =>
      deletion(id, { batchId, stepId, after: ['op-x'], sentAt: startAt, ...changes })
    const again = item('a2', 's1', { state: 'done' })
    store.transaction((write) => {
      write.putOperation(item('a1', 's1', { state: 'refused' }))
      write.putOperation(item('b1', 's2', { state: 'done' }))
      write.putOperation(item('c1', 's3', { state: 'canceled' }))
      write.putOperation(again)
      write.putOperation(deletion('elsewhere', { batchId: 'bat_bbbbbbbb', stepId: 's1' }))
    })
    const ids = (states: Parameters<typeof store.read.batchOperations>[1], range = all) =>
      store.read.batchOperations(batchId, states, range).map(({ id }) => id)
    expect(ids(null)).toEqual(['op-a2', 'op-b1', 'op-c1'])
    expect(ids(['done'])).toEqual(['op-a2', 'op-b1'])
    expect(ids(['refused'])).toEqual([])
    expect(ids(null, { offset: 1, limit: 1 })).toEqual(['op-b1'])
    expect(store.read.operation('op-a2')).toEqual(again)
    expect(store.read.batchCounts(batchId)).toMatchObject({ done: 2, canceled: 1, refused: 0 })
  })

  it('keep their items when the account goes, and nothing of it can be sent any more', () => {
    const store = openIn(temporaryFolder())
    const states = ['planned', 'held', 'queued', 'sent', 'done'] as const
    store.transaction((write) => {
      write.putAccount(account())
      for (const state of states) {
        write.putOperation(deletion(state, { state, batchId: 'bat_aaaaaaaa', stepId: state }))
      }
      write.setPinned(refOf('r1'), startAt)
      write.assignPerson(refOf('r1'), personId)
      write.removeAccount(accountId)
    })
    expect(store.read.operations(['planned', 'held', 'queued'])).toEqual([])
    expect(store.read.batchCounts('bat_aaaaaaaa')).toMatchObject({ canceled: 3, sent: 1, done: 1 })
    expect(store.read.pinned(accountId, [refOf('r1')]).size).toBe(0)
  })
})

it('all deletions of one thing, newest first, whatever its kind', () => {
  const store = openIn(temporaryFolder())
  const target = { accountId, kind: 'persona' as const, id: assetIdSchema.parse('p1') }
  const of = (id: string) => deletion('p1', { id, assetKind: 'persona', state: 'refused' })
  store.transaction((write) => {
    write.putOperation(of('op-1'))
    write.putOperation(of('op-2'))
    write.putOperation(deletion('p1'))
  })
  expect(store.read.deletionsOf(target).map(({ id }) => id)).toEqual(['op-2', 'op-1'])
})

it('proofs are due at their time, until they were looked at', () => {
  const store = openIn(temporaryFolder())
  const later = '2026-04-01T10:00:00.000Z'
  const looked = proof('prf_c', { checkedAt: startAt, result: 'gone' })
  store.transaction((write) => {
    write.putProof(proof('prf_a', { dueAt: later }))
    write.putProof(proof('prf_b'))
    write.putProof(looked)
  })
  expect(store.read.dueProofs(startAt, 10).map(({ id }) => id)).toEqual(['prf_b'])
  expect(store.read.dueProofs(later, 10).map(({ id }) => id)).toEqual(['prf_b', 'prf_a'])
  expect(store.read.dueProofs(later, 1)).toHaveLength(1)
  expect(store.read.proofsOf('op-r1').map(({ id }) => id)).toEqual(['prf_b', 'prf_c', 'prf_a'])
})

describe('pins, persons and parents', () => {
  const filled = () => {
    const store = openIn(temporaryFolder())
    const video = (id: string, changes = {}) =>
      asset(id, {
        ref: { ...refOf(id), kind: 'video' },
        parentId: assetIdSchema.parse('r1'),
        ...changes
      })
    store.transaction((write) => {
      write.putAsset(asset('r1'))
      write.putAsset(asset('r2', { presence: 'gone' }))
      write.putAsset(video('v1'))
      write.putAsset(video('v2', { presence: 'gone' }))
      write.putAsset(video('v3', { ref: { ...refOf('v3', otherAccountId), kind: 'video' } }))
      write.putPerson(person)
      write.assignPerson(refOf('r1'), personId)
      write.assignPerson(refOf('r2'), personId)
      write.setPinned(refOf('r1'), startAt)
    })
    return store
  }

  it('are told with the asset', () => {
    const store = filled()
    expect(store.read.asset(refOf('r1'))).toMatchObject({ isPinned: true, personId })
    expect(store.read.asset(refOf('r2'))).toMatchObject({ isPinned: false, personId })
    expect(store.read.pinned(accountId, [refOf('r1'), refOf('r2')])).toEqual(
      new Set(['replica/r1'])
    )
    store.transaction((write) => {
      write.setPinned(refOf('r1'), null)
      write.assignPerson(refOf('r1'), null)
    })
    expect(store.read.asset(refOf('r1'))).toMatchObject({ isPinned: false, personId: null })
  })

  it('have the face of what is listed, a replica’s before a model’s', () => {
    const store = filled()
    const faces = () => store.read.persons().map(({ posterId }) => posterId)
    const add = (id: string, changes: Parameters<typeof asset>[1]) =>
      store.transaction((write) => {
        const record = asset(id, changes)
        write.putAsset(record)
        write.assignPerson(record.ref, personId)
      })
    expect(faces()).toEqual([undefined])
    add('m1', { ref: { ...refOf('m1'), kind: 'model' }, posterId: 'model' })
    add('v9', { ref: { ...refOf('v9'), kind: 'video' }, posterId: 'video' })
    expect(faces()).toEqual(['model'])
    add('r9', { posterId: 'replica' })
    expect(faces()).toEqual(['replica'])
    add('r9', { posterId: 'replica', presence: 'gone' })
    expect(faces()).toEqual(['model'])
  })

  it('can be asked for', () => {
    const { read } = filled()
    expect(read.persons()).toEqual([{ ...person, assetCount: 1, note: { text: '', tags: [] } }])
    expect(read.assetsOf(personId).map(({ ref }) => ref.id)).toEqual(['r1'])
    expect(read.childrenOf(refOf('r1')).map(({ ref }) => ref.id)).toEqual(['v1'])
    const query = {
      accountId: null,
      origin: 'all',
      statuses: null,
      models: null,
      createdSinceAt: null,
      presence: 'all',
      search: '',
      sort: 'name-asc',
      parentId: null,
      personId: null,
      tag: null,
      ...all
    } as const
    const ids = (more: object) =>
      read.assets({ ...query, kind: 'video', ...more }).rows.map(({ ref }) => ref.id)
    expect(ids({ parentId: assetIdSchema.parse('r1') })).toEqual(['v1', 'v2', 'v3'])
    expect(ids({ kind: 'replica', personId })).toEqual(['r1', 'r2'])
    expect(ids({ personId })).toEqual([])
  })

  it('a person that is taken away leaves the assets', () => {
    const store = filled()
    store.transaction((write) => write.removePerson(personId))
    expect(store.read.persons()).toEqual([])
    expect(store.read.asset(refOf('r1'))).toMatchObject({ personId: null, presence: 'listed' })
  })
})

describe('the step that gives uploads a topic of their own', () => {
  it('finds those of before by it, with and without words, and changes no record', () => {
    const sql = openSql(join(temporaryFolder(), 'old.sqlite'))
    for (const step of migrations.filter(({ version }) => version < 12)) applyMigration(sql, step)
    for (const [index, type] of ['video-uploaded', 'account-added', 'deletion-asked'].entries()) {
      sql.run(
        `INSERT INTO history (seq, at, monotonic_ms, run_id, type, body, prev_hash, hash)
         VALUES (?, ?, 1, 'run', ?, '{"file":"take.mp4"}', ?, ?)`,
        ...[index + 1, startAt, type, '0'.repeat(64), '1'.repeat(64)]
      )
    }
    indexAllHistory(sql)
    const kept = 'SELECT seq, type, body, prev_hash, hash FROM history ORDER BY seq'
    const before = sql.all(kept)
    for (const step of migrations.filter(({ version }) => version >= 12)) applyMigration(sql, step)
    expect(sql.all(kept)).toEqual(before)
    const query = { accountId: null, asset: null, beforeSeq: null, limit: 10 } as const
    const found = (group: 'uploads' | 'deletions', search: string) =>
      historyPage(sql, { ...query, group, search }).rows.map(({ seq }) => seq)
    expect([found('uploads', ''), found('uploads', 'take')]).toEqual([[1], [1]])
    expect([found('deletions', ''), found('deletions', 'take')]).toEqual([[3], [3]])
    sql.close()
  })
})

it('what earlier versions made searchable, oldest first, is found newest first', () => {
  const sql = openSql(join(temporaryFolder(), 'old.sqlite'))
  const turned = 22
  for (const step of migrations.filter(({ version }) => version < turned)) applyMigration(sql, step)
  for (const seq of [1, 2, 3]) {
    sql.run(
      `INSERT INTO history (seq, at, monotonic_ms, run_id, type, asset_name, body, prev_hash, hash)
       VALUES (?, ?, 1, 'run', 'asset-renamed', 'Zoë', '{}', '', '')`,
      ...[seq, startAt]
    )
    sql.run(`INSERT INTO history_text (rowid, asset_name) VALUES (?, 'zoe')`, seq)
  }
  for (const step of migrations.filter(({ version }) => version >= turned))
    applyMigration(sql, step)
  const query = { accountId: null, asset: null, beforeSeq: null, group: 'all', limit: 10 } as const
  expect(historyPage(sql, { ...query, search: 'zoe' }).rows.map(({ seq }) => seq)).toEqual([
    3, 2, 1
  ])
  expect(isHistoryIndexed(sql)).toBe(true)
  sql.close()
})
