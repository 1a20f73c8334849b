import * as z from 'zod'

/** Id of an upload, made by this app and never reused; storage's own ids stay in main. */
export const uploadIdSchema = z
  .string()
  .regex(/^upl_[a-z0-9]{8,32}$/)
  .brand<'UploadId'>()
export type UploadId = z.infer<typeof uploadIdSchema>

/** A file on this computer that a draft's video is to be made of. Its path stays in main. */
export const localVideoSchema = z.strictObject({
  fileName: z.string().max(300),
  sizeBytes: z.number().int().nonnegative(),
  /** It was there when it was chosen, and is not any more. */
  isMissing: z.boolean(),
  /** It was uploaded and is another file since, which has to be uploaded again. */
  isChanged: z.boolean().default(false),
  /** Its upload, under way or ended; null: not sent anywhere. */
  uploadId: uploadIdSchema.nullable()
})
export type LocalVideo = z.infer<typeof localVideoSchema>

/** A file that no draft was made of, by its place among those that were named. */
export const refusedVideoSchema = z.strictObject({
  index: z.number().int().nonnegative(),
  /** `no-room`: there are as many drafts as there can be. */
  why: z.enum(['missing', 'unreadable', 'no-room'])
})
export type RefusedVideo = z.infer<typeof refusedVideoSchema>
