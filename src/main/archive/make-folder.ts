import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from '../files/disk-reason.ts'

const mostFolders = 100

/** Makes a folder that was not there before: "name", else "name (2)" and so on. */
export const makeFolder = async (parent: string, name: string): Promise<string> => {
  for (let number = 1; number <= mostFolders; number += 1) {
    const path = join(parent, number === 1 ? name : `${name} (${number})`)
    try {
      await mkdir(path, { mode: 0o700 })
      return path
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error
    }
  }
  throw new Error('Every name for the archive is taken')
}
