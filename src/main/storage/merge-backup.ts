import type { TargetKind } from '../../shared/catalogue/kinds.ts'
import { mostDrafts } from '../../shared/catalogue/limits.ts'
import type { AccountId } from '../../shared/domain/account.ts'
import type { Noted } from '../../shared/domain/noted.ts'
import type { PersonId } from '../../shared/domain/person.ts'
import { chainBase } from '../../shared/history-chains.ts'
import { forgottenBy } from '../../verifier/forgotten.ts'
import type { BackupLook, TakenIn } from '../ports/backup-file.ts'
import { putAllScripts } from './asset-text.ts'
import { lineageText } from './backups.ts'
import { ComingDamagedError, comingJson } from './coming-database.ts'
import { forgottenHere } from './forgotten-keys.ts'
import { groupHistory, placeOthers, regroupNames } from './history-groups.ts'
import { emptyHistoryIndex, indexAllHistory, indexHistory } from './history-index.ts'
import { type HistoryRow, toEvent } from './history-row.ts'
import { withoutTriggers } from './history-triggers.ts'
import { readMeta } from './meta-table.ts'
import { allNotes, noteChangedAt, putNote } from './note-table.ts'
import { type Chain, hashIn, lastSeqOf, otherChains, ownChain, rowsOf } from './other-chains.ts'
import type { Sql, SqlValue } from './sql.ts'

/** By the id that the other computer gave it, what it is here; an id that is missing is the same here. */
type Ids = ReadonlyMap<string, string>

const here = (ids: Ids, id: string): string => ids.get(id) ?? id

type Row = Readonly<Record<string, SqlValue>>

const rowsAtOnce = 2_000

const columnsOf = (sql: Sql, table: string): readonly string[] =>
  sql
    .all<{ name: string }>(`PRAGMA table_info(${table})`)
    .map(({ name }) => name)
    .filter((name) => name !== 'position')

/** Adds rows; answers how many were added or changed. `onConflict`: what is done with one that is there. */
const addRows = (sql: Sql, table: string, rows: readonly Row[], onConflict: string): number => {
  const [first] = rows
  if (first === undefined) return 0
  const columns = Object.keys(first)
  const before = changesOf(sql)
  sql.run(
    `INSERT INTO ${table} (${columns.join(', ')})
     SELECT ${columns.map((_, index) => `value ->> ${index}`).join(', ')} FROM json_each(?)
     WHERE true ${onConflict}`,
    JSON.stringify(rows.map((row) => columns.map((column) => row[column] ?? null)))
  )
  return changesOf(sql) - before
}

const changesOf = (sql: Sql): number =>
  sql.first<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0

const ignore = 'ON CONFLICT DO NOTHING'

interface AccountRow extends Row {
  readonly id: string
  readonly provider: string
  readonly name: string
  readonly api_address: string
}

const accountsIn = (sql: Sql): readonly AccountRow[] =>
  sql.all<AccountRow>('SELECT * FROM account ORDER BY position')

/** As many of an account's own things are compared with another's. */
const mostCompared = 500

/**
 * What is one's own at a provider is in one account alone, so two that share a thing are one. Keys cannot tell: none is in a
 * backup, and what is kept of them means something on one computer only.
 */
const sharesAsset = (coming: Sql, id: string, sql: Sql, localId: string): boolean => {
  const own = coming.all<{ kind: string; id: string }>(
    `SELECT kind, id FROM asset WHERE account_id = ? AND origin = 'own' LIMIT ?`,
    id,
    mostCompared
  )
  return (
    sql.first(
      `SELECT 1 FROM json_each(?) j CROSS JOIN asset a ON a.account_id = ?
         AND a.kind = j.value ->> 0 AND a.id = j.value ->> 1 AND a.origin = 'own' LIMIT 1`,
      JSON.stringify(own.map((asset) => [asset.kind, asset.id])),
      localId
    ) !== null
  )
}

const isSameAccount = (coming: Sql, one: AccountRow, sql: Sql, local: AccountRow): boolean => {
  if (one.id === local.id) return true
  if (one.provider !== local.provider || one.api_address !== local.api_address) return false
  return sharesAsset(coming, one.id, sql, local.id)
}

