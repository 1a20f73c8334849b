import * as z from 'zod'
import { putMeta, readMeta } from './meta-table.ts'
import type { Sql } from './sql.ts'

const damageSchema = z.strictObject({
  /** `deadly`: the process ended each time it opened the file, so nothing of ours may open it again. */
  cause: z.enum(['unreadable', 'missing', 'log', 'behind', 'deadly']),
  /** File name in the data folder; null if there was nothing to set aside. */
  setAsideAs: z.string().nullable(),
  /** The last record known of; null if not even that. */
  lastSeq: z.number().nullable()
})

/** What became of the database that stood here before; kept in the one that took its place. */
export type Damage = z.infer<typeof damageSchema>

const damageKey = 'storage.damage'
/** Where earlier versions kept the file's name alone. */
const nameKey = 'storage.setAsideAs'

export const readDamage = (sql: Sql): Damage | null => {
  const noted = readMeta(sql, damageKey)
  if (noted === null) return readName(sql)
  return noted === '' ? null : readNote(noted)
}

const readName = (sql: Sql): Damage | null => {
  const setAsideAs = readMeta(sql, nameKey) ?? ''
  return setAsideAs === '' ? null : { cause: 'unreadable', setAsideAs, lastSeq: null }
}

const readNote = (text: string): Damage | null => {
  try {
    return damageSchema.parse(JSON.parse(text))
  } catch {
    return null // Of another version: nothing of ours hangs on it but an offer.
  }
}

export const putDamage = (sql: Sql, damage: Damage): void =>
  putMeta(sql, damageKey, JSON.stringify(damage))

export const forgetDamage = (sql: Sql): void => putMeta(sql, damageKey, '')
