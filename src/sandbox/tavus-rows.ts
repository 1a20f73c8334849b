import type { AccountState } from './account-state.ts'
import { LAYER_KEY_CANARIES, PERCEPTION_CANARY } from './canaries.ts'
import type { LinkUse, SandboxOptions } from './sandbox-options.ts'
import type {
  StoredConversation,
  StoredPersona,
  StoredReplica,
  StoredVideo,
  StoredVoice
} from './snapshot.ts'
import { viewJob } from './training.ts'

/** A JSON object on its way to the wire. */
export type Row = Readonly<Record<string, unknown>>

/** What rows are made from besides the thing itself. */
export interface RowContext {
  readonly state: AccountState
  readonly options: SandboxOptions
  readonly nowMs: number
  readonly origin: string
  /** Where this account's media lie, without a slash at the end. */
  readonly mediaBase: string
}

type ReplicaStatus = 'started' | 'completed' | 'error' | 'deleted'

const seedFields = [
  'replica_id',
  'replica_name',
  'thumbnail_video_url',
  'training_progress',
  'status',
  'created_at',
  'replica_type'
]

const iso = (atMs: number): string => new Date(atMs).toISOString()

const videoDate = (atMs: number, form: SandboxOptions['videoDates'] = 'rfc1123'): string => {
  if (form === 'iso') return iso(atMs)
  if (form === 'no-zone') return iso(atMs).replace('T', ' ').replace('Z', '000')
  return new Date(atMs).toUTCString()
}

/** A link to a thing's media. It names the thing, so that it can die with it. */
const mediaUrl = (
  context: RowContext,
  { id, face }: { readonly id: string; readonly face: string | null },
  use: LinkUse,
  ending: 'mp4' | 'png'
): string | null =>
  face === null || context.options.mediaDir === undefined
    ? null
    : `${context.mediaBase}/${id}/${use}/${face}.${ending}`

const replicaStatus = (replica: StoredReplica, context: RowContext): ReplicaStatus => {
  if (context.state.isDeleted(replica)) return 'deleted'
  const { state } = viewJob(replica.training, context.nowMs)
  if (state === 'failed') return 'error'
  return state === 'running' ? 'started' : 'completed'
}

/** The value while tuning runs is not documented; `started` stands for it here. */
const finetuneStatus = (replica: StoredReplica, context: RowContext): string | null => {
  if (replica.tuning === null || context.nowMs < replica.tuning.startedAtMs) return null
  const { state } = viewJob(replica.tuning, context.nowMs)
  if (state === 'failed') return 'errored'
  return state === 'running' ? 'started' : 'completed'
}

/** A row of the replica list. `replica_type` comes only when `verbose` was asked. */
export const replicaRow = (
  replica: StoredReplica,
  isVerbose: boolean,
  context: RowContext
): Row => {
  const training = viewJob(replica.training, context.nowMs)
  const shown = { id: replica.id, face: training.percent === 0 ? null : replica.face }
  const row: Row = {
    replica_id: replica.id,
    replica_name: replica.name,
    thumbnail_video_url: mediaUrl(context, shown, 'thumbnail', 'mp4'),
    thumbnail_image_url: mediaUrl(context, shown, 'thumbnail', 'png'),
    training_progress: `${training.percent}/100`,
    status: replicaStatus(replica, context),
    created_at: iso(replica.createdAtMs),
    updated_at: iso(replica.updatedAtMs),
    model_name: replica.model,
    finetune_status: finetuneStatus(replica, context),
    default_voice_id: replica.defaultVoiceId,
    original_voice_id: replica.originalVoiceId,
    ...(isVerbose ? { replica_type: replica.type } : {})
  }
  if (context.options.replicaFields !== 'seed') return row
  return Object.fromEntries(Object.entries(row).filter(([field]) => seedFields.includes(field)))
}

/** One replica as `GET /v2/replicas/{id}` tells it; only here a failure carries its sentence. */
export const replicaDetail = (
  replica: StoredReplica,
  isVerbose: boolean,
  context: RowContext
): Row => {
  const isFailed = viewJob(replica.training, context.nowMs).state === 'failed'
  const row = replicaRow(replica, isVerbose, context)
  return { ...row, error_message: isFailed ? replica.training.error : null }
}

interface VideoStanding {
  readonly status: 'queued' | 'generating' | 'ready' | 'deleted' | 'error'
  readonly percent: number
  readonly details: string | null
}

/** A video of a replica in training waits, and starts when the training ends. */
const videoStanding = (video: StoredVideo, context: RowContext): VideoStanding => {
  if (context.state.isDeleted(video)) return { status: 'deleted', percent: 100, details: null }
  const replica = context.state.replicas.find((row) => row.id === video.replicaId)
  const training = replica === undefined ? null : viewJob(replica.training, context.nowMs)
  if (training?.state === 'running') {
    return { status: 'queued', percent: 0, details: 'The replica is still in training.' }
  }
  const startedAtMs = Math.max(video.rendering.startedAtMs, training?.endsAtMs ?? 0)
  const job = { ...video.rendering, startedAtMs }
  const { state, percent } = viewJob(
    video.rendering.durationMs === 0 ? video.rendering : job,
    context.nowMs
  )
  if (state === 'failed') return { status: 'error', percent, details: video.rendering.error }
  if (state === 'completed') return { status: 'ready', percent, details: 'The video is ready.' }
  return percent === 0
    ? { status: 'queued', percent, details: 'The video is queued.' }
    : { status: 'generating', percent, details: null }
}

