import { diskReason } from '../files/disk-reason.ts'
import type { Attempt } from '../ports/update-source.ts'

/** What the disk refused, as an update says it. Throws what is no error of the disk. */
export const diskTrouble = (error: unknown): Attempt<never> => {
  const reason = diskReason(error)
  if (reason === null) throw error
  return { ok: false, trouble: reason === 'disk-full' ? 'disk-full' : 'no-access' }
}
