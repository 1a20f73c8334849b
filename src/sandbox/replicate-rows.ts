import { REPLICATE_CANARIES } from './canaries.ts'
import { modelId } from './replicate-rules.ts'
import type {
  StoredDeployment,
  StoredFile,
  StoredModel,
  StoredPrediction,
  StoredTraining,
  StoredVersion
} from './replicate-snapshot.ts'
import type { ReplicateState } from './replicate-state.ts'

const HOUR_MS = 3_600_000
const RUN_MS = 8_000
const LOGS = `Using token ${REPLICATE_CANARIES.logs}\n`
const SITE = 'https://replicate.example'

/** What rows are made from besides the thing itself. */
export interface ReplicateRowContext {
  readonly state: ReplicateState
  readonly nowMs: number
  readonly origin: string
  /** Where this account's files lie, without a slash at the end; null if there are none. */
  readonly mediaBase: string | null
  readonly apiRetentionMs: number | undefined
  /** Whether Replicate calls a model official. */
  readonly isOfficial: (modelId: string) => boolean
}

const iso = (atMs: number): string => new Date(atMs).toISOString()

export const accountRow = ({ state }: ReplicateRowContext) => ({
  type: state.data.type,
  username: state.username,
  name: state.data.name,
  github_url: `https://github.example/${state.username}`
})

export const versionRow = (version: StoredVersion) => ({
  id: version.id,
  created_at: iso(version.createdAtMs),
  cog_version: version.cogVersion,
  openapi_schema: {
    openapi: '3.0.2',
    info: { title: 'Cog', version: '0.1.0' },
    paths: {},
    components: {
      schemas: { Input: { type: 'object', properties: { prompt: { type: 'string' } } } }
    }
  }
})

export const modelRow = (model: StoredModel, context: ReplicateRowContext) => {
  const id = modelId(model)
  const [latest] = context.state.versionsOf(id)
  const example = context.state.predictions.find((row) => row.isExample && row.model === id)
  return {
    url: `${SITE}/${id}`,
    owner: model.owner,
    name: model.name,
    description: model.description,
    visibility: model.visibility,
    is_official: context.isOfficial(id),
    github_url: null,
    paper_url: null,
    license_url: null,
    run_count: model.runCount,
    cover_image_url:
      model.cover === null || context.mediaBase === null
        ? null
        : `${context.mediaBase}/cover/${id}/${model.cover}.png`,
    default_example: example === undefined ? null : predictionRow(example, context),
    latest_version: latest === undefined ? null : versionRow(latest)
  }
}

export const deploymentRow = (deployment: StoredDeployment, { state }: ReplicateRowContext) => ({
  owner: deployment.owner,
  name: deployment.name,
  current_release: {
    number: deployment.number,
    model: deployment.model,
    version: deployment.version,
    created_at: iso(deployment.createdAtMs),
    created_by: {
      type: state.data.type,
      username: state.username,
      name: state.data.name
    },
    configuration: { hardware: deployment.hardware, min_instances: 0, max_instances: 1 }
  }
})

const jobUrls = (origin: string, kind: 'trainings' | 'predictions', id: string) => ({
  web: `${SITE}/p/${id}`,
  get: `${origin}/v1/${kind}/${id}`,
  cancel: `${origin}/v1/${kind}/${id}/cancel`
})

const fileUrl = (origin: string, id: string): string => `${origin}/v1/files/${id}`

export const fileRow = (file: StoredFile, { origin, state }: ReplicateRowContext) => ({
  id: file.id,
  name: file.name,
  content_type: file.contentType,
  size: file.sizeBytes,
  etag: file.id,
  checksums: {},
  metadata: {},
  created_at: iso(file.createdAtMs),
  expires_at: iso(state.fileExpiresAtMs(file)),
  urls: { get: fileUrl(origin, file.id) }
})

/** The destination shows in no field but the output, and there only after success. */
export const trainingRow = (training: StoredTraining, { nowMs, origin }: ReplicateRowContext) => {
  const isOver = training.endsAtMs <= nowMs
  const isDone = isOver && training.endsAs === 'succeeded'
  return {
    id: training.id,
    model: training.model,
    version: training.version,
    source: training.source,
    status: isOver ? training.endsAs : 'processing',
    input: {
      input_images:
        training.files.length === 0
          ? 'https://pictures.example/likeness.zip'
          : training.files.map((id) => fileUrl(origin, id)),
      hf_token: REPLICATE_CANARIES.trainingInput
    },
    output: isDone
      ? {
          version: `${training.destination}:${training.outputVersion}`,
          weights: `https://weights.example/${training.id}.tar`
        }
      : null,
    error: isOver && training.endsAs === 'failed' ? 'The pictures could not be read.' : null,
    logs: LOGS,
    metrics: isDone ? { predict_time: (training.endsAtMs - training.createdAtMs) / 1_000 } : {},
    created_at: iso(training.createdAtMs),
    started_at: iso(training.createdAtMs),
    completed_at: isOver ? iso(training.endsAtMs) : null,
    urls: jobUrls(origin, 'trainings', training.id)
  }
}

/** Whether inputs, outputs and logs of a prediction are no longer kept: those made by API go after a while. */
export const isDataRemoved = (
  { source, createdAtMs }: StoredPrediction,
  nowMs: number,
  apiRetentionMs: number = HOUR_MS
): boolean => source === 'api' && createdAtMs + apiRetentionMs <= nowMs

export const predictionRow = (prediction: StoredPrediction, context: ReplicateRowContext) => {
  const isRemoved = isDataRemoved(prediction, context.nowMs, context.apiRetentionMs)
  const { picture, status } = prediction
  const hasOutput = !isRemoved && status === 'succeeded' && picture !== null
  return {
    id: prediction.id,
    model: prediction.model,
    version: prediction.version,
    ...(prediction.deployment === null ? {} : { deployment: prediction.deployment }),
    source: prediction.source,
    status,
    input: isRemoved
      ? {}
      : { prompt: 'a portrait in soft light', api_key: REPLICATE_CANARIES.predictionInput },
    output:
      hasOutput && context.mediaBase !== null
        ? [`${context.mediaBase}/output/${prediction.id}/${picture}.png`]
        : null,
    data_removed: isRemoved,
    error: status === 'failed' ? 'The model ran out of memory.' : null,
    logs: isRemoved ? null : LOGS,
    metrics: { predict_time: RUN_MS / 1_000 },
    created_at: iso(prediction.createdAtMs),
    started_at: iso(prediction.createdAtMs),
    completed_at: iso(prediction.createdAtMs + RUN_MS),
    urls: jobUrls(context.origin, 'predictions', prediction.id)
  }
}
