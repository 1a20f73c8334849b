import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type DatabasePlace, exists, syncFolder } from './database-files.ts'

const setAside = /^library\.(?:cleared|damaged|replaced)-.*\.sqlite(?:-wal|-shm|-journal)?$/

const backup = /^(?:library|rescued|before-v\d+|unfinished)-.*\.sqlite(?:-wal|-shm|-journal)?$/

const namesIn = (folder: string, pattern: RegExp): readonly string[] =>
  exists(folder) ? readdirSync(folder).filter((name) => pattern.test(name)) : []

/** Everything beside the database that holds what it held before: backups, cleared histories, databases set aside. */
export const olderCopies = ({ folder, backups }: DatabasePlace): readonly string[] => [
  ...namesIn(folder, setAside).map((name) => join(folder, name)),
  ...namesIn(backups, backup).map((name) => join(backups, name))
]

export const removeCopies = (place: DatabasePlace, files: readonly string[]): void => {
  for (const file of files) rmSync(file, { force: true })
  syncFolder(place.folder)
  if (exists(place.backups)) syncFolder(place.backups)
}

/** How many copies there are: a database counts once, whatever lies beside it. */
export const copyCount = (place: DatabasePlace): number =>
  olderCopies(place).filter((file) => file.endsWith('.sqlite')).length
