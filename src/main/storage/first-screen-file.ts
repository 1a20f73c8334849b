import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { FirstScreen } from '../../shared/first-screen.ts'
import { diskReason } from '../files/disk-reason.ts'
import { saveFile } from '../files/save-file.ts'

/** Another number, another shape; a file of another one is not read. */
const shape = 2

/** Far more than a screenful of rows takes, and little enough to read before the window. */
const largestBytes = 1024 * 1024

const fileIn = (folder: string): string => join(folder, 'first-screen.json')

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** First line: which app wrote this, in which shape, and the digest of the second line, which is the screen itself. */
const headOf = (version: string, text: string): string =>
  JSON.stringify({ shape, version, sha256: digestOf(text) })

/**
 * Reads the first screen that this version of the app has left; null for anything else: none, a damaged one, one of
 * another version or shape, what is no file. Loads no schema library: only what was written whole by the same code
 * has the right first line.
 */
export const readFirstScreen = (folder: string, version: string): FirstScreen | null => {
  try {
    const about = lstatSync(fileIn(folder))
    if (!about.isFile() || about.size > largestBytes) return null
    const [head = '', text = '', ...more] = readFileSync(fileIn(folder), 'utf8').split('\n')
    if (more.join('') !== '' || head !== headOf(version, text)) return null
    return JSON.parse(text) as FirstScreen
  } catch {
    return null // Missing or unreadable: the start is a plain one.
  }
}

/** The first screen's file, written whole and readable by its owner alone. */
export interface FirstScreenFile {
  /** Takes the file away at once, also one that is being written now. */
  forget(): void
  /** Writes it; if that fails there is none, which a start can do without. */
  save(screen: FirstScreen): Promise<void>
}

/** Where nothing can be deleted, nothing can be written either. */
const onDisk = (act: () => void): void => {
  try {
    act()
  } catch (error) {
    if (diskReason(error) === null) throw error
  }
}

/** A run that ended while it wrote left names behind that nothing else would find. */
const removeUnfinished = (folder: string): void => {
  for (const name of readdirSync(folder)) {
    if (/^first-screen\.json\.\d+\.partial$/.test(name)) rmSync(join(folder, name), { force: true })
  }
}

export const createFirstScreenFile = (folder: string, version: string): FirstScreenFile => {
  let timesForgotten = 0
  onDisk(() => removeUnfinished(folder))
  const remove = (): void => onDisk(() => rmSync(fileIn(folder), { force: true }))
  return {
    forget: () => {
      timesForgotten += 1
      remove()
    },
    save: async (screen) => {
      const begun = timesForgotten
      const text = JSON.stringify(screen)
      const content = Buffer.from(`${headOf(version, text)}\n${text}\n`, 'utf8')
      try {
        await saveFile(fileIn(folder), (write) => write(content), {
          isWhole: async () => begun === timesForgotten
        })
        if (begun !== timesForgotten) remove()
      } catch (error) {
        if (diskReason(error) === null) throw error
        remove()
      }
    }
  }
}
