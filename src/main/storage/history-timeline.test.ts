import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  account,
  accountId,
  asset,
  happening,
  otherAccountId,
  refOf,
  startAt
} from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import { timelineOf } from '../../../test/main/storage/timeline.ts'
import { historyTopics } from '../../shared/catalogue/history-events.ts'
import { type AccountId, accountIdSchema } from '../../shared/domain/account.ts'
import type {
  HistoryTimeline,
  HistoryTimelineQuery,
  NewHistoryEvent
} from '../../shared/domain/history.ts'
import { personIdSchema } from '../../shared/domain/person.ts'
import { unfiltered } from '../../shared/history-filter.ts'
import type { Store } from '../ports/store.ts'
import { filtersOf, ofGroup, sourcesOf, together } from './history-filters.ts'
import { emptyHistoryGroups, fillTopics, groupAllHistory } from './history-groups.ts'
import { applyMigration, migrations } from './migrations.ts'
import { openSql } from './sql.ts'

const personId = personIdSchema.parse('per_00000001')

/** What makes the tables of operations, and what orders and fills them. */
const groupsVersions: readonly number[] = [13, 17, 20]

const { lastDays: _lastDays, ...unnarrowed } = unfiltered
const everything: HistoryTimelineQuery = { ...unnarrowed, beforeSeq: null, limit: 200 }

type Happening = Partial<NewHistoryEvent> & { readonly walk?: string }

const append = (store: Store, events: readonly Happening[]): void => {
  for (const { walk, ...event } of events) {
    const stored = store.transaction((write) => write.append(happening(event), walk))
    if (!stored.ok) throw new Error(stored.error.kind)
  }
}

const filled = (...events: readonly Happening[]): Store => {
  const store = openIn(temporaryFolder())
  append(store, events)
  return store
}

/** "9: 1 2 9" for an operation of three records that stands where its record 9 does. */
const shape = (store: Store, query: Partial<HistoryTimelineQuery> = {}): readonly string[] =>
  timelineOf(store, { ...everything, ...query }).lines.map(({ id, head, count }) => {
    const parts = store.read.historyParts({ id, beforeSeq: null, limit: 500 }).rows
    expect(parts).toHaveLength(count)
    return `${head.seq}: ${parts
      .map(({ seq }) => seq)
      .reverse()
      .join(' ')}`
  })

const thing = (id: string): Happening => ({ assetId: id, assetName: `Face ${id}` })
const batch = (type: NewHistoryEvent['type'], item: string, body = {}): Happening => ({
  ...thing(item),
  type,
  operationId: `op-${item}`,
  body: { batch: 'bat_1', mode: 'permanent', ...body }
})
const told = (type: NewHistoryEvent['type'], body = {}): Happening => ({
  type,
  accountId: null,
  accountName: null,
  assetKind: null,
  assetId: null,
  assetName: null,
  body: { batch: 'bat_1', ...body }
})
const other: Happening = { accountId: otherAccountId, accountName: 'Other' }
const between: Happening = { type: 'key-saved', assetKind: null, assetId: null, assetName: null }

