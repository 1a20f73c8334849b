import * as z from 'zod'
import { stepModes } from '../catalogue/kinds.ts'
import { targetKindSchema } from './asset.ts'
import { cautionCodes } from './caution-codes.ts'

/**
 * `soft` is the provider's plain delete; `permanent` cannot be undone: `hard=true` at Tavus, every deletion at
 * Replicate. Source: seeds/000, 001, 004.
 */
export const deletionModeSchema = z.enum(['soft', 'permanent'])
export type DeletionMode = z.infer<typeof deletionModeSchema>

/** What a step of a plan does: a deletion, or a change in its place; see `stepModes`. */
export const stepModeSchema = z.enum(stepModes)
export type StepMode = z.infer<typeof stepModeSchema>

/** Something that a statement about a deletion rests on. `id` null: only a number or a kind is known. */
export const evidenceSchema = z.strictObject({
  kind: z.union([
    targetKindSchema,
    z.enum([
      'deployment',
      'training',
      'prediction',
      'account',
      'person',
      'recording',
      'callback',
      'memory',
      'document'
    ])
  ]),
  id: z.string().max(400).nullable(),
  name: z.string().max(500).nullable()
})
export type Evidence = z.infer<typeof evidenceSchema>

export const cautionCodeSchema = z.enum(cautionCodes)
export type CautionCode = z.infer<typeof cautionCodeSchema>

/**
 * One reason with what is known of it, as data.
 *
 * `blocks`: nothing is sent. `warns`: the person decides. `sureness` tells how much is known: `certain` from facts,
 * `likely` from facts that may be incomplete or old, `unknown` where nobody outside the provider can check.
 */
export const deletionCautionSchema = z.strictObject({
  code: cautionCodeSchema,
  level: z.enum(['blocks', 'warns']),
  sureness: z.enum(['certain', 'likely', 'unknown']),
  evidence: z.array(evidenceSchema).max(20)
})
export type DeletionCaution = z.infer<typeof deletionCautionSchema>

/** What a deletion takes along or leaves; put into words by `renderer/text`. */
export const deletionEffectSchema = z.enum([
  'replica',
  'training-footage',
  'training-footage-perhaps',
  'video',
  'video-thumbnails',
  'voice',
  'voice-made-with-it',
  'conversation',
  'conversations',
  'videos-made-with-it',
  'persona',
  'personas-using-it',
  'page',
  'page-online',
  'pages-showing-it',
  'pal-as-it-is',
  'provider-backups',
  'model',
  'model-page',
  'version',
  'predictions-and-files',
  'uploaded-file',
  'trainings',
  'weights-perhaps'
])
export type DeletionEffect = z.infer<typeof deletionEffectSchema>
