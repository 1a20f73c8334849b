import * as z from 'zod'
import type {
  Conversation as ConversationDocument,
  Persona as PersonaDocument,
  ReplicaCreated,
  Replica as ReplicaDocument,
  Video as VideoDocument,
  Voice as VoiceDocument
} from './generated/types.gen.ts'

/** A value that is wanted but never insisted on: whatever is not text counts as not told. */
export const optionalText = z.string().nullish().catch(null)

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const optionalFlag = z.boolean().nullish().catch(null)

const optionalCount = z.number().int().nonnegative().nullish().catch(null)

/**
 * A replica as Tavus describes it, in either of its two vocabularies (`replica_…`, later `face_…`).
 *
 * Read tolerantly: unknown fields are dropped and no field is required, so a row only becomes unreadable for want of
 * an id, which the mapping decides. Not checked: words of status and type, form of dates, shape of ids.
 * Source: openapi/tavus.yaml, `Replica`; seeds/002.
 */
export const replicaWireSchema = z.object({
  replica_id: z.unknown().optional(),
  face_id: z.unknown().optional(),
  replica_name: optionalText,
  face_name: optionalText,
  replica_type: optionalText,
  face_type: optionalText,
  status: optionalText,
  finetune_status: optionalText,
  training_progress: z.union([z.string(), z.number()]).nullish().catch(null),
  model_name: optionalText,
  default_voice_id: optionalText,
  original_voice_id: optionalText,
  thumbnail_video_url: optionalText,
  thumbnail_image_url: optionalText,
  error_message: optionalText,
  created_at: optionalText,
  updated_at: optionalText
})
/** A tolerantly read replica; see `replicaWireSchema`. */
export type ReplicaWire = z.infer<typeof replicaWireSchema>

/** A generated video, read as tolerantly as a replica. Source: openapi/tavus.yaml, `Video`; tavus.md 3.3. */
export const videoWireSchema = z.object({
  video_id: z.unknown().optional(),
  video_name: optionalText,
  replica_id: z.unknown().optional(),
  face_id: z.unknown().optional(),
  data: z
    .object({ script: optionalText, audio_url: optionalText, start_with_wave: optionalFlag })
    .nullish()
    .catch(null),
  status: optionalText,
  status_details: optionalText,
  error_details: optionalText,
  generation_progress: z.union([z.string(), z.number()]).nullish().catch(null),
  download_url: optionalText,
  stream_url: optionalText,
  hosted_url: optionalText,
  background_url: optionalText,
  background_source_url: optionalText,
  still_image_thumbnail_url: optionalText,
  gif_thumbnail_url: optionalText,
  created_at: optionalText,
  updated_at: optionalText
})
/** A tolerantly read video; see `videoWireSchema`. */
export type VideoWire = z.infer<typeof videoWireSchema>

/** A voice, read as tolerantly as a replica. Source: openapi/tavus.yaml, `Voice`; tavus.md 3.5. */
export const voiceWireSchema = z.object({
  voice_id: z.unknown().optional(),
  voice_name: optionalText,
  voice_type: optionalText,
  status: optionalText,
  description: optionalText,
  tags: z.array(z.unknown()).nullish().catch(null),
  audio_url: optionalText,
  error_message: optionalText,
  created_at: optionalText
})

/**
 * A page of a list. Rows are read one by one, so that a bad one costs only itself. Without `data` it is not a page.
 * `total_count` counts all rows under the filters; null if it is not a whole number.
 * Source: openapi/tavus.yaml, `ReplicaPage`; seeds/002.
 */
export const pageWireSchema = z.object({ data: z.array(z.unknown()), total_count: optionalCount })

/** The answer of Create Replica. Source: openapi/tavus.yaml, `ReplicaCreated`; seeds/003. */
export const replicaCreatedWireSchema = z.object({
  replica_id: z.unknown().optional(),
  face_id: z.unknown().optional(),
  status: optionalText
})

/** Ids that an answer may carry about the asset it speaks of. */
export const spokenOfWireSchema = z.object({
  replica_id: optionalText,
  face_id: optionalText,
  video_id: optionalText,
  voice_id: optionalText,
  conversation_id: optionalText,
  persona_id: optionalText,
  pal_id: optionalText,
  deployment_id: optionalText,
  id: optionalText
})
/** Ids that an answer may carry; see `spokenOfWireSchema`. */
export type SpokenOfWire = z.infer<typeof spokenOfWireSchema>

