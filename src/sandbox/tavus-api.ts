import type { DeletionRules } from './account-state.ts'
import type { ApiAnswer, ApiRequest } from './api-exchange.ts'
import { toNewBody, toOldBody, toOldPath, toOldQuery } from './face-vocabulary.ts'
import { replicaIdFrom, videoIdFrom } from './ids.ts'
import { DOWNLOAD_LINK_ERROR } from './sample-people.ts'
import type { SandboxOptions } from './sandbox-options.ts'
import type { StoredReplica, StoredVideo } from './snapshot.ts'
import {
  type ApiContext,
  answerChange,
  answerList,
  fieldsOf,
  type Handler,
  isTrue,
  type Route,
  refuse
} from './tavus-asked.ts'
import { pageRoutes } from './tavus-pages.ts'
import { referenceRoutes } from './tavus-references.ts'
import { replicaDetail, replicaRow, videoRow } from './tavus-rows.ts'
import { newJob } from './training.ts'
import { fetchTrainingVideo } from './training-fetch.ts'
import { isFetchableUrl, isLinkExpired } from './training-link.ts'

const HOUR_MS = 3_600_000
const knownModels = ['phoenix-3', 'phoenix-4', 'phoenix-4.5']
const pool = ['adaeze', 'aoi', 'camila', 'ananya', 'piotr', 'leila', 'matteo', 'joao', 'aroha']

/** A body of Create Replica before anything in it was checked. */
interface ReplicaBody {
  readonly train_video_url?: unknown
  readonly train_image_url?: unknown
  readonly consent_video_url?: unknown
  readonly callback_url?: unknown
  readonly voice_name?: unknown
  readonly default_voice_id?: unknown
  readonly auto_fix_training_image?: unknown
  readonly replica_name?: unknown
  readonly model_name?: unknown
  readonly properties?: unknown
}

/** A body of Create Video before anything in it was checked. */
interface VideoBody {
  readonly replica_id?: unknown
  readonly script?: unknown
  readonly audio_url?: unknown
  readonly callback_url?: unknown
  readonly video_name?: unknown
}

const isMissing = (value: unknown): boolean => value === undefined || value === null

const listReplicas: Handler = (asked) => {
  const { context } = asked
  const type = asked.query.get('replica_type')
  if (type !== null && type !== 'user' && type !== 'system') return refuse('Invalid replica_type')
  const wanted = type ?? (context.options.unfilteredList === 'own' ? 'user' : null)
  const ids = asked.query.get('replica_ids')?.split(',')
  const model = asked.query.get('model_name')
  const { totalCountOffset: offset = 0 } = context.options
  return answerList(asked, {
    list: 'replicas',
    rows: context.state.replicas.filter(
      (replica) =>
        (wanted === null || replica.type === wanted) &&
        (ids === undefined || ids.includes(replica.id)) &&
        (model === null || replica.model === model)
    ),
    firstPage: context.options.firstPage ?? 1,
    toRow: (replica) => replicaRow(replica, isTrue(asked, 'verbose'), context),
    countOffset: typeof offset === 'function' ? offset() : offset
  })
}

