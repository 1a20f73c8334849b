import type { AssetQuery } from '../../shared/domain/asset.ts'
import { conditions, order, searchWords, writesOf } from './asset-listing.ts'
import type { Sql } from './sql.ts'
import { storedJson } from './stored-json.ts'

/** Ends each text: `folded` leaves none in a text or a word, so no word is found across two of them. */
const end = '\0'
/** Read in a few milliseconds, so that whatever waits has its turn. */
const rowsAtOnce = 3_000
/** Scripts of many videos may be longer; they are then searched in the database. */
const mostCharacters = 64 * 1024 * 1024
/** More accounts than anyone has. */
const mostAlike = 1_000

/** Orders of which one row tells where the next ones are. */
const keyedSorts = ['created-desc', 'created-asc', 'name-asc', 'name-desc'] as const

type KeyedSort = (typeof keyedSorts)[number]

const isKeyed = (sort: AssetQuery['sort']): sort is KeyedSort =>
  keyedSorts.some((keyed) => keyed === sort)

/** What one listing is searched in: a text per row, in the order of the listing. */
interface Texts {
  readonly listing: string
  readonly writes: number
  readonly rowids: number[]
  /** Where each text begins in all of them; one more than there are rows. */
  readonly starts: number[]
  /** What was read so far, each text with its end. */
  readonly parts: string[]
  /** All of them, once there is no more to read; null before, and for good if they are too many. */
  joined: string | null
  isOver: boolean
  /** The last answer, so that scrolling through what was found does not search it page by page. */
  found: { readonly search: string; readonly rowids: readonly number[] } | null
}

const held = new WeakMap<Sql, Texts>()

/** The listing that a search is within, without the search itself. */
const listingOf = (query: AssetQuery) => {
  const { where, values } = conditions({ ...query, search: '' })
  return { where, values, key: JSON.stringify([where, values, query.sort]) }
}

const begin = (listing: string, writes: number): Texts => ({
  listing,
  writes,
  rowids: [],
  starts: [0],
  parts: [],
  joined: null,
  isOver: false,
  found: null
})

const current = (sql: Sql, listing: string): Texts | null => {
  const texts = held.get(sql)
  return texts?.listing === listing && texts.writes === writesOf(sql) ? texts : null
}

/** Where the last part ended: skipping by a number of rows would walk over all of them again. */
const goingOn = (sql: Sql, { rowids }: Texts, sort: KeyedSort) => {
  const last = rowids.at(-1)
  if (last === undefined) return { where: '', values: [] }
  const column = sort.startsWith('name') ? 'sort_name' : 'sort_at'
  const key = sql.first<{ at: string; id: string }>(
    `SELECT ${column} AS at, id FROM asset WHERE rowid = ?`,
    last
  )
  // Two accounts can have something of the same key: it is read again, and known by its row.
  const onwards = sort.endsWith('desc') ? '<=' : '>='
  return {
    where: ` AND (${column}, id) ${onwards} (?, ?)`,
    values: [key?.at ?? '', key?.id ?? '']
  }
}

const readMore = (sql: Sql, texts: Texts, query: AssetQuery, sort: KeyedSort): void => {
  const { where, values } = listingOf(query)
  const rest = goingOn(sql, texts, sort)
  const part = sql.first<{ places: string; texts: string }>(
    `SELECT json_group_array(place) AS places, json_group_array(text) AS texts FROM (
       SELECT rowid AS place, search_text || coalesce(char(10) || (
         SELECT group_concat(text, char(10)) FROM asset_text t
         WHERE t.kind = asset.kind AND t.account_id = asset.account_id AND t.id = asset.id
       ), '') AS text
       FROM asset WHERE ${where}${rest.where} ORDER BY ${order(sort)} LIMIT ?
     )`,
    ...values,
    ...rest.values,
    rowsAtOnce
  )
  const places = storedJson<readonly number[]>(part?.places ?? '[]')
  const read = storedJson<readonly string[]>(part?.texts ?? '[]')
  const known = new Set(texts.rowids.slice(-mostAlike))
  let characters = texts.starts.at(-1) ?? 0
  let added = ''
  for (const [index, place] of places.entries()) {
    if (known.has(place)) continue
    const text = `${read[index]}${end}`
    added += text
    characters += text.length
    texts.rowids.push(place)
    texts.starts.push(characters)
  }
  texts.parts.push(added)
  const isTooMuch = characters > mostCharacters
  texts.isOver = isTooMuch || places.length < rowsAtOnce
  if (!texts.isOver) return
  texts.joined = isTooMuch ? null : texts.parts.join('')
  texts.parts.length = 0
}

/**
 * Reads a part of what a listing is searched in, unless nothing was written since it was read whole. Answers whether there
 * is more to read: whoever asks does so again once everything else had its turn. What is sorted in another way
 * would be walked through anew for each part, so it is searched in the database.
 */
export const readSearchTexts = (sql: Sql, query: AssetQuery): boolean => {
  const { sort } = query
  if (!isKeyed(sort)) return false
  const { key } = listingOf(query)
  const texts = current(sql, key) ?? begin(key, writesOf(sql))
  held.set(sql, texts)
  if (!texts.isOver) readMore(sql, texts, query, sort)
  return !texts.isOver
}

/** The rows whose texts hold every word. */
const rowsWith = (
  joined: string,
  { starts, rowids }: Texts,
  words: readonly string[]
): number[] => {
  const [first = '', ...others] = words.toSorted((a, b) => b.length - a.length)
  const found: number[] = []
  let index = 0
  for (let at = joined.indexOf(first); at !== -1; at = joined.indexOf(first, starts[index])) {
    while ((starts[index + 1] ?? 0) <= at) index += 1
    const text = others.length === 0 ? '' : joined.slice(starts[index], starts[index + 1])
    if (others.every((word) => text.includes(word))) found.push(rowids[index] ?? 0)
    index += 1
  }
  return found
}

/** Rows in the order of the listing that a search finds; null where what it is searched in was not read. */
export const foundRows = (sql: Sql, query: AssetQuery): readonly number[] | null => {
  const words = searchWords(query.search)
  if (words.length === 0) return null
  const texts = current(sql, listingOf(query).key)
  if (texts === null || texts.joined === null) return null
  if (texts.found?.search !== query.search) {
    texts.found = { search: query.search, rowids: rowsWith(texts.joined, texts, words) }
  }
  return texts.found.rowids
}
