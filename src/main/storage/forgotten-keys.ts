import { createHash, randomBytes } from 'node:crypto'
import type { TargetKind } from '../../shared/catalogue/kinds.ts'
import type { ForgetTarget } from '../../shared/domain/forgetting.ts'
import { putMeta, readMeta } from './meta-table.ts'
import type { Sql } from './sql.ts'

const saltKey = 'forget.salt'

const saltOf = (sql: Sql): string => {
  const known = readMeta(sql, saltKey)
  if (known !== null) return known
  const made = randomBytes(32).toString('hex')
  putMeta(sql, saltKey, made)
  return made
}

/** By what something is known again in a copy from another time or computer; it holds no name. */
const keyHash = (salt: string, kind: TargetKind | 'person', id: string): string =>
  createHash('sha256')
    .update(JSON.stringify([salt, kind, id]))
    .digest('hex')

/** Notes what was forgotten, for good. */
export const noteForgotten = (
  sql: Sql,
  kind: TargetKind | 'person',
  id: string,
  pseudonym: string,
  at: string
): void => {
  sql.run(
    'INSERT OR REPLACE INTO forgotten_key (hash, pseudonym, forgotten_at) VALUES (?, ?, ?)',
    keyHash(saltOf(sql), kind, id),
    pseudonym,
    at
  )
}

/** Tells of a thing or a person whether it was forgotten here. */
export const forgottenHere = (sql: Sql): ((kind: TargetKind | 'person', id: string) => boolean) => {
  const salt = readMeta(sql, saltKey)
  if (salt === null) return () => false
  const known = new Set(
    sql.all<{ hash: string }>('SELECT hash FROM forgotten_key').map(({ hash }) => hash)
  )
  return (kind, id) => known.has(keyHash(salt, kind, id))
}

/** What was forgotten once and bears a name again, such as after a copy from before was taken in. */
export const namedAgain = (sql: Sql): readonly ForgetTarget[] => {
  const salt = readMeta(sql, saltKey)
  if (salt === null) return []
  const known = new Map(
    sql
      .all<{ hash: string; pseudonym: string }>('SELECT hash, pseudonym FROM forgotten_key')
      .map(({ hash, pseudonym }) => [hash, pseudonym])
  )
  const isNamed = (kind: TargetKind | 'person', id: string, name: string): boolean => {
    const pseudonym = known.get(keyHash(salt, kind, id))
    return pseudonym !== undefined && pseudonym !== name
  }
  const refs = sql
    .all<ForgetTarget['refs'][number] & { name: string }>(
      `SELECT account_id AS accountId, kind, id, name FROM asset WHERE presence = 'gone'`
    )
    .filter(({ kind, id, name }) => isNamed(kind, id, name))
    .map(({ accountId, kind, id }) => ({ accountId, kind, id }))
  const persons = sql
    .all<{ id: NonNullable<ForgetTarget['personId']>; name: string }>('SELECT id, name FROM person')
    .filter(({ id, name }) => isNamed('person', id, name))
  return [
    ...refs.map((ref) => ({ refs: [ref], personId: null })),
    ...persons.map(({ id }) => ({ refs: [], personId: id }))
  ]
}