const getReplica: Handler = (asked) => {
  const replica = asked.context.state.replicas.find((row) => row.id === asked.id)
  if (replica === undefined) return refuse('Invalid replica_id')
  return { status: 200, body: replicaDetail(replica, isTrue(asked, 'verbose'), asked.context) }
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== ''

/** An image has one voice, by its name or by its ID. */
const replicaVoiceProblem = (body: ReplicaBody, hasImage: boolean): string | null => {
  const { voice_name: name, default_voice_id: id, auto_fix_training_image: fix } = body
  if (!isMissing(name) && !isText(name)) return 'Invalid voice_name'
  if (!isMissing(id) && !isText(id)) return 'Invalid default_voice_id'
  if (!isMissing(name) && !isMissing(id)) return 'Send either voice_name or default_voice_id.'
  if (hasImage && isMissing(name) && isMissing(id)) return 'voice_name is required with an image.'
  const isFixKnown = isMissing(fix) || (hasImage && typeof fix === 'boolean')
  return isFixKnown ? null : 'Invalid auto_fix_training_image'
}

/** What is wrong with a body of Create Replica, or null. */
const replicaProblem = (body: ReplicaBody): string | null => {
  const hasVideo = !isMissing(body.train_video_url)
  const hasImage = !isMissing(body.train_image_url)
  if (!hasVideo && !hasImage) return 'Either train_video_url or train_image_url must be provided.'
  if (hasVideo && hasImage) return 'Send either train_video_url or train_image_url, not both.'
  const voiceProblem = replicaVoiceProblem(body, hasImage)
  if (voiceProblem !== null) return voiceProblem
  const urls = ['train_video_url', 'train_image_url', 'consent_video_url', 'callback_url'] as const
  const badUrl = urls.find((name) => !isMissing(body[name]) && !isFetchableUrl(body[name]))
  if (badUrl !== undefined) return `Invalid ${badUrl}`
  const name = body.replica_name
  if (!isMissing(name) && typeof name !== 'string') return 'Invalid replica_name'
  const model = body.model_name
  if (!isMissing(model) && !knownModels.some((known) => known === model)) {
    return 'Invalid model_name'
  }
  if (hasImage && model === 'phoenix-3') return 'Invalid model_name: phoenix-3 takes no image.'
  return hasValidProperties(body.properties) ? null : 'Invalid properties'
}

const hasValidProperties = (properties: unknown): boolean => {
  if (isMissing(properties)) return true
  const fields: { readonly background_green_screen?: unknown } | null = fieldsOf(properties)
  if (fields === null) return false
  const { background_green_screen: greenScreen } = fields
  return isMissing(greenScreen) || typeof greenScreen === 'boolean'
}

const trainingError = (body: ReplicaBody, context: ApiContext): string | null => {
  const link = body.train_video_url ?? body.train_image_url
  if (typeof link === 'string' && isLinkExpired(link, context.nowMs)) return DOWNLOAD_LINK_ERROR
  return context.options.trainingError ?? null
}

const createReplica: Handler = ({ body, context }) => {
  const fields = fieldsOf(body)
  if (fields === null) return refuse('Invalid body')
  const problem = replicaProblem(fields)
  if (problem !== null) return refuse(problem)
  const replica = newReplica(fields, context)
  context.state.addReplica(replica)
  if (context.options.fetchesLinks === true) fetchAndTrain(replica, fields, context)
  return { status: 200, body: { replica_id: replica.id, status: 'started' } }
}

/** The link is downloaded while the training goes on; what is wrong with it ends the training. */
const fetchAndTrain = (replica: StoredReplica, body: ReplicaBody, context: ApiContext): void => {
  if (typeof body.train_video_url !== 'string' || replica.training.error !== null) return
  void fetchTrainingVideo(body.train_video_url).then((error) => {
    if (error === null) return
    const { startedAtMs, durationMs } = replica.training
    context.state.changeReplica(replica.id, { training: newJob(startedAtMs, durationMs, error) })
  })
}

const newReplica = (fields: ReplicaBody, context: ApiContext): StoredReplica => {
  const { nowMs, options } = context
  const id = context.state.nextId(replicaIdFrom)
  const durationMs = options.timeLapseMs ?? 4 * HOUR_MS
  const model = typeof fields.model_name === 'string' ? fields.model_name : 'phoenix-4'
  return {
    id,
    name: typeof fields.replica_name === 'string' ? fields.replica_name : id,
    type: 'user',
    model,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    face: pool[Number.parseInt(id.slice(1, 5), 16) % pool.length] ?? null,
    training: newJob(nowMs, durationMs, trainingError(fields, context)),
    tuning: model === 'phoenix-4.5' ? newJob(nowMs + durationMs, durationMs, null) : null,
    originalVoiceId: null,
    defaultVoiceId: typeof fields.default_voice_id === 'string' ? fields.default_voice_id : null,
    deletedAtMs: null,
    isHardDeleted: false,
    vanishesAtMs: null
  }
}

/** Reads the new name out of a rename's body; null if there is none to use. */
const newName = (body: unknown, field: string): string | null => {
  const name = fieldsOf(body)?.[field]
  return typeof name === 'string' && name.trim() !== '' ? name : null
}

const renameReplica: Handler = (asked) => {
  const name = newName(asked.body, 'replica_name')
  if (name === null) return refuse('Invalid replica_name')
  return answerChange(asked.context.state.renameReplica(asked.id, name), 'replica_id', asked)
}

/** Update Face, which answers with what it set. */
const updateReplica: Handler = (asked) => {
  const answer = renameReplica(asked)
  if (answer.status >= 400) return answer
  const body = { replica_id: asked.id, replica_name: newName(asked.body, 'replica_name') }
  return { status: 200, body: { ...body, default_voice_id: null, original_voice_id: null } }
}

const deleteReplica: Handler = (asked) => {
  const outcome = asked.context.state.deleteReplica(asked.id, isTrue(asked, 'hard'))
  return answerChange(outcome, 'replica_id', asked)
}

const listVideos: Handler = (asked) =>
  answerList(asked, {
    list: 'videos',
    rows: asked.context.state.videos,
    firstPage: asked.context.options.firstVideoPage ?? 0,
    toRow: (video) => videoRow(video, isTrue(asked, 'verbose'), asked.context)
  })

const getVideo: Handler = (asked) => {
  const video = asked.context.state.videos.find((row) => row.id === asked.id)
  if (video === undefined) return refuse('Invalid video_id')
  return { status: 200, body: videoRow(video, isTrue(asked, 'verbose'), asked.context) }
}

/** What is wrong with a body of Create Video, or null. */
const videoProblem = (body: VideoBody, context: ApiContext): string | null => {
  const replica = context.state.replicas.find((row) => row.id === body.replica_id)
  if (replica === undefined) return 'Invalid replica_id'
  const hasScript = typeof body.script === 'string' && body.script.trim() !== ''
  const hasAudio = !isMissing(body.audio_url)
  if (hasScript === hasAudio) return 'Either script or audio_url must be provided.'
  if (hasAudio && !isFetchableUrl(body.audio_url)) return 'Invalid audio_url'
  const { callback_url: callback } = body
  return isMissing(callback) || isFetchableUrl(callback) ? null : 'Invalid callback_url'
}

const textOr = <T>(value: unknown, otherwise: T): string | T =>
  typeof value === 'string' ? value : otherwise

const createVideo: Handler = ({ body, context }) => {
  const fields = fieldsOf(body)
  if (fields === null) return refuse('Invalid body')
  const problem = videoProblem(fields, context)
  if (problem !== null) return refuse(problem)
  const video = newVideo(fields, context)
  context.state.addVideo(video)
  const { video_id, video_name, hosted_url, created_at } = videoRow(video, false, context)
  return { status: 200, body: { video_id, video_name, status: 'queued', hosted_url, created_at } }
}

const newVideo = (fields: VideoBody, context: ApiContext): StoredVideo => {
  const { nowMs, options, state } = context
  const id = state.nextId(videoIdFrom)
  const replicaId = textOr(fields.replica_id, '')
  return {
    id,
    name: textOr(fields.video_name, id),
    replicaId,
    script: textOr(fields.script, null),
    audioUrl: textOr(fields.audio_url, null),
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    face: state.replicas.find((row) => row.id === replicaId)?.face ?? null,
    rendering: newJob(nowMs, (options.timeLapseMs ?? 4 * HOUR_MS) / 4, null),
    deletedAtMs: null,
    isHardDeleted: false
  }
}

const renameVideo: Handler = (asked) => {
  const name = newName(asked.body, 'video_name')
  if (name === null) return refuse('Invalid video_name')
  return answerChange(asked.context.state.renameVideo(asked.id, name), 'video_id', asked)
}

const deleteVideo: Handler = (asked) => {
  const outcome = asked.context.state.deleteVideo(asked.id, isTrue(asked, 'hard'))
  return answerChange(outcome, 'video_id', asked)
}

const routes: readonly Route[] = [
  { method: 'GET', path: /^\/v2\/replicas$/, handle: listReplicas },
  { method: 'POST', path: /^\/v2\/replicas$/, handle: createReplica },
  { method: 'GET', path: /^\/v2\/replicas\/([^/]+)$/, handle: getReplica },
  { method: 'PATCH', path: /^\/v2\/replicas\/([^/]+)$/, handle: updateReplica },
  { method: 'DELETE', path: /^\/v2\/replicas\/([^/]+)$/, handle: deleteReplica },
  { method: 'PATCH', path: /^\/v2\/replicas\/([^/]+)\/name$/, handle: renameReplica },
  { method: 'GET', path: /^\/v2\/videos$/, handle: listVideos },
  { method: 'POST', path: /^\/v2\/videos$/, handle: createVideo },
  { method: 'GET', path: /^\/v2\/videos\/([^/]+)$/, handle: getVideo },
  { method: 'DELETE', path: /^\/v2\/videos\/([^/]+)$/, handle: deleteVideo },
  { method: 'PATCH', path: /^\/v2\/videos\/([^/]+)\/name$/, handle: renameVideo },
  ...referenceRoutes,
  ...pageRoutes
]

const answerInOldWords = (request: ApiRequest, context: ApiContext): ApiAnswer => {
  const onPath = routes.filter((route) => route.path.test(request.path))
  const route = onPath.find((candidate) => candidate.method === request.method)
  if (route === undefined) {
    return onPath.length === 0
      ? { status: 404, body: { message: 'Not Found' } }
      : { status: 405, body: { message: 'Method Not Allowed' } }
  }
  return route.handle({ ...request, context, id: route.path.exec(request.path)?.[1] ?? '' })
}

/** Answers one request of an account whose key was accepted. */
export const answerApi = (request: ApiRequest, context: ApiContext): ApiAnswer => {
  const { path, isNew } = toOldPath(request.path)
  if (!isNew) return answerInOldWords(request, context)
  const query = toOldQuery(request.query)
  const answer = answerInOldWords(
    { ...request, path, query, body: toOldBody(request.body) },
    context
  )
  return answer.body === undefined ? answer : { ...answer, body: toNewBody(answer.body) }
}

/** The options that decide what can be deleted and what that leaves behind. */
export const deletionRules = (options: SandboxOptions): DeletionRules => ({
  rowsStay: {
    replica: options.deletedReplicas === 'stay',
    video: options.deletedVideos === 'stay',
    voice: false,
    conversation: options.deletedConversations === 'stay',
    persona: options.deletedPersonas === 'stay',
    page: false
  },
  voiceAfterReplica: options.voiceAfterReplica ?? (() => 'freed'),
  canDeleteActive: options.activeConversations !== 'refuse',
  hardStayMs: options.hardDeletedStayMs ?? 0,
  lagMs: options.deletionLagMs ?? 0
})
