import { type AssetKind, assetKinds, childKindOf } from '../../shared/catalogue/kinds.ts'
import type { AccountId } from '../../shared/domain/account.ts'
import type {
  Asset,
  AssetCounts,
  AssetDeletion,
  AssetId,
  AssetPage,
  AssetQuery,
  AssetRef,
  AssetStatus
} from '../../shared/domain/asset.ts'
import { isUnfinished } from '../../shared/domain/asset.ts'
import type { PersonId } from '../../shared/domain/person.ts'
import { folded } from '../../shared/folded.ts'
import { assertNever } from '../../shared/result.ts'
import type { AssetRecord, OperationState } from '../ports/store.ts'
import type { Sql, SqlValue } from './sql.ts'
import { storedJson } from './stored-json.ts'

interface AssetRow {
  readonly account_id: AccountId
  readonly kind: AssetKind
  readonly id: AssetRef['id']
  readonly name: string
  readonly status: AssetStatus
  readonly status_raw: string
  readonly progress: number | null
  readonly model: string | null
  readonly origin: Asset['origin']
  readonly created_at: string | null
  readonly updated_at: string | null
  readonly error_message: string | null
  readonly poster_id: string | null
  readonly clip_id: string | null
  readonly parent_id: AssetRef['id'] | null
  /** JSON of the list. */
  readonly details: string
  readonly presence: Asset['presence']
  readonly first_seen_at: string
  readonly moved_at: string | null
  readonly last_seen_at: string
}

interface ShownRow extends AssetRow {
  /** JSON of a `LastDeletion`. */
  readonly last_deletion: string | null
  readonly is_pinned: number
  readonly person_id: PersonId | null
}

type LastDeletion = readonly [
  mode: AssetDeletion['mode'],
  state: OperationState,
  askedAt: string,
  finishedAt: string | null,
  found: 'gone' | 'says-deleted' | 'there' | null,
  waitsFor: AssetDeletion['waitsFor']
]

/** Refused and canceled tries left nothing behind, so they neither count nor hide an earlier one. */
const shownColumns = `a.*, (
  SELECT json_array(
    o.mode, o.state, o.asked_at, o.finished_at, o.found,
    (SELECT waits_for FROM batch WHERE id = o.batch_id)
  ) FROM operation o
  WHERE o.kind = 'delete' AND o.state NOT IN ('refused', 'canceled')
    AND o.account_id = a.account_id AND o.asset_kind = a.kind AND o.asset_id = a.id
  ORDER BY o.position DESC LIMIT 1
) AS last_deletion,
EXISTS (
  SELECT 1 FROM pin WHERE account_id = a.account_id AND kind = a.kind AND id = a.id
) AS is_pinned,
(
  SELECT person_id FROM person_asset p
  WHERE p.account_id = a.account_id AND p.kind = a.kind AND p.id = a.id
) AS person_id`

export const assetPage = (sql: Sql, query: AssetQuery): AssetPage => {
  const { where, values } = conditions(query)
  // The keys are found in the index of the order, and only the wanted rows are read whole.
  const rows = sql.all<ShownRow>(
    `SELECT ${shownColumns} FROM (
       SELECT rowid AS place FROM asset WHERE ${where} ORDER BY ${order(query.sort)} LIMIT ? OFFSET ?
     ) CROSS JOIN asset a ON a.rowid = place ORDER BY ${order(query.sort)}`,
    ...values,
    query.limit,
    query.offset
  )
  // A page that is not full ends the listing: to count would mean to read it all once more.
  const isLast = rows.length < query.limit && (rows.length > 0 || query.offset === 0)
  const total = isLast ? query.offset + rows.length : totalOf(sql, where, values)
  return { total, rows: rows.map(toAsset) }
}

export const assetPlace = (sql: Sql, query: AssetQuery, ref: AssetRef): number | null => {
  const { where, values } = conditions({ ...query, kind: ref.kind })
  const found = sql.first<{ place: number }>(
    `SELECT place FROM (
       SELECT account_id, id, row_number() OVER (ORDER BY ${order(query.sort)}) - 1 AS place
       FROM asset WHERE ${where}
     ) WHERE account_id = ? AND id = ?`,
    ...values,
    ref.accountId,
    ref.id
  )
  return found?.place ?? null
}

export const mediaIds = (sql: Sql): ReadonlySet<string> =>
  new Set(
    sql
      .all<{ id: string }>(
        `SELECT poster_id AS id FROM asset WHERE poster_id IS NOT NULL
         UNION SELECT clip_id FROM asset WHERE clip_id IS NOT NULL`
      )
      .map(({ id }) => id)
  )

interface Totals {
  readonly writes: number
  readonly known: Map<string, number>
}

/** What was counted since the last write, so that scrolling through a listing does not count it page by page. */
const totals = new WeakMap<Sql, Totals>()

