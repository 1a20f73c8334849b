import {
  eventTypesOf,
  type HistoryEventType,
  historyEventTypes
} from '../../shared/catalogue/history-events.ts'
import type { HistoryEvent, HistoryQuery } from '../../shared/domain/history.ts'
import { searchPieces } from '../../shared/folded.ts'
import { beginsWithSlip } from '../../shared/near.ts'
import { type EventRow, eventColumns, toEvent } from './history-row.ts'
import { saying } from './history-sentences.ts'
import { anyOf, ofType, ownMark, quoted, typeWord } from './history-terms.ts'
import { eachLot } from './other-chains.ts'
import type { Sql } from './sql.ts'

/**
 * The text index keeps what it is given, so that every search of the app folds and parts words by one rule. A record's row
 * is its number below 0, so the newest comes first: FTS5 looks for each page that it skips backwards from the start of the
 * word's list, and so a rare word among common ones, or a page far down, would cost milliseconds for each word.
 */
export const historyIndexSchema = `
  CREATE VIRTUAL TABLE history_text USING fts5 (
    asset_name, asset_id, account_name, type, body, scope,
    content = '', prefix = '1 2 3', tokenize = 'ascii'
  );
  CREATE VIRTUAL TABLE history_words USING fts5vocab (history_text, instance);
  CREATE TABLE name_word (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;`

interface IndexedRow {
  readonly seq: number
  readonly type: string
  readonly account_id: string | null
  readonly account_name: string | null
  readonly asset_id: string | null
  readonly asset_name: string | null
  readonly texts: string | null
  readonly topic: string
}

const pieced = (text: string | null): string => (text === null ? '' : searchPieces(text).join(' '))

/** Shorter ones are found as beginnings, or are in too many names to be told apart by. */
const shortestNameWord = 3

const nameWords = ({ asset_name, account_name }: IndexedRow): readonly string[] =>
  [asset_name, account_name]
    .flatMap((name) => (name === null ? [] : searchPieces(name)))
    .filter((word) => word.length >= shortestNameWord && /\p{L}/u.test(word))

/**
 * Makes the records from `fromSeq` on searchable, in one statement: with each statement in between the text index would
 * write out what it had gathered so far.
 */
export const indexHistory = (sql: Sql, fromSeq: number, toSeq = Number.MAX_SAFE_INTEGER): void => {
  const rows = sql.all<IndexedRow>(
    `SELECT seq, type, account_id, account_name, asset_id, asset_name, topic,
       (SELECT group_concat(value, ' ') FROM json_each(CASE WHEN json_valid(body) THEN body ELSE '{}' END)
        WHERE json_each.type = 'text' AND json_each.key NOT GLOB 'record[0-9]*') AS texts
     FROM history WHERE seq >= ? AND seq <= ? ORDER BY seq DESC`,
    fromSeq,
    toSeq
  )
  const entries = rows.map((row) => [
    -row.seq,
    pieced(row.asset_name),
    pieced(row.asset_id),
    pieced(row.account_name),
    typeWord(row.type),
    pieced(row.texts),
    scopeOf(row)
  ])
  sql.run(
    `INSERT INTO history_text (rowid, asset_name, asset_id, account_name, type, body, scope)
     SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
     FROM json_each(?)`,
    JSON.stringify(entries)
  )
  sql.run(
    'INSERT OR IGNORE INTO name_word SELECT value FROM json_each(?)',
    JSON.stringify([...new Set(rows.flatMap(nameWords))])
  )
}

/** Records of other computers, whose numbers are below 0, are indexed as they come. */
const indexedSeq = (sql: Sql): number => {
  const last = sql.first<{ seq: number | null }>('SELECT -min(id) AS seq FROM history_text_docsize')
  return Math.max(0, last?.seq ?? 0)
}

export const isHistoryIndexed = (sql: Sql): boolean =>
  sql.first('SELECT 1 FROM history WHERE seq > ? LIMIT 1', indexedSeq(sql)) === null

/** Makes the newest records searchable; called before something is searched for. */
export const indexNewHistory = (sql: Sql): void => indexHistory(sql, indexedSeq(sql) + 1)

/** Each time it is written to, the text index writes more than the records themselves, so it is not for every one. */
const lot = 200

/** Whether enough records wait that a search would have much to do first; `indexed`: up to where they are searchable. */
export const isLotWaiting = (headSeq: number, indexed: number): boolean => headSeq - indexed >= lot

