import { statfsSync } from 'node:fs'
import type { AppError } from '../../shared/errors.ts'
import { DamagedValueError } from './sql.ts'

export type StorageReason = Extract<AppError, { kind: 'storage-failed' }>['reason']

const sparseBytes = 1024 * 1024

/**
 * Why SQLite gave up; null if the error is not SQLite's, so is a bug. Codes that stand for a mistake in our own
 * statements (SQLITE_ERROR, a constraint, a wrong type) are bugs too.
 */
export const storageReason = (error: unknown, folder: string): StorageReason | null => {
  if (error instanceof DamagedValueError) return 'damaged'
  const code = sqliteCode(error)
  if (code === null) return null
  if (code.startsWith('SQLITE_FULL')) return 'disk-full'
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')) return 'damaged'
  if (/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/.test(code)) return 'no-access'
  // A quota or a full disk met while the shared-memory file grows is told as an I/O error.
  if (code.startsWith('SQLITE_IOERR')) return hasRoom(folder) ? 'other' : 'disk-full'
  if (/^SQLITE_(BUSY|LOCKED|PROTOCOL|NOMEM|INTERRUPT)/.test(code)) return 'other'
  return null
}

const sqliteCode = (error: unknown): string | null => {
  if (!(error instanceof Error)) return null
  if ('code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_')) {
    return error.code
  }
  // A file that cannot be opened at all is told by the binding in words of its own, with SQLite's number at the end.
  const opening = /^ConnectionFailed\(.*: (\d+)"\)$/s.exec(error.message)
  if (!opening) return null
  return opening[1] === '26' || opening[1] === '11' ? 'SQLITE_NOTADB' : 'SQLITE_CANTOPEN'
}

const hasRoom = (folder: string): boolean => {
  try {
    const disk = statfsSync(folder)
    return disk.bavail * disk.bsize > sparseBytes
  } catch {
    return true // Not knowing is no proof of a full disk; the error stays "other".
  }
}
