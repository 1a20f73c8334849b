import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
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
import { wordReader } from '../../../test/main/storage/word-reader.ts'
import { anyListed } from '../../shared/domain/any-asset.ts'
import type { HistoryEvent, HistoryQuery } from '../../shared/domain/history.ts'
import { personIdSchema } from '../../shared/domain/person.ts'
import { chainBase } from '../../shared/history-chains.ts'
import { indexHistory } from './history-index.ts'
import { type HistoryRow, toEvent } from './history-row.ts'
import { historyPage } from './history-table.ts'
import { openSql } from './sql.ts'

const personId = personIdSchema.parse('per_00000001')

const everything: HistoryQuery = {
  search: '',
  accountId: null,
  asset: null,
  group: 'all',
  beforeSeq: null,
  limit: 100
}

/** 40 records with a word each that begins alike, by turns of two accounts and two kinds of event. */
const start = () => {
  const store = openIn(temporaryFolder())
  store.transaction((write) => {
    for (let index = 1; index <= 40; index += 1) {
      write.append(
        happening({
          type: index % 4 === 0 ? 'deletion-asked' : 'asset-renamed',
          accountId: index % 2 === 0 ? otherAccountId : accountId,
          assetId: index % 5 === 0 ? 'R1' : 'r1',
          assetName: `Studio${index} Zoë`
        })
      )
    }
  })
  return (query: Partial<HistoryQuery>) =>
    store.read.history({ ...everything, ...query }).rows.map(({ seq }) => seq)
}
const from40 = Array.from({ length: 40 }, (_, index) => 40 - index)

it.each<[string, Partial<HistoryQuery>, (seq: number) => boolean]>([
  ['more words with a beginning than are taken whole', { search: 'studio' }, () => true],
  ['a few of them', { search: 'STUDIO3' }, (seq) => seq === 3 || (seq >= 30 && seq < 40)],
  ['one of them', { search: 'studio17' }, (seq) => seq === 17],
  ['two beginnings', { search: 'zo studio2' }, (seq) => seq === 2 || (seq >= 20 && seq < 30)],
  ['letters with marks', { search: 'zoë' }, () => true],
  ['a filter and a word', { search: 'studio', accountId }, (seq) => seq % 2 === 1],
  ['a kind of event and a word', { search: 'zoe', group: 'deletions' }, (seq) => seq % 4 === 0],
  [
    'one asset, its id to the letter',
    { search: 'studio', asset: refOf('R1') },
    (seq) => seq % 5 === 0 && seq % 2 === 1
  ],
  [
    'all at once, from a place on',
    { search: 'studio1', group: 'deletions', accountId: otherAccountId, beforeSeq: 16 },
    (seq) => seq === 12
  ],
  ['what the filters are kept as', { search: 'tdeletions' }, () => false],
  ['the mark of a filter', { search: '\uE000tdeletions' }, () => false],
  ['query syntax', { search: 'scope : deletions OR "studio1"' }, () => false]
])('finds %s', (_what, query, isFound) => {
  expect(start()(query)).toEqual(from40.filter(isFound))
})

describe('in every script, as the library finds it', () => {
  const names = [
    '山田葉子の研修ビデオ',
    'วิดีโอของสมชาย',
    'राम कुमार',
    'रमा देवी',
    '이순신의 영상',
    'الكتاب الأول',
    'Schulungsvideo Łukasz',
    'Straße nach Süden',
    'portrait-lora',
    'שָׁלוֹם',
    'Ελληνικά ΟΔΟΣ'
  ]

  const begin = () => {
    const store = openIn(temporaryFolder())
    store.transaction((write) => {
      for (const [index, name] of names.entries()) {
        write.putAsset(asset(`r${index}`, { name }))
        write.append(happening({ assetId: `r${index}`, assetName: name }))
      }
    })
    return {
      inHistory: (search: string) =>
        store.read
          .history({ ...everything, search })
          .rows.map(({ assetName }) => assetName)
          .sort(),
      inLibrary: (search: string) =>
        store.read
          .assets({ ...anyListed, kind: 'replica', search, offset: 0, limit: 100 })
          .rows.map(({ name }) => name)
          .sort()
    }
  }

  it.each([
    ['葉子', ['山田葉子の研修ビデオ']],
    ['ビデオ', ['山田葉子の研修ビデオ']],
    ['สมชาย', ['วิดีโอของสมชาย']],
    ['राम', ['राम कुमार']],
    ['이수', []],
    ['순신', ['이순신의 영상']],
    ['كتاب', ['الكتاب الأول']],
    ['lukasz', ['Schulungsvideo Łukasz']],
    ['video', ['Schulungsvideo Łukasz']],
    ['strasse', ['Straße nach Süden']],
    ['portrait-l', ['portrait-lora']],
    ['οδοσ', ['Ελληνικά ΟΔΟΣ']]
  ])('%s', (search, expected) => {
    const { inHistory, inLibrary } = begin()
    expect(inHistory(search)).toEqual(expected)
    expect(inLibrary(search)).toEqual(expected)
  })
})