const totalOf = (sql: Sql, where: string, values: readonly SqlValue[]): number => {
  const writes = sql.first<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0
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

const conditions = (query: AssetQuery): { where: string; values: readonly SqlValue[] } => {
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
  for (const word of folded(query.search).split(/\s+/).filter(Boolean)) {
    parts.push('instr(search_text, ?) > 0')
    values.push(word)
  }
  return { where: parts.join(' AND '), values }
}

const order = (sort: AssetQuery['sort']): string => {
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
    default:
      return assertNever(sort)
  }
}

const statusRank: Readonly<Record<AssetStatus, number>> = {
  training: 0,
  preview: 1,
  other: 2,
  failed: 3,
  ready: 4,
  deleted: 5
}

/** Folds what the library is sorted and searched by anew, for every asset. */
export const foldAllAssets = (sql: Sql): void => {
  const rows = sql.all<{ rowid: number; name: string; id: string }>(
    'SELECT rowid, name, id FROM asset'
  )
  for (const { rowid, name, id } of rows) {
    sql.run(
      'UPDATE asset SET sort_name = ?, search_text = ? WHERE rowid = ?',
      folded(name),
      folded(`${name}\n${id}`),
      rowid
    )
  }
}

export const oneAsset = (sql: Sql, ref: AssetRef): Asset | null => {
  const row = sql.first<ShownRow>(
    `SELECT ${shownColumns} FROM asset a WHERE account_id = ? AND kind = ? AND id = ?`,
    ref.accountId,
    ref.kind,
    ref.id
  )
  return row === null ? null : toAsset(row)
}

export const assetRecords = (
  sql: Sql,
  accountId: AccountId,
  kind: AssetKind
): readonly AssetRecord[] =>
  sql
    .all<AssetRow>('SELECT * FROM asset WHERE account_id = ? AND kind = ?', accountId, kind)
    .map(toRecord)

export const assetRecordsOf = (
  sql: Sql,
  accountId: AccountId,
  kind: AssetKind,
  ids: readonly string[]
): readonly AssetRecord[] =>
  sql
    .all<AssetRow>(
      `SELECT asset.* FROM json_each(?) AS wanted
       CROSS JOIN asset ON account_id = ? AND kind = ? AND asset.id = wanted.value`,
      JSON.stringify([...new Set(ids)]),
      accountId,
      kind
    )
    .map(toRecord)

export const listedIds = (sql: Sql, accountId: AccountId, kind: AssetKind): readonly AssetId[] =>
  sql
    .all<{ id: AssetId }>(
      `SELECT id FROM asset WHERE account_id = ? AND kind = ? AND presence = 'listed'`,
      accountId,
      kind
    )
    .map(({ id }) => id)

export const unfinishedAssets = (sql: Sql): readonly AssetRecord[] =>
  sql
    .all<AssetRow>(
      `SELECT * FROM asset
       WHERE presence = 'listed' AND status IN ('training', 'preview', 'other')`
    )
    .map(toRecord)

interface CountedGroup {
  readonly kind: AssetKind
  readonly origin: Asset['origin']
  readonly status: AssetStatus
  readonly n: number
}

const countKind = (
  groups: readonly CountedGroup[],
  kind: AssetKind
): AssetCounts['byKind'][AssetKind] => {
  const sum = (isWanted: (group: CountedGroup) => boolean): number =>
    groups
      .filter((group) => group.kind === kind && isWanted(group))
      .reduce((total, group) => total + group.n, 0)
  const isOwn = (group: CountedGroup): boolean => group.origin !== 'stock'
  return {
    own: sum(isOwn),
    stock: sum((group) => group.origin === 'stock'),
    ready: sum((group) => isOwn(group) && group.status === 'ready'),
    unfinished: sum((group) => isOwn(group) && isUnfinished(group.status)),
    failed: sum((group) => isOwn(group) && group.status === 'failed')
  }
}

export const assetCounts = (sql: Sql, accountId: AccountId | null): AssetCounts => {
  const whose = accountId === null ? '' : 'AND account_id = ?'
  const values = accountId === null ? [] : [accountId]
  const groups = sql.all<CountedGroup>(
    `SELECT kind, origin, status, count(*) AS n FROM asset
     WHERE presence = 'listed' ${whose} GROUP BY kind, origin, status`,
    ...values
  )
  const models = sql.all<{ model: string }>(
    `SELECT DISTINCT model FROM asset
     WHERE kind = 'replica' AND presence = 'listed' AND origin IS NOT 'stock'
       AND model IS NOT NULL ${whose} ORDER BY model LIMIT 50`,
    ...values
  )
  return {
    byKind: Object.fromEntries(
      assetKinds.map((kind) => [kind, countKind(groups, kind)])
    ) as AssetCounts['byKind'],
    models: models.map(({ model }) => model)
  }
}

