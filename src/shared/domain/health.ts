import * as z from 'zod'
import { historyCheckSchema } from './history.ts'

/** The newest backup that reads back well, and what would be missing after taking it. */
export const backupOfferSchema = z.strictObject({
  madeAt: z.iso.datetime(),
  /** True if it is what could still be read of the database that was set aside. */
  isRescued: z.boolean(),
  eventCount: z.number().int().nonnegative(),
  assetCount: z.number().int().nonnegative(),
  /** Records known to have come after it; null if that cannot be told. */
  missingEventCount: z.number().int().nonnegative().nullable()
})
export type BackupOffer = z.infer<typeof backupOfferSchema>

/** What goes on in the background. `app`: an error that no other part of it caught. */
export const backgroundTaskSchema = z.enum([
  'trainings',
  'later-looks',
  'deletions',
  'refreshing',
  'history-end',
  'upkeep',
  'clock',
  'sample',
  'pictures',
  'checks',
  'uploads',
  'keys',
  'notifications',
  'updates',
  'consents',
  'app'
])
export type BackgroundTask = z.infer<typeof backgroundTaskSchema>

/**
 * Whether what is on this computer can be trusted and written.
 *
 * - `damaged`: what stood in the database's place cannot be used. It was set aside under `setAsideAs` (a file name,
 *   null if there was nothing) and is kept. `cause`: the file is `unreadable` or `missing`; its `log` was lost or damaged,
 *   so what was stored last is not in it; it is `behind` its own backup.
 * - `newer-version`: made by a newer app; readable, not writable.
 * - `disk-full`, `read-only`: nothing destructive is sent until writing works again.
 * - `background`: what failed there lately, each with the reference of its last error in the log.
 */
export const healthSchema = z.strictObject({
  storage: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('ok') }),
    z.strictObject({
      state: z.literal('damaged'),
      cause: z.enum(['unreadable', 'missing', 'log', 'behind']),
      setAsideAs: z.string().max(300).nullable(),
      backup: backupOfferSchema.nullable()
    }),
    z.strictObject({ state: z.literal('newer-version') }),
    z.strictObject({ state: z.literal('disk-full') }),
    z.strictObject({ state: z.literal('read-only') }),
    z.strictObject({ state: z.literal('unavailable') })
  ]),
  /** `failing`: the last one that was due could not be made; those made before are kept. */
  backups: z.enum(['ok', 'failing']),
  settings: z.enum(['ok', 'restored', 'reset', 'not-saved']),
  keychain: z.enum(['unknown', 'ok', 'waiting', 'locked', 'denied', 'unavailable', 'failed']),
  /** Names of accounts whose key is not used any more and could not be deleted from the keychain yet. */
  leftKeys: z.array(z.string().max(80)).max(200),
  background: z
    .array(z.strictObject({ task: backgroundTaskSchema, reference: z.string().max(60) }))
    .max(backgroundTaskSchema.options.length),
  /** What the last check of the history showed, asked for or in the background; null before the first of this run. */
  history: z.strictObject({ checkedAt: z.iso.datetime(), check: historyCheckSchema }).nullable(),
  /** How the last desktop notification was received. `silent`: the service does not answer; `absent`: there is none. */
  notifications: z.enum(['unknown', 'ok', 'silent', 'absent'])
})
export type Health = z.infer<typeof healthSchema>