interface Accounts {
  readonly ids: Ids
  readonly added: readonly AccountRow[]
}

const matchAccounts = (coming: Sql, sql: Sql): Accounts => {
  const known = accountsIn(sql)
  const ids = new Map<string, string>()
  const added: AccountRow[] = []
  for (const one of accountsIn(coming)) {
    const same = known.find((local) => isSameAccount(coming, one, sql, local))
    if (same === undefined) added.push(one)
    else ids.set(one.id, same.id)
  }
  return { ids, added }
}

interface PersonRow extends Row {
  readonly id: string
  readonly name: string
}

const personsIn = (sql: Sql): readonly PersonRow[] =>
  sql.all<PersonRow>('SELECT * FROM person ORDER BY position')

const tiesOf = (sql: Sql, personId: string, accounts: Ids): readonly string[] =>
  sql
    .all<{ account_id: string; kind: string; id: string }>(
      'SELECT account_id, kind, id FROM person_asset WHERE person_id = ?',
      personId
    )
    .map((tie) => JSON.stringify([here(accounts, tie.account_id), tie.kind, tie.id]))

const noIds: Ids = new Map()

/** The same id, or the same name and something that is tied to both. Two people of one name are told apart. */
const matchPersons = (coming: Sql, sql: Sql, accounts: Ids) => {
  const known = personsIn(sql)
  const ids = new Map<string, string>()
  const added: PersonRow[] = []
  for (const one of personsIn(coming)) {
    const ties = new Set(tiesOf(coming, one.id, accounts))
    const same =
      known.find(({ id }) => id === one.id) ??
      known.find(
        ({ id, name }) => name === one.name && tiesOf(sql, id, noIds).some((tie) => ties.has(tie))
      )
    if (same === undefined) added.push(one)
    else ids.set(one.id, same.id)
  }
  return { ids, added }
}

/** A chain of the backup, and what of it is not here yet. */
interface ComingChain {
  readonly source: Chain
  /** The chain here that it is the rest of; null: it becomes one of its own, after `after`. */
  readonly target: Chain | null
  /** The last record, by its own count, that is here already. */
  readonly after: number
  readonly last: number
}

const computerOfCopy = (coming: Sql): string =>
  lineageText(
    coming.first<{ application_id: number }>('PRAGMA application_id')?.application_id ?? 0
  )

/** The last record that two chains have in common; null: none. A hash stands for all before it, so halving finds it. */
const commonEnd = (coming: Sql, source: Chain, sql: Sql, target: Chain): number | null => {
  const isSame = (seq: number): boolean => {
    const hash = hashIn(coming, source, seq)
    return hash !== null && hash === hashIn(sql, target, seq)
  }
  let low = Math.max(source.firstSeq, target.firstSeq) - 1
  if (!isSame(low)) return null
  let high = Math.min(lastSeqOf(coming, source), lastSeqOf(sql, target))
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (isSame(middle)) low = middle
    else high = middle - 1
  }
  return low === 0 ? null : low
}

const matchChain = (coming: Sql, source: Chain, sql: Sql): ComingChain => {
  const last = lastSeqOf(coming, source)
  let best: { readonly chain: Chain; readonly end: number } | null = null
  for (const chain of [ownChain(''), ...otherChains(sql)]) {
    const end = commonEnd(coming, source, sql, chain)
    if (end !== null && end > (best?.end ?? 0)) best = { chain, end }
  }
  const after = best?.end ?? source.firstSeq - 1
  const isRest = best !== null && best.chain.id !== 0 && lastSeqOf(sql, best.chain) === after
  return { source, target: isRest ? (best?.chain ?? null) : null, after, last }
}

const matchChains = (coming: Sql, sql: Sql): readonly ComingChain[] =>
  [...otherChains(coming), ownChain(computerOfCopy(coming))]
    .map((source) => matchChain(coming, source, sql))
    .filter(({ after, last }) => after < last)

const unsentStates = `('planned', 'held', 'queued')`
const openStates = `('planned', 'held', 'queued', 'sent')`

const countOf = (sql: Sql, text: string): number => sql.first<{ n: number }>(text)?.n ?? 0