describe('a confirmed plan', () => {
  const events = [
    batch('deletion-asked', 'a'),
    batch('deletion-asked', 'b'),
    batch('deletion-tried', 'a'),
    between,
    batch('deletion-answered', 'a', { outcome: 'done' }),
    batch('deletion-failed', 'b', { outcome: 'refused' }),
    { ...batch('deletion-checked', 'a', { result: 'gone' }), body: { result: 'gone' } },
    told('receipt-saved'),
    { ...thing('a'), type: 'asset-vanished', body: { wasAsked: true, answer: 'accepted' } }
  ] as const

  it('is one line with its answers, checks, receipts and what came of it', () => {
    const store = filled(...events)
    expect(shape(store)).toEqual(['6: 1 2 3 5 6 7 8 9', '4: 4'])
    const [line] = timelineOf(store, everything).lines
    expect(line).toMatchObject({
      batchId: 'bat_1',
      names: ['Face a', 'Face b'],
      kinds: { replica: 2 },
      standings: { open: 0, deleted: 1, kept: 1 },
      checks: { gone: 1 },
      outcome: 'bad'
    })
    store.close()
  })

  it('is led by what nothing else belongs to, though what was made with it is deleted first', () => {
    const video = (id: string): Happening => ({
      ...batch('deletion-asked', id),
      assetKind: 'video',
      assetName: `Video ${id}`
    })
    const store = filled(...['v1', 'v2', 'v3', 'v4'].map(video), batch('deletion-asked', 'a'))
    store.transaction((write) => {
      write.putAccount(account())
      write.putAsset(asset('a', { posterId: 'a'.repeat(32) }))
    })
    const [line] = timelineOf(store, everything).lines
    expect(line).toMatchObject({
      names: ['Face a', 'Video v1', 'Video v2'],
      posterId: 'a'.repeat(32)
    })
    store.close()
  })

  it('stays where it ended while checks only confirm it; one that finds something moves it up', () => {
    const store = filled(...events.slice(0, 8))
    expect(shape(store)).toEqual(['6: 1 2 3 5 6 7 8', '4: 4'])
    append(store, [between, batch('deletion-drifted', 'a', { what: 'asset' })])
    expect(shape(store)[0]).toBe('10: 1 2 3 5 6 7 8 10')
    store.close()
  })

  it('says that something is gone once a check has shown it, not when its deletion was accepted', () => {
    const accepted = batch('deletion-accepted', 'a', { outcome: 'accepted' })
    const check = (what: string) => batch('deletion-checked', 'a', { what, result: 'gone' })
    const store = filled(batch('deletion-asked', 'a'), accepted, check('thumbnail'))
    const standing = () => {
      const [line] = timelineOf(store, everything).lines
      return [line?.head.seq, line?.standings]
    }
    expect(standing()).toEqual([2, { open: 0, accepted: 1 }])
    append(store, [check('asset'), check('asset')])
    expect(standing()).toEqual([4, { open: 0, accepted: 0, deleted: 1 }])
    store.close()
  })

  it('keeps what the last check of each link showed, and stays where it is', () => {
    const check = (what: string, result: string) => batch('deletion-checked', 'a', { what, result })
    const answered = batch('deletion-answered', 'a', { outcome: 'done' })
    const store = filled(batch('deletion-asked', 'a'), answered, check('thumbnail', 'reachable'))
    append(store, [check('download', 'reachable'), check('thumbnail', 'unreachable')])
    const [line] = timelineOf(store, everything).lines
    expect(line).toMatchObject({ onlineCount: 1, checks: { reachable: 2, unreachable: 1 } })
    expect(line?.head.seq).toBe(2)
    store.close()
  })

  it('says what came of a deletion, not that a check came to nothing; that it is still there it does say', () => {
    const check = (result: string) => batch('deletion-checked', 'a', { what: 'asset', result })
    const answered = batch('deletion-answered', 'a', { outcome: 'done' })
    const store = filled(batch('deletion-asked', 'a'), answered, check('unknown'))
    const headSeq = () => timelineOf(store, everything).lines[0]?.head.seq
    expect(headSeq()).toBe(2)
    append(store, [check('still-there')])
    expect(headSeq()).toBe(4)
    store.close()
  })

  it('counts each thing once, however often it was asked for', () => {
    const store = filled(
      batch('deletion-asked', 'a'),
      batch('deletion-failed', 'a', { outcome: 'refused' }),
      batch('deletion-asked', 'a', { isRetry: true }),
      batch('deletion-accepted', 'a', { outcome: 'accepted' }),
      batch('deletion-read-back', 'a', { outcome: 'gone' })
    )
    const [line] = timelineOf(store, everything).lines
    expect(line).toMatchObject({
      kinds: { replica: 1 },
      standings: { open: 0, deleted: 1, kept: 0 },
      outcome: 'good'
    })
    store.close()
  })

  it('does not take in the next one of the same thing', () => {
    const again = { ...batch('deletion-asked', 'a'), operationId: 'op-2', body: { batch: 'bat_2' } }
    const store = filled(batch('deletion-asked', 'a'), again)
    expect(shape(store)).toEqual(['2: 2', '1: 1'])
    store.close()
  })

  it('is found under each of its accounts, and by its topic', () => {
    const store = filled(batch('deletion-asked', 'a'), {
      ...batch('deletion-asked', 'b'),
      ...other
    })
    append(store, [between, { ...between, ...other }])
    expect(shape(store, { accountId })).toEqual(['3: 3', '2: 1 2'])
    expect(shape(store, { accountId: otherAccountId })).toEqual(['4: 4', '2: 1 2'])
    expect(shape(store, { group: 'deletions' })).toEqual(['2: 1 2'])
    expect(shape(store, { group: 'deletions', accountId })).toEqual(['2: 1 2'])
    store.close()
  })
})