describe('what is on the screen', () => {
  const told = () => {
    const store = openIn(temporaryFolder())
    store.transaction((write) => {
      write.putAccount(account())
      write.putAsset(asset('r2'))
      write.putPerson({
        id: personId,
        name: 'Beatrix Marchetti',
        nameRule: null,
        consent: null,
        createdAt: startAt
      })
      write.assignPerson(refOf('r2'), personId)
      write.append(happening({ assetName: 'Adaeze Nwosu' }))
      write.append(
        happening({
          type: 'asset-status-changed',
          body: { to: 'failed', reason: 'Face not visible' }
        })
      )
      write.append(happening({ type: 'asset-status-changed', body: { to: 'ready' } }))
      write.append(
        happening({ type: 'deletion-answered', body: { mode: 'permanent', outcome: 'done' } })
      )
      write.append(happening({ type: 'deletion-checked', body: { what: 'asset', result: 'gone' } }))
      write.append(happening({ assetId: 'r2', assetName: '山田葉子の研修ビデオ' }))
      write.append(happening({ assetName: 'Ольга Петрова' }))
      write.append(happening({ assetName: 'สมชาย ใจดี' }))
      write.append(happening({ type: 'deletion-asked', body: { mode: 'permanent' } }))
    })
    return (search: string) =>
      store.read.history({ ...everything, search }).rows.map(({ seq }) => seq)
  }

  it.each<[string, string, readonly number[]]>([
    ['the words of a sentence', 'confirmed', [4]],
    ['a sentence with a short word', 'requested by you', [9]],
    ['what people call it', 'deleted', [4]],
    ['how it ended', 'training failed', [2]],
    ['how it ended otherwise', 'completed', [3]],
    ['what a check showed', 'checked again', [5]],
    ['an error text', 'not visible', [2]],
    ['one slip in a name', 'adaze nwosu', [1]],
    ['two letters swapped', 'nwsou', [1]],
    ['no two slips', 'adzae nwsuo', []],
    ['whom it is tied to', 'marchetti', [6]],
    ['letters within a name without spaces', '葉子', [6]],
    ['a name in Cyrillic, with a slip', 'петрва', [7]],
    ['a beginning in Thai', 'สมชา', [8]]
  ])('%s', (_what, search, expected) => {
    expect(told()(search)).toEqual(expected)
  })
})

describe('records that were appended one by one', () => {
  const count = 230
  const appended = (folder: string) => {
    const store = openIn(folder)
    for (let index = 1; index <= count; index += 1) {
      store.transaction((write) => {
        write.append(happening({ type: 'asset-renamed', assetName: `Solitaire${index}` }))
      })
    }
    return store
  }
  const found = (store: ReturnType<typeof openIn>, search: string) =>
    store.read.history({ ...everything, search }).rows.map(({ seq }) => seq)

  it('are all found, also those that came after the last search', () => {
    const store = appended(temporaryFolder())
    expect([found(store, 'solitaire3'), found(store, 'solitaire230')]).toEqual([
      [39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 3],
      [230]
    ])
    store.transaction((write) => {
      write.append(happening({ type: 'asset-renamed', assetName: 'Solitaire231' }))
    })
    expect(found(store, 'solitaire231')).toEqual([231])
  })

  it('are made searchable lot by lot, each in a turn after the one that wrote them', async () => {
    const folder = temporaryFolder()
    const store = openIn(folder)
    const sql = openSql(join(folder, 'library.sqlite'))
    onTestFinished(() => sql.close())
    const searchable = () => sql.first('SELECT count(*) AS count FROM history_text_docsize')
    const nextTurn = () => new Promise((resolve) => setImmediate(resolve))
    store.transaction((write) => {
      for (let index = 0; index < 450; index += 1) write.append(happening())
    })
    expect(searchable()).toEqual({ count: 0 })
    await nextTurn()
    expect(searchable()).toEqual({ count: 200 })
    for (let turn = 0; turn < 3; turn += 1) await nextTurn()
    expect(searchable()).toEqual({ count: 400 })
  })

  it('are found by whoever opens the database, closed or killed before', () => {
    const closed = temporaryFolder()
    appended(closed).close()
    const killed = temporaryFolder()
    appended(killed)
    expect([found(openIn(closed), 'solitaire229'), found(openIn(killed), 'solitaire229')]).toEqual([
      [229],
      [229]
    ])
  })
})

