import * as z from 'zod'
import { mostSteps } from '../catalogue/limits.ts'
import { assetIdSchema, assetRefSchema, targetKindSchema, targetRefSchema } from './asset.ts'
import {
  deletionCautionSchema,
  deletionEffectSchema,
  deletionModeSchema,
  evidenceSchema,
  stepModeSchema
} from './deletion.ts'
import { personIdSchema } from './person.ts'

export const planIdSchema = z.string().regex(/^plan_[a-z0-9]{8,32}$/)

/**
 * What a plan is made for.
 *
 * - `assets`: just these. `likeness`: a replica and everything that carries its face. `teardown`: a model with all its
 *   versions. `cleanup`: old versions of a model; the newest `keepNewest` stay, and what is deployed if `keepDeployed`.
 * - `person`: everything tied to a person, at every provider.
 */
export const planSubjectSchema = z.discriminatedUnion('scope', [
  z.strictObject({
    scope: z.literal('assets'),
    refs: z.array(assetRefSchema).min(1).max(mostSteps)
  }),
  z.strictObject({ scope: z.literal('likeness'), ref: assetRefSchema }),
  z.strictObject({ scope: z.literal('teardown'), ref: assetRefSchema }),
  z.strictObject({
    scope: z.literal('cleanup'),
    ref: assetRefSchema,
    keepNewest: z.number().int().min(0).max(mostSteps),
    keepDeployed: z.boolean(),
    /** Only versions made before this time; null: of any age. */
    createdBeforeAt: z.iso.datetime().nullable()
  }),
  z.strictObject({ scope: z.literal('person'), personId: personIdSchema })
])
export type PlanSubject = z.infer<typeof planSubjectSchema>
export type PlanScope = PlanSubject['scope']

/** What to do with each kind of thing in the plan; `keep` leaves it and names it as surviving. */
export const planChoicesSchema = z.strictObject({
  mode: deletionModeSchema,
  /** Departures from `mode`, by kind. */
  byKind: z.partialRecord(targetKindSchema, z.union([stepModeSchema, z.literal('keep')])),
  /** Steps that the person took out, by id. */
  without: z.array(z.string().max(40)).max(mostSteps),
  /** Pictures and clips on this computer, of what the plan deletes. Absent: they are kept for the history. */
  pictures: z.enum(['delete', 'keep']).optional(),
  /** Faces and voices that PALs are repointed to, by what each account has. Names come from the library. */
  repoint: z
    .array(z.strictObject({ ref: assetRefSchema, name: z.string().max(500) }))
    .max(20)
    .optional(),
  /** Names on this computer, once all that the plan deletes is gone. Absent: the history keeps them. */
  names: z.enum(['forget', 'keep']).optional()
})
export type PlanChoices = z.infer<typeof planChoicesSchema>

/** Why a thing is in the plan. */
export const relationSchema = z.enum([
  'asked',
  'made-with',
  'held-with',
  'uses',
  'voice-of',
  'shown-on',
  'version-of',
  'trained-with',
  'tied-to'
])
export type Relation = z.infer<typeof relationSchema>

const pointSchema = z.strictObject({ id: assetIdSchema, name: z.string().max(500) })
const pointedSchema = z.strictObject({ from: pointSchema.nullable(), to: pointSchema })

/** What a PAL shows and speaks with, before and after. Null: that stays as it is. */
export const repointSchema = z.strictObject({
  face: pointedSchema.nullable(),
  voice: pointedSchema.nullable()
})
export type Repoint = z.infer<typeof repointSchema>

