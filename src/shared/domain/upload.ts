import * as z from 'zod'
import { videoFields } from '../catalogue/draft-fields.ts'
import { uploadStateNames } from '../catalogue/upload-states.ts'
import { appErrorSchema } from '../errors.ts'
import { bucketIdSchema } from './bucket.ts'
import { draftIdSchema } from './draft.ts'
import { uploadIdSchema } from './local-video.ts'

/** A local video on its way into a bucket. Of a `failed` one `error` says why. */
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
  state: z.enum(uploadStateNames),
  /** Storage could not say what had arrived, or forgot it, so the file is sent from its beginning. */
  hasStartedOver: z.boolean(),
  error: appErrorSchema.nullable()
})
export type Upload = z.infer<typeof uploadSchema>

/** What lies in a bucket and is of no use any more. */
export const leftoversSchema = z.strictObject({
  /** Files of this app that nothing can fetch or wants any more. */
  files: z
    .array(
      z.strictObject({
        uploadId: uploadIdSchema,
        fileName: z.string().max(300),
        sizeBytes: z.number().int().nonnegative(),
        doneAt: z.iso.datetime(),
        /**
         * What became of its use. `failed`: its training did. `gone`: its replica was deleted, or is no longer listed.
         * `unused`: nothing was sent with it, or that was refused. `unknown`: nobody can tell, and its link has run out.
         */
        why: z.enum(['trained', 'failed', 'gone', 'unused', 'unknown']),
        /** The replica that it was sent for, where that is known. */
        replicaName: z.string().max(500).nullable()
      })
    )
    .max(200),
  /** Uploads under the connection's prefix that nobody went on with for a day; `id` is good for this run. */
  unfinished: z
    .array(
      z.strictObject({
        id: z.string().max(40),
        name: z.string().max(1024),
        begunAt: z.iso.datetime()
      })
    )
    .max(200)
})
export type Leftovers = z.infer<typeof leftoversSchema>
