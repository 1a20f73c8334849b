import * as z from 'zod'
import {
  draftFields,
  type LinkField,
  type LinkViewName,
  linkFields,
  type PlainField,
  type PlainValues,
  perVideoField,
  plainFields,
  type VideoField,
  videoFields
} from '../catalogue/draft-fields.ts'
import { appErrorSchema } from '../errors.ts'
import { accountIdSchema } from './account.ts'
import { assetIdSchema } from './asset.ts'
import { linkViewSchema } from './link.ts'
import { localVideoSchema } from './local-video.ts'
import { videoCheckSchema } from './video-check.ts'

export const draftIdSchema = z
  .string()
  .regex(/^drf_[a-z0-9]{8,32}$/)
  .brand<'DraftId'>()
export type DraftId = z.infer<typeof draftIdSchema>

const valueSchema = (field: PlainField): z.ZodType => {
  const facts = draftFields[field]
  if (facts.type === 'choice') return z.enum(Object.keys(facts.choices))
  return facts.type === 'text' ? z.string().max(facts.longest) : z.boolean()
}

/** What is chosen and typed, by field. */
const plainShape = Object.fromEntries(plainFields.map((field) => [field, valueSchema(field)])) as {
  [Field in PlainField]: z.ZodType<PlainValues[Field]>
}

const viewShape = Object.fromEntries(
  linkFields.map((field) => [draftFields[field].view, linkViewSchema.nullable()])
) as Record<LinkViewName, z.ZodNullable<typeof linkViewSchema>>

const checkShape = Object.fromEntries(
  videoFields.map((field) => [field, videoCheckSchema.nullable()])
) as Record<VideoField, z.ZodNullable<typeof videoCheckSchema>>

/**
 * A replica being prepared. The links themselves stay in main's memory; the window gets what may be shown.
 *
 * After a restart the links are gone: `needsLinkAgain` then names the fields to be given again.
 */
export const draftSchema = z.strictObject({
  id: draftIdSchema,
  accountId: accountIdSchema.nullable(),
  ...plainShape,
  ...viewShape,
  /** What the doctor found in each video; null: there is none, or it cannot be asked for. Of this run alone. */
  checks: z.strictObject(checkShape),
  /** `unclear`: the answer was lost, and the lists are looked at. `unsettled`: they could not tell; the person decides. */
  state: z.enum(['editing', 'creating', 'created', 'unclear', 'unsettled']),
  /** Why the last try did not succeed; `invalid-input` names the fields. */
  error: appErrorSchema.nullable(),
  createdId: assetIdSchema.nullable(),
  needsLinkAgain: z.array(z.enum(linkFields)).max(linkFields.length),
  /** The file that a video field's link is made of by an upload; null: the link was given, or nothing was. */
  files: z.strictObject(perVideoField(() => localVideoSchema.nullable()))
})
export type Draft = z.infer<typeof draftSchema>

/** Before anything was checked. */
export const noChecks: Draft['checks'] = { trainVideoUrl: null, consentVideoUrl: null }

/** No file was chosen. */
export const noFiles: Draft['files'] = { trainVideoUrl: null, consentVideoUrl: null }

const linkTextShape = Object.fromEntries(
  linkFields.map((field) => [field, z.string().max(20_000)])
) as Record<LinkField, z.ZodString>

/** Changes to a draft; a URL of empty text takes the link away. */
export const draftPatchSchema = z
  .strictObject({ accountId: accountIdSchema, ...plainShape, ...linkTextShape })
  .partial()
export type DraftPatch = z.infer<typeof draftPatchSchema>

/** What can be the same for all drafts. */
export const sharedPatchSchema = draftPatchSchema.pick({
  accountId: true,
  model: true,
  subject: true,
  consentIn: true,
  hasGreenScreen: true,
  callbackUrl: true
})
export type SharedPatch = z.infer<typeof sharedPatchSchema>
