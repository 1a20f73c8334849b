import { readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type DatabasePlace, stampOf, syncFile, syncFolder } from './database-files.ts'
import { emptyHistoryGroups } from './history-groups.ts'
import { emptyHistoryIndex } from './history-index.ts'
import { withoutTriggers } from './history-triggers.ts'
import { forgetOtherChains } from './other-chains.ts'
import type { Sql } from './sql.ts'

/** How long the old records stay beside the database. Source: security F10. */
export const keptMs = 30 * 24 * 60 * 60 * 1000

const namePattern = /^library\.cleared-(\d{4}-\d\d-\d\dT)(\d\d)-(\d\d)-(\d\d(?:\.\d+)?Z)\.sqlite$/

/** Gives a checked copy of the whole database its name and answers it. */
export const keepCleared = (place: DatabasePlace, copy: string, at: string): string => {
  const name = `library.cleared-${stampOf(at)}.sqlite`
  syncFile(copy)
  renameSync(copy, join(place.folder, name))
  syncFolder(place.folder)
  syncFolder(place.backups)
  return name
}

const copiesIn = ({ folder }: DatabasePlace) =>
  readdirSync(folder).flatMap((name) => {
    const [, day, hours, minutes, seconds] = namePattern.exec(name) ?? []
    return day === undefined
      ? []
      : [{ name, madeMs: Date.parse(`${day}${hours}:${minutes}:${seconds}`) }]
  })

/** Takes copies away whose time is over. One from the future stays: the clock was moved. */
export const dropOldCleared = (place: DatabasePlace, nowAt: string): void => {
  for (const { name, madeMs } of copiesIn(place)) {
    if (Date.parse(nowAt) - madeMs > keptMs) rmSync(join(place.folder, name), { force: true })
  }
}

/** Until when each copy is kept. */
export const clearedUntil = (place: DatabasePlace): readonly string[] =>
  copiesIn(place).map(({ madeMs }) => new Date(madeMs + keptMs).toISOString())

/**
 * Takes every record away, within a transaction of the caller. If anything fails, the transaction brings records and
 * triggers back together.
 */
export const emptyHistory = (sql: Sql): void => {
  withoutTriggers(sql, () => {
    sql.exec('DELETE FROM history')
    emptyHistoryIndex(sql)
    emptyHistoryGroups(sql)
    forgetOtherChains(sql)
  })
}
