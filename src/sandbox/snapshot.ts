import * as z from 'zod'

const jobSchema = z.object({
  startedAtMs: z.number(),
  durationMs: z.number(),
  fromPercent: z.number(),
  toPercent: z.number(),
  error: z.string().nullable()
})

const storedReplicaSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.enum(['user', 'system']),
  model: z.string(),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
  /** Name of its media files without ending, or null. */
  face: z.string().nullable(),
  training: jobSchema,
  /** The second stage of phoenix-4.5; null for other models. */
  tuning: jobSchema.nullable(),
  /** When a delete takes effect; null while nobody asked. */
  deletedAtMs: z.number().nullable(),
  isHardDeleted: z.boolean(),
  /** When someone elsewhere deletes it, for the sample data. */
  vanishesAtMs: z.number().nullable()
})
/** A replica as the sandbox keeps it; what the API says of it follows from the clock. */
export type StoredReplica = Readonly<z.infer<typeof storedReplicaSchema>>

const storedVideoSchema = z.object({
  id: z.string(),
  name: z.string(),
  replicaId: z.string(),
  script: z.string().nullable(),
  audioUrl: z.string().nullable(),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
  face: z.string().nullable(),
  rendering: jobSchema,
  deletedAtMs: z.number().nullable(),
  isHardDeleted: z.boolean()
})
/** A video as the sandbox keeps it. */
export type StoredVideo = Readonly<z.infer<typeof storedVideoSchema>>

const storedPersonaSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.enum(['user', 'system']),
  defaultReplicaId: z.string().nullable(),
  createdAtMs: z.number()
})
/** A persona as the sandbox keeps it. */
export type StoredPersona = Readonly<z.infer<typeof storedPersonaSchema>>

const storedConversationSchema = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(['active', 'ended']),
  replicaId: z.string(),
  personaId: z.string(),
  createdAtMs: z.number()
})
/** A conversation as the sandbox keeps it. */
export type StoredConversation = Readonly<z.infer<typeof storedConversationSchema>>

const hardDeletionSchema = z.object({
  kind: z.enum(['replica', 'video', 'conversation']),
  id: z.string(),
  atMs: z.number()
})
/** One line of the log of what was deleted for good. */
export type HardDeletion = Readonly<z.infer<typeof hardDeletionSchema>>

const accountDataSchema = z.object({
  /** How many ids were given out, so that new ones stay unique and repeatable. */
  idsGiven: z.number().int(),
  replicas: z.array(storedReplicaSchema),
  videos: z.array(storedVideoSchema),
  personas: z.array(storedPersonaSchema),
  conversations: z.array(storedConversationSchema),
  hardDeletions: z.array(hardDeletionSchema)
})
/** Everything one account of the sandbox holds. */
export type AccountData = Readonly<z.infer<typeof accountDataSchema>>

/** Everything the sandbox holds, as JSON. */
export const snapshotSchema = z.object({
  version: z.literal(1),
  accounts: z.record(z.string(), accountDataSchema)
})
export type Snapshot = z.infer<typeof snapshotSchema>
