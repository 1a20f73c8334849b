import { isPersonalFact } from '../../shared/catalogue/personal-facts.ts'
import type { AssetRecord, AssetRef } from '../../shared/domain/asset.ts'
import type { HistoryBody, HistoryEvent, NewHistoryEvent } from '../../shared/domain/history.ts'
import { folded } from '../../shared/folded.ts'
import { forgottenType, leftKey } from '../../verifier/forgotten.ts'
import { leftHash } from '../../verifier/record-hash.ts'
import { assetRecordsOf, putAsset } from './asset-table.ts'
import {
  type ForgetScope,
  type ForgottenThing,
  isNamedById,
  isQuoted,
  recordsAt,
  thingKey
} from './forget-scope.ts'
import { noteForgotten } from './forgotten-keys.ts'
import { withoutNames } from './history-chain.ts'
import { regroupNames } from './history-groups.ts'
import { emptyHistoryIndex, indexAllHistory } from './history-index.ts'
import { storedSeal } from './history-row.ts'
import { historyHead } from './history-table.ts'
import { withoutTriggers } from './history-triggers.ts'
import { forgetNotes } from './note-table.ts'
import type { Sql } from './sql.ts'

/** What stands in the place of a thing's or a person's names. */
interface Pseudonyms {
  readonly ofThing: (thing: ForgottenThing) => { readonly name: string; readonly id: string }
  /** A text with pseudonyms in the place of all names. */
  readonly replaced: (text: string) => string
  /** Ids that hold a name, in the texts and keys that the app makes of them. */
  readonly withIds: (text: string) => string
  readonly ofPersons: ReadonlyMap<string, string>
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const nameIn = (name: string): RegExp =>
  new RegExp(
    `(?<![\\p{L}\\p{M}\\p{N}])${escaped(name).replace(/\s+/g, '\\s+')}(?![\\p{L}\\p{M}\\p{N}])`,
    'giu'
  )

const idIn = (id: string): RegExp =>
  new RegExp(`(?<![A-Za-z0-9._/-])${escaped(id)}(?![A-Za-z0-9._-])`, 'g')

const pseudonymsOf = (
  scope: ForgetScope,
  make: () => { name: string; code: string }
): Pseudonyms => {
  const things = new Map<ForgottenThing, { name: string; id: string }>()
  const names = new Map<string, string>()
  const ids: [RegExp, string][] = []
  const ofPersons = new Map<string, string>()
  for (const thing of scope.things) {
    const { name, code } = make()
    const { id, kind } = thing.ref
    const newId = isNamedById(kind) ? `forgotten/${code}${kind === 'version' ? ':0' : ''}` : id
    things.set(thing, { name, id: newId })
    if (newId !== id) ids.push([idIn(id), newId])
    for (const known of thing.names) if (!names.has(known)) names.set(known, name)
  }
  for (const person of scope.persons) {
    const { name } = make()
    ofPersons.set(person.id, name)
    for (const known of person.names) names.set(known, name)
  }
  ids.sort(([a], [b]) => b.source.length - a.source.length)
  const patterns = scope.names.map((name) => [nameIn(name), names.get(name) ?? ''] as const)
  const withIds = (text: string): string =>
    ids.reduce((changed, [pattern, id]) => changed.replace(pattern, id), text)
  return {
    ofThing: (thing) => things.get(thing) ?? { name: '', id: thing.ref.id },
    withIds,
    ofPersons,
    replaced: (text) => {
      if (!isQuoted(text, scope.names)) return text
      const changed = patterns.reduce(
        (before, [pattern, name]) => before.replace(pattern, () => name),
        text
      )
      // Written otherwise than it is called: then nothing of it can stay.
      return isQuoted(changed, scope.names) ? (names.values().next().value ?? '') : changed
    }
  }
}

const isOneOf = (names: ReadonlySet<string>, text: string): boolean => {
  const wanted = folded(text).trim()
  return [...names].some((name) => folded(name) === wanted)
}

/** What is left of a record's facts. Of one about the thing itself, nothing that somebody wrote stays. */
const factsLeft = (
  { type, body }: HistoryEvent,
  own: { readonly names: ReadonlySet<string>; readonly name: string } | null,
  { replaced }: Pseudonyms
): HistoryBody => {
  const left: Record<string, HistoryBody[string]> = {}
  for (const [key, value] of Object.entries(body)) {
    if (typeof value !== 'string' || !isPersonalFact(type, key)) left[key] = value
    else if (own === null) left[key] = replaced(value)
    else if (isOneOf(own.names, value)) left[key] = own.name
  }
  return left
}

interface Change {
  readonly record: HistoryEvent
  readonly names: Pick<HistoryEvent, 'accountName' | 'assetId' | 'assetName' | 'body'>
}

const changesOf = (sql: Sql, scope: ForgetScope, pseudonyms: Pseudonyms): readonly Change[] => {
  const things = new Map(
    scope.things.map((thing) => [
      thingKey(thing.ref.accountId, thing.ref.kind, thing.ref.id),
      thing
    ])
  )
  const accounts = new Set(sql.all<{ id: string }>('SELECT id FROM account').map(({ id }) => id))
  const personOf = ({ body }: HistoryEvent) => {
    const person = body['person']
    if (typeof person !== 'string') return null
    const found = scope.persons.find(({ names }) => isOneOf(names, person))
    const name = pseudonyms.ofPersons.get(found?.id ?? '')
    return found === undefined || name === undefined ? null : { names: found.names, name }
  }
  return recordsAt(sql, scope.seqs).map((record) => {
    const { accountId, assetKind, assetId, operationId, accountName, assetName } = record
    const thing =
      things.get(thingKey(accountId, assetKind, assetId)) ??
      (operationId === null || assetId !== null ? undefined : scope.operations.get(operationId))
    const own = thing === undefined ? null : { names: thing.names, ...pseudonyms.ofThing(thing) }
    const isAccountGone = accountId === null || !accounts.has(accountId)
    return {
      record,
      names: {
        accountName:
          accountName !== null && isAccountGone ? pseudonyms.replaced(accountName) : accountName,
        assetId: assetId === null || own === null ? assetId : own.id,
        assetName: assetName === null ? null : (own?.name ?? pseudonyms.replaced(assetName)),
        body: factsLeft(record, own ?? (assetKind === null ? personOf(record) : null), pseudonyms)
      }
    }
  })
}

/** As many as one record tells of. */
const mostTold = 500

/** Takes the names out of the records and appends those that tell of it; answers how many have lost some. */
const rewriteRecords = (
  sql: Sql,
  changes: readonly Change[],
  append: (event: NewHistoryEvent) => void,
  at: string,
  about: Pick<NewHistoryEvent, 'accountId' | 'assetKind' | 'assetId' | 'assetName'>
): void => {
  for (let from = 0; from < changes.length; from += mostTold) {
    const by = (historyHead(sql)?.seq ?? 0) + 1
    const left = changes
      .slice(from, from + mostTold)
      .map(({ record, names }) => withoutNames(record, { by, at }, names))
    for (const record of left) {
      sql.run(
        `UPDATE history SET account_name = ?, asset_id = ?, asset_name = ?, body = ?, seal = ?,
           forgotten = ? WHERE seq = ?`,
        record.accountName,
        record.assetId,
        record.assetName,
        JSON.stringify(record.body),
        storedSeal(record),
        JSON.stringify(record.forgotten),
        record.seq
      )
    }
    append({
      ...about,
      type: forgottenType,
      operationId: null,
      accountName: null,
      body: {
        count: left.length,
        ...Object.fromEntries(left.map((record) => [leftKey(record.seq), leftHash(record)]))
      }
    })
  }
}

const leaves = (value: unknown, change: (text: string) => string): unknown => {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => leaves(item, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, leaves(item, change)]))
}