/** One deletion of the plan. Steps run in order; one waits for those named in `after`. */
export const planStepSchema = z.strictObject({
  /** The same thing has the same id in every plan; within a planner `s1`, `s2`, …. */
  id: z.string().max(40),
  target: targetRefSchema,
  name: z.string().max(500),
  mode: stepModeSchema,
  relation: relationSchema,
  goes: z.array(deletionEffectSchema).max(20),
  stays: z.array(deletionEffectSchema).max(20),
  cautions: z.array(deletionCautionSchema).max(20),
  after: z.array(z.string().max(40)).max(mostSteps),
  /** Plain facts beside the name: state, when it was made, how large. */
  statusRaw: z.string().max(100).nullable(),
  createdAt: z.iso.datetime().nullable(),
  /** Of a PAL that is repointed. */
  repoint: repointSchema.optional(),
  /** Where everybody can open a page, without anything that is signed; asked again once it is offline. */
  address: z.url().max(2000).optional()
})
export type PlanStep = z.infer<typeof planStepSchema>

/**
 * Something that is there and stays. `kept`: the person chose so. `blocked`: a step's caution blocks it.
 * `not-offered`: the provider has no way to remove it. `others-data`: it is about people who came to talk. `not-known`: nobody outside can see it.
 */
export const survivorSchema = evidenceSchema.extend({
  /** `not-readable`: what was to be kept by could not be read, so that it may be one of those. */
  reason: z.enum(['kept', 'blocked', 'not-offered', 'others-data', 'not-known', 'not-readable'])
})
export type Survivor = z.infer<typeof survivorSchema>

/** What the plan cannot know, put into words by `renderer/text`. */
export const unknownCodeSchema = z.enum([
  'provider-may-refuse',
  'soft-delete-meaning',
  'backups',
  'copies-elsewhere',
  'page-address',
  'listing-incomplete',
  'refund',
  'weights',
  'removal-takes-minutes'
])
export type UnknownCode = z.infer<typeof unknownCodeSchema>

/** What a pure function made of the facts: the part of a plan that the same facts always give. */
export const planDraftSchema = z.strictObject({
  steps: z.array(planStepSchema).max(mostSteps),
  survives: z.array(survivorSchema).max(500),
  unknowns: z.array(unknownCodeSchema).max(20)
})
export type PlanDraft = z.infer<typeof planDraftSchema>

/**
 * A deletion looked at before anything is sent, with the one-time confirmation that main minted for exactly these
 * steps and modes. The token lives 60 s and works once (security I5).
 */
export const deletionPlanSchema = planDraftSchema.extend({
  planId: planIdSchema,
  token: z.string().length(43),
  expiresAt: z.iso.datetime(),
  madeAt: z.iso.datetime(),
  subject: planSubjectSchema,
  choices: planChoicesSchema,
  /** What the plan is called: the asset's or person's name; empty for several. */
  title: z.string().max(500),
  /** Nothing is sent while one of the steps that would run blocks. */
  canRun: z.boolean()
})
export type DeletionPlan = z.infer<typeof deletionPlanSchema>

/** What this computer keeps of the things that a plan deletes. */
export const localMediaSchema = z.strictObject({
  pictures: z.number().int().nonnegative(),
  clips: z.number().int().nonnegative(),
  /** Drafts that they were created from. */
  drafts: z.number().int().nonnegative(),
  /** Names of folders that were saved of them, newest first. The app does not know where they are by now. */
  folders: z.array(z.string().max(400)).max(20)
})
export type LocalMedia = z.infer<typeof localMediaSchema>

/**
 * A difference between a plan and the facts just before it runs. `kept`: by the person's own choice it is not to be deleted
 * any more, as it is now, or for all that can be read. `clock-moved` and `clock-differs` (from the server's)
 * are about this computer: `detail` is by how many milliseconds its clock is ahead, below 0 behind.
 */
export const planChangeSchema = z.strictObject({
  what: z.enum([
    'added',
    'vanished',
    'renamed',
    'status',
    'caution',
    'not-readable',
    'address',
    'key',
    'kept',
    'clock-moved',
    'clock-differs'
  ]),
  kind: targetKindSchema,
  name: z.string().max(500),
  detail: z.string().max(500).nullable()
})
export type PlanChange = z.infer<typeof planChangeSchema>