/** A conversation held with a replica, read as tolerantly as a replica. Source: openapi/tavus.yaml, `Conversation`; tavus.md 3.4. */
export const conversationWireSchema = z.object({
  conversation_id: z.unknown().optional(),
  conversation_name: optionalText,
  status: optionalText,
  replica_id: z.unknown().optional(),
  face_id: z.unknown().optional(),
  persona_id: z.unknown().optional(),
  pal_id: z.unknown().optional(),
  callback_url: optionalText,
  properties: z
    .object({
      enable_recording: optionalFlag,
      recording_s3_bucket_name: optionalText,
      recording_storage: z
        .object({
          bucket_name: optionalText,
          bucket: optionalText,
          container_name: optionalText,
          container: optionalText
        })
        .nullish()
        .catch(null)
    })
    .nullish()
    .catch(null),
  created_at: optionalText,
  updated_at: optionalText
})

/**
 * A persona (lately "PAL"). Its answer carries keys of other providers under `layers`, so nothing but these fields is
 * ever taken out of it. Source: openapi/tavus.yaml, `Persona`; tavus.md 3.4.
 */
export const personaWireSchema = z.object({
  persona_id: z.unknown().transform(asText).optional(),
  pal_id: z.unknown().transform(asText).optional(),
  persona_name: optionalText,
  pal_name: optionalText,
  persona_type: optionalText,
  pal_type: optionalText,
  default_replica_id: optionalText,
  default_face_id: optionalText,
  status: optionalText,
  layers: z
    .object({
      tts: z
        .object({ voice_id: optionalText, external_voice_id: optionalText })
        .nullish()
        .catch(null)
    })
    .nullish()
    .catch(null),
  created_at: optionalText,
  updated_at: optionalText
})

const memoryStoreWireSchema = z
  .object({ memory_store_id: z.unknown().transform(asText).optional() })
  .catch({})

/** A page of personas, reduced to those fields while it is read: no row of it is ever held whole. */
export const personaPageWireSchema = z.object({
  data: z.array(personaWireSchema.catch({})),
  total_count: optionalCount
})

/**
 * The list of memory stores, in either of the forms that it may have, reduced to their ids: what they remember is never
 * held. Source: openapi/tavus.yaml, `listMemoryStores`; tavus.md 3.7.
 */
export const memoryStorePageWireSchema = z.object({
  data: z.array(memoryStoreWireSchema).nullish(),
  memory_stores: z.array(memoryStoreWireSchema).nullish(),
  total_count: optionalCount
})

/** Whether a thing that answers calls itself deleted. */
export const statusWireSchema = z.object({ status: optionalText })

const transcriptLinesWireSchema = z
  .array(z.object({ role: optionalText, content: optionalText }).catch({}))
  .nullish()
  .catch(null)

/**
 * What was said in a conversation, and nothing else of its long form: that analyses the participant. Source:
 * openapi/tavus.yaml, `Conversation`; tavus.md 3.8.
 */
export const transcriptWireSchema = z.object({
  transcript: transcriptLinesWireSchema,
  events: z
    .array(
      z
        .object({
          properties: z.object({ transcript: transcriptLinesWireSchema }).nullish().catch(null)
        })
        .catch({})
    )
    .nullish()
    .catch(null)
})
/** A tolerantly read transcript; see `transcriptWireSchema`. */
export type TranscriptWire = z.infer<typeof transcriptWireSchema>

type Fits<Document, Wire> =
  Exclude<keyof Wire, keyof Document> extends never
    ? { readonly [K in keyof Wire & keyof Document]: Document[K] } extends Wire
      ? true
      : never
    : never

/**
 * Does not compile once a reader names a field that the API document lacks, or refuses a value it allows.
 *
 * @public for the compiler alone
 */
export const wireFitsDocument: readonly [
  Fits<ReplicaDocument, ReplicaWire>,
  Fits<VideoDocument, VideoWire>,
  Fits<VoiceDocument, z.infer<typeof voiceWireSchema>>,
  Fits<ConversationDocument, z.infer<typeof conversationWireSchema>>,
  Fits<PersonaDocument, z.infer<typeof personaWireSchema>>,
  Fits<ReplicaCreated, z.infer<typeof replicaCreatedWireSchema>>
] = [true, true, true, true, true, true]