describe('what a listing finds', () => {
  it('is one line by what happened, and apart from the next listing', () => {
    const store = filled(
      { ...thing('a'), walk: 'one' },
      { ...thing('v'), assetKind: 'video', walk: 'one' },
      { ...thing('b'), type: 'asset-renamed', walk: 'one' },
      { ...thing('c'), walk: 'two' },
      { ...thing('d'), ...other, walk: 'one' }
    )
    expect(shape(store)).toEqual(['5: 5', '4: 4', '3: 3', '2: 1 2'])
    expect(timelineOf(store, everything).lines[3]?.kinds).toEqual({ replica: 1, video: 1 })
    store.close()
  })

  it('is new where the account had been listed before, not where it is listed first', () => {
    const store = openIn(temporaryFolder())
    store.transaction((write) => write.putAccount(account()))
    append(store, [{ walk: 'first' }])
    store.transaction((write) => write.putAccount(account({ syncedAt: startAt })))
    append(store, [{ walk: 'later' }, { type: 'asset-vanished', body: { wasAsked: true } }])
    const lines = timelineOf(store, everything).lines
    expect(lines.map(({ isNew }) => isNew)).toEqual([false, true, false])
    expect(store.read.newChangeCount()).toBe(1)
    store.transaction((write) => write.acknowledgeChanges(null))
    expect(store.read.newChangeCount()).toBe(0)
    expect(timelineOf(store, everything).lines[1]?.isNew).toBe(false)
    store.close()
  })

  it('is acknowledged one by one, or all at once', () => {
    const store = openIn(temporaryFolder())
    store.transaction((write) => write.putAccount(account({ syncedAt: startAt })))
    append(store, [{ walk: 'first' }, { walk: 'second' }, { walk: 'third' }])
    const news = () => timelineOf(store, everything).lines.map(({ isNew }) => isNew)
    const [, second] = timelineOf(store, everything).lines
    store.transaction((write) => write.acknowledgeChanges(second?.id ?? null))
    expect(news()).toEqual([true, false, true])
    store.transaction((write) => write.acknowledgeChanges(null))
    expect(news()).toEqual([false, false, false])
  })
})

it('the making of a thing is one line until it is made; what is made of it later is another', () => {
  const status = (to: string): Happening => ({ type: 'asset-status-changed', body: { to } })
  const store = filled(
    { type: 'creation-asked', operationId: 'op', assetId: null },
    { type: 'creation-answered', operationId: 'op' },
    between,
    status('preview'),
    status('ready'),
    status('training')
  )
  expect(shape(store)).toEqual(['6: 6', '5: 1 2 4 5', '3: 3'])
  store.close()
})

describe('what is asked for', () => {
  const events = [
    { ...between },
    { ...thing('a'), walk: 'one' },
    { ...thing('v'), assetKind: 'video', walk: 'one' },
    { ...thing('b'), type: 'asset-vanished', walk: 'one' },
    batch('deletion-asked', 'a'),
    batch('deletion-failed', 'a', { outcome: 'refused' })
  ] as const

  it.each<[string, Partial<HistoryTimelineQuery>, readonly string[]]>([
    ['a kind, also among others', { kind: 'video' }, ['3: 2 3']],
    ['another kind', { kind: 'replica' }, ['6: 5 6', '4: 4', '3: 2 3']],
    ['what came up elsewhere', { by: 'elsewhere' }, ['4: 4', '3: 2 3']],
    ['what did not', { by: 'here' }, ['6: 5 6', '1: 1']],
    ['how it ended', { outcome: 'bad' }, ['6: 5 6']],
    ['how it ended, and where', { outcome: 'warn', by: 'elsewhere' }, ['4: 4']],
    ['from a time on', { fromAt: '2026-03-01T10:00:06.000Z' }, ['6: 5 6']],
    ['until a time', { untilAt: '2026-03-01T10:00:04.000Z' }, ['3: 2 3', '1: 1']],
    ['a time in which nothing was', { fromAt: '2027-01-01T00:00:00.000Z' }, []],
    ['words and a filter', { search: 'face', outcome: 'bad' }, ['6: 6', '5: 5']],
    ['words, a filter and a topic', { search: 'face', by: 'elsewhere' }, ['4: 4', '3: 3', '2: 2']]
  ])('%s', (_what, query, expected) => {
    const store = filled(...events)
    const { lines } = timelineOf(store, { ...everything, ...query })
    const isSearch = query.search !== undefined
    expect(
      isSearch ? lines.map(({ head }) => `${head.seq}: ${head.seq}`) : shape(store, query)
    ).toEqual(expected)
    store.close()
  })

  it('what is tied to a person now', () => {
    const store = filled(...events)
    store.transaction((write) => {
      write.putAccount(account())
      write.putAsset(asset('b'))
      write.putPerson({
        id: personId,
        name: 'Bea',
        nameRule: null,
        consent: null,
        createdAt: startAt
      })
      write.assignPerson(refOf('b'), personId)
    })
    expect(shape(store, { personId })).toEqual(['4: 4'])
    expect(shape(store, { personId, by: 'here' })).toEqual([])
    store.close()
  })
})