/** A video, alike in the list and alone; `verbose` adds the thumbnail links. */
export const videoRow = (video: StoredVideo, isVerbose: boolean, context: RowContext): Row => {
  const { status, percent, details } = videoStanding(video, context)
  const isReady = status === 'ready'
  return {
    video_id: video.id,
    video_name: video.name,
    replica_id: video.replicaId,
    status,
    generation_progress: `${percent}/100`,
    status_details: details,
    error_details: status === 'error' ? details : null,
    data: video.script === null ? { audio_url: video.audioUrl } : { script: video.script },
    download_url: isReady ? mediaUrl(context, video, 'download', 'mp4') : null,
    stream_url: isReady ? mediaUrl(context, video, 'stream', 'mp4') : null,
    hosted_url: `${context.origin}/watch/${video.id}`,
    background_url: null,
    background_source_url: null,
    created_at: videoDate(video.createdAtMs, context.options.videoDates),
    updated_at: videoDate(video.updatedAtMs, context.options.videoDates),
    ...(isVerbose
      ? {
          still_image_thumbnail_url: isReady ? mediaUrl(context, video, 'thumbnail', 'png') : null,
          gif_thumbnail_url: null
        }
      : {})
  }
}

/** A persona, with other providers' keys in it as in real answers. */
export const personaRow = (persona: StoredPersona, context: RowContext): Row => ({
  persona_id: persona.id,
  persona_name: persona.name,
  ...(context.state.isDeleted(persona) ? { status: 'deleted' } : {}),
  persona_type: persona.type === 'none' ? null : persona.type,
  default_replica_id: persona.defaultReplicaId,
  system_prompt: 'Be brief and kind.',
  context: '',
  layers: {
    llm: {
      model: 'own-model',
      base_url: 'https://llm.example/v1',
      api_key: LAYER_KEY_CANARIES.llm
    },
    tts: {
      tts_engine: 'example',
      api_key: LAYER_KEY_CANARIES.tts,
      ...(persona.voiceId === null ? {} : { voice_id: persona.voiceId })
    }
  },
  created_at: iso(persona.createdAtMs),
  updated_at: iso(persona.createdAtMs)
})

/** A voice, alike in the list and alone, but that only alone it says why it failed. */
export const voiceRow = (voice: StoredVoice, isAlone: boolean, context: RowContext): Row => ({
  voice_id: voice.id,
  voice_name: voice.name,
  voice_type: voice.type,
  status: context.state.isDeleted(voice) ? 'deleted' : voice.status,
  description: voice.description,
  tags: voice.tags,
  ...(voice.sample === null || context.options.voiceSamples === 'none'
    ? {}
    : { audio_url: `${context.origin}/media/${voice.sample}.wav` }),
  ...(isAlone && voice.status === 'error' ? { error_message: voice.error } : {}),
  created_at: iso(voice.createdAtMs).replace('Z', '000')
})

/**
 * A conversation. Asked for verbosely, alone, it has what was said and an analysis of the participant. Where in the answer
 * the transcript stands is not documented, so an option says it.
 */
export const conversationRow = (
  conversation: StoredConversation,
  context: RowContext,
  isVerbose = false
): Row => {
  const { transcript, recordingBucket } = conversation
  const said = context.options.transcripts === 'none' ? [] : transcript
  return {
    conversation_id: conversation.id,
    conversation_name: conversation.name,
    status: context.state.isDeleted(conversation) ? 'deleted' : conversation.status,
    conversation_url: `https://tavus.example/${conversation.id}`,
    callback_url: conversation.callbackUrl,
    replica_id: conversation.replicaId,
    persona_id: conversation.personaId,
    ...(recordingBucket === null
      ? {}
      : {
          properties: {
            enable_recording: true,
            ...(context.options.recordingFields === 'storage'
              ? { recording_storage: { provider: 's3', bucket_name: recordingBucket } }
              : { recording_s3_bucket_name: recordingBucket })
          }
        }),
    ...(isVerbose
      ? {
          shutdown_reason: 'participant_left',
          perception_analysis: PERCEPTION_CANARY,
          ...(context.options.transcripts === 'in-events'
            ? {
                events: [
                  { event_type: 'system.shutdown', properties: {} },
                  {
                    event_type: 'application.transcription_ready',
                    properties: { transcript: said }
                  }
                ]
              }
            : { transcript: said })
        }
      : {}),
    created_at: iso(conversation.createdAtMs),
    updated_at: iso(conversation.createdAtMs)
  }
}