/** Makes the next lot of records searchable, if there is one; answers up to where they are. */
export const indexNextLot = (sql: Sql, headSeq: number): number => {
  const indexed = indexedSeq(sql)
  if (!isLotWaiting(headSeq, indexed)) return indexed
  indexHistory(sql, indexed + 1, indexed + lot)
  return indexed + lot
}

const rowsAtOnce = 5_000

/** Makes every record searchable anew. */
export const indexAllHistory = (sql: Sql): void =>
  eachLot(sql, rowsAtOnce, (fromSeq, toSeq) => indexHistory(sql, fromSeq, toSeq))

/** Takes every record out of the index. */
export const emptyHistoryIndex = (sql: Sql): void => {
  sql.exec(`INSERT INTO history_text (history_text) VALUES ('delete-all')`)
  sql.exec('DELETE FROM name_word')
}

/** All records of a rare type, in every chain. */
export const eachOfType = (sql: Sql, type: HistoryEventType): readonly HistoryEvent[] =>
  sql
    .all<EventRow>(
      `SELECT ${eventColumns} FROM history_text t CROSS JOIN history h ON h.seq = -t.rowid
       WHERE history_text MATCH ?`,
      ofType(type)
    )
    .map(toEvent)

/**
 * What the filters ask for, as words that nobody types: a filter is then part of the text index's own search, and
 * a rare account among the million hits of a common word is found without walking them.
 */
const hex = (text: string): string => Buffer.from(text).toString('hex')

const scopeOf = ({ account_id, asset_id, topic }: IndexedRow): string =>
  [`a${hex(account_id ?? '')}`, `i${hex(asset_id ?? '')}`, `t${topic}`]
    .map((term) => ownMark + term)
    .join(' ')

const scopeTerms = ({ accountId, asset, group }: HistoryQuery): readonly string[] => [
  ...(accountId === null ? [] : [`a${hex(accountId)}`]),
  ...(asset === null ? [] : [`a${hex(asset.accountId)}`, `i${hex(asset.id)}`]),
  ...(isKeptTopic(group) ? [`t${group}`] : [])
]

/** A record keeps one of these as its `topic`; the others are found by the types that belong to them. */
const keptTopics: ReadonlySet<HistoryQuery['group']> = new Set([
  'deletions',
  'creations',
  'uploads',
  'elsewhere'
])

export const isKeptTopic = (group: HistoryQuery['group']): boolean => keptTopics.has(group)

const typeTerms = ({ group }: HistoryQuery): readonly string[] =>
  group === 'all' || group === 'elsewhere' || isKeptTopic(group)
    ? []
    : [anyOf(eventTypesOf(group).map(ofType))]

const scopeQuery = (term: string): string => `scope : ${quoted(ownMark + term)}`

/** The words looked for; none: everything is wanted. Null: there is text, but nothing in it could be found. */
export const searchWords = (search: string): readonly (readonly string[])[] | null => {
  const typed = search.replaceAll('\0', ' ').trim().split(/\s+/u).filter(Boolean)
  const words = typed.map(searchPieces).filter((pieces) => pieces.length > 0)
  return typed.length > 0 && words.length === 0 ? null : words
}

/** As the `topic` of a record has it; whether the app asked for a renaming is told by more. */
const elsewhereTypes: readonly HistoryEventType[] = [
  'asset-first-seen',
  'asset-renamed',
  'asset-vanished',
  'asset-returned'
]

/** The types that a record of this group can have. */
const typesIn = (group: HistoryQuery['group']): readonly HistoryEventType[] => {
  if (group === 'all') return historyEventTypes
  return group === 'elsewhere' ? elsewhereTypes : eventTypesOf(group)
}

/** Words that begin with the ones given, and the filters. All is quoted: nothing is taken for query syntax. */
export const matchOf = (
  sql: Sql,
  words: readonly (readonly string[])[],
  query: HistoryQuery
): string => {
  const types = typesIn(query.group)
  const typed = words.map((pieces) => standingIn(sql, pieces, types)).join(' AND ')
  const scopes = scopeTerms(query).map(scopeQuery)
  return [typed, ...scopes, ...typeTerms(query)].join(' AND ')
}

/** As many letters as the text index keeps beginnings of. */
const indexedBeginning = 3
const mostWords = 24

/** Not in what only the app writes there. */
const inTexts = (query: string, pieces: readonly string[]): string =>
  pieces.some((piece) => piece.startsWith(ownMark)) ? `- {scope type} : (${query})` : query

const typeWords: ReadonlyMap<HistoryEventType, readonly string[]> = new Map(
  historyEventTypes.map((type) => [type, searchPieces(type)])
)

