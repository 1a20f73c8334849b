import * as z from 'zod'
import { assetStatusNames } from '../catalogue/asset-statuses.ts'
import { columnSorts } from '../catalogue/columns.ts'
import { assetKinds, targetKinds } from '../catalogue/kinds.ts'
import { accountIdSchema } from './account.ts'
import { mediaIdSchema } from './media-id.ts'
import { tagSchema } from './note.ts'
import { personIdSchema } from './person.ts'
import { waitReasonSchema } from './wait-reason.ts'

export const assetKindSchema = z.enum(assetKinds)
export const targetKindSchema = z.enum(targetKinds)

/**
 * An id as the provider gave it: one harmless path segment, or for Replicate `owner/name` and `owner/name:version`,
 * as that API writes them. No segment is `.` or `..` (security R1). A provider checks anew that an id is of its shape.
 */
export const assetIdSchema = z
  .string()
  .regex(
    /^(?!\.{1,2}(?:[/:]|$))[A-Za-z0-9._-]{1,128}(?:\/(?!\.{1,2}(?::|$))[A-Za-z0-9._-]{1,128}(?::[A-Za-z0-9_-]{1,128})?)?$/
  )
  .brand<'AssetId'>()
export type AssetId = z.infer<typeof assetIdSchema>

/** Points at one asset of one account. */
export const assetRefSchema = z.strictObject({
  accountId: accountIdSchema,
  kind: assetKindSchema,
  id: assetIdSchema
})
export type AssetRef = z.infer<typeof assetRefSchema>

/** Points at one thing of one account that can be deleted. */
export const targetRefSchema = z.strictObject({
  accountId: accountIdSchema,
  kind: targetKindSchema,
  id: assetIdSchema
})
export type TargetRef = z.infer<typeof targetRefSchema>

export const assetStatusSchema = z.enum(assetStatusNames)

/** What became of the last deletion asked for an asset, while that still matters to the reader. */
export const assetDeletionSchema = z.strictObject({
  mode: z.enum(['soft', 'permanent']),
  /**
   * `held`: not sent yet and can be undone. `waiting`: in line, see `waitsFor`; nothing of it is on its way.
   * `in-flight`: asked for now, no answer yet. `accepted`: the provider took it on and is still at it. `overdue`: it took it
   * on, and the thing was still there when nobody waited any more; it can be asked for again.
   */
  state: z.enum([
    'held',
    'waiting',
    'in-flight',
    'accepted',
    'overdue',
    'unclear',
    'asked-still-listed'
  ]),
  /** What the whole deletion waits for; null while it runs. */
  waitsFor: waitReasonSchema.nullable(),
  /** True for an unclear one that says of itself that it is deleted. */
  saysDeleted: z.boolean(),
  askedAt: z.iso.datetime()
})
export type AssetDeletion = z.infer<typeof assetDeletionSchema>

/** The links a provider gave for an asset; main keeps them in memory and copies them when asked. */
export const assetLinkSchema = z.enum(['hosted', 'download', 'stream'])
export type AssetLink = z.infer<typeof assetLinkSchema>

/** A further fact about an asset, in the provider's own name for it (`script`, `background_url`), value redacted. */
export const assetDetailSchema = z.strictObject({
  name: z.string().max(40),
  value: z.string().max(5000)
})
export type AssetDetail = z.infer<typeof assetDetailSchema>

/** What a provider tells of an asset. Times ISO 8601 UTC; `progress` in percent, 0 to 100. */
const toldShape = {
  name: z.string().max(500),
  status: assetStatusSchema,
  /** The provider's own word for the status. */
  statusRaw: z.string().max(100),
  progress: z.number().min(0).max(100).nullable(),
  model: z.string().max(100).nullable(),
  /** `own`: made by the account. `stock`: the provider's, for everyone. Null: not told. */
  origin: z.enum(['own', 'stock']).nullable(),
  createdAt: z.iso.datetime().nullable(),
  updatedAt: z.iso.datetime().nullable(),
  /** The provider's sentence about a failure, redacted. */
  errorMessage: z.string().max(1000).nullable(),
  /** The replica that a video was made with, or the model of a version, if the provider told. */
  parentId: assetIdSchema.nullable(),
  /** Whatever else the provider told, redacted. */
  details: z.array(assetDetailSchema).max(30)
}