const missing = (coming: Sql, sql: Sql, table: string): readonly string[] => {
  const known = new Set(sql.all<{ id: string }>(`SELECT id FROM ${table}`).map(({ id }) => id))
  return coming
    .all<{ id: string }>(`SELECT id FROM ${table}`)
    .flatMap(({ id }) => (known.has(id) ? [] : [id]))
}

/** What a backup would bring, as it stands now. Nothing is changed. */
export const lookInto = (coming: Sql, sql: Sql): BackupLook => {
  const accounts = matchAccounts(coming, sql)
  const persons = matchPersons(coming, sql, accounts.ids)
  const batches = new Set(missing(coming, sql, 'batch'))
  const open = coming
    .all<{ id: string }>(
      `SELECT DISTINCT batch_id AS id FROM operation WHERE state IN ${openStates}
         AND kind = 'delete' AND batch_id IS NOT NULL`
    )
    .filter(({ id }) => batches.has(id))
  return {
    accounts: accountsIn(coming).map(({ id, name }) => ({
      name,
      isKnown: accounts.ids.has(id)
    })),
    assets: newAssets(coming, sql, accounts.ids),
    persons: persons.added.map(({ name }) => name),
    consentNotes: missing(coming, sql, 'consent_note').length,
    notes: newNotes(coming, sql, accounts.ids, persons.ids).length,
    drafts: Math.min(
      missing(coming, sql, 'draft').length,
      mostDrafts - countOf(sql, 'SELECT count(*) AS n FROM draft')
    ),
    deletions: batches.size,
    openDeletions: open.length,
    records: matchChains(coming, sql).reduce((sum, { after, last }) => sum + last - after, 0)
  }
}

const eachRow = function* (
  sql: Sql,
  table: string,
  columns: readonly string[]
): Iterable<readonly Row[]> {
  let after = 0
  for (;;) {
    const rows = sql.all<Row & { readonly place: number }>(
      `SELECT rowid AS place, ${columns.join(', ')} FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT ?`,
      after,
      rowsAtOnce
    )
    if (rows.length === 0) return
    yield rows.map(({ place: _place, ...row }) => row as Row)
    after = rows.at(-1)?.place ?? 0
  }
}

const newAssets = (coming: Sql, sql: Sql, accounts: Ids): number => {
  let count = 0
  for (const rows of eachRow(coming, 'asset', ['account_id', 'kind', 'id'])) {
    const keys = rows.map((row) => [
      here(accounts, String(row['account_id'])),
      row['kind'],
      row['id']
    ])
    const found = sql.first<{ n: number }>(
      `SELECT count(*) AS n FROM json_each(?) j CROSS JOIN asset a
         ON a.account_id = j.value ->> 0 AND a.kind = j.value ->> 1 AND a.id = j.value ->> 2`,
      JSON.stringify(keys)
    )
    count += keys.length - (found?.n ?? 0)
  }
  return count
}

interface Copying {
  readonly coming: Sql
  readonly sql: Sql
}

/** Copies a table, each row as it is to be here; null: not at all. Answers how many rows are new or newer. */
const copyTable = (
  { coming, sql }: Copying,
  table: string,
  change: (row: Row) => Row | null,
  onConflict = ignore
): number => {
  const known = new Set(columnsOf(sql, table))
  const columns = columnsOf(coming, table).filter((column) => known.has(column))
  let count = 0
  for (const rows of eachRow(coming, table, columns)) {
    const wanted = rows.map(change).filter((row) => row !== null)
    count += addRows(sql, table, wanted, onConflict)
  }
  return count
}

/** A table without row numbers, which is never long. */
const copyTies = ({ coming, sql }: Copying, table: string, change: (row: Row) => Row): number =>
  addRows(sql, table, coming.all<Row>(`SELECT * FROM ${table}`).map(change), ignore)

/** What was written down here stays as it is, with its tags; what is found by words comes with what they are about. */
const copyNotes = ({ coming, sql }: Copying, change: (row: Row) => Row): void => {
  const keyOf = (row: Row): string => JSON.stringify([row['kind'], row['account_id'], row['id']])
  const noted = new Set(sql.all<Row>('SELECT kind, account_id, id FROM note').map(keyOf))
  for (const table of ['note', 'note_tag', 'asset_text']) {
    const rows = coming.all<Row>(`SELECT * FROM ${table}`).map(change)
    const wanted = rows.filter((row) => row['source'] === 'script' || !noted.has(keyOf(row)))
    addRows(sql, table, wanted, ignore)
  }
}

