import * as z from 'zod'

/** A file of a last-look archive, by its path inside the folder. */
export const archivedFileSchema = z.strictObject({
  name: z.string().max(400),
  sizeBytes: z.number().int().nonnegative(),
  sha256: z.string().length(64)
})
export type ArchivedFile = z.infer<typeof archivedFileSchema>

/** Something that could not be saved, and why, as a code that `renderer/text` puts into words. */
export const archiveGapSchema = z.strictObject({
  name: z.string().max(500),
  reason: z.enum(['no-link', 'gone', 'too-large', 'unreachable', 'broken-off', 'disk'])
})

/** What was saved from the provider before an irrevocable deletion. */
export const archiveSchema = z.strictObject({
  /** Only the folder's own name; where it stands is the person's business. */
  folderName: z.string().max(400),
  savedAt: z.iso.datetime(),
  files: z.array(archivedFileSchema).max(20_000),
  gaps: z.array(archiveGapSchema).max(2_000)
})
export type Archive = z.infer<typeof archiveSchema>
