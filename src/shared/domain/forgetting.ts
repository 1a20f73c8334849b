import * as z from 'zod'
import { assetRefSchema } from './asset.ts'
import { personIdSchema } from './person.ts'

/** Whose names are to be forgotten: things, a person with all that is tied to them, or both. */
export const forgetTargetSchema = z.strictObject({
  refs: z.array(assetRefSchema).max(5000),
  personId: personIdSchema.nullable()
})
export type ForgetTarget = z.infer<typeof forgetTargetSchema>

/** What still carries the name afterwards, and why it may. */
export const nameKeeperSchema = z.strictObject({
  what: z.enum(['asset', 'person', 'account', 'draft', 'upload', 'computer']),
  name: z.string().max(500)
})
export type NameKeeper = z.infer<typeof nameKeeperSchema>

const count = z.number().int().nonnegative()

/** What forgetting would do. Nothing is changed by asking. */
export const forgetPreviewSchema = z.strictObject({
  /** The name that goes. */
  name: z.string().max(500),
  /**
   * Why it cannot be forgotten: it is still listed, or an open plan is about it, or neither the library nor the history
   * knows it, or the database cannot be written. Null: it can.
   */
  obstacle: z.enum(['listed', 'open-plan', 'not-found', 'storage']).nullable(),
  /** Things that get another name, the ones asked for among them. */
  things: count,
  persons: count,
  /** Records of the history that lose names. */
  records: count,
  /** Notes of consent that are deleted. */
  notes: count,
  /** Follow-up checks that need the name and are not made any more. */
  checks: count,
  /** Backups, and databases that were set aside, that are deleted. */
  copies: count,
  keepers: z.array(nameKeeperSchema).max(20)
})
export type ForgetPreview = z.infer<typeof forgetPreviewSchema>

/** What was done. `isClean` false: older copies are still there, and are deleted by the daily upkeep. */
export const forgottenNamesSchema = z.strictObject({
  records: count,
  pseudonym: z.string().max(500),
  isClean: z.boolean()
})
export type ForgottenNames = z.infer<typeof forgottenNamesSchema>
