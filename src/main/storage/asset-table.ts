import {
  type AssetStatus,
  assetStatuses,
  isUnfinished,
  unfinishedStatuses
} from '../../shared/catalogue/asset-statuses.ts'
import { type AssetKind, assetKinds, childKindOf, kinds } from '../../shared/catalogue/kinds.ts'
import type { AccountId } from '../../shared/domain/account.ts'
import type {
  Asset,
  AssetCounts,
  AssetDeletion,
  AssetId,
  AssetPage,
  AssetQuery,
  AssetRecord,
  AssetRef
} from '../../shared/domain/asset.ts'
import { assetRecordSchema } from '../../shared/domain/asset.ts'
import type { PersonId } from '../../shared/domain/person.ts'
import { mostVoiceUses, type VoiceUse } from '../../shared/domain/voice.ts'
import { folded } from '../../shared/folded.ts'
import { assertNever } from '../../shared/result.ts'
import type { OperationState } from '../ports/store.ts'
import {
  conditions,
  detailOf,
  isByColumn,
  kindBy,
  order,
  orderOf,
  totalOf
} from './asset-listing.ts'
import { putScript } from './asset-text.ts'
import { foundRows } from './search-texts.ts'
import type { Sql, SqlValue } from './sql.ts'
import { storedJson } from './stored-json.ts'

type StoredField = Exclude<keyof AssetRecord, 'ref'>

const storedFields = Object.keys(assetRecordSchema.omit({ ref: true }).shape) as StoredField[]

/** A field's column: `statusRaw` is `status_raw`. */
const columnOf = (field: StoredField): string =>
  field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** The columns of `asset a` under the names of their fields. */
const storedColumns = [
  'a.account_id AS accountId, a.kind, a.id',
  ...storedFields.map((field) => `a.${columnOf(field)} AS ${field}`)
].join(', ')

interface AssetRow extends Omit<AssetRecord, 'ref' | 'details'>, AssetRef {
  /** JSON of the list. */
  readonly details: string
}

