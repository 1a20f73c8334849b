import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { diskReason } from '../files/disk-reason.ts'

/** The last record of a database that was open, as far as its process came to note it. */
export interface LiveHead {
  readonly lineage: number
  readonly generation: number
  readonly seq: number
}

export interface LiveMark {
  /** After a commit; costs one write of a few bytes that is not flushed, so it is never ahead of the database. */
  note(seq: number): void
  /** After the log was taken into the database. */
  end(): void
  /** Leaves the note as it is. */
  release(): void
}

const markIn = (folder: string): string => join(folder, 'library.live')
const seqDigits = 16

/**
 * Stands beside the database while it is open. If a process is killed and its log is gone at the next start, nothing else
 * tells that there was one: the database is then whole, only older.
 */
export const beginLive = (folder: string, head: LiveHead): LiveMark => {
  const handle = openMark(folder)
  const note = (seq: number): void => {
    const text = `${head.lineage} ${head.generation} ${String(seq).padStart(seqDigits, '0')}\n`
    quietly(() => handle !== null && writeSync(handle, text, 0))
  }
  const release = (): void => quietly(() => handle !== null && closeSync(handle))
  note(head.seq)
  return {
    note,
    release,
    end: () => {
      release()
      quietly(() => rmSync(markIn(folder), { force: true }))
    }
  }
}

const openMark = (folder: string): number | null => {
  try {
    return openSync(markIn(folder), 'w', 0o600)
  } catch (error) {
    if (diskReason(error) === null) throw error
    return null // One hint less; what is wrong with the folder the database itself tells.
  }
}

const quietly = (work: () => unknown): void => {
  try {
    work()
  } catch (error) {
    if (diskReason(error) === null) throw error // A hint that could not be written is none.
  }
}

export const readLive = (folder: string): LiveHead | null => {
  try {
    const match = /^(-?\d+) (\d+) (\d+)\n$/.exec(readFileSync(markIn(folder), 'utf8'))
    if (match === null) return null
    return { lineage: Number(match[1]), generation: Number(match[2]), seq: Number(match[3]) }
  } catch (error) {
    if (diskReason(error) === null) throw error
    return null // The last process closed its database.
  }
}
