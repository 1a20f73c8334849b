import type * as z from 'zod'
import type { AssetStatus } from '../../../shared/catalogue/asset-statuses.ts'
import type { AssetDetail, AssetId } from '../../../shared/domain/asset.ts'
import { assertNever } from '../../../shared/result.ts'
import type { ObservedAsset, TrainingRequest } from '../../ports/provider.ts'
import { cleanText } from '../../rules/clean-text.ts'
import type { CreateReplicaRequest } from './generated/types.gen.ts'
import { readTavusId, type TavusAssetKind } from './tavus-address.ts'
import { readTavusDate } from './tavus-date.ts'
import {
  conversationWireSchema,
  pageWireSchema,
  personaWireSchema,
  type ReplicaWire,
  replicaWireSchema,
  type VideoWire,
  videoWireSchema,
  voiceWireSchema
} from './tavus-wire.ts'

export interface RowContext {
  /** What was asked for, for rows that do not say it themselves. */
  readonly origin: ObservedAsset['origin']
  /** Takes secrets out of the provider's sentences. */
  readonly redactText: (text: string) => string
}

/** "37/100" becomes 37, "1/4" becomes 25. */
export const readProgress = (value: string | number | null | undefined): number | null => {
  const parts = /^\s*(\d{1,9})\s*(?:\/\s*(\d{1,9}))?\s*%?\s*$/.exec(String(value ?? ''))
  if (parts === null) return null
  const percent = (Number(parts[1]) / Number(parts[2] ?? 100)) * 100
  return Number.isFinite(percent) ? Math.min(100, Math.round(percent)) : null
}

const readUrl = (text: string | null | undefined): string | null => {
  if (text === null || text === undefined || text.length > 8192 || !URL.canParse(text)) return null
  const url = new URL(text)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null
}

const word = (status: string | null | undefined): string => (status ?? '').trim().toLowerCase()

const TUNED_IN_A_SECOND_STAGE = /^phoenix-4\.5/i
const TUNING_FAILED =
  'Tuning failed. The watermarked preview stays usable; a new try needs a new replica.'

const completedStatus = (wire: ReplicaWire): AssetStatus => {
  const tuning = word(wire.finetune_status)
  const hasSecondStage = TUNED_IN_A_SECOND_STAGE.test(wire.model_name ?? '') || tuning !== ''
  if (!hasSecondStage || tuning === 'completed') return 'ready'
  // Nothing more will come of it, so it is not watched any longer; the error message tells the rest.
  return tuning === 'errored' ? 'ready' : 'preview'
}

/** The states that faces and voices share, as both come of a training. */
const trainedStatus = (
  status: string | null | undefined,
  completed: () => AssetStatus
): AssetStatus => {
  switch (word(status)) {
    case 'started':
      return 'training'
    case 'completed':
      return completed()
    case 'error':
      return 'failed'
    case 'deleted':
      return 'deleted'
    default:
      return 'other'
  }
}

const videoStatus = (wire: VideoWire): AssetStatus => {
  switch (word(wire.status)) {
    case 'queued':
    case 'generating':
      return 'training'
    case 'ready':
      return 'ready'
    case 'error':
      return 'failed'
    case 'deleted':
      return 'deleted'
    default:
      return 'other'
  }
}

const readOrigin = (
  type: string | null | undefined,
  asked: ObservedAsset['origin']
): ObservedAsset['origin'] => {
  switch (word(type)) {
    case 'user':
      return 'own'
    case 'system':
      return 'stock'
    default:
      return asked
  }
}

const optional = (text: string | null | undefined, maxLength: number): string | null =>
  text === null || text === undefined || text === '' ? null : cleanText(text, maxLength)

const replicaError = (wire: ReplicaWire, context: RowContext): string | null => {
  if (wire.error_message) return cleanText(context.redactText(wire.error_message), 1000)
  const isLost = word(wire.status) === 'completed' && word(wire.finetune_status) === 'errored'
  return isLost ? TUNING_FAILED : null
}

const LONGEST_DETAIL = 5000

/** Lines stay lines, for a script is read by people. */
const cleanLines = (text: string): string =>
  text
    .slice(0, LONGEST_DETAIL)
    .split(/\r\n|\r|\n/)
    .map((line) => cleanText(line, LONGEST_DETAIL))
    .join('\n')

/** Facts under the provider's own names, without those it did not tell. */
const readDetails = (
  facts: Readonly<Record<string, string | boolean | null | undefined>>,
  context: RowContext
): AssetDetail[] =>
  Object.entries(facts).flatMap(([name, value]) =>
    value === null || value === undefined || value === ''
      ? []
      : [{ name, value: cleanLines(context.redactText(String(value))) }]
  )

