import { rename, writeFile } from 'node:fs/promises'
import { fail, ok, type Result } from '../../shared/result.ts'

/** Writes a text under a new name and then gives it the chosen one, so that no half file ever stands there. */
export const writeText = async (path: string, text: string): Promise<Result<null>> => {
  const temporary = `${path}.${process.pid}.partial`
  try {
    await writeFile(temporary, text, { mode: 0o600 })
    await rename(temporary, path)
    return ok(null)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    return fail({ kind: 'storage-failed', reason: code === 'ENOSPC' ? 'disk-full' : 'no-access' })
  }
}
