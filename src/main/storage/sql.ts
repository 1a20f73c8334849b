import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { toUSVString } from 'node:util'
import type libsql from 'libsql'

export type SqlValue = string | number | null
export type SqlRow = Readonly<Record<string, unknown>>

/** The one connection. Every value is bound, never spliced into the text. */
export interface Sql {
  all<Row = SqlRow>(text: string, ...values: readonly SqlValue[]): readonly Row[]
  first<Row = SqlRow>(text: string, ...values: readonly SqlValue[]): Row | null
  run(text: string, ...values: readonly SqlValue[]): void
  exec(text: string): void
  readonly isInTransaction: boolean
  close(): void
}

/** Thrown for text that the database would hand back cut short. */
export class NulInTextError extends Error {
  override readonly name = 'NulInTextError'
}

type LibsqlConstructor = new (path: string) => libsql.Database

/** Resolved from here, so that importing this file loads nothing native. */
const nodeRequire = createRequire(import.meta.url)

/** Where the binding lies, for a worker that has to load it on its own. */
export const libsqlPath = (): string => nodeRequire.resolve('libsql')

export const readOnlyAddress = (path: string): string => `${pathToFileURL(path).href}?mode=ro`

/** Reads the file as it lies there, without the log beside it and without any lock. */
export const frozenAddress = (path: string): string => `${pathToFileURL(path).href}?immutable=1`

export const openSql = (address: string): Sql => {
  const Libsql = nodeRequire('libsql') as LibsqlConstructor
  return wrapConnection(new Libsql(address))
}

const wrapConnection = (database: libsql.Database): Sql => {
  const statements = new Map<string, libsql.Statement>()
  const prepared = (text: string): libsql.Statement => {
    const known = statements.get(text)
    if (known) return known
    const statement = database.prepare(text)
    statements.set(text, statement)
    return statement
  }
  // Only `all` and `run` are used: in libsql 0.5.29 a `get` after an `all` of the same statement
  // answers with the older bound values.
  const all = <Row>(text: string, values: readonly SqlValue[]): readonly Row[] =>
    prepared(text).all(...[values.map(bindable)]) as Row[]
  return {
    all: (text, ...values) => all(text, values),
    first: <Row>(text: string, ...values: readonly SqlValue[]) => all<Row>(text, values)[0] ?? null,
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
      database.close()
    }
  }
}

/** The binding ends the whole process on a value of a type it does not know, so none may reach it. */
const bindable = (value: SqlValue): SqlValue => {
  if (value === null) return value
  if (typeof value === 'string') {
    if (value.includes('\0')) throw new NulInTextError('Text holds a NUL character')
    return toUSVString(value)
  }
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new TypeError(`A ${typeof value} cannot be stored`)
}
