import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { diskReason } from '../files/disk-reason.ts'

const markIn = (folder: string): string => join(folder, 'library.opening')

/**
 * Notes that the database is about to be opened, and answers how many times before this one that was not brought to an
 * end. Native code may meet bytes that end the whole process; without the note every later start would end there too.
 */
export const beginOpening = (folder: string): number => {
  const before = readCount(markIn(folder))
  try {
    writeFileSync(markIn(folder), String(before + 1), { mode: 0o600 })
  } catch (error) {
    if (diskReason(error) === null) throw error // A full disk is told by the database itself.
  }
  return before
}

const readCount = (file: string): number => {
  try {
    const count = Number(readFileSync(file, 'utf8'))
    return Number.isSafeInteger(count) && count > 0 ? count : 0
  } catch (error) {
    if (diskReason(error) === null) throw error
    return 0 // The last opening came to its end.
  }
}

export const endOpening = (folder: string): void => {
  try {
    rmSync(markIn(folder), { force: true })
  } catch (error) {
    if (diskReason(error) === null) throw error // It was not made either.
  }
}
