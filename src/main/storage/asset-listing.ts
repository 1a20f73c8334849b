import { type ColumnSort, columnSorts, type SortedColumn } from '../../shared/catalogue/columns.ts'
import { type AssetKind, assetKinds, childKindOf, kinds } from '../../shared/catalogue/kinds.ts'
import type { AssetQuery } from '../../shared/domain/asset.ts'
import { folded } from '../../shared/folded.ts'
import { assertNever } from '../../shared/result.ts'
import type { Sql, SqlValue } from './sql.ts'

/** The kind that is related to that of a row, by a list of the catalogue; null where there is none. */
export const kindBy = (related: (kind: AssetKind) => string | null, table = 'a'): string => {
  const cases = assetKinds.flatMap((kind) => {
    const other = related(kind)
    return other === null ? [] : [`WHEN '${kind}' THEN '${other}'`]
  })
  return `CASE ${table}.kind ${cases.join(' ')} END`
}

/** A fact of a row of `table` that is stored among its details. */
export const detailOf = (name: string, table: string): string => `(
  SELECT json_extract(value, '$.value') FROM json_each(${table}.details)
  WHERE json_extract(value, '$.name') = '${name}'
)`

/** What has to be found of each, in whatever order. */
export const searchWords = (search: string): readonly string[] =>
  folded(search).split(/\s+/).filter(Boolean)

export const conditions = (query: AssetQuery): { where: string; values: readonly SqlValue[] } => {
  const parts: string[] = ['kind = ?']
  const values: SqlValue[] = [query.kind]
  if (query.accountId !== null) {
    parts.push('account_id = ?')
    values.push(query.accountId)
  }
  // An asset whose origin was not told is shown as own: nothing may be hidden from its owner.
  if (query.origin === 'own') parts.push(`origin IS NOT 'stock'`)
  if (query.origin === 'stock') parts.push(`origin = 'stock'`)
  if (query.presence !== 'all') {
    parts.push('presence = ?')
    values.push(query.presence)
  }
  if (query.statuses !== null) {
    parts.push('status IN (SELECT value FROM json_each(?))')
    values.push(JSON.stringify(query.statuses))
  }
  if (query.models !== null) {
    parts.push('model IN (SELECT value FROM json_each(?))')
    values.push(JSON.stringify(query.models))
  }
  if (query.createdSinceAt !== null) {
    parts.push('sort_at >= ?')
    values.push(query.createdSinceAt)
  }
  if (query.parentId !== null) {
    parts.push('parent_id = ?')
    values.push(query.parentId)
  }
  if (query.personId !== null) {
    parts.push(`asset.rowid IN (
      SELECT mine.rowid FROM person_asset p CROSS JOIN asset mine
        ON mine.account_id = p.account_id AND mine.kind = p.kind AND mine.id = p.id
      WHERE p.person_id = ?)`)
    values.push(query.personId)
  }
  if (query.tag !== null) {
    parts.push(`(account_id, id) IN (
      SELECT account_id, id FROM note_tag WHERE folded = ? AND kind = ?)`)
    values.push(folded(query.tag), query.kind)
  }
  for (const word of searchWords(query.search)) {
    parts.push(`(instr(search_text, ?) > 0 OR (account_id, id) IN (
      SELECT account_id, id FROM asset_text WHERE kind = ? AND instr(text, ?) > 0))`)
    values.push(word, query.kind, word)
  }
  return { where: parts.join(' AND '), values }
}

const detail = (name: string): string => detailOf(name, 'asset')

const has = (name: string): string => `(coalesce(${detail(name)}, '') NOT IN ('', 'false'))`

const parentOf = (column: string): string => `(
  SELECT nullif(parent.${column}, '') FROM asset parent
  WHERE parent.account_id = asset.account_id AND parent.id = asset.parent_id
    AND parent.kind = ${kindBy((kind) => kinds[kind].parent, 'asset')}
)`