/** An asset as stored: what was told when it was last seen, and what the app keeps beside it. */
export const assetRecordSchema = z.strictObject({
  ref: assetRefSchema,
  ...toldShape,
  /** Id for `media://`, or null if no thumbnail is known. Never a URL. */
  posterId: mediaIdSchema.nullable(),
  /** Id for `media://` of what can be played: a replica's thumbnail clip, a finished video. */
  clipId: mediaIdSchema.nullable(),
  /** `listed`: in the last complete listing. `gone`: deleted or vanished; kept for the history. */
  presence: z.enum(['listed', 'gone']),
  firstSeenAt: z.iso.datetime(),
  /** When progress or status was last seen to change; null if that was never noted. */
  movedAt: z.iso.datetime().nullable(),
  /** "As of": the last time the provider spoke of this asset. */
  lastSeenAt: z.iso.datetime()
})
export type AssetRecord = z.infer<typeof assetRecordSchema>

/** What a provider tells of an asset, whichever answer it comes from. */
export type ToldAsset = Readonly<Pick<AssetRecord, keyof typeof toldShape>>

/** An asset as shown: what is stored, and what is worked out from what is stored beside it whenever it is read. */
export const assetSchema = assetRecordSchema.extend({
  deletion: assetDeletionSchema.nullable(),
  /** Protected from every deletion until it is unpinned. */
  isPinned: z.boolean(),
  /** The person that the asset was tied to. */
  personId: personIdSchema.nullable(),
  /** Name of the replica that a video was made with, or of the model of a version; null if it has none or is not known. */
  parentName: z.string().max(500).nullable(),
  /** The name of the voice that a PAL speaks with, where it has one of its own that is known here. */
  voiceName: z.string().max(500).optional(),
  /** How many listed videos were made with a replica, or versions a model has. */
  childCount: z.number().int().nonnegative()
})
export type Asset = z.infer<typeof assetSchema>

/** What the library is asked for. `limit` at most 500 rows; the window asks in ranges. */
export const assetQuerySchema = z.strictObject({
  kind: assetKindSchema,
  accountId: accountIdSchema.nullable(),
  origin: z.enum(['own', 'stock', 'all']),
  statuses: z.array(assetStatusSchema).max(6).nullable(),
  /** Null: any model. */
  models: z.array(z.string().max(100)).max(50).nullable(),
  /** Only what was created at this time or later; null: any age. */
  createdSinceAt: z.iso.datetime().nullable(),
  presence: z.enum(['listed', 'gone', 'all']),
  /** Only what was made with this replica, or the versions of this model; null: any. */
  parentId: assetIdSchema.nullable(),
  /** Only what is tied to this person; null: anybody and nobody. */
  personId: personIdSchema.nullable(),
  /** Only what has this tag, however it is written; null: any. */
  tag: tagSchema.nullable(),
  /** Free text over name, id, note and tags, and a video's script; empty finds all. */
  search: z.string().max(200),
  sort: z.enum([
    'created-desc',
    'created-asc',
    'name-asc',
    'name-desc',
    'status',
    'status-desc',
    ...columnSorts
  ]),
  offset: z.number().int().min(0).max(10_000_000),
  limit: z.number().int().min(1).max(500)
})
export type AssetQuery = z.infer<typeof assetQuerySchema>

export const assetPageSchema = z.strictObject({
  total: z.number().int().nonnegative(),
  rows: z.array(assetSchema).max(500)
})
export type AssetPage = z.infer<typeof assetPageSchema>

const kindCountsSchema = z.strictObject({
  own: z.number().int(),
  stock: z.number().int(),
  ready: z.number().int(),
  unfinished: z.number().int(),
  failed: z.number().int()
})

/** How many listed assets there are, for the side bar and the filters; all but `stock` count own ones. */
export const assetCountsSchema = z.strictObject({
  byKind: z.record(assetKindSchema, kindCountsSchema),
  /** Models of listed own replicas, sorted, for the filter. */
  models: z.array(z.string().max(100)).max(50)
})
export type AssetCounts = z.infer<typeof assetCountsSchema>