describe('what happened', () => {
  const events = [
    { ...between },
    { ...thing('a'), type: 'asset-renamed', walk: 'one' },
    { ...thing('b'), type: 'rename-asked', operationId: 'op-rename' },
    { ...thing('b'), type: 'rename-answered', operationId: 'op-rename' },
    batch('deletion-asked', 'a'),
    batch('deletion-answered', 'a', { outcome: 'done' }),
    { ...batch('deletion-checked', 'a'), body: { result: 'gone' } },
    told('receipt-saved'),
    { ...thing('c'), type: 'asset-tagged', body: { tags: 'spring' } },
    { ...told('person-noted'), body: { note: 'called' } }
  ] as const

  const cases: readonly [HistoryTimelineQuery['group'], readonly string[], readonly number[]][] = [
    ['renames', ['4: 3 4', '2: 2'], [4, 3, 2]],
    ['checks', ['6: 5 6 7 8'], [7]],
    ['deletions', ['6: 5 6 7 8'], [7, 6, 5]],
    ['accounts', ['1: 1'], []],
    ['people', ['10: 10'], []],
    ['notes', ['10: 10', '9: 9'], [9]],
    ['files', ['6: 5 6 7 8'], []],
    ['elsewhere', ['2: 2'], [2]],
    ['uploads', [], []]
  ]

  it.each(cases)('%s, as operations and as what a search finds', (group, operations, hits) => {
    const store = filled(...events)
    expect(shape(store, { group })).toEqual(operations)
    const found = timelineOf(store, { ...everything, group, search: 'face' }).lines
    expect(found.map(({ head }) => head.seq)).toEqual(hits)
    store.close()
  })

  it('is told of operations that were put together before, too', () => {
    const folder = temporaryFolder()
    const store = openIn(folder)
    append(store, events)
    store.close()
    const sql = openSql(join(folder, 'library.sqlite'))
    const topics = () => sql.all('SELECT id, topics FROM history_group ORDER BY id')
    const told = topics()
    expect(told).toHaveLength(6)
    sql.exec('UPDATE history_group SET topics = 0')
    fillTopics(sql)
    expect(topics()).toEqual(told)
    sql.close()
  })

  it('is found by an index, however long the history is', () => {
    const folder = temporaryFolder()
    openIn(folder).close()
    const sql = openSql(join(folder, 'library.sqlite'))
    for (const group of [...historyTopics, 'elsewhere'] as const) {
      const plan = sql.all<{ detail: string }>(
        `EXPLAIN QUERY PLAN SELECT g.id FROM history_group g WHERE g.place < ? ${ofGroup(group)}
         ORDER BY g.place DESC LIMIT ?`,
        1,
        1
      )
      expect(plan.map(({ detail }) => detail)).toEqual([
        expect.stringMatching(/USING (COVERING )?INDEX history_group_(topic_\d+|elsewhere) /)
      ])
    }
    sql.close()
  })
})

