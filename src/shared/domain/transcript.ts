import * as z from 'zod'

/** So much of what was said is shown and saved. */
export const mostTranscriptLines = 5000

/** Something that was said. `visitor`: by whoever came to talk. `face`: by the replica. `other`: by what `role` names. */
export const transcriptLineSchema = z.strictObject({
  by: z.enum(['visitor', 'face', 'other']),
  /** The provider's own word for who spoke. */
  role: z.string().max(60),
  text: z.string().max(20_000)
})
export type TranscriptLine = z.infer<typeof transcriptLineSchema>

/** What was said in a conversation: personal data of whoever came to talk, so it is asked for and kept nowhere. */
export const transcriptSchema = z.strictObject({
  /** Empty: the provider keeps none. */
  lines: z.array(transcriptLineSchema).max(mostTranscriptLines),
  /** More was said than is shown. */
  isCut: z.boolean()
})
export type Transcript = z.infer<typeof transcriptSchema>
