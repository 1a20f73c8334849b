import * as z from 'zod'
import { assetRefSchema } from './asset.ts'

/** So many replicas of a voice are named. */
export const mostVoiceUses = 50

/** A replica that names a voice, or a voice that a replica names. */
export const voiceUseSchema = z.strictObject({
  ref: assetRefSchema,
  name: z.string().max(500),
  /** `original`: the replica was made with it. `default`: it speaks with it. */
  how: z
    .array(z.enum(['original', 'default']))
    .min(1)
    .max(2)
})
export type VoiceUse = z.infer<typeof voiceUseSchema>