describe('of one account', () => {
  const accounts = [accountId, otherAccountId]
  const third = accountIdSchema.parse('acc_cccccccc')

  /** By turns: a plan of one account, a plan of two, a rename of either, and what is of no account. */
  const events = Array.from({ length: 40 }, (_, index) => {
    const one = accounts[(index >> 2) & 1] ?? third
    const plan = (item: string, of: AccountId): Happening => ({
      ...batch('deletion-asked', `${item}${index}`, { batch: `bat_${index}` }),
      accountId: of
    })
    const parts: readonly (readonly Happening[])[] = [
      [plan('a', one)],
      [plan('a', one), plan('b', third)],
      [{ ...thing('c'), type: 'asset-renamed', accountId: one, walk: `${index}` }],
      [{ ...told('receipt-saved'), body: {} }]
    ]
    return parts[index % 4] ?? []
  }).flat()

  it('are its own and those of several that it has a part in, whatever else is asked for', () => {
    const store = filled(...events)
    const linesOf = (query: Partial<HistoryTimelineQuery>) =>
      timelineOf(store, { ...everything, ...query }).lines
    const isOf = (id: number, owner: string): boolean =>
      store.read
        .historyParts({ id, beforeSeq: null, limit: 500 })
        .rows.some((part) => part.accountId === owner)
    for (const group of ['all', 'deletions', 'elsewhere'] as const) {
      for (const owner of accounts) {
        const query = { group, accountId: owner }
        const found = linesOf(query).map(({ id }) => id)
        expect(found.length).toBeGreaterThan(3)
        expect(found).toEqual(linesOf({ group }).flatMap(({ id }) => (isOf(id, owner) ? [id] : [])))
        const counting = store.read.historyCounting({ ...everything, ...query })
        const counts = store.read
          .historyStretches(counting, '2000-01-01', '2100-01-01')
          .map((stretch) => store.read.historyCounts(counting, stretch).count)
        expect(counts).toEqual([found.length])
        const [first = 0] = found
        const below = linesOf({
          ...query,
          beforeSeq: linesOf({ ...query, limit: 1 })[0]?.place ?? 0
        })
        expect([first, ...below.map(({ id }) => id)]).toEqual(found)
      }
    }
    store.close()
  })

  it('are found by an index, however long the history is', () => {
    const folder = temporaryFolder()
    openIn(folder).close()
    const sql = openSql(join(folder, 'library.sqlite'))
    const plansOf = (group: 'all' | 'deletions' | 'elsewhere') =>
      sourcesOf({ ...everything, group, accountId }).map((source) => {
        const { where, values } = together([...filtersOf({ ...everything, group }, null), source])
        const [first] = sql.all<{ detail: string }>(
          `EXPLAIN QUERY PLAN SELECT g.id FROM ${source.from} WHERE g.place < 9 ${where}
           ORDER BY g.place DESC LIMIT 9`,
          ...values
        )
        return first?.detail
      })
    const ofAccount = expect.stringMatching(
      /INDEX history_group_of_account .account_id=. AND place<../
    )
    expect(plansOf('all')).toEqual([ofAccount, ofAccount])
    for (const group of ['deletions', 'elsewhere'] as const) {
      expect(plansOf(group)).toEqual([
        expect.stringMatching(/INDEX history_group_(topic_\d+|elsewhere) /),
        ofAccount
      ])
    }
    sql.close()
  })
})

describe('the story of a thing', () => {
  it('is what it tells itself, and what its making and its deletion tell without naming it', () => {
    const store = filled(
      { type: 'creation-asked', operationId: 'op', assetId: null },
      { type: 'creation-answered', operationId: 'op', assetId: 'a' },
      { ...thing('b'), walk: 'first' },
      { ...thing('a'), walk: 'first' },
      batch('deletion-asked', 'a'),
      batch('deletion-asked', 'b'),
      told('deletion-paused'),
      told('receipt-saved'),
      between
    )
    const seqs = (id: string, limit = 100) => {
      const { rows, hasMore } = store.read.historyStory(refOf(id), limit)
      return [rows.map(({ seq }) => seq), hasMore]
    }
    expect(seqs('a')).toEqual([[8, 7, 5, 4, 2, 1], false])
    expect(seqs('b')).toEqual([[8, 7, 6, 3], false])
    expect(seqs('a', 2)).toEqual([[8, 7], true])
    expect(seqs('nobody')).toEqual([[], false])
    store.close()
  })
})

