import * as z from 'zod'

/** What may be said about how long a training takes, and about why it failed. */
export const trainingOutlookSchema = z.strictObject({
  /** When the provider was asked, or says that it began; null: not known. */
  startedAt: z.iso.datetime().nullable(),
  /** How long the account's own trainings took, in the middle; null: none of them ended while it was watched. */
  usualMs: z.number().int().positive().nullable(),
  /** How many trainings that is from. */
  count: z.number().int().nonnegative(),
  /** Failures that the check of the videos had warned of before they were sent, by Tavus's own names. */
  foretold: z.array(z.string().max(60)).max(40)
})
export type TrainingOutlook = z.infer<typeof trainingOutlookSchema>
