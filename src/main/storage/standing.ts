import { historyHead } from './history-table.ts'
import { putMeta, readMeta } from './meta-table.ts'
import type { Sql } from './sql.ts'

/**
 * How far a database has come, to compare it with its own backups. The number of the last record alone would not do:
 * clearing begins again at 1, and a backup takes it back. Both begin a new generation.
 */
export interface Standing {
  readonly generation: number
  readonly seq: number
  /** Beginning of the last record's hash; zeros while there is none. */
  readonly hash: string
}

const generationKey = 'storage.generation'
export const noHash = '00000000'

export const shortHash = (hash: string): string => hash.slice(0, noHash.length)

export const readGeneration = (sql: Sql): number => Number(readMeta(sql, generationKey) ?? 0)

/** Within a transaction of the caller. */
export const putGeneration = (sql: Sql, generation: number): void =>
  putMeta(sql, generationKey, String(generation))

export const readStanding = (sql: Sql): Standing => {
  const head = historyHead(sql)
  const hash = head === null ? noHash : shortHash(head.hash)
  return { generation: readGeneration(sql), seq: head?.seq ?? 0, hash }
}

/** Negative if `a` has not come as far as `b`. */
export const compareStandings = (a: Omit<Standing, 'hash'>, b: Omit<Standing, 'hash'>): number =>
  a.generation - b.generation || a.seq - b.seq

/** True if a database lacks what its own backup holds, or went another way since. */
export const isBehind = (sql: Sql, backup: Standing): boolean => {
  const own = readStanding(sql)
  if (compareStandings(own, backup) < 0) return true
  if (own.generation !== backup.generation || backup.seq === 0) return false
  const there = sql.first<{ hash: string }>('SELECT hash FROM history WHERE seq = ?', backup.seq)
  return shortHash(there?.hash ?? '') !== backup.hash
}