describe('page by page', () => {
  const count = 400
  const given = ['Amara', 'Beatrix', 'Chidi', 'Amarante', '葉子']
  const family = ['Osei', 'Okafor', 'Lindqvist']

  /** Records of two accounts, and such of another computer, whose numbers are below 0. */
  const filled = () => {
    const folder = temporaryFolder()
    const store = openIn(folder)
    store.transaction((write) => {
      for (let index = 1; index <= count; index += 1) {
        write.append(
          happening({
            type: index % 3 === 0 ? 'deletion-asked' : 'asset-renamed',
            accountId: index % 7 === 0 ? otherAccountId : accountId,
            assetId: `q${index % 11}`,
            assetName: `${given[index % 5]} ${family[(index >> 3) % 3]} x${index % 97}`
          })
        )
      }
    })
    store.close()
    const sql = openSql(join(folder, 'library.sqlite'))
    const base = chainBase(1)
    sql.run(`INSERT INTO history_chain VALUES (1, 'other', 1, '', ?, '[]')`, startAt)
    for (let index = 1; index <= 20; index += 1) {
      sql.run(
        `INSERT INTO history (seq, at, monotonic_ms, run_id, type, account_id, asset_name, body, prev_hash, hash)
         VALUES (?, ?, 1, 'run', 'asset-renamed', ?, ?, '{}', '', '')`,
        ...[base + index, startAt, accountId, `${given[index % 5]} Elsewhere`]
      )
    }
    indexHistory(sql, base, -1)
    onTestFinished(() => sql.close())
    return sql
  }

  const wanted = fc.record({
    words: fc.uniqueArray(
      fc.constantFrom(
        'a',
        'am',
        'amara',
        'amarante',
        'bea',
        'chi',
        'osei',
        'okaf',
        'x1',
        'x96',
        'q1',
        'else',
        '葉',
        'deletion',
        'asset',
        'renamed',
        'asked',
        'by'
      ),
      { minLength: 1, maxLength: 3 }
    ),
    accountId: fc.constantFrom(null, accountId, otherAccountId),
    group: fc.constantFrom('all', 'deletions', 'elsewhere', 'renames', 'creations'),
    beforeSeq: fc.option(fc.integer({ min: chainBase(1), max: count + 2 })),
    limit: fc.integer({ min: 1, max: 150 })
  })

  const isOf = ({ type }: HistoryEvent, group: HistoryQuery['group']): boolean =>
    group === 'all' ||
    ((group === 'deletions') === (type === 'deletion-asked') && group !== 'creations')

  it('is what reading every record would find, the newest first', () => {
    const sql = filled()
    const everyone = sql.all<HistoryRow>('SELECT * FROM history ORDER BY seq DESC').map(toEvent)
    const holds = wordReader(everyone)
    fc.assert(
      fc.property(wanted, ({ words, ...query }) => {
        const expected = everyone.filter(
          (event) =>
            event.seq < (query.beforeSeq ?? Number.MAX_SAFE_INTEGER) &&
            words.every((word) => holds(event, word)) &&
            (query.accountId === null || event.accountId === query.accountId) &&
            isOf(event, query.group)
        )
        const page = historyPage(sql, {
          ...query,
          search: words.join(' '),
          asset: null
        })
        expect(page.rows.map(({ seq }) => seq)).toEqual(
          expected.slice(0, query.limit).map(({ seq }) => seq)
        )
        expect(page.hasMore).toBe(expected.length > query.limit)
      }),
      { seed: 17, numRuns: 300 }
    )
  })
})
