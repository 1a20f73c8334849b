import * as z from 'zod'

const modelSchema = z.object({
  owner: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  visibility: z.enum(['public', 'private']),
  /** Runs by anyone; Replicate keeps the number when versions go. */
  runCount: z.number().int(),
  /** Name of its picture without ending, or null. */
  cover: z.string().nullable(),
  readme: z.string().nullable(),
  createdAtMs: z.number()
})
/** A model as the sandbox keeps it. */
export type StoredModel = Readonly<z.infer<typeof modelSchema>>

const versionSchema = z.object({
  id: z.string(),
  /** `owner/name` of its model. */
  model: z.string(),
  /** A version made in the future is not there yet: a training will bring it. */
  createdAtMs: z.number(),
  cogVersion: z.string().nullable(),
  /** Whether another version is overridden to use it, which no part of the API shows. */
  isOverrideTarget: z.boolean(),
  /** Set when its removal was accepted. */
  removal: z.object({ goneAtMs: z.number(), fails: z.boolean() }).nullable()
})
/** A version as the sandbox keeps it. */
export type StoredVersion = Readonly<z.infer<typeof versionSchema>>

const deploymentSchema = z.object({
  owner: z.string(),
  name: z.string(),
  number: z.number().int(),
  model: z.string(),
  version: z.string(),
  /** Versions of earlier releases: they block, but no answer shows them. */
  formerVersions: z.array(z.string()),
  hardware: z.string(),
  createdAtMs: z.number()
})
/** A deployment as the sandbox keeps it. */
export type StoredDeployment = Readonly<z.infer<typeof deploymentSchema>>

const trainingSchema = z.object({
  id: z.string(),
  /** `owner/name` and version that it starts from. */
  model: z.string(),
  version: z.string(),
  /** `owner/name` that it writes to; shows only inside the output. */
  destination: z.string(),
  /** The version it makes if it succeeds. */
  outputVersion: z.string(),
  source: z.enum(['web', 'api']),
  createdAtMs: z.number(),
  endsAtMs: z.number(),
  endsAs: z.enum(['succeeded', 'failed', 'canceled']),
  /** Uploaded files that it is made from, by id. */
  files: z.array(z.string()).default([])
})
/** A training as the sandbox keeps it. */
export type StoredTraining = Readonly<z.infer<typeof trainingSchema>>

const fileSchema = z.object({
  id: z.string(),
  name: z.string(),
  contentType: z.string(),
  sizeBytes: z.number().int(),
  createdAtMs: z.number()
})
/** An uploaded file as the sandbox keeps it. */
export type StoredFile = Readonly<z.infer<typeof fileSchema>>

const predictionSchema = z.object({
  id: z.string(),
  /** Who ran it; only the account's own are listed. */
  by: z.string(),
  model: z.string(),
  version: z.string(),
  deployment: z.string().nullable(),
  source: z.enum(['web', 'api']),
  status: z.enum(['succeeded', 'failed', 'canceled']),
  createdAtMs: z.number(),
  /** Name of the picture it made, without ending; null if it made none. */
  picture: z.string().nullable(),
  /** Whether the model's page shows it as an example. */
  isExample: z.boolean()
})
/** A prediction as the sandbox keeps it. */
export type StoredPrediction = Readonly<z.infer<typeof predictionSchema>>

const ruleSchema = z.enum(['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7'])
/**
 * Why a delete is refused: R1 the caller does not own the model, R2 it is public, R3 it has versions, R4 somebody else ran
 * predictions with the version, R5 it is the base of a training, R6 a deployment uses it, R7 another version is overridden
 * to use it.
 */
export type RefusalRule = z.infer<typeof ruleSchema>

const deletionSchema = z.object({
  kind: z.enum(['model', 'version', 'file']),
  /** `owner/name` of a model, or the id of a version or file. */
  id: z.string(),
  /** Empty for a file, which belongs to none. */
  model: z.string(),
  atMs: z.number(),
  outcome: z.enum(['done', 'accepted', 'repeated', 'refused', 'not-found']),
  /** Every rule that stood against it; the first one was answered. */
  rules: z.array(ruleSchema)
})
/** One delete that was processed, whatever came of it. */
export type ReplicateDeletion = Readonly<z.infer<typeof deletionSchema>>

const accountSchema = z.object({
  type: z.enum(['user', 'organization']),
  username: z.string(),
  name: z.string(),
  models: z.array(modelSchema),
  versions: z.array(versionSchema),
  deployments: z.array(deploymentSchema),
  trainings: z.array(trainingSchema),
  predictions: z.array(predictionSchema),
  files: z.array(fileSchema).default([]),
  /** Names of deleted models (`owner/name`), which stay taken. */
  deletedModels: z.array(z.string()),
  deletions: z.array(deletionSchema)
})
/** Everything one account of the sandbox holds or can see, other owners' models included. */
export type ReplicateData = Readonly<z.infer<typeof accountSchema>>

/** Everything the sandbox holds, as JSON. */
export const replicateSnapshotSchema = z.object({
  version: z.literal(1),
  accounts: z.record(z.string(), accountSchema)
})
export type ReplicateSnapshot = z.infer<typeof replicateSnapshotSchema>
