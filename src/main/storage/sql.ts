import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { toUSVString } from 'node:util'
import type libsql from 'libsql'

export type SqlValue = string | number | null
export type SqlRow = Readonly<Record<string, unknown>>

/**
 * The one connection. Every value is bound, never spliced into the text. What cannot be what was once stored (text
 * that is no UTF-8, a BLOB) is thrown as `DamagedValueError`.
 */
export interface Sql {
  all<Row = SqlRow>(text: string, ...values: readonly SqlValue[]): readonly Row[]
  first<Row = SqlRow>(text: string, ...values: readonly SqlValue[]): Row | null
  /** Reads a query to its end and keeps nothing of it; throws for text that is no UTF-8. */
  scan(text: string): void
  run(text: string, ...values: readonly SqlValue[]): void
  exec(text: string): void
  readonly isInTransaction: boolean
  close(): void
}

/** Thrown for a stored value that only a damaged file can hold. */
export class DamagedValueError extends Error {
  override readonly name = 'DamagedValueError'
}

/**
 * Text as the database can hold it: halves of surrogate pairs and NULs, after which it would come back cut, become U+FFFD.
 * Nothing is refused for it: what a provider said must not keep its own answer from being stored.
 */
export const storable = (text: string): string => toUSVString(text).replaceAll('\0', '\ufffd')

type LibsqlConstructor = new (path: string) => libsql.Database

/** Resolved from here, so that importing this file loads nothing native. */
const nodeRequire = createRequire(import.meta.url)

/** Where the binding lies, for a worker that has to load it on its own. */
export const libsqlPath = (): string => nodeRequire.resolve('libsql')

export const readOnlyAddress = (path: string): string => `${pathToFileURL(path).href}?mode=ro`

/** Reads the file as it lies there, without the log beside it and without any lock. */
export const frozenAddress = (path: string): string => `${pathToFileURL(path).href}?immutable=1`

export const openSql = (address: string): Sql => {
  // The binding may ask Node for a report to learn which C library there is. For that Node would look up the names of
  // all hosts it is connected to, which can take minutes.
  Object.assign(process.report ?? {}, { excludeNetwork: true })
  const Libsql = nodeRequire('libsql') as LibsqlConstructor
  return wrapConnection(new Libsql(address))
}

interface Reader {
  readonly statement: libsql.Statement
  readonly names: readonly string[]
}

const wrapConnection = (database: libsql.Database): Sql => {
  const statements = new Map<string, libsql.Statement>()
  const readers = new Map<string, Reader>()
  let isSchemaKnown = false
  const known = <T>(map: Map<string, T>, text: string, make: () => T): T => {
    const found = map.get(text) ?? make()
    map.set(text, found)
    return found
  }
  const prepared = (text: string): libsql.Statement =>
    known(statements, text, () => database.prepare(text))
  const reader = (text: string): Reader => {
    if (!isSchemaKnown) refuseForeignNames(database)
    isSchemaKnown = true
    return known(readers, text, () => {
      const names = database
        .prepare(text)
        .columns()
        .map(({ name }) => name)
      return { statement: database.prepare(asBytes(text, names.length)), names }
    })
  }
  // Only `all` and `run` are used: in libsql 0.5.29 a `get` after an `all` of the same statement
  // answers with the older bound values.
  const all = <Row>(text: string, values: readonly SqlValue[]): readonly Row[] => {
    const bound = values.map(bindable)
    // These are answered in numbers and in words of SQLite's own.
    if (/^(PRAGMA|EXPLAIN) /.test(text)) return prepared(text).all(...[bound]) as Row[]
    return toRows(reader(text), bound) as Row[]
  }
  return {
    all: (text, ...values) => all(text, values),
    first: <Row>(text: string, ...values: readonly SqlValue[]) => all<Row>(text, values)[0] ?? null,
    scan: (text) => {
      walk(
        reader(text).statement.iterate() as Iterable<ByteRow>,
        ({ bytes }) => void decoded(bytes)
      )
    },
    run: (text, ...values) => {
      prepared(text).run(...[values.map(bindable)])
    },
    exec: (text) => {
      database.exec(text)
    },
    get isInTransaction() {
      return database.inTransaction
    },
    close: () => {
      statements.clear()
      readers.clear()
      database.close()
    }
  }
}

/** The binding ends the whole process on a column's name that is no UTF-8, so names are looked at first. Ours are ASCII. */
const refuseForeignNames = (database: libsql.Database): void => {
  const foreign = database
    .prepare(
      `SELECT 1 AS found FROM sqlite_master
       WHERE concat(type, name, tbl_name, sql) GLOB '*[^ -~' || char(10) || ']*' LIMIT 1`
    )
    .all()
  if (foreign.length > 0) throw new DamagedValueError('The schema holds other than ASCII')
}

interface ByteRow {
  readonly bytes: ArrayBuffer
}

/**
 * The same rows, each as the bytes of its values, quoted as SQL and separated by NUL. The binding ends the whole
 * process on text that is no UTF-8, so none may reach it as text; here it is decoded by us.
 */
const asBytes = (text: string, columns: number): string => {
  const names = Array.from({ length: columns }, (_, index) => `c${index}`)
  const values = names.map((name) => `quote(${name})`).join(', ')
  return `WITH asked (${names.join(', ')}) AS (${text})
    SELECT CAST(concat_ws(char(0), ${values}) AS BLOB) AS bytes FROM asked`
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const decoded = (bytes: ArrayBuffer): string => {
  try {
    return utf8.decode(bytes)
  } catch {
    throw new DamagedValueError('Stored text is no UTF-8')
  }
}

/** Rows are decoded as they come, so that their bytes need not be held all at once. */
const toRows = ({ statement, names }: Reader, bound: readonly SqlValue[]): readonly SqlRow[] => {
  const rows: SqlRow[] = []
  walk(statement.iterate(...[bound]) as Iterable<ByteRow>, (row) => rows.push(toRow(row, names)))
  return rows
}

/**
 * Walks to the end even after a damaged row: a statement that stops half way would hold its snapshot of the database.
 */
const walk = (rows: Iterable<ByteRow>, visit: (row: ByteRow) => void): void => {
  let damage: unknown = null
  for (const row of rows) {
    try {
      if (damage === null) visit(row)
    } catch (error) {
      damage = error
    }
  }
  if (damage !== null) throw damage
}

/** Written for speed: a listing reads thousands of rows, and each row has some twenty values. */
const toRow = ({ bytes }: ByteRow, names: readonly string[]): SqlRow => {
  const text = decoded(bytes)
  const row: Record<string, unknown> = {}
  let start = 0
  for (const name of names) {
    const found = text.indexOf('\0', start)
    const end = found === -1 ? text.length : found
    row[name] = valueAt(text, start, end)
    start = end + 1
  }
  if (start !== text.length + 1) throw new DamagedValueError('A stored row does not add up')
  return row
}

const quote = 39
const letterN = 78

const valueAt = (text: string, start: number, end: number): SqlValue => {
  const first = text.charCodeAt(start)
  if (first === quote) {
    const inner = text.slice(start + 1, end - 1)
    return inner.includes("'") ? inner.replaceAll("''", "'") : inner
  }
  if (first === letterN) return null
  const number = Number(text.slice(start, end))
  if (Number.isNaN(number)) throw new DamagedValueError('A stored value is a BLOB')
  return number
}

/** The binding ends the whole process on a value of a type it does not know, so none may reach it. */
const bindable = (value: SqlValue): SqlValue => {
  if (value === null) return value
  if (typeof value === 'string') return storable(value)
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new TypeError(`A ${typeof value} cannot be stored`)
}
