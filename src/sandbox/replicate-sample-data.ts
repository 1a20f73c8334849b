import { createHash } from 'node:crypto'
import type {
  ReplicateData,
  StoredDeployment,
  StoredModel,
  StoredPrediction,
  StoredTraining,
  StoredVersion
} from './replicate-snapshot.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Whom the sample token belongs to. */
export const SAMPLE_OWNER = 'studio-north'

const TRAINER = 'open-trainers/portrait-trainer'

const digest = (seed: string): string => createHash('sha256').update(seed).digest('hex')

/** An id of the shape of real ones, the same for the same seed. */
export const versionIdFrom = (seed: string): string => digest(`version ${seed}`)
export const trainingIdFrom = (seed: string): string =>
  `t${digest(`training ${seed}`).slice(0, 25)}`
export const predictionIdFrom = (seed: string): string =>
  `p${digest(`prediction ${seed}`).slice(0, 25)}`

interface ModelPlan {
  readonly owner?: string
  readonly name: string
  readonly description: string | null
  readonly visibility?: 'public' | 'private'
  readonly runCount: number
  readonly cover?: string
  readonly readme?: string
  /** Ages of its versions in days, newest first. */
  readonly versionAges: readonly number[]
}

const ages = (count: number, fromDays: number, stepDays: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => fromDays + index * stepDays)

/** Each of the own ones is found in another way: deployments, trainings, predictions, or by name alone. */
const modelPlans: readonly ModelPlan[] = [
  {
    name: 'portrait-lora',
    description: 'Studio portraits of the whole team, retrained every three weeks.',
    runCount: 1_284,
    cover: 'adaeze',
    readme: '# portrait-lora\n\nTrained on consented studio pictures. Trigger word: `NORTHTEAM`.\n',
    versionAges: ages(14, 6, 21)
  },
  {
    name: 'adaeze-headshots',
    description: 'Adaeze in the house style.',
    runCount: 212,
    cover: 'adaeze',
    readme: '# adaeze-headshots\n\nConsent until the end of next year.\n',
    versionAges: [3, 40, 95]
  },
  {
    name: 'matteo-safety-films',
    description: 'Stills of Matteo with a helmet.',
    runCount: 57,
    cover: 'matteo',
    versionAges: [11, 60]
  },
  {
    name: 'lobby-greeter',
    description: 'The face on the screen in the lobby.',
    runCount: 9_410,
    cover: 'joao',
    versionAges: [70]
  },
  { name: 'piotr-radio-portrait', description: null, runCount: 0, versionAges: [33] },
  {
    name: 'old-avatar-tests',
    description: 'Tries from the first week.',
    runCount: 75,
    versionAges: []
  },
  {
    name: 'te-reo-portraits',
    description: 'Portraits for the language course, free for all.',
    visibility: 'public',
    runCount: 3_902,
    cover: 'aroha',
    versionAges: [58, 61]
  },
  { name: 'aoi-expressions', description: 'In training.', runCount: 0, versionAges: [] },
  {
    owner: 'open-trainers',
    name: 'portrait-trainer',
    description: 'Trains portraits.',
    visibility: 'public',
    runCount: 880_123,
    versionAges: [200]
  },
  {
    owner: 'other-studio',
    name: 'casting-faces',
    description: null,
    runCount: 12,
    versionAges: [15]
  }
]

const idOf = ({ owner = SAMPLE_OWNER, name }: Pick<ModelPlan, 'owner' | 'name'>): string =>
  `${owner}/${name}`

/** The n-th version of a model, counted from 1 for the oldest. */
const versionOf = (name: string, number: number): string => versionIdFrom(`${name} ${number}`)

const toModel = (plan: ModelPlan, nowMs: number): StoredModel => ({
  owner: plan.owner ?? SAMPLE_OWNER,
  name: plan.name,
  description: plan.description,
  visibility: plan.visibility ?? 'private',
  runCount: plan.runCount,
  cover: plan.cover ?? null,
  readme: plan.readme ?? null,
  createdAtMs: Math.floor(nowMs - ((plan.versionAges.at(-1) ?? 7) + 1) * DAY_MS)
})

const toVersions = (plan: ModelPlan, nowMs: number): StoredVersion[] =>
  plan.versionAges.map((ageDays, index) => ({
    id: versionOf(plan.name, plan.versionAges.length - index),
    model: idOf(plan),
    createdAtMs: Math.floor(nowMs - ageDays * DAY_MS),
    cogVersion: '0.16.8',
    isOverrideTarget: false,
    removal: null
  }))

const toDeployment = (
  name: string,
  model: string,
  number: number,
  nowMs: number
): StoredDeployment => ({
  owner: SAMPLE_OWNER,
  name,
  number: 3,
  model: `${SAMPLE_OWNER}/${model}`,
  version: versionOf(model, number),
  formerVersions: [],
  hardware: 'gpu-t4',
  createdAtMs: nowMs - 30 * DAY_MS
})

interface TrainingPlan {
  readonly destination: string
  readonly number: number
  /** What it begins from; the public trainer by default. */
  readonly base?: readonly [model: string, version: string]
  readonly ageMs: number
  readonly durationMs: number
  readonly endsAs?: StoredTraining['endsAs']
}

