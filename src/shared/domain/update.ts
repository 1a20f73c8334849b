import * as z from 'zod'
import { updateTroubles } from '../catalogue/update-troubles.ts'

/** Three numbers, as every release has them. */
export const versionSchema = z
  .string()
  .max(40)
  .regex(/^\d+\.\d+\.\d+$/)

/**
 * How this copy of the app stands against the newest release.
 *
 * - `way`: how a new version gets here. `restart`: the app downloads it, and installs it when the person restarts it;
 *   `page`: the person gets it from the release page; `none`: this build knows no release key, so it never asks.
 * - `stand`: `found` waits for the person, who gets it from the page. `ready`: downloaded and verified.
 */
export const updateStatusSchema = z.strictObject({
  way: z.enum(['restart', 'page', 'none']),
  stand: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('unknown') }),
    z.strictObject({ state: z.literal('checking') }),
    z.strictObject({ state: z.literal('current') }),
    z.strictObject({ state: z.literal('found'), version: versionSchema }),
    z.strictObject({
      state: z.literal('downloading'),
      version: versionSchema,
      /** From 0 to 1. */
      share: z.number().min(0).max(1)
    }),
    z.strictObject({ state: z.literal('ready'), version: versionSchema }),
    z.strictObject({
      state: z.literal('failed'),
      trouble: z.enum(updateTroubles),
      /** The version that it was about, if that was known. */
      version: versionSchema.nullable()
    })
  ]),
  /** When the newest release was last asked for; null: never. */
  checkedAt: z.iso.datetime().nullable()
})
export type UpdateStatus = z.infer<typeof updateStatusSchema>

/** What a release changed, from the changelog. `version` is null for what is not released yet. */
export const releaseNotesSchema = z.strictObject({
  version: versionSchema.nullable(),
  groups: z
    .array(
      z.strictObject({
        title: z.string().max(100),
        items: z.array(z.string().max(2000)).max(200)
      })
    )
    .max(20)
})
export type ReleaseNotes = z.infer<typeof releaseNotesSchema>