interface ShownRow extends AssetRow {
  /** JSON of a `LastDeletion`. */
  readonly lastDeletion: string | null
  /** 0 or 1. */
  readonly pinned: number
  readonly personId: PersonId | null
  readonly parentName: string | null
  /** Of PALs alone. */
  readonly voiceName: string | null
  readonly childCount: number
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
export const shownColumns = `${storedColumns}, (
  SELECT json_array(
    o.mode, o.state, o.asked_at, o.finished_at, o.found,
    (SELECT waits_for FROM batch WHERE id = o.batch_id)
  ) FROM operation o
  WHERE o.kind = 'delete' AND o.mode IS NOT 'repoint' AND o.state NOT IN ('refused', 'canceled')
    AND o.account_id = a.account_id AND o.asset_kind = a.kind AND o.asset_id = a.id
  ORDER BY o.position DESC LIMIT 1
) AS lastDeletion,
EXISTS (
  SELECT 1 FROM pin WHERE account_id = a.account_id AND kind = a.kind AND id = a.id
) AS pinned,
(
  SELECT person_id FROM person_asset p
  WHERE p.account_id = a.account_id AND p.kind = a.kind AND p.id = a.id
) AS personId,
(
  SELECT nullif(parent.name, '') FROM asset parent
  WHERE parent.account_id = a.account_id AND parent.id = a.parent_id
    AND parent.kind = ${kindBy((kind) => kinds[kind].parent)}
) AS parentName,
CASE a.kind WHEN 'persona' THEN (
  SELECT nullif(voice.name, '') FROM asset voice
  WHERE voice.account_id = a.account_id AND voice.kind = 'voice'
    AND voice.id = ${detailOf('voice_id', 'a')}
) END AS voiceName,
(
  SELECT count(*) FROM asset child
  WHERE child.account_id = a.account_id AND child.parent_id = a.id AND child.presence = 'listed'
    AND child.kind = ${kindBy(childKindOf)}
) AS childCount`

export const assetPage = (sql: Sql, query: AssetQuery): AssetPage => {
  const known = isByColumn(query.sort) ? orderOf(sql, query) : foundRows(sql, query)
  if (known !== null) return pageOfRows(sql, known, query)
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

const pageOfRows = (sql: Sql, rowids: readonly number[], query: AssetQuery): AssetPage => {
  const rows = sql.all<ShownRow>(
    `SELECT ${shownColumns} FROM json_each(?) AS wanted
     CROSS JOIN asset a ON a.rowid = wanted.value ORDER BY wanted.key`,
    JSON.stringify(rowids.slice(query.offset, query.offset + query.limit))
  )
  return { total: rowids.length, rows: rows.map(toAsset) }
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

/** As a name is typed: from where one is, around the end of the listing, names before their further words. */
export const assetTyped = (
  sql: Sql,
  query: AssetQuery,
  typed: string,
  from: number
): { readonly ref: AssetRef; readonly place: number } | null => {
  const { where, values } = conditions(query)
  const text = folded(typed)
  const found = sql.first<AssetRef & { place: number }>(
    `SELECT place, account_id AS accountId, kind, id FROM (
       SELECT account_id, kind, id, sort_name, row_number() OVER (ORDER BY ${order(query.sort)}) - 1 AS place
       FROM asset WHERE ${where}
     ) WHERE instr(' ' || sort_name, ?) > 0
     ORDER BY instr(sort_name, ?) <> 1, place < ?, place LIMIT 1`,
    ...values,
    ` ${text}`,
    text,
    from
  )
  if (found === null) return null
  const { place, ...ref } = found
  return { ref, place }
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

export const goneMediaIds = (sql: Sql, seenBefore: string): readonly string[] =>
  sql
    .all<{ id: string }>(
      `WITH old AS (SELECT poster_id, clip_id FROM asset WHERE presence = 'gone' AND last_seen_at < ?)
       SELECT poster_id AS id FROM old WHERE poster_id IS NOT NULL
       UNION SELECT clip_id FROM old WHERE clip_id IS NOT NULL`,
      seenBefore
    )
    .map(({ id }) => id)

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
    .all<AssetRow>(
      `SELECT ${storedColumns} FROM asset a WHERE account_id = ? AND kind = ?`,
      accountId,
      kind
    )
    .map(toRecord)

export const assetRecordsOf = (
  sql: Sql,
  accountId: AccountId,
  kind: AssetKind,
  ids: readonly string[]
): readonly AssetRecord[] =>
  sql
    .all<AssetRow>(
      `SELECT ${storedColumns} FROM json_each(?) AS wanted
       CROSS JOIN asset a ON account_id = ? AND kind = ? AND a.id = wanted.value`,
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

/** In the words of the index for it, so that the index serves. */
export const unfinishedQuery = `SELECT ${storedColumns} FROM asset a
  WHERE presence = 'listed'
    AND status IN (${unfinishedStatuses.map((status) => `'${status}'`).join(', ')})`

export const unfinishedAssets = (sql: Sql): readonly AssetRecord[] =>
  sql.all<AssetRow>(unfinishedQuery).map(toRecord)

interface VoiceUseRow {
  readonly id: AssetId
  readonly name: string
  /** JSON of a list of fields of the replica. */
  readonly fields: string
}

/** A replica tells its voices among its details (`original_voice_id`, `default_voice_id`); a voice tells of no replica. */
const replicaUses = (sql: Sql, { accountId, kind, id }: AssetRef): readonly VoiceUse[] => {
  if (kind !== 'replica' && kind !== 'voice') return []
  const wanted = kind === 'voice' ? 'r' : 'v'
  // The text is searched first: to take every replica's details apart would take long.
  const own = kind === 'voice' ? 'v.id = ? AND instr(r.details, v.id) > 0' : 'r.id = ?'
  const rows = sql.all<VoiceUseRow>(
    `SELECT ${wanted}.id, ${wanted}.name, json_group_array(json_extract(told.value, '$.name')) AS fields
     FROM asset v CROSS JOIN asset r ON r.account_id = v.account_id, json_each(r.details) AS told
     WHERE v.account_id = ? AND v.kind = 'voice' AND r.kind = 'replica' AND ${own}
       AND ${wanted}.presence = 'listed'
       AND json_extract(told.value, '$.value') = v.id
       AND json_extract(told.value, '$.name') IN ('original_voice_id', 'default_voice_id')
     GROUP BY ${wanted}.id ORDER BY ${wanted}.sort_name, ${wanted}.id LIMIT ?`,
    accountId,
    id,
    mostVoiceUses
  )
  return rows.map((row) => {
    const fields = storedJson<readonly string[]>(row.fields)
    return {
      ref: { accountId, kind: kind === 'voice' ? 'replica' : 'voice', id: row.id },
      name: row.name,
      how: (['original', 'default'] as const).filter((how) => fields.includes(`${how}_voice_id`))
    }
  })
}

interface PalUseRow extends VoiceUseRow {
  readonly kind: 'replica' | 'voice' | 'persona'
}

/** A PAL tells the voice of its own among its details; the replica that it shows is its parent. */
const palUses = (sql: Sql, { accountId, kind, id }: AssetRef): readonly VoiceUse[] => {
  if (kind !== 'replica' && kind !== 'voice' && kind !== 'persona') return []
  const isPal = kind === 'persona'
  const wanted = isPal ? 'x' : 'p'
  const rows = sql.all<PalUseRow>(
    `SELECT ${wanted}.kind, ${wanted}.id, ${wanted}.name,
       CASE x.kind WHEN 'voice' THEN '["own"]' ELSE '["shows"]' END AS fields
     FROM asset p CROSS JOIN asset x ON x.account_id = p.account_id
     WHERE p.account_id = ? AND p.kind = 'persona' AND ${isPal ? 'p' : 'x'}.id = ?
       AND ${isPal ? "x.kind IN ('replica', 'voice')" : `x.kind = '${kind}'`}
       AND ${wanted}.presence = 'listed'
       AND CASE x.kind WHEN 'replica' THEN p.parent_id = x.id
         ELSE instr(p.details, x.id) > 0 AND EXISTS (
           SELECT 1 FROM json_each(p.details) AS told
           WHERE json_extract(told.value, '$.name') = 'voice_id'
             AND json_extract(told.value, '$.value') = x.id) END
     ORDER BY ${wanted}.sort_name, ${wanted}.id LIMIT ?`,
    accountId,
    id,
    mostVoiceUses
  )
  return rows.map((row) => ({
    ref: { accountId, kind: row.kind, id: row.id },
    name: row.name,
    how: [...storedJson<VoiceUse['how']>(row.fields)]
  }))
}

export const voiceUses = (sql: Sql, ref: AssetRef): readonly VoiceUse[] => [
  ...replicaUses(sql, ref),
  ...palUses(sql, ref)
]

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

const storedValue =
  (field: StoredField) =>
  (record: AssetRecord): SqlValue =>
    field === 'details' ? JSON.stringify(record.details) : record[field]

/** What is written into each column. The last four are what the library is sorted and searched by. */
export const writtenColumns: ReadonlyMap<string, (record: AssetRecord) => SqlValue> = new Map([
  ['account_id', ({ ref }) => ref.accountId],
  ['kind', ({ ref }) => ref.kind],
  ['id', ({ ref }) => ref.id],
  ...storedFields.map((field) => [columnOf(field), storedValue(field)] as const),
  ['sort_at', ({ createdAt, firstSeenAt }) => createdAt ?? firstSeenAt],
  ['sort_name', ({ name }) => folded(name)],
  ['status_rank', ({ status }) => assetStatuses[status].rank],
  ['search_text', ({ name, ref }) => folded(`${name}\n${ref.id}`)]
])

const putStatement = `INSERT INTO asset (${[...writtenColumns.keys()].join(', ')})
  VALUES (${[...writtenColumns.keys()].map(() => '?').join(', ')})
  ON CONFLICT (account_id, kind, id) DO UPDATE SET
    ${[...writtenColumns.keys()].map((column) => `${column} = excluded.${column}`).join(', ')}`

export const putAsset = (sql: Sql, record: AssetRecord): void => {
  sql.run(putStatement, ...[...writtenColumns.values()].map((valueIn) => valueIn(record)))
  putScript(sql, record)
}

const toRecord = ({ accountId, kind, id, details, ...rest }: AssetRow): AssetRecord => ({
  ref: { accountId, kind, id },
  ...rest,
  details: storedJson<AssetRecord['details']>(details)
})

const toAsset = (shown: ShownRow): Asset => {
  const { lastDeletion, pinned, personId, parentName, voiceName, childCount, ...row } = shown
  return {
    ...toRecord(row),
    deletion: lastDeletion === null ? null : deletionOf(row, lastDeletion),
    isPinned: pinned === 1,
    personId,
    parentName,
    ...(voiceName === null ? {} : { voiceName }),
    childCount
  }
}

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
  finishedAt !== null && asset.presence === 'listed' && asset.lastSeenAt > finishedAt