/** The later sighting counts; of one thing seen by two computers nothing is doubled. */
const laterAsset = (sql: Sql): string => {
  const keys = new Set(['account_id', 'kind', 'id', 'first_seen_at'])
  const columns = columnsOf(sql, 'asset').filter((column) => !keys.has(column))
  return `ON CONFLICT (account_id, kind, id) DO UPDATE SET
    ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}
    WHERE excluded.last_seen_at > asset.last_seen_at`
}

/**
 * What was open there has ended here: nothing of it is ever sent by this computer. What was sent without an answer stays
 * unclear, so that a look at the provider can still settle it.
 */
const endedOperation = (row: Row): Row => {
  const state = String(row['state'])
  if (['planned', 'held', 'queued'].includes(state)) {
    return { ...row, state: row['kind'] === 'delete' ? 'canceled' : 'refused' }
  }
  return state === 'sent' ? { ...row, state: 'unclear' } : row
}

const isEnded = (state: SqlValue | undefined): boolean =>
  state === 'finished' || state === 'canceled'

const endedBatch = (row: Row, sent: ReadonlySet<string>, at: string): Row => ({
  ...row,
  waits_for: null,
  waits_until_at: null,
  held_until_at: null,
  hold_left_ms: null,
  facts: '{}',
  is_dismissed: 1,
  ...(isEnded(row['state'])
    ? {}
    : { state: sent.has(String(row['id'])) ? 'finished' : 'canceled', ended_at: at })
})

/** A draft as another computer can go on with it: without files, and not as something that is under way. */
const restingDraft = (json: string, accounts: Ids): string => {
  const stored = comingJson<{ readonly draft?: { readonly accountId?: string | null } }>(json)
  const { draft = {} } = stored
  const accountId = typeof draft.accountId === 'string' ? here(accounts, draft.accountId) : null
  return JSON.stringify({ ...stored, draft: { ...draft, accountId }, paths: {} })
}

const noteHere = (json: string, persons: Ids): string => {
  const note = comingJson<{ readonly personId: string }>(json)
  return JSON.stringify({ ...note, personId: here(persons, note.personId) })
}

const withoutKey = {
  key_entry: null,
  key_last4: null,
  key_set_at: null,
  key_fingerprint: null
} as const

const takenName = (name: string, taken: ReadonlySet<string>): string => {
  for (let count = 2; taken.has(name.toLowerCase()); count += 1) {
    const next = `${name.replace(/ \(\d+\)$/, '').slice(0, 70)} (${count})`
    if (!taken.has(next.toLowerCase())) return next
  }
  return name
}

const addAccounts = ({ sql }: Copying, added: readonly AccountRow[]): number => {
  const known = new Set(columnsOf(sql, 'account'))
  const taken = new Set(accountsIn(sql).map(({ name }) => name.toLowerCase()))
  const rows = added.map((row) => {
    const name = takenName(row.name, taken)
    taken.add(name.toLowerCase())
    const kept = Object.entries(row).filter(([column]) => known.has(column))
    return {
      ...Object.fromEntries(kept),
      name,
      ...withoutKey,
      key_check_outcome: 'not-checked',
      key_checked_at: null
    } as Row
  })
  return addRows(sql, 'account', rows, ignore)
}