const trainingPlans: readonly TrainingPlan[] = [
  { destination: 'aoi-expressions', number: 1, ageMs: 20 * MINUTE_MS, durationMs: 22 * MINUTE_MS },
  {
    destination: 'adaeze-headshots',
    number: 3,
    base: [`${SAMPLE_OWNER}/portrait-lora`, versionOf('portrait-lora', 12)],
    ageMs: 3 * DAY_MS + HOUR_MS,
    durationMs: HOUR_MS
  },
  {
    destination: 'piotr-radio-portrait',
    number: 1,
    ageMs: 33 * DAY_MS + HOUR_MS,
    durationMs: HOUR_MS
  },
  {
    destination: 'old-avatar-tests',
    number: 1,
    ageMs: 90 * DAY_MS,
    durationMs: MINUTE_MS,
    endsAs: 'failed'
  }
]

const toTraining = (plan: TrainingPlan, nowMs: number): StoredTraining => {
  const [model, version] = plan.base ?? [TRAINER, versionOf('portrait-trainer', 1)]
  const createdAtMs = nowMs - plan.ageMs
  return {
    id: trainingIdFrom(`${plan.destination} ${plan.number}`),
    model,
    version,
    destination: `${SAMPLE_OWNER}/${plan.destination}`,
    outputVersion: versionOf(plan.destination, plan.number),
    source: 'web',
    createdAtMs,
    endsAtMs: createdAtMs + plan.durationMs,
    endsAs: plan.endsAs ?? 'succeeded',
    files: []
  }
}

/** The version that a training still under way will bring. */
const comingVersions = (trainings: readonly StoredTraining[], nowMs: number): StoredVersion[] =>
  trainings
    .filter(({ endsAtMs, endsAs }) => endsAtMs > nowMs && endsAs === 'succeeded')
    .map((training) => ({
      id: training.outputVersion,
      model: training.destination,
      createdAtMs: training.endsAtMs,
      cogVersion: '0.16.8',
      isOverrideTarget: false,
      removal: null
    }))

interface PredictionPlan {
  readonly model: string
  readonly number: number
  readonly source: 'web' | 'api'
  readonly ageDays: number
  readonly picture?: string
  readonly by?: string
  readonly deployment?: string
  readonly isExample?: boolean
}

const predictionPlans: readonly PredictionPlan[] = [
  { model: 'portrait-lora', number: 14, source: 'web', ageDays: 0.2, picture: 'aoi' },
  {
    model: 'portrait-lora',
    number: 14,
    source: 'web',
    ageDays: 5,
    picture: 'camila',
    isExample: true
  },
  { model: 'portrait-lora', number: 13, source: 'web', ageDays: 25, picture: 'piotr' },
  {
    model: 'portrait-lora',
    number: 9,
    source: 'api',
    ageDays: 0.01,
    picture: 'tamar',
    deployment: 'team-portraits'
  },
  { model: 'portrait-lora', number: 4, source: 'web', ageDays: 210, picture: 'harjit' },
  { model: 'adaeze-headshots', number: 3, source: 'web', ageDays: 1, picture: 'adaeze' },
  { model: 'adaeze-headshots', number: 3, source: 'api', ageDays: 2, picture: 'adaeze' },
  { model: 'adaeze-headshots', number: 1, source: 'web', ageDays: 90, picture: 'adaeze' },
  { model: 'matteo-safety-films', number: 2, source: 'api', ageDays: 9, picture: 'matteo' },
  { model: 'matteo-safety-films', number: 1, source: 'web', ageDays: 59 },
  { model: 'te-reo-portraits', number: 2, source: 'web', ageDays: 50, picture: 'aroha' },
  {
    model: 'te-reo-portraits',
    number: 2,
    source: 'web',
    ageDays: 20,
    picture: 'aroha',
    by: 'kea-classroom'
  },
  { model: 'te-reo-portraits', number: 1, source: 'api', ageDays: 59, by: 'harakeke-lab' }
]

const toPrediction = (plan: PredictionPlan, nowMs: number, index: number): StoredPrediction => ({
  id: predictionIdFrom(`${plan.model} ${index}`),
  by: plan.by ?? SAMPLE_OWNER,
  model: `${SAMPLE_OWNER}/${plan.model}`,
  version: versionOf(plan.model, plan.number),
  deployment: plan.deployment ?? null,
  source: plan.source,
  status: plan.picture === undefined ? 'failed' : 'succeeded',
  createdAtMs: Math.floor(nowMs - plan.ageDays * DAY_MS),
  picture: plan.picture ?? null,
  isExample: plan.isExample ?? false
})

/** An account without anything. */
export const emptyReplicateData: ReplicateData = {
  type: 'organization',
  username: SAMPLE_OWNER,
  name: 'Studio North',
  models: [],
  versions: [],
  deployments: [],
  trainings: [],
  predictions: [],
  files: [],
  deletedModels: [],
  deletions: []
}

/** The models of "Explore with sample data", placed around `nowMs`. */
export const replicateSampleData = (nowMs: number): ReplicateData => {
  const trainings = trainingPlans.map((plan) => toTraining(plan, nowMs))
  return {
    ...emptyReplicateData,
    models: modelPlans.map((plan) => toModel(plan, nowMs)),
    versions: [
      ...modelPlans.flatMap((plan) => toVersions(plan, nowMs)),
      ...comingVersions(trainings, nowMs)
    ],
    deployments: [
      toDeployment('team-portraits', 'portrait-lora', 9, nowMs),
      toDeployment('lobby-screen', 'lobby-greeter', 1, nowMs)
    ],
    trainings,
    predictions: predictionPlans.map((plan, index) => toPrediction(plan, nowMs, index))
  }
}
