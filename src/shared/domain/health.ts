import * as z from 'zod'

/** The newest backup that reads back well, and what would be missing after taking it. */
export const backupOfferSchema = z.strictObject({
  madeAt: z.iso.datetime(),
  eventCount: z.number().int().nonnegative(),
  assetCount: z.number().int().nonnegative(),
  /** Records known to have come after it; null if that cannot be told. */
  missingEventCount: z.number().int().nonnegative().nullable()
})
export type BackupOffer = z.infer<typeof backupOfferSchema>

/**
 * Whether what is on this computer can be trusted and written.
 *
 * - `damaged`: the database was set aside under `setAsideAs` (a file name) and is kept.
 * - `newer-version`: made by a newer app; readable, not writable.
 * - `disk-full`, `read-only`: nothing destructive is sent until writing works again.
 */
export const healthSchema = z.strictObject({
  storage: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('ok') }),
    z.strictObject({
      state: z.literal('damaged'),
      setAsideAs: z.string().max(300),
      backup: backupOfferSchema.nullable()
    }),
    z.strictObject({ state: z.literal('newer-version') }),
    z.strictObject({ state: z.literal('disk-full') }),
    z.strictObject({ state: z.literal('read-only') }),
    z.strictObject({ state: z.literal('unavailable') })
  ]),
  settings: z.enum(['ok', 'restored', 'reset', 'not-saved']),
  keychain: z.enum(['unknown', 'ok', 'waiting', 'locked', 'denied', 'unavailable', 'failed']),
  /** Names of accounts whose key is not used any more and could not be deleted from the keychain yet. */
  leftKeys: z.array(z.string().max(80)).max(200)
})
export type Health = z.infer<typeof healthSchema>
