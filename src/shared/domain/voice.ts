import * as z from 'zod'
import { assetRefSchema } from './asset.ts'

/** So many of the things that are tied to one by a voice or a face are named. */
export const mostVoiceUses = 50

/** A replica, voice or PAL that names another one, or is named by it. */
export const voiceUseSchema = z.strictObject({
  ref: assetRefSchema,
  name: z.string().max(500),
  /**
   * `original`: the replica was made with the voice. `default`: it speaks with it. `own`: the PAL speaks with the voice,
   * whatever its replica has. `shows`: the PAL shows the replica.
   */
  how: z
    .array(z.enum(['original', 'default', 'own', 'shows']))
    .min(1)
    .max(2)
})
export type VoiceUse = z.infer<typeof voiceUseSchema>