/** What a column without an index is sorted by. */
const sortedBy: Readonly<Record<SortedColumn, string>> = {
  id: 'asset.id',
  progress: 'asset.progress',
  model: 'asset.model',
  type: 'asset.origin',
  versions: `(
    SELECT count(*) FROM asset child
    WHERE child.account_id = asset.account_id AND child.parent_id = asset.id
      AND child.presence = 'listed' AND child.kind = ${kindBy(childKindOf, 'asset')}
  )`,
  runs: `CAST(nullif(${detail('run_count')}, '') AS INTEGER)`,
  latest: detail('latest_version'),
  'found-in': `nullif(${detail('found_in')}, '')`,
  'of-model': 'asset.parent_id',
  'used-by': `${has('is_latest')} * 4 + ${has('deployed_by')} * 2 + ${has('base_of')}`,
  account: '(SELECT lower(name) FROM account WHERE id = asset.account_id)',
  face: `coalesce(${parentOf('sort_name')}, asset.parent_id)`,
  voice: `coalesce((
    SELECT nullif(voice.sort_name, '') FROM asset voice
    WHERE voice.account_id = asset.account_id AND voice.kind = 'voice'
      AND voice.id = ${detail('voice_id')}
  ), ${detail('voice_id')})`,
  'made-with': `coalesce(${parentOf('sort_name')}, asset.parent_id)`,
  updated: 'asset.updated_at'
}

type IndexedSort = Exclude<AssetQuery['sort'], ColumnSort>

export const isByColumn = (sort: AssetQuery['sort']): sort is ColumnSort =>
  columnSorts.some((one) => one === sort)

/** What a column says nothing of comes last, whichever way it is sorted. */
export const order = (sort: AssetQuery['sort']): string => {
  if (!isByColumn(sort)) return indexedOrder(sort)
  const isDown = sort.endsWith('-desc')
  const column = sort.replace(/-(?:asc|desc)$/, '') as SortedColumn
  const key = sortedBy[column]
  return `${key} IS NULL, ${key} ${isDown ? 'DESC' : 'ASC'}, asset.sort_name, asset.id`
}

const indexedOrder = (sort: IndexedSort): string => {
  switch (sort) {
    case 'created-desc':
      return 'sort_at DESC, id DESC'
    case 'created-asc':
      return 'sort_at, id'
    case 'name-asc':
      return 'sort_name, id'
    case 'name-desc':
      return 'sort_name DESC, id DESC'
    case 'status':
      return 'status_rank, sort_at DESC, id'
    case 'status-desc':
      return 'status_rank DESC, sort_at, id DESC'
    default:
      return assertNever(sort)
  }
}

interface Totals {
  readonly writes: number
  readonly known: Map<string, number>
}

/** What was counted since the last write, so that scrolling through a listing does not count it page by page. */
const totals = new WeakMap<Sql, Totals>()

/** How much was written so far: what was read before it changed may be wrong now. */
export const writesOf = (sql: Sql): number =>
  sql.first<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0

export const totalOf = (sql: Sql, where: string, values: readonly SqlValue[]): number => {
  const writes = writesOf(sql)
  const held = totals.get(sql)
  const { known } = held?.writes === writes ? held : { known: new Map<string, number>() }
  totals.set(sql, { writes, known })
  const key = JSON.stringify([where, values])
  const total =
    known.get(key) ??
    sql.first<{ n: number }>(`SELECT count(*) AS n FROM asset WHERE ${where}`, ...values)?.n ??
    0
  known.set(key, total)
  return total
}

interface Order {
  readonly writes: number
  readonly listing: string
  readonly rowids: readonly number[]
}

/** The last listing that was sorted without an index, so that scrolling through it does not sort it page by page. */
const orders = new WeakMap<Sql, Order>()

export const orderOf = (sql: Sql, query: AssetQuery): readonly number[] => {
  const { where, values } = conditions(query)
  const listing = JSON.stringify([where, values, query.sort])
  const writes = writesOf(sql)
  const held = orders.get(sql)
  if (held?.writes === writes && held.listing === listing) return held.rowids
  const rowids = sql
    .all<{ place: number }>(
      `SELECT rowid AS place FROM asset WHERE ${where} ORDER BY ${order(query.sort)}`,
      ...values
    )
    .map(({ place }) => place)
  orders.set(sql, { writes, listing, rowids })
  return rowids
}
