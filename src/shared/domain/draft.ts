import * as z from 'zod'
import { appErrorSchema } from '../errors.ts'
import { accountIdSchema } from './account.ts'
import { assetIdSchema } from './asset.ts'
import { linkViewSchema } from './link.ts'

export const draftIdSchema = z
  .string()
  .regex(/^drf_[a-z0-9]{8,32}$/)
  .brand<'DraftId'>()
export type DraftId = z.infer<typeof draftIdSchema>

/**
 * A replica being prepared. The links themselves stay in main's memory; the window gets what may be shown.
 *
 * After a restart the links are gone: `needsLinkAgain` then names the fields to be given again.
 */
export const draftSchema = z.strictObject({
  id: draftIdSchema,
  accountId: accountIdSchema.nullable(),
  replicaName: z.string().max(200),
  /** `personal` wants a consent statement, `non-human` does not. Source: seeds/003. */
  subject: z.enum(['personal', 'non-human']),
  /** Where a personal replica's consent statement is spoken. */
  consentIn: z.enum(['consent-video', 'training-video']),
  trainVideo: linkViewSchema.nullable(),
  consentVideo: linkViewSchema.nullable(),
  callback: linkViewSchema.nullable(),
  /** Empty: nothing was chosen, so nothing is sent and the provider decides. */
  model: z.string().max(100),
  /** False: nothing is sent about it. */
  hasGreenScreen: z.boolean(),
  /** `unclear`: the answer was lost, and the lists are looked at. `unsettled`: they could not tell; the person decides. */
  state: z.enum(['editing', 'creating', 'created', 'unclear', 'unsettled']),
  /** Why the last try did not succeed; `invalid-input` names the fields. */
  error: appErrorSchema.nullable(),
  createdId: assetIdSchema.nullable(),
  needsLinkAgain: z.array(z.enum(['trainVideoUrl', 'consentVideoUrl', 'callbackUrl'])).max(3)
})
export type Draft = z.infer<typeof draftSchema>

/** Changes to a draft; a URL of empty text takes the link away. */
export const draftPatchSchema = z.strictObject({
  accountId: accountIdSchema.optional(),
  replicaName: z.string().max(200).optional(),
  subject: z.enum(['personal', 'non-human']).optional(),
  consentIn: z.enum(['consent-video', 'training-video']).optional(),
  trainVideoUrl: z.string().max(20_000).optional(),
  consentVideoUrl: z.string().max(20_000).optional(),
  callbackUrl: z.string().max(20_000).optional(),
  model: z.string().max(100).optional(),
  hasGreenScreen: z.boolean().optional()
})
export type DraftPatch = z.infer<typeof draftPatchSchema>