const readReplica = (value: unknown, context: RowContext): ObservedAsset | null => {
  const row = replicaWireSchema.safeParse(value)
  if (!row.success) return null
  const wire = row.data
  const id = readTavusId(wire.replica_id ?? wire.face_id)
  if (id === null) return null
  return {
    kind: 'replica',
    id,
    name: cleanText(wire.replica_name ?? wire.face_name ?? '', 500),
    status: trainedStatus(wire.status, () => completedStatus(wire)),
    statusRaw: cleanText(wire.status ?? '', 100),
    progress: readProgress(wire.training_progress),
    model: optional(wire.model_name, 100),
    origin: readOrigin(wire.replica_type ?? wire.face_type, context.origin),
    createdAt: readTavusDate(wire.created_at),
    updatedAt: readTavusDate(wire.updated_at),
    errorMessage: replicaError(wire, context),
    posterUrl: readUrl(wire.thumbnail_image_url) ?? readUrl(wire.thumbnail_video_url),
    clipUrl: readUrl(wire.thumbnail_video_url),
    links: {},
    parentId: null,
    details: readDetails(
      {
        default_voice_id: wire.default_voice_id,
        original_voice_id: wire.original_voice_id,
        finetune_status: wire.finetune_status
      },
      context
    )
  }
}

const videoError = (wire: VideoWire, context: RowContext): string | null => {
  const said = word(wire.status) === 'error' ? wire.error_details || wire.status_details : null
  return said ? cleanText(context.redactText(said), 1000) : null
}

const videoLinks = (wire: VideoWire): ObservedAsset['links'] => {
  const hosted = readUrl(wire.hosted_url)
  const download = readUrl(wire.download_url)
  const stream = readUrl(wire.stream_url)
  return {
    ...(hosted === null ? {} : { hosted }),
    ...(download === null ? {} : { download }),
    ...(stream === null ? {} : { stream })
  }
}

const videoDetails = (wire: VideoWire, context: RowContext): ObservedAsset['details'] =>
  readDetails(
    {
      script: wire.data?.script,
      audio_url: wire.data?.audio_url,
      start_with_wave: wire.data?.start_with_wave,
      background_url: wire.background_url,
      background_source_url: wire.background_source_url,
      status_details: wire.status_details
    },
    context
  )

const readVideo = (value: unknown, context: RowContext): ObservedAsset | null => {
  const row = videoWireSchema.safeParse(value)
  if (!row.success) return null
  const wire = row.data
  const id = readTavusId(wire.video_id)
  if (id === null) return null
  return {
    kind: 'video',
    id,
    name: cleanText(wire.video_name ?? '', 500),
    status: videoStatus(wire),
    statusRaw: cleanText(wire.status ?? '', 100),
    progress: readProgress(wire.generation_progress),
    model: null,
    // Nobody but the account can have made it: the list knows no stock videos.
    origin: 'own',
    createdAt: readTavusDate(wire.created_at),
    updatedAt: readTavusDate(wire.updated_at),
    errorMessage: videoError(wire, context),
    posterUrl: readUrl(wire.still_image_thumbnail_url) ?? readUrl(wire.gif_thumbnail_url),
    // The stream is a playlist, which the window's player cannot read.
    clipUrl: videoStatus(wire) === 'ready' ? readUrl(wire.download_url) : null,
    links: videoLinks(wire),
    parentId: readTavusId(wire.replica_id ?? wire.face_id),
    details: videoDetails(wire, context)
  }
}

/** Words of its own, or such as older answers have: objects with a `tag_name`. */
const readTags = (tags: readonly unknown[] | null | undefined): string =>
  (tags ?? [])
    .map((tag) =>
      typeof tag === 'object' && tag !== null && 'tag_name' in tag ? tag.tag_name : tag
    )
    .filter((tag) => typeof tag === 'string' && tag !== '')
    .slice(0, 50)
    .join(', ')

const readVoice = (value: unknown, context: RowContext): ObservedAsset | null => {
  const row = voiceWireSchema.safeParse(value)
  if (!row.success) return null
  const wire = row.data
  const id = readTavusId(wire.voice_id)
  if (id === null) return null
  const said = wire.error_message
  return {
    kind: 'voice',
    id,
    name: cleanText(wire.voice_name ?? '', 500),
    status: trainedStatus(wire.status, () => 'ready'),
    statusRaw: cleanText(wire.status ?? '', 100),
    progress: null,
    model: null,
    origin: readOrigin(wire.voice_type, context.origin),
    createdAt: readTavusDate(wire.created_at),
    updatedAt: null,
    errorMessage: said ? cleanText(context.redactText(said), 1000) : null,
    posterUrl: null,
    clipUrl: readUrl(wire.audio_url),
    links: {},
    parentId: null,
    details: readDetails({ description: wire.description, tags: readTags(wire.tags) }, context)
  }
}

/** One PAL may come as a list of one. Source: tavus.md 3.4. */
export const unwrapped = (value: unknown): unknown => {
  const wrapped = pageWireSchema.safeParse(value)
  return wrapped.success && wrapped.data.data.length === 1 ? wrapped.data.data[0] : value
}

/** A PAL's voice of its own, which it speaks with whatever its replica has. */
export const voiceOfPal = ({ details }: Pick<ObservedAsset, 'details'>): AssetId | null =>
  readTavusId(details.find(({ name }) => name === 'voice_id')?.value)

