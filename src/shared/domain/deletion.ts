import * as z from 'zod'
import { appErrorSchema } from '../errors.ts'
import { assetRefSchema } from './asset.ts'

/** `soft` is the provider's plain delete; `permanent` sends `hard=true` and cannot be undone. Source: seeds/000, 001. */
export const deletionModeSchema = z.enum(['soft', 'permanent'])
export type DeletionMode = z.infer<typeof deletionModeSchema>

/** Reasons to hold back or not to go on, known before anything is sent. */
export const deletionCautionSchema = z.strictObject({
  code: z.enum([
    'stock-replica',
    'read-only-account',
    'training-running',
    'failed-recently',
    'still-unclear'
  ]),
  level: z.enum(['blocks', 'warns'])
})
export type DeletionCaution = z.infer<typeof deletionCautionSchema>

/** What a deletion takes along and what it leaves; put into words by `renderer/text`. */
export const deletionEffectSchema = z.enum([
  'replica',
  'training-footage',
  'video',
  'video-thumbnails',
  'conversations',
  'videos-made-with-it',
  'personas-using-it',
  'provider-backups',
  'training-footage-perhaps'
])
export type DeletionEffect = z.infer<typeof deletionEffectSchema>

/**
 * A deletion looked at before it is asked for, with the one-time confirmation that main minted for exactly these
 * assets and this mode. The token lives 60 s and works once (security I5).
 */
export const deletionPlanSchema = z.strictObject({
  token: z.string().length(43),
  expiresAt: z.iso.datetime(),
  mode: deletionModeSchema,
  items: z
    .array(
      z.strictObject({
        ref: assetRefSchema,
        name: z.string().max(500),
        cautions: z.array(deletionCautionSchema).max(10)
      })
    )
    .max(1000),
  goes: z.array(deletionEffectSchema).max(20),
  stays: z.array(deletionEffectSchema).max(20)
})
export type DeletionPlan = z.infer<typeof deletionPlanSchema>

/**
 * How one deletion ended.
 *
 * - `done`: the provider answered 2xx. `already-gone`: it did not know an id it had listed before.
 * - `not-found`: it does not know the id, and it was never seen in a listing.
 * - `unclear`: sent, but no usable answer; it will be read back and is never repeated by itself.
 * - `failed`: nothing was deleted; `error` says why.
 */
export const deletionOutcomeSchema = z.strictObject({
  ref: assetRefSchema,
  name: z.string().max(500),
  outcome: z.enum(['done', 'already-gone', 'not-found', 'unclear', 'failed']),
  error: appErrorSchema.nullable()
})
export type DeletionOutcome = z.infer<typeof deletionOutcomeSchema>
