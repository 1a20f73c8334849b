import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it, onTestFinished } from 'vitest'
import {
  accountId,
  happening,
  otherAccountId,
  refOf,
  startAt
} from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import { wordReader } from '../../../test/main/storage/word-reader.ts'
import { eventTypesOf } from '../../shared/catalogue/history-events.ts'
import type {
  HistoryEvent,
  HistoryTimelineQuery,
  NewHistoryEvent
} from '../../shared/domain/history.ts'
import { personIdSchema } from '../../shared/domain/person.ts'
import { chainBase } from '../../shared/history-chains.ts'
import {
  emptyHistoryGroups,
  type GroupRow,
  groupAllHistory,
  placeOthers,
  summaryOf
} from './history-groups.ts'
import { indexHistory } from './history-index.ts'
import { type HistoryRow, toEvent } from './history-row.ts'
import { timelineLines } from './history-timeline.ts'
import { beginWalk, stepWalk, type WalkSizes } from './history-walk.ts'
import { openSql, type Sql } from './sql.ts'

const count = 400
const given = ['Amara', 'Beatrix', 'Chidi', 'Amarante', '葉子']

const personOf = (index: number) => personIdSchema.parse(`per_0000000${index}`)
/** Of three things, of most things, of nothing. */
const persons = [personOf(1), personOf(2), personOf(3)]

/** Plans of three with what became of them, changes elsewhere of seven in one listing, and things that were renamed here. */
const eventOf = (index: number): Partial<NewHistoryEvent> => {
  const about = {
    accountId: index % 7 === 0 ? otherAccountId : accountId,
    assetId: `q${index % 53}`,
    assetKind: index % 4 === 0 ? ('video' as const) : ('replica' as const),
    assetName: `${given[index % 5]} x${index % 97}`
  }
  const step = {
    operationId: `op-${index >> 1}`,
    body: { batch: `bat_${index >> 3}`, mode: 'soft' }
  }
  switch (index & 7) {
    case 0:
    case 2:
      return { ...about, ...step, type: 'deletion-asked' }
    case 1:
      return { ...about, ...step, type: index % 48 === 1 ? 'deletion-failed' : 'deletion-accepted' }
    case 3:
      return { ...about, type: 'asset-assigned', body: {} }
    default:
      return { ...about, type: 'asset-renamed', body: {} }
  }
}

/** Records of two accounts, and such of another computer, all in their operations and searchable. */
const filled = (): Sql => {
  const folder = temporaryFolder()
  const store = openIn(folder)
  store.transaction((write) => {
    for (const [index, id] of persons.entries()) {
      const name = `Nobody${index}`
      write.putPerson({ id, name, nameRule: null, consent: null, createdAt: startAt })
    }
    for (const id of ['q2', 'q3', 'q40']) write.assignPerson(refOf(id), personOf(1))
    for (let id = 4; id < 40; id += 1) write.assignPerson(refOf(`q${id}`), personOf(2))
    for (let index = 1; index <= count; index += 1) {
      write.append(happening(eventOf(index)), `walk-${Math.floor(index / 28)}`)
    }
  })
  store.close()
  const sql = openSql(join(folder, 'library.sqlite'))
  onTestFinished(() => sql.close())
  const base = chainBase(1)
  sql.run(`INSERT INTO history_chain VALUES (1, 'other', 1, '', ?, '[]')`, startAt)
  for (let index = 1; index <= 20; index += 1) {
    sql.run(
      `INSERT INTO history (seq, at, monotonic_ms, run_id, type, account_id, asset_kind, asset_id, asset_name, body,
         prev_hash, hash)
       VALUES (?, ?, ?, 'run', 'key-saved', ?, 'replica', ?, ?, '{}', '', '')`,
      base + index,
      new Date(Date.parse(startAt) + index * 10_000).toISOString(),
      index,
      accountId,
      `q${index}`,
      `${given[index % 5]} Elsewhere`
    )
  }
  indexHistory(sql, base, -1)
  emptyHistoryGroups(sql)
  groupAllHistory(sql)
  placeOthers(sql)
  return sql
}

type Stored = Omit<GroupRow, 'summary'> & { readonly summary: string }