/** JSON with other texts in it; what is no JSON is a text itself. */
const changedText = (text: string, change: (text: string) => string): string => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
      ? JSON.stringify(leaves(value, change))
      : change(text)
  } catch {
    return change(text)
  }
}

interface Columns {
  readonly table: string
  readonly key: string
  readonly texts: readonly string[]
  readonly where?: string
}

const changedTables: readonly Columns[] = [
  { table: 'operation', key: 'id', texts: ['asset_name', 'error', 'step_id', 'after'] },
  {
    table: 'batch',
    key: 'id',
    texts: ['title', 'changes', 'plan', 'facts', 'archive'],
    where: `WHERE state IN ('finished', 'canceled')`
  },
  { table: 'proof', key: 'id', texts: ['address'] },
  { table: 'meta', key: 'key', texts: ['value'], where: `WHERE key NOT LIKE 'storage.%'` }
]

const rewriteTable = (
  sql: Sql,
  { table, key, texts, where = '' }: Columns,
  { replaced, withIds }: Pseudonyms
): void => {
  const rows = sql.all<Readonly<Record<string, string | null>>>(
    `SELECT ${[key, ...texts].join(', ')} FROM ${table} ${where}`
  )
  for (const row of rows) {
    for (const column of texts) {
      const before = row[column] ?? null
      if (before === null) continue
      const after = changedText(withIds(before), replaced)
      if (after === before) continue
      sql.run(`UPDATE ${table} SET ${column} = ? WHERE ${key} = ?`, after, row[key] ?? '')
    }
  }
}