const typesWith = (
  types: readonly HistoryEventType[],
  isMeant: (words: readonly string[]) => boolean
): readonly HistoryEventType[] => types.filter((type) => isMeant(typeWords.get(type) ?? []))

/** Pieces side by side; a single word also where it stands within a word of a name, as the library finds it. */
const standingIn = (
  sql: Sql,
  pieces: readonly string[],
  types: readonly HistoryEventType[]
): string => {
  const [word = '', ...more] = pieces
  if (more.length === 0) return wordIn(sql, word, types)
  const phrase = pieces.join(' ')
  const named = typesWith(types, (words) => ` ${words.join(' ')}`.includes(` ${phrase}`))
  return anyOf([inTexts(`${quoted(phrase)}*`, pieces), ...named.map(ofType)])
}

const wordIn = (sql: Sql, word: string, types: readonly HistoryEventType[]): string => {
  const within = namesWith(sql, word)
  const tied = ofPersons(sql, word)
  const said = saying(word)
  const isTold = within.length + said.length + tied.length > 0 || isKnown(sql, word)
  const names = isTold ? within : namesNear(sql, word)
  const isMeant = (piece: string): boolean => piece.startsWith(word) || names.includes(piece)
  const named = typesWith(types, (words) => words.some(isMeant))
  const sentences = said.filter(({ type }) => types.includes(type) && !named.includes(type))
  return anyOf([
    inTexts(anyOf([beginningWith(sql, word), ...names.map(quoted)]), [word]),
    ...named.map(ofType),
    ...sentences.map(({ query }) => query),
    ...tied
  ])
}

const isKnown = (sql: Sql, word: string): boolean =>
  typesWith(historyEventTypes, (words) => words.some((said) => said.startsWith(word))).length > 0 ||
  sql
    .first<{ term: string }>('SELECT term FROM history_words WHERE term >= ? LIMIT 1', word)
    ?.term.startsWith(word) === true

/** Shorter ones are a slip away from too much. */
const shortestSlip = 4
const mostNear = 8
const mostCompared = 20_000

/** Words of names that somebody may have meant who made one slip; asked for only where nothing is called so. */
const namesNear = (sql: Sql, word: string): readonly string[] =>
  word.length < shortestSlip
    ? []
    : sql
        .all<{ word: string }>(
          'SELECT word FROM name_word WHERE length(word) >= ? LIMIT ?',
          word.length - 1,
          mostCompared
        )
        .map((row) => row.word)
        .filter((name) => beginsWithSlip(name, word))
        .slice(0, mostNear)

const mostTied = 50

/** What is tied to a person of this name now, by the words that the index keeps for ids. */
const ofPersons = (sql: Sql, word: string): readonly string[] => {
  const persons = sql
    .all<{ id: string; name: string }>('SELECT id, name FROM person')
    .filter(({ name }) => searchPieces(name).some((piece) => piece.startsWith(word)))
  return persons
    .flatMap(({ id }) =>
      sql.all<{ account_id: string; id: string }>(
        'SELECT account_id, id FROM person_asset WHERE person_id = ? LIMIT ?',
        id,
        mostTied
      )
    )
    .slice(0, mostTied)
    .map(
      (ref) =>
        `(scope : ${quoted(`${ownMark}a${hex(ref.account_id)}`)} AND scope : ${quoted(`${ownMark}i${hex(ref.id)}`)})`
    )
}

const namesWith = (sql: Sql, word: string): readonly string[] =>
  sql
    .all<{ word: string }>(
      'SELECT word FROM name_word WHERE instr(word, ?) > 1 LIMIT ?',
      word,
      mostWords
    )
    .map((found) => found.word)

/**
 * A longer beginning would make the text index gather every hit before the first is handed out. The few words that
 * there are with it, taken whole, are found newest first.
 */
const beginningWith = (sql: Sql, word: string): string => {
  if (word.length <= indexedBeginning || !/^[a-z0-9]+$/.test(word)) return `${quoted(word)}*`
  const found: string[] = []
  let from = word
  while (found.length <= mostWords) {
    const next = sql.first<{ term: string }>(
      'SELECT term FROM history_words WHERE term >= ? LIMIT 1',
      from
    )
    if (next === null || !next.term.startsWith(word)) break
    found.push(next.term)
    from = `${next.term}\u0001`
  }
  if (found.length === 0 || found.length > mostWords) return `${quoted(word)}*`
  return `(${found.map(quoted).join(' OR ')})`
}