/** Everything but the history, within a transaction of the caller. Twice changes nothing more. */
export const mergeTables = (
  coming: Sql,
  sql: Sql,
  nowAt: string
): Omit<TakenIn, 'records' | 'end'> => {
  const copying = { coming, sql }
  const { ids: accounts, added } = matchAccounts(coming, sql)
  const persons = matchPersons(coming, sql, accounts)
  const ofAccount = (row: Row): Row => ({
    ...row,
    account_id: here(accounts, String(row['account_id']))
  })
  const sent = new Set(
    coming
      .all<{ id: string }>(
        `SELECT DISTINCT batch_id AS id FROM operation
         WHERE batch_id IS NOT NULL AND state NOT IN ${unsentStates} AND state <> 'canceled'`
      )
      .map(({ id }) => id)
  )
  const drafts = new Set(sql.all<{ id: string }>('SELECT id FROM draft').map(({ id }) => id))
  const ownPersons = new Set(persons.added.map(({ id }) => id))
  const counts = {
    accounts: addAccounts(copying, added),
    assets: copyTable(copying, 'asset', ofAccount, laterAsset(sql)),
    persons: copyTable(copying, 'person', (row) =>
      ownPersons.has(String(row['id'])) ? row : null
    ),
    consentNotes: copyTable(copying, 'consent_note', (row) => ({
      ...row,
      person_id: here(persons.ids, String(row['person_id'])),
      json: noteHere(String(row['json']), persons.ids)
    })),
    drafts: copyTable(copying, 'draft', (row) => {
      const isKnown = drafts.has(String(row['id']))
      if (!isKnown && drafts.size >= mostDrafts) return null
      drafts.add(String(row['id']))
      return { ...row, json: restingDraft(String(row['json']), accounts) }
    }),
    deletions: copyTable(copying, 'batch', (row) => endedBatch(row, sent, nowAt))
  }
  const notes = newNotes(coming, sql, accounts, persons.ids)
  for (const { about, note, changedAt } of notes) putNote(sql, about, note, changedAt)
  putAllScripts(sql)
  copyTies(copying, 'pin', ofAccount)
  copyTies(copying, 'person_asset', (row) => ({
    ...ofAccount(row),
    person_id: here(persons.ids, String(row['person_id']))
  }))
  copyNotes(copying, (row) =>
    row['kind'] === 'person' ? { ...row, id: here(persons.ids, String(row['id'])) } : ofAccount(row)
  )
  copyTable(copying, 'operation', (row) =>
    endedOperation({ ...ofAccount(row), key_fingerprint: null })
  )
  copyTable(copying, 'proof', (row) => (row['checked_at'] === null ? null : row))
  copyTable(copying, 'bucket', (row) => ({ ...row, ...withoutKey }))
  copyTable(copying, 'upload', (row) => (row['state'] === 'done' ? row : null))
  nameForgotten(copying, accounts, persons.ids)
  return { ...counts, notes: notes.length }
}

const notedHere = (about: Noted, accounts: Ids, persons: Ids): Noted =>
  about.what === 'person'
    ? { what: 'person', personId: here(persons, about.personId) as PersonId }
    : {
        what: 'asset',
        ref: { ...about.ref, accountId: here(accounts, about.ref.accountId) as AccountId }
      }

/** Notes that are not here, or were changed later there. */
const newNotes = (coming: Sql, sql: Sql, accounts: Ids, persons: Ids) =>
  allNotes(coming)
    .map(({ about, ...rest }) => ({ ...rest, about: notedHere(about, accounts, persons) }))
    .filter(({ about, changedAt }) => (noteChangedAt(sql, about) ?? '') < changedAt)

/**
 * What was forgotten here and is named in the backup bears its name for as long as it takes to forget it once more: that
 * finds it by this, and goes through everything that came in with it.
 */
const nameForgotten = ({ coming, sql }: Copying, accounts: Ids, persons: Ids): void => {
  const isForgotten = forgottenHere(sql)
  for (const rows of eachRow(coming, 'asset', ['account_id', 'kind', 'id', 'name', 'presence'])) {
    for (const { account_id: accountId, kind, id, name = '', presence } of rows) {
      if (presence !== 'gone' || !isForgotten(kind as TargetKind, String(id))) continue
      sql.run(
        `UPDATE asset SET name = ? WHERE account_id = ? AND kind = ? AND id = ? AND presence = 'gone'`,
        name,
        here(accounts, String(accountId)),
        kind ?? null,
        id ?? null
      )
    }
  }
  for (const { id, name } of personsIn(coming)) {
    const known = here(persons, id)
    if (isForgotten('person', known)) {
      sql.run('UPDATE person SET name = ? WHERE id = ?', name, known)
    }
  }
}

