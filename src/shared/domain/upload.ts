import * as z from 'zod'
import { videoFields } from '../catalogue/draft-fields.ts'
import { appErrorSchema } from '../errors.ts'
import { bucketIdSchema } from './bucket.ts'
import { draftIdSchema } from './draft.ts'
import { uploadIdSchema } from './local-video.ts'

/**
 * A local video on its way into a bucket.
 *
 * - `waiting`: another one is sent first. `paused`: by the person; the parts that arrived stay there.
 * - `verifying`: all parts arrived, and what is stored is compared with the file.
 * - `failed`: `error` says why; what arrived stays there, and it can be resumed.
 */
export const uploadSchema = z.strictObject({
  id: uploadIdSchema,
  draftId: draftIdSchema,
  field: z.enum(videoFields),
  bucketId: bucketIdSchema,
  fileName: z.string().max(300),
  sizeBytes: z.number().int().nonnegative(),
  /** Bytes that left this computer; falls back when a part has to be sent again. */
  sentBytes: z.number().int().nonnegative(),
  /** Over the last seconds; null while nothing is sent or too little was. */
  bytesPerSecond: z.number().nonnegative().nullable(),
  secondsLeft: z.number().nonnegative().nullable(),
  state: z.enum(['waiting', 'sending', 'paused', 'verifying', 'done', 'failed', 'canceled']),
  error: appErrorSchema.nullable()
})
export type Upload = z.infer<typeof uploadSchema>