export const putAsset = (sql: Sql, record: AssetRecord): void => {
  sql.run(
    `INSERT INTO asset (account_id, kind, id, name, status, status_raw, progress, model, origin,
       created_at, updated_at, error_message, poster_id, clip_id, parent_id, details, presence,
       first_seen_at, moved_at, last_seen_at,
       sort_at, sort_name, status_rank, search_text)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (account_id, kind, id) DO UPDATE SET
       name = excluded.name, status = excluded.status, status_raw = excluded.status_raw,
       progress = excluded.progress, model = excluded.model, origin = excluded.origin,
       created_at = excluded.created_at, updated_at = excluded.updated_at,
       error_message = excluded.error_message, poster_id = excluded.poster_id,
       clip_id = excluded.clip_id, parent_id = excluded.parent_id,
       details = excluded.details, presence = excluded.presence, first_seen_at = excluded.first_seen_at,
       moved_at = excluded.moved_at, last_seen_at = excluded.last_seen_at, sort_at = excluded.sort_at,
       sort_name = excluded.sort_name, status_rank = excluded.status_rank,
       search_text = excluded.search_text`,
    record.ref.accountId,
    record.ref.kind,
    record.ref.id,
    record.name,
    record.status,
    record.statusRaw,
    record.progress,
    record.model,
    record.origin,
    record.createdAt,
    record.updatedAt,
    record.errorMessage,
    record.posterId,
    record.clipId,
    record.parentId,
    JSON.stringify(record.details),
    record.presence,
    record.firstSeenAt,
    record.movedAt,
    record.lastSeenAt,
    record.createdAt ?? record.firstSeenAt,
    folded(record.name),
    statusRank[record.status],
    folded(`${record.name}\n${record.ref.id}`)
  )
}

const toRecord = (row: AssetRow): AssetRecord => ({
  ref: { accountId: row.account_id, kind: row.kind, id: row.id },
  name: row.name,
  status: row.status,
  statusRaw: row.status_raw,
  progress: row.progress,
  model: row.model,
  origin: row.origin,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  errorMessage: row.error_message,
  posterId: row.poster_id,
  clipId: row.clip_id,
  parentId: row.parent_id,
  details: storedJson<AssetRecord['details']>(row.details),
  presence: row.presence,
  firstSeenAt: row.first_seen_at,
  movedAt: row.moved_at,
  lastSeenAt: row.last_seen_at
})

const toAsset = (row: ShownRow): Asset => ({
  ...toRecord(row),
  deletion: row.last_deletion === null ? null : deletionOf(row, row.last_deletion),
  isPinned: row.is_pinned === 1,
  personId: row.person_id
})

const deletionOf = (asset: AssetRow, json: string): AssetDeletion | null => {
  const last = storedJson<LastDeletion>(json)
  const [mode, , askedAt, , found, waitsFor] = last
  const state = deletionState(last, asset)
  const saysDeleted = state === 'unclear' && found === 'says-deleted'
  return state === null ? null : { mode, state, waitsFor, saysDeleted, askedAt }
}

const deletionState = (
  [, lastState, , finishedAt, found]: LastDeletion,
  asset: AssetRow
): AssetDeletion['state'] | null => {
  switch (lastState) {
    case 'planned':
    case 'held':
      return 'held'
    case 'queued':
      return 'waiting'
    case 'sent':
      return 'in-flight'
    case 'accepted':
      return found === 'there' ? 'overdue' : 'accepted'
    case 'unclear':
      return 'unclear'
    case 'done':
    case 'gone':
    case 'already-gone':
      return isSeenAfter(asset, finishedAt) ? 'asked-still-listed' : null
    case 'not-found':
    case 'refused':
    case 'canceled':
      return null
    default:
      return assertNever(lastState)
  }
}

export const childrenOf = (sql: Sql, ref: AssetRef): readonly Asset[] =>
  sql
    .all<ShownRow>(
      `SELECT ${shownColumns} FROM asset a
       WHERE parent_id = ? AND kind = ? AND account_id = ? AND presence = 'listed'
       ORDER BY sort_at DESC, id DESC`,
      ref.id,
      childKindOf(ref.kind),
      ref.accountId
    )
    .map(toAsset)

export const assetsOfPerson = (sql: Sql, personId: PersonId): readonly Asset[] =>
  sql
    .all<ShownRow>(
      `SELECT ${shownColumns} FROM person_asset p CROSS JOIN asset a
         ON a.account_id = p.account_id AND a.kind = p.kind AND a.id = p.id
       WHERE p.person_id = ? AND a.presence = 'listed'
       ORDER BY a.kind, a.sort_at DESC, a.id DESC`,
      personId
    )
    .map(toAsset)

const isSeenAfter = (asset: AssetRow, finishedAt: string | null): boolean =>
  finishedAt !== null && asset.presence === 'listed' && asset.last_seen_at > finishedAt