/** Reads everything, and holds each operation or record against what is asked for. */
const readerOf = (sql: Sql) => {
  const everyone = sql.all<HistoryRow>('SELECT * FROM history ORDER BY seq DESC').map(toEvent)
  const groups = sql.all<Stored>('SELECT * FROM history_group ORDER BY place DESC')
  const groupOf = new Map(
    sql
      .all<{ seq: number; group_id: number }>('SELECT seq, group_id FROM history_member')
      .map(({ seq, group_id }) => [seq, group_id])
  )
  const members = new Map<number | undefined, HistoryEvent[]>()
  for (const event of everyone) {
    const group = groupOf.get(event.seq)
    members.set(group, [...(members.get(group) ?? []), event])
  }
  const tied = new Map(
    sql
      .all<{ ref: string; person_id: string }>(
        `SELECT account_id || ' ' || kind || ' ' || id AS ref, person_id FROM person_asset`
      )
      .map(({ ref, person_id }) => [ref, person_id])
  )
  const holds = wordReader(everyone)
  const isOfTime = (at: string, { fromAt, untilAt }: HistoryTimelineQuery): boolean =>
    (fromAt === null || at >= fromAt) && (untilAt === null || at < untilAt)
  const isOfGroup = ({ type }: HistoryEvent, group: HistoryTimelineQuery['group']): boolean =>
    group === 'all' ||
    (group === 'elsewhere' ? type === 'asset-renamed' : eventTypesOf(group).includes(type))
  /** But for time, account and group, which a search asks of the record itself. */
  const passes = (group: Stored, query: HistoryTimelineQuery): boolean => {
    const { by, outcome, kind, personId } = query
    return (
      (by === null || (by === 'elsewhere') === (group.topic === 'elsewhere')) &&
      (outcome === null || group.outcome === outcome) &&
      (kind === null ||
        group.asset_kind === kind ||
        (group.count > 1 && (summaryOf(group.summary).kinds[kind] ?? 0) > 0)) &&
      (personId === null ||
        (members.get(group.id) ?? []).some(
          (part) => tied.get(`${part.accountId} ${part.assetKind} ${part.assetId}`) === personId
        ))
    )
  }
  const records = (query: HistoryTimelineQuery): readonly number[] => {
    const passing = new Set(groups.filter((group) => passes(group, query)).map(({ id }) => id))
    return everyone
      .filter(
        (event) =>
          event.seq < (query.beforeSeq ?? Number.MAX_SAFE_INTEGER) &&
          query.search.split(' ').every((word) => holds(event, word)) &&
          passing.has(groupOf.get(event.seq) ?? 0) &&
          (query.accountId === null || event.accountId === query.accountId) &&
          isOfGroup(event, query.group) &&
          isOfTime(event.at, query)
      )
      .map(({ seq }) => seq)
  }
  const operations = (query: HistoryTimelineQuery): readonly number[] =>
    groups
      .filter((group) => {
        const parts = members.get(group.id) ?? []
        return (
          group.place < (query.beforeSeq ?? Number.MAX_SAFE_INTEGER) &&
          passes(group, query) &&
          (query.accountId === null || parts.some((part) => part.accountId === query.accountId)) &&
          (query.group === 'elsewhere'
            ? group.topic === 'elsewhere'
            : parts.some((part) => isOfGroup(part, query.group))) &&
          isOfTime(group.head_at, query)
        )
      })
      .map(({ id }) => id)
  return {
    places: [...groups.map(({ place }) => place), ...everyone.map(({ seq }) => seq)],
    find: (query: HistoryTimelineQuery) =>
      query.search === '' ? operations(query) : records(query)
  }
}

const words = [
  'a',
  'am',
  'amara',
  'bea',
  'x1',
  'x96',
  'q1',
  'else',
  '葉',
  'renamed',
  'unheard',
  'z9'
]
const minute = (index: number): string =>
  new Date(Date.parse(startAt) + index * 60_000).toISOString()

const asked = fc.record({
  search: fc.uniqueArray(fc.constantFrom(...words), { maxLength: 2 }).map((some) => some.join(' ')),
  accountId: fc.constantFrom(null, null, accountId, otherAccountId),
  group: fc.constantFrom('all', 'all', 'all', 'deletions', 'elsewhere', 'renames', 'accounts'),
  personId: fc.constantFrom(null, null, ...persons),
  kind: fc.constantFrom(null, null, 'replica', 'video', 'voice'),
  outcome: fc.constantFrom(null, null, null, 'good', 'warn', 'bad'),
  by: fc.constantFrom(null, null, 'here', 'elsewhere'),
  fromAt: fc.constantFrom(null, null, minute(1), minute(4)),
  untilAt: fc.constantFrom(null, null, minute(3), minute(6)),
  limit: fc.integer({ min: 1, max: 60 })
})

const sizes: fc.Arbitrary<WalkSizes> = fc.record({
  operationsAtOnce: fc.integer({ min: 1, max: 40 }),
  hitsAtOnce: fc.integer({ min: 1, max: 40 }),
  numbersAtOnce: fc.integer({ min: 5, max: 200 }),
  mostOperations: fc.integer({ min: 1, max: 60 }),
  nearEnough: fc.integer({ min: 0, max: 10 })
})

it('finds, however small its steps are, what reading everything would, the newest first', () => {
  const sql = filled()
  const { places, find } = readerOf(sql)
  const from = fc.option(fc.constantFrom(...places))
  fc.assert(
    fc.property(asked, from, sizes, (wanted, beforeSeq, atOnce) => {
      const query = { ...wanted, beforeSeq } as HistoryTimelineQuery
      const expected = find(query)
      let walk = beginWalk(sql, query)
      for (let next: typeof walk | null = walk; next !== null; next = stepWalk(sql, walk, atOnce)) {
        walk = next
      }
      const page = timelineLines(sql, walk)
      expect(page.lines.map(({ id, head }) => (query.search === '' ? id : head.seq))).toEqual(
        expected.slice(0, query.limit)
      )
      expect(page.hasMore).toBe(expected.length > query.limit)
    }),
    { seed: 17, numRuns: 600 }
  )
})
