/** Why a file could not be read or written: the part of `storage-failed` that the file system answers for. */
export type DiskReason = 'disk-full' | 'no-access' | 'other'

const reasons: ReadonlyMap<string, DiskReason> = new Map([
  ...['ENOSPC', 'EDQUOT', 'EFBIG'].map((code) => [code, 'disk-full'] as const),
  ...['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR'].map((code) => [code, 'no-access'] as const)
])

/** Sockets fail by system calls, too. */
const ofNetwork = /^E(?:ADDR|AI_|CONN|HOST|NET|NOTFOUND|PIPE|PROTO|TIMEDOUT)/

/** The code of a failed system call, as "ENOSPC"; empty if the error has none. */
export const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

/** What a failed call of the file system means; null if it was none. */
export const diskReason = (error: unknown): DiskReason | null => {
  const code = errorCode(error)
  const known = reasons.get(code)
  if (known !== undefined) return known
  const isCall = error instanceof Error && 'syscall' in error
  return isCall && !ofNetwork.test(code) ? 'other' : null
}
