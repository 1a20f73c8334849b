import * as z from 'zod'

const jobSchema = z.object({
  startedAtMs: z.number(),
  durationMs: z.number(),
  fromPercent: z.number(),
  toPercent: z.number(),
  error: z.string().nullable()
})

/** What every deletable thing carries; the defaults read files of earlier releases. */
const deletionMarks = {
  /** When a delete takes effect; null while nobody asked. */
  deletedAtMs: z.number().nullable().default(null),
  isHardDeleted: z.boolean().default(false)
}

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
  /** The voice that training made, and the one it speaks with. */
  originalVoiceId: z.string().nullable().default(null),
  defaultVoiceId: z.string().nullable().default(null),
  ...deletionMarks,
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
  ...deletionMarks
})
/** A video as the sandbox keeps it. */
export type StoredVideo = Readonly<z.infer<typeof storedVideoSchema>>

const storedPersonaSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** `none`: neither list by type has it. */
  type: z.enum(['user', 'system', 'none']),
  defaultReplicaId: z.string().nullable(),
  /** Speaks with this voice whatever its replica has. */
  voiceId: z.string().nullable().default(null),
  createdAtMs: z.number(),
  ...deletionMarks
})
/** A persona as the sandbox keeps it. */
export type StoredPersona = Readonly<z.infer<typeof storedPersonaSchema>>

const storedVoiceSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.enum(['user', 'system']),
  status: z.enum(['started', 'completed', 'error']),
  description: z.string().nullable(),
  tags: z.array(z.string()),
  /** Name of the recording among the media without ending, or null. */
  sample: z.string().nullable(),
  error: z.string().nullable(),
  createdAtMs: z.number(),
  ...deletionMarks
})
/** A voice as the sandbox keeps it. No field of it says whose it is. */
export type StoredVoice = Readonly<z.infer<typeof storedVoiceSchema>>

const storedPageSchema = z.object({
  id: z.string(),
  palId: z.string(),
  channel: z.enum(['widget', 'embed', 'landing-page']),
  status: z.enum(['draft', 'active', 'inactive']),
  name: z.string(),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
  ...deletionMarks
})
/** A deployment as the sandbox keeps it: a persona on a web page. */
export type StoredPage = Readonly<z.infer<typeof storedPageSchema>>

const storedConversationSchema = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(['active', 'ended']),
  replicaId: z.string(),
  personaId: z.string(),
  createdAtMs: z.number(),
  /** Where what is said is sent as well; empty: nowhere. */
  callbackUrl: z.string().default(''),
  /** The customer's own bucket that its recording was written into; null: it was not recorded. */
  recordingBucket: z.string().nullable().default(null),
  transcript: z.array(z.object({ role: z.string(), content: z.string() })).default([]),
  ...deletionMarks
})
/** A conversation as the sandbox keeps it. */
export type StoredConversation = Readonly<z.infer<typeof storedConversationSchema>>

const kindSchema = z.enum(['replica', 'video', 'voice', 'conversation', 'persona', 'page'])
/** What can be deleted. */
export type DeletableKind = z.infer<typeof kindSchema>

const hardDeletionSchema = z.object({
  kind: kindSchema,
  id: z.string(),
  atMs: z.number()
})
/** One line of the log of what was deleted for good. */
export type HardDeletion = Readonly<z.infer<typeof hardDeletionSchema>>

const deletionSchema = z.object({
  kind: kindSchema,
  id: z.string(),
  mode: z.enum(['soft', 'hard']),
  atMs: z.number(),
  outcome: z.enum(['done', 'unknown-id', 'already-gone', 'stock', 'active', 'in-use'])
})
/**
 * One delete that was processed, whatever came of it. `active` is a conversation that still goes on, `in-use` a voice
 * that something refers to.
 */
export type Deletion = Readonly<z.infer<typeof deletionSchema>>

const accountDataSchema = z.object({
  /** How many ids were given out, so that new ones stay unique and repeatable. */
  idsGiven: z.number().int(),
  replicas: z.array(storedReplicaSchema),
  videos: z.array(storedVideoSchema),
  voices: z.array(storedVoiceSchema).default([]),
  personas: z.array(storedPersonaSchema),
  conversations: z.array(storedConversationSchema),
  pages: z.array(storedPageSchema).default([]),
  /** Ids of memory stores. */
  memoryStores: z.array(z.string()).default([]),
  hardDeletions: z.array(hardDeletionSchema),
  /** Every delete that was processed, refused ones included, oldest first. */
  deletions: z.array(deletionSchema).default([])
})
/** Everything one account of the sandbox holds. */
export type AccountData = Readonly<z.infer<typeof accountDataSchema>>

/** Everything the sandbox holds, as JSON. */
export const snapshotSchema = z.object({
  version: z.literal(1),
  accounts: z.record(z.string(), accountDataSchema)
})
export type Snapshot = z.infer<typeof snapshotSchema>