/** A PAL. The face that it shows is what it hangs on; nothing but these fields is taken out of its row. */
export const readPersona = (value: unknown, context: RowContext): ObservedAsset | null => {
  const row = personaWireSchema.safeParse(value)
  const id = readTavusId(row.data?.persona_id ?? row.data?.pal_id)
  if (!row.success || id === null) return null
  const wire = row.data
  const tts = wire.layers?.tts
  return {
    kind: 'persona',
    id,
    name: cleanText(wire.persona_name ?? wire.pal_name ?? '', 500),
    status: word(wire.status) === 'deleted' ? 'deleted' : 'ready',
    statusRaw: cleanText(wire.status ?? '', 100),
    progress: null,
    model: null,
    origin: readOrigin(wire.persona_type ?? wire.pal_type, context.origin ?? 'own'),
    createdAt: readTavusDate(wire.created_at),
    updatedAt: readTavusDate(wire.updated_at),
    errorMessage: null,
    posterUrl: null,
    clipUrl: null,
    links: {},
    parentId: readTavusId(wire.default_replica_id ?? wire.default_face_id),
    details: readDetails(
      { voice_id: tts?.voice_id, external_voice_id: tts?.external_voice_id },
      context
    )
  }
}

/**
 * Where recordings lie: in a bucket of the customer's own, which Tavus may write into and never deletes from. Null: not
 * told. Source: tavus.md 3.8.
 */
const bucketOf = ({ properties }: z.infer<typeof conversationWireSchema>): string | null => {
  const storage = properties?.recording_storage
  const names = [
    storage?.bucket_name,
    storage?.bucket,
    storage?.container_name,
    storage?.container,
    properties?.recording_s3_bucket_name
  ]
  return names.find((name) => typeof name === 'string' && name !== '') ?? null
}

/** Only whose it is: its path and query may be a secret. */
const hostOf = (url: string | null | undefined): string | null =>
  url && URL.canParse(url) ? new URL(url).host : null

/**
 * A conversation, without what was said in it: that is asked for only when the person asks for it. Its own address lets
 * anybody join, so it is left out. An active one is nothing to be watched, so it counts as ready as well.
 */
const readConversation = (value: unknown, context: RowContext): ObservedAsset | null => {
  const row = conversationWireSchema.safeParse(value)
  if (!row.success) return null
  const wire = row.data
  const id = readTavusId(wire.conversation_id)
  if (id === null) return null
  return {
    kind: 'conversation',
    id,
    name: cleanText(wire.conversation_name ?? '', 500),
    status: word(wire.status) === 'deleted' ? 'deleted' : 'ready',
    statusRaw: cleanText(wire.status ?? '', 100),
    progress: null,
    model: null,
    origin: 'own',
    createdAt: readTavusDate(wire.created_at),
    updatedAt: readTavusDate(wire.updated_at),
    errorMessage: null,
    posterUrl: null,
    clipUrl: null,
    links: {},
    parentId: readTavusId(wire.replica_id ?? wire.face_id),
    details: readDetails(
      {
        persona_id: readTavusId(wire.persona_id ?? wire.pal_id),
        recording_bucket: bucketOf(wire),
        callback_host: hostOf(wire.callback_url)
      },
      context
    )
  }
}

/** Reads one row of a list, or the answer about one asset. Null if it has no usable id. */
export const readRow = (
  kind: TavusAssetKind,
  value: unknown,
  context: RowContext
): ObservedAsset | null => {
  switch (kind) {
    case 'replica':
      return readReplica(value, context)
    case 'video':
      return readVideo(value, context)
    case 'voice':
      return readVoice(value, context)
    case 'conversation':
      return readConversation(value, context)
    case 'persona':
      return readPersona(value, context)
    default:
      return assertNever(kind)
  }
}

/**
 * The body of Create Replica. Training from an image came in May 2026, after the generated types. Source: tavus.md 3.2.
 */
type CreateReplicaBody = Partial<CreateReplicaRequest> & {
  readonly train_image_url?: string
  readonly voice_name?: string
  readonly default_voice_id?: string
  readonly auto_fix_training_image?: boolean
}

/** The body of Create Replica: what is not chosen is not sent, as in the examples of seeds/003. */
export const toCreateRequest = (request: TrainingRequest): CreateReplicaBody => ({
  ...(request.trainVideoUrl === null ? {} : { train_video_url: request.trainVideoUrl }),
  ...(request.trainImageUrl === null ? {} : { train_image_url: request.trainImageUrl }),
  ...(request.voiceName === null ? {} : { voice_name: request.voiceName }),
  ...(request.voiceId === null ? {} : { default_voice_id: request.voiceId }),
  ...(request.hasImageFix ? { auto_fix_training_image: true } : {}),
  ...(request.consentVideoUrl === null ? {} : { consent_video_url: request.consentVideoUrl }),
  ...(request.callbackUrl === null ? {} : { callback_url: request.callbackUrl }),
  ...(request.replicaName === null ? {} : { replica_name: request.replicaName }),
  ...(request.model === null ? {} : { model_name: request.model }),
  ...(request.hasGreenScreen ? { properties: { background_green_screen: true } } : {})
})
