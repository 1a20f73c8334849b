import { type AssetKind, childKindOf, type TargetKind } from '../../shared/catalogue/kinds.ts'
import { isPersonalFact } from '../../shared/catalogue/personal-facts.ts'
import type { AssetRef } from '../../shared/domain/asset.ts'
import type { ForgetPreview, ForgetTarget, NameKeeper } from '../../shared/domain/forgetting.ts'
import type { HistoryEvent } from '../../shared/domain/history.ts'
import type { PersonId } from '../../shared/domain/person.ts'
import { folded, holdsName, searchPieces } from '../../shared/folded.ts'
import { type HistoryRow, toEvent } from './history-row.ts'
import type { Sql } from './sql.ts'

/** Something whose names go. */
export interface ForgottenThing {
  readonly ref: AssetRef
  readonly names: ReadonlySet<string>
}

export interface ForgottenPerson {
  readonly id: PersonId
  readonly names: ReadonlySet<string>
}

/** All that forgetting is about. */
export interface ForgetScope {
  /** What was asked for is called so now. */
  readonly name: string
  readonly things: readonly ForgottenThing[]
  readonly persons: readonly ForgottenPerson[]
  /** Everything that any of them was called, longest first. */
  readonly names: readonly string[]
  readonly seqs: readonly number[]
  /** Operations by id that are about a thing. */
  readonly operations: ReadonlyMap<string, ForgottenThing>
  readonly obstacle: ForgetPreview['obstacle']
  readonly keepers: readonly NameKeeper[]
}

interface NamedRow extends AssetRef {
  readonly name: string
  readonly presence: 'listed' | 'gone'
  readonly origin: string | null
}

export const thingKey = (
  accountId: string | null,
  kind: string | null,
  id: string | null
): string => JSON.stringify([accountId, kind, id])

const keyOf = ({ accountId, kind, id }: AssetRef): string => thingKey(accountId, kind, id)

/** Its id is chosen by people there, and tells the name. */
export const isNamedById = (kind: TargetKind): boolean => kind === 'model' || kind === 'version'

