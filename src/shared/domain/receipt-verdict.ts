import * as z from 'zod'

/** What checking a receipt or an exported history found. Sentences come from the verifier, in plain English. */
export const receiptVerdictSchema = z.strictObject({
  fileName: z.string().max(400),
  what: z.enum(['receipt', 'history', 'unknown']),
  isGood: z.boolean(),
  /** Good, but about sample accounts alone: nothing was deleted at a provider. */
  isSample: z.boolean(),
  /** What was checked, or why it was refused: a stable code and a sentence. */
  findings: z
    .array(z.strictObject({ code: z.string().max(60), text: z.string().max(1000) }))
    .max(100),
  /** Short form of the key that signed it, to compare by eye; null for a history. */
  keyFingerprint: z.string().max(100).nullable(),
  /** This installation's: the one that signs now, or one before it; null if that cannot be told. */
  whoseKey: z.enum(['own', 'earlier', 'other']).nullable()
})
export type ReceiptVerdict = z.infer<typeof receiptVerdictSchema>