it('a page goes on below the last line, each operation once', () => {
  const store = filled(...Array.from({ length: 25 }, () => between))
  const shown: number[] = []
  for (let beforeSeq: number | null = null; ; ) {
    const page: HistoryTimeline = timelineOf(store, {
      ...everything,
      beforeSeq,
      limit: 10
    })
    shown.push(...page.lines.map(({ head }) => head.seq))
    beforeSeq = page.lines.at(-1)?.place ?? null
    if (!page.hasMore) break
  }
  expect(shown).toEqual(Array.from({ length: 25 }, (_, index) => 25 - index))
  store.close()
})

it('a line has the face of what it is about, as the library has it now', () => {
  const store = openIn(temporaryFolder())
  store.transaction((write) => {
    write.putAccount(account())
    write.putAsset(asset('r1', { posterId: 'med_1', presence: 'gone' }))
  })
  append(store, [{}])
  const [line] = timelineOf(store, everything).lines
  expect(line).toMatchObject({ posterId: 'med_1', presence: 'gone' })
  const [hit] = timelineOf(store, { ...everything, search: 'anna' }).lines
  expect(hit).toMatchObject({ posterId: 'med_1', presence: 'gone', count: 1 })
  store.close()
})

it('records of earlier versions are put together by what they tell, and stay as they were', () => {
  const folder = temporaryFolder()
  const store = openIn(folder)
  append(store, [{}, {}, batch('deletion-asked', 'a'), between, batch('deletion-answered', 'a')])
  store.close()
  const sql = openSql(join(folder, 'library.sqlite'))
  const kept = 'SELECT seq, at, type, body, prev_hash, hash FROM history ORDER BY seq'
  const before = sql.all(kept)
  for (const table of ['history_group', 'history_member', 'history_group_key']) {
    sql.exec(`DROP TABLE ${table}`)
  }
  for (const step of migrations.filter(({ version }) => groupsVersions.includes(version)))
    applyMigration(sql, step)
  expect(sql.all(kept)).toEqual(before)
  const members = 'SELECT seq, group_id FROM history_member ORDER BY seq'
  const put = [1, 1, 3, 4, 3].map((group_id, index) => ({ seq: index + 1, group_id }))
  expect(sql.all(members)).toEqual(put)
  emptyHistoryGroups(sql)
  groupAllHistory(sql)
  expect(sql.all(members)).toEqual(put)
  sql.close()
})

describe('what waits to be put into its operation', () => {
  const events = [
    batch('deletion-asked', 'a'),
    batch('deletion-tried', 'a'),
    between,
    batch('deletion-answered', 'a', { outcome: 'done' })
  ] as const

  const groupsIn = (folder: string): number => {
    const sql = openSql(join(folder, 'library.sqlite'))
    const found = sql.all('SELECT id FROM history_group')
    sql.close()
    return found.length
  }

  it('is there by the time that it is read, in one question or many', () => {
    const folder = temporaryFolder()
    const store = openIn(folder)
    append(store, events.slice(0, 2))
    expect(groupsIn(folder)).toBe(0)
    expect(shape(store)).toEqual(['2: 1 2'])
    append(store, events.slice(2))
    expect(store.read.unreadCount()).toBe(0)
    expect(shape(store)).toEqual(['4: 1 2 4', '3: 3'])
    expect(groupsIn(folder)).toBe(2)
    store.close()
  })

  it('does not wait once a listing tells of more, many wait, or the store is closed', () => {
    const folder = temporaryFolder()
    const store = openIn(folder)
    append(store, [between, { ...thing('a'), walk: 'one' }])
    expect(groupsIn(folder)).toBe(2)
    append(
      store,
      Array.from({ length: 49 }, () => between)
    )
    expect(groupsIn(folder)).toBe(2)
    append(store, [between])
    expect(groupsIn(folder)).toBe(52)
    append(store, [between])
    store.close()
    expect(groupsIn(folder)).toBe(53)
  })

  it('is found by whoever opens the database after a kill', () => {
    const folder = temporaryFolder()
    append(openIn(folder), events)
    const killed = temporaryFolder()
    cpSync(folder, killed, { recursive: true })
    expect(groupsIn(killed)).toBe(0)
    const store = openIn(killed)
    expect(shape(store)).toEqual(['4: 1 2 4', '3: 3'])
    store.close()
  })
})
