import * as z from 'zod'
import { assetRefSchema } from './asset.ts'
import { personIdSchema } from './person.ts'

/** What a note is about. */
export const notedSchema = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('asset'), ref: assetRefSchema }),
  z.strictObject({ what: z.literal('person'), personId: personIdSchema })
])
export type Noted = z.infer<typeof notedSchema>