const nameInId = (id: string): string => id.replace(/^[^/]*\//, '').replace(/:.*$/, '')

const meaningful = (names: Iterable<string | null>): string[] => [
  ...new Set(
    [...names].flatMap((name) => (name === null || name.trim() === '' ? [] : [name.trim()]))
  )
]

/** Shorter ones are in too much to be looked for in what others wrote; as a whole name they are still found. */
const shortestQuoted = 3

export const isQuoted = (text: string, names: readonly string[]): boolean =>
  names.some((name) =>
    [...name].length < shortestQuoted ? text.trim() === name : holdsName(text, name)
  )

const columns = 'account_id AS accountId, kind, id, name, presence, origin'

const assetAt = (sql: Sql, { accountId, kind, id }: AssetRef): NamedRow | null =>
  sql.first<NamedRow>(
    `SELECT ${columns} FROM asset WHERE account_id = ? AND kind = ? AND id = ?`,
    accountId,
    kind,
    id
  )

const childrenOf = (sql: Sql, { accountId, kind, id }: AssetRef): readonly NamedRow[] => {
  const child = childKindOf(kind)
  if (child === null) return []
  return sql.all<NamedRow>(
    `SELECT ${columns} FROM asset WHERE parent_id = ? AND kind = ? AND account_id = ?`,
    id,
    child,
    accountId
  )
}

/** What it was called, as far as its records know. */
const namesOf = (sql: Sql, ref: AssetRef, now: string | null): ReadonlySet<string> => {
  const rows = sql.all<{ name: string | null; before: string | null; after: string | null }>(
    `SELECT DISTINCT asset_name AS name,
       CASE WHEN type IN ('asset-renamed', 'rename-answered') THEN body ->> 'from' END AS before,
       CASE WHEN type IN ('asset-renamed', 'rename-answered') THEN body ->> 'to' END AS after
     FROM history WHERE account_id = ? AND asset_kind = ? AND asset_id = ? AND json_valid(body)`,
    ref.accountId,
    ref.kind,
    ref.id
  )
  const told = rows.flatMap(({ name, before, after }) => [name, before, after])
  const own = isNamedById(ref.kind) ? [ref.id, nameInId(ref.id)] : []
  return new Set(
    meaningful([now, ...told, ...own]).filter((name) => isNamedById(ref.kind) || name !== ref.id)
  )
}

const tiedTo = (sql: Sql, personId: string): readonly NamedRow[] =>
  sql.all<NamedRow>(
    `SELECT a.account_id AS accountId, a.kind, a.id, a.name, a.presence, a.origin
     FROM person_asset p CROSS JOIN asset a
       ON a.account_id = p.account_id AND a.kind = p.kind AND a.id = p.id
     WHERE p.person_id = ?`,
    personId
  )

interface PersonRow {
  readonly id: PersonId
  readonly name: string
}

const personNames = (sql: Sql, { id, name }: PersonRow): ReadonlySet<string> => {
  const notes = sql.all<{ spoken: string | null }>(
    `SELECT json ->> 'spokenName' AS spoken FROM consent_note WHERE person_id = ?`,
    id
  )
  return new Set(meaningful([name, ...notes.map(({ spoken }) => spoken)]))
}

const assetsHolding = (sql: Sql, names: readonly string[]): readonly NamedRow[] => {
  const found = new Map<string, NamedRow>()
  for (const name of names) {
    const rows = sql.all<NamedRow>(
      `SELECT ${columns} FROM asset WHERE instr(search_text, ?) > 0 AND origin IS NOT 'stock'`,
      folded(name).trim()
    )
    for (const row of rows) {
      const texts = isNamedById(row.kind) ? [row.name, row.id] : [row.name]
      if (texts.some((text) => isQuoted(text, [name]))) found.set(keyOf(row), row)
    }
  }
  return [...found.values()]
}

/** Records that hold one of the names, by the text index, which folds as the names are compared. */
const quotingSeqs = (sql: Sql, names: readonly string[]): readonly number[] =>
  names.flatMap((name) => {
    const pieces = searchPieces(name)
    if (pieces.length === 0) return []
    const phrase = `{asset_name asset_id account_name body} : "${pieces.join(' ')}"`
    return sql
      .all<{ seq: number }>(
        'SELECT -rowid AS seq FROM history_text WHERE history_text MATCH ?',
        phrase
      )
      .map(({ seq }) => seq)
  })

export const recordsAt = (sql: Sql, seqs: readonly number[]): readonly HistoryEvent[] =>
  sql
    .all<HistoryRow>(
      `SELECT h.* FROM json_each(?) AS wanted CROSS JOIN history h ON h.seq = wanted.value
       ORDER BY h.seq`,
      JSON.stringify(seqs)
    )
    .map(toEvent)

const personalTexts = ({ type, assetName, accountName, body }: HistoryEvent): readonly string[] => [
  ...(assetName === null ? [] : [assetName]),
  ...(accountName === null ? [] : [accountName]),
  ...Object.entries(body).flatMap(([key, value]) =>
    typeof value === 'string' && isPersonalFact(type, key) ? [value] : []
  )
]

/** What tells that names were forgotten holds none, and must stay as it is. */
const ownSeqs = (sql: Sql, { ref }: ForgottenThing): readonly number[] =>
  sql
    .all<{ seq: number }>(
      `SELECT seq FROM history
       WHERE account_id = ? AND asset_kind = ? AND asset_id = ? AND type <> 'names-forgotten'`,
      ref.accountId,
      ref.kind,
      ref.id
    )
    .map(({ seq }) => seq)

/** The operations that a thing was made, renamed and deleted by, as stored and as its records name them. */
const operationsOf = (
  sql: Sql,
  thing: ForgottenThing,
  seqs: readonly number[]
): readonly string[] => {
  const { accountId, kind, id } = thing.ref
  const stored = sql.all<{ id: string }>(
    'SELECT id FROM operation WHERE account_id = ? AND asset_kind = ? AND asset_id = ?',
    accountId,
    kind,
    id
  )
  const told = sql.all<{ id: string }>(
    `SELECT DISTINCT h.operation_id AS id FROM json_each(?) AS own
     CROSS JOIN history h ON h.seq = own.value WHERE h.operation_id IS NOT NULL`,
    JSON.stringify(seqs)
  )
  return [...stored, ...told].map((row) => row.id)
}

/** Records of an operation from before the thing had its id. */
const earlierSeqs = (sql: Sql, operationIds: readonly string[]): readonly number[] =>
  sql
    .all<{ seq: number }>(
      `SELECT m.seq FROM json_each(?) AS wanted
       CROSS JOIN history_group_key k ON k.key = 'operation ' || wanted.value
       CROSS JOIN history_member m ON m.group_id = k.group_id
       CROSS JOIN history h ON h.seq = m.seq
       WHERE h.operation_id = wanted.value AND h.asset_id IS NULL`,
      JSON.stringify(operationIds)
    )
    .map(({ seq }) => seq)

const isOpenPlan = (sql: Sql, operationIds: readonly string[], names: readonly string[]): boolean =>
  sql
    .all<{ title: string; plan: string; own: number }>(
      `SELECT title, plan, EXISTS (
         SELECT 1 FROM operation WHERE batch_id = batch.id AND id IN (SELECT value FROM json_each(?))
       ) AS own FROM batch WHERE state NOT IN ('finished', 'canceled')`,
      JSON.stringify(operationIds)
    )
    .some(({ title, plan, own }) => own === 1 || isQuoted(title, names) || isQuoted(plan, names))

const keepersOf = (
  sql: Sql,
  names: readonly string[],
  listed: readonly NamedRow[],
  gonePersons: ReadonlySet<string>,
  things: readonly ForgottenThing[]
): readonly NameKeeper[] => {
  const rows = (what: NameKeeper['what'], query: string): readonly NameKeeper[] =>
    sql
      .all<{ id: string; name: string | null; text: string }>(query)
      .filter(({ id, text }) => !gonePersons.has(id) && isQuoted(text, names))
      .map(({ name }) => ({ what, name: (name ?? '').slice(0, 500) }))
  return [
    ...listed.map(({ name, id }) => ({ what: 'asset' as const, name: name || id })),
    ...rows('person', 'SELECT id, name, name AS text FROM person'),
    ...rows('account', 'SELECT id, name, name AS text FROM account'),
    // What was made from a draft takes the draft along.
    ...rows(
      'draft',
      `SELECT id, json ->> 'replicaName' AS name, json AS text FROM draft
       WHERE coalesce(json ->> 'createdId', '') NOT IN
         (SELECT value FROM json_each('${JSON.stringify(things.map(({ ref }) => ref.id)).replaceAll("'", "''")}'))`
    ),
    ...rows('upload', 'SELECT id, file_name AS name, file_path AS text FROM upload')
  ]
}

/** Everything that goes with the names of some things, or of a person: nothing is changed by finding it. */
export const forgetScope = (sql: Sql, target: ForgetTarget): ForgetScope => {
  const rows = new Map<string, { readonly ref: AssetRef; readonly row: NamedRow | null }>()
  const add = (ref: AssetRef, row: NamedRow | null): void => {
    rows.set(keyOf(ref), { ref: { accountId: ref.accountId, kind: ref.kind, id: ref.id }, row })
  }
  const tied = target.personId === null ? [] : tiedTo(sql, target.personId)
  for (const ref of target.refs) add(ref, assetAt(sql, ref))
  for (const row of tied) add(row, row)
  const isListed = [...rows.values()].some(({ row }) => row?.presence === 'listed')
  for (const { ref } of [...rows.values()]) {
    for (const child of childrenOf(sql, ref)) if (child.presence === 'gone') add(child, child)
  }
  const asked = [...rows.values()].map(({ ref, row }) => ({
    ref,
    names: namesOf(sql, ref, row?.name ?? null)
  }))
  const personIds = new Set([
    ...(target.personId === null ? [] : [target.personId]),
    ...asked.flatMap(({ ref }) => ownersOf(sql, ref))
  ])
  const persons = [...personIds]
    .flatMap((id) => sql.all<PersonRow>('SELECT id, name FROM person WHERE id = ?', id))
    .filter(({ id }) => !tiedTo(sql, id).some(({ presence }) => presence === 'listed'))
    .map((person) => ({ id: person.id, names: personNames(sql, person) }))
  const pseudonyms = new Set(
    sql
      .all<{ pseudonym: string }>('SELECT pseudonym FROM forgotten_key')
      .map((row) => row.pseudonym)
  )
  const real = (names: Iterable<string>) => [...names].filter((name) => !pseudonyms.has(name))
  const first = meaningful([...asked, ...persons].flatMap(({ names }) => real(names)))
  const holding = assetsHolding(sql, first)
  for (const row of holding) if (row.presence === 'gone' && !rows.has(keyOf(row))) add(row, row)
  const things = [...rows.values()]
    .filter(({ row }) => row?.presence !== 'listed')
    .map(({ ref, row }) => ({ ref, names: namesOf(sql, ref, row?.name ?? null) }))
  const names = meaningful([...things, ...persons].flatMap((one) => real(one.names))).sort(
    (a, b) => b.length - a.length
  )
  const operations = new Map<string, ForgottenThing>()
  const seqs = new Set<number>()
  for (const thing of things) {
    const own = ownSeqs(sql, thing)
    const ids = operationsOf(sql, thing, own)
    for (const id of ids) operations.set(id, thing)
    for (const seq of [...own, ...earlierSeqs(sql, ids)]) seqs.add(seq)
  }
  for (const seq of quoting(sql, first, names)) seqs.add(seq)
  const keepers = keepersOf(
    sql,
    names,
    holding.filter(({ presence }) => presence === 'listed'),
    new Set(persons.map(({ id }) => id)),
    things
  )
  // Records of another computer's chain are told of by that chain alone.
  const own = [...seqs].filter((seq) => seq > 0)
  const away = seqs.size - own.length
  const person = persons.find(({ id }) => id === target.personId)
  const [thing] = rows.values()
  return {
    name: [...(person?.names ?? [])][0] ?? (thing?.row?.name || first[0] || thing?.ref.id || ''),
    things,
    persons,
    names,
    seqs: own.sort((a, b) => a - b),
    operations,
    obstacle: obstacleOf(isListed, first.length, () =>
      isOpenPlan(sql, [...operations.keys()], first)
    ),
    keepers: away === 0 ? keepers : [{ what: 'computer', name: String(away) }, ...keepers]
  }
}

const obstacleOf = (
  isListed: boolean,
  count: number,
  isPlanned: () => boolean
): ForgetPreview['obstacle'] => {
  if (isListed) return 'listed'
  if (count === 0) return 'not-found'
  return isPlanned() ? 'open-plan' : null
}

const ownersOf = (sql: Sql, { accountId, kind, id }: AssetRef): readonly PersonId[] =>
  sql
    .all<{ id: PersonId }>(
      'SELECT person_id AS id FROM person_asset WHERE account_id = ? AND kind = ? AND id = ?',
      accountId,
      kind,
      id
    )
    .map((row) => row.id)

/** Records about anything else that hold a name; what is still listed under it keeps it. */
const quoting = (sql: Sql, first: readonly string[], names: readonly string[]): readonly number[] =>
  recordsAt(sql, [...new Set(quotingSeqs(sql, first))])
    .filter((event) => event.type !== 'names-forgotten')
    .filter((event) => isQuotedIn(sql, event, names))
    .map(({ seq }) => seq)

const isQuotedIn = (sql: Sql, event: HistoryEvent, names: readonly string[]): boolean => {
  if (!personalTexts(event).some((text) => isQuoted(text, names))) return false
  const { accountId, assetKind, assetId, assetName } = event
  if (accountId === null || assetKind === null || assetId === null) return true
  const ref = { accountId, kind: assetKind as AssetKind, id: assetId as AssetRef['id'] }
  return assetAt(sql, ref)?.presence !== 'listed' || !isQuoted(assetName ?? '', names)
}