const receiptKeysOf = (coming: Sql): readonly string[] => {
  const text = readMeta(coming, 'receiptKey')
  if (text === null) return []
  const { earlier = [], publicKey } = comingJson<{
    readonly earlier?: readonly string[]
    readonly publicKey: string
  }>(text)
  return [...earlier, publicKey]
}

/** The chain here that takes up what is missing of one; made where there is none. */
const targetOf = (
  coming: Sql,
  sql: Sql,
  { source, target, after }: ComingChain,
  at: string
): Chain => {
  if (target !== null) return target
  const id = countOf(sql, 'SELECT coalesce(max(id), 0) + 1 AS n FROM history_chain')
  const prevHash = hashIn(coming, source, after)
  if (prevHash === null) throw new Error('A chain lacks the record before its first')
  const keys = source.id === 0 ? receiptKeysOf(coming) : []
  sql.run(
    `INSERT INTO history_chain (id, computer, first_seq, prev_hash, came_at, receipt_keys)
     VALUES (?, ?, ?, ?, ?, ?)`,
    id,
    source.computer,
    after + 1,
    prevHash,
    at,
    JSON.stringify(keys)
  )
  return { id, computer: source.computer, firstSeq: after + 1, prevHash }
}

const recordHere = (row: HistoryRow, seq: number, accounts: Ids): Row => {
  const { topic: _topic, ...stored } = row
  const accountId = row.account_id === null ? null : here(accounts, row.account_id)
  const told = row.told_account_id ?? row.account_id
  return {
    ...stored,
    seq,
    account_id: accountId,
    told_account_id: told === accountId ? null : told
  }
}

/**
 * What the other computer forgot since its last backup is forgotten here, too: its records came with their names then. `seqs`
 * are by the chain's own count.
 */
const forgetWith = (
  coming: Sql,
  sql: Sql,
  source: Chain,
  target: Chain,
  seqs: readonly number[]
): void => {
  withoutTriggers(sql, () => {
    for (const seq of seqs.filter((one) => one >= target.firstSeq)) {
      const [row] = rowsOf(coming, source.id, seq - 1, 1)
      if (row === undefined || row.seq !== chainBase(source.id) + seq)
        throw new ComingDamagedError()
      sql.run(
        `UPDATE history SET account_name = ?, asset_id = ?, asset_name = ?, body = ?, seal = ?,
           forgotten = ? WHERE seq = ?`,
        row.account_name,
        row.asset_id,
        row.asset_name,
        row.body,
        row.seal,
        row.forgotten,
        chainBase(target.id) + seq
      )
    }
  })
  regroupNames(
    sql,
    seqs.map((seq) => chainBase(target.id) + seq)
  )
  emptyHistoryIndex(sql)
  indexAllHistory(sql)
}

/** Bound, not by way of JSON: a number that is read another way would not have its hash. */
const addRecord = (sql: Sql, record: Row): void => {
  const columns = Object.keys(record)
  sql.run(
    `INSERT INTO history (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    ...columns.map((column) => record[column] ?? null)
  )
}

/**
 * Takes in some more records of one chain, within a transaction of the caller. Answers how many; 0: all of them are here.
 * What was begun before is gone on with, so that it does not matter where it was cut short.
 */
export const mergeRecords = (coming: Sql, sql: Sql, nowAt: string): number => {
  const [next] = matchChains(coming, sql)
  if (next === undefined) {
    placeOthers(sql)
    return 0
  }
  const target = targetOf(coming, sql, next, nowAt)
  const { ids: accounts } = matchAccounts(coming, sql)
  const rows = rowsOf(coming, next.source.id, next.after, rowsAtOnce)
  const shift = chainBase(target.id) - chainBase(next.source.id)
  for (const row of rows) addRecord(sql, recordHere(row, row.seq + shift, accounts))
  const [first, last] = [rows[0], rows.at(-1)]
  if (first === undefined || last === undefined) return 0
  groupHistory(sql, first.seq + shift, new Map(), last.seq + shift)
  const forgotten = rows.flatMap((row) => forgottenBy(toEvent(row)))
  if (forgotten.length === 0) indexHistory(sql, first.seq + shift, last.seq + shift)
  else forgetWith(coming, sql, next.source, target, forgotten)
  return rows.length
}