const rewriteThing = (
  sql: Sql,
  { ref }: ForgottenThing,
  { name, id }: { readonly name: string; readonly id: string },
  withIds: (text: string) => string
): void => {
  const where = [ref.accountId, ref.kind, ref.id] as const
  const [record] = assetRecordsOf(sql, ref.accountId, ref.kind, [ref.id])
  const newId = id as AssetRef['id']
  if (record !== undefined) {
    const bare: AssetRecord = {
      ...record,
      ref: { ...ref, id: newId },
      name,
      parentId: record.parentId === null ? null : (withIds(record.parentId) as AssetRef['id']),
      errorMessage: null,
      posterId: null,
      clipId: null,
      details: []
    }
    sql.run('DELETE FROM asset WHERE account_id = ? AND kind = ? AND id = ?', ...where)
    putAsset(sql, bare)
  }
  sql.run(
    `UPDATE operation SET asset_name = ?, asset_id = ?, error = NULL
     WHERE account_id = ? AND asset_kind = ? AND asset_id = ?`,
    name,
    id,
    ...where
  )
  if (id === ref.id) return
  for (const table of ['pin', 'person_asset']) {
    sql.run(`UPDATE ${table} SET id = ? WHERE account_id = ? AND kind = ? AND id = ?`, id, ...where)
  }
  const [before, after] = [ref.id, id].map((one) => thingKey(ref.accountId, ref.kind, one))
  sql.run(
    'UPDATE history_group_key SET key = replace(key, ?, ?) WHERE instr(key, ?) > 0',
    before ?? '',
    after ?? '',
    before ?? ''
  )
  sql.run(
    `UPDATE history_group SET asset_id = ?
     WHERE asset_account_id = ? AND asset_kind = ? AND asset_id = ?`,
    id,
    ...where
  )
}

/** Looks that would need the name are not made any more. */
const pendingLooks = `proof WHERE checked_at IS NULL AND operation_id IN (
  SELECT o.id FROM json_each(?) AS wanted CROSS JOIN operation o ON o.id = wanted.value
  WHERE o.asset_kind IN ('model', 'version'))`

export const looksThatEnd = (sql: Sql, { operations }: ForgetScope): number =>
  sql.first<{ n: number }>(
    `SELECT count(*) AS n FROM ${pendingLooks}`,
    JSON.stringify([...operations.keys()])
  )?.n ?? 0

/**
 * Puts pseudonyms in the place of names, within a transaction of the caller: in the records, of which new ones tell by
 * `append` at the time `at`, and in everything that is stored or worked out beside them. Answers the pseudonym of the
 * person, or else of the first thing.
 */
export const forgetNames = (
  sql: Sql,
  scope: ForgetScope,
  at: string,
  makePseudonym: () => { readonly name: string; readonly code: string },
  append: (event: NewHistoryEvent) => void
): string => {
  const pseudonyms = pseudonymsOf(scope, makePseudonym)
  const changes = changesOf(sql, scope, pseudonyms)
  sql.run(`DELETE FROM ${pendingLooks}`, JSON.stringify([...scope.operations.keys()]))
  for (const columns of changedTables) rewriteTable(sql, columns, pseudonyms)
  for (const thing of scope.things) {
    const given = pseudonyms.ofThing(thing)
    rewriteThing(sql, thing, given, pseudonyms.withIds)
    noteForgotten(sql, thing.ref.kind, thing.ref.id, given.name, at)
  }
  for (const { id } of scope.persons) {
    const name = pseudonyms.ofPersons.get(id) ?? ''
    sql.run(
      'UPDATE person SET name = ?, consent = NULL, name_rule = NULL, keep_until = NULL WHERE id = ?',
      name,
      id
    )
    sql.run('DELETE FROM consent_note WHERE person_id = ?', id)
    noteForgotten(sql, 'person', id, name, at)
  }
  forgetNotes(
    sql,
    [
      ...scope.things.map(({ ref }) => ({ what: 'asset', ref }) as const),
      ...scope.persons.map(({ id }) => ({ what: 'person', personId: id }) as const)
    ],
    (text) => changedText(pseudonyms.withIds(text), pseudonyms.replaced)
  )
  const [first] = scope.things
  const [person] = scope.persons
  const named = first === undefined ? null : pseudonyms.ofThing(first)
  const name = named?.name ?? pseudonyms.ofPersons.get(person?.id ?? '') ?? ''
  const about = {
    accountId: first?.ref.accountId ?? null,
    assetKind: first?.ref.kind ?? null,
    assetId: named?.id ?? null,
    assetName: name
  }
  withoutTriggers(sql, () => rewriteRecords(sql, changes, append, at, about))
  regroupNames(sql, scope.seqs)
  emptyHistoryIndex(sql)
  indexAllHistory(sql)
  return pseudonyms.ofPersons.get(person?.id ?? '') ?? name
}
