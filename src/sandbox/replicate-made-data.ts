import type { ReplicateSeedData } from './replicate-options.ts'
import {
  emptyReplicateData,
  predictionIdFrom,
  replicateSampleData,
  SAMPLE_OWNER,
  trainingIdFrom,
  versionIdFrom
} from './replicate-sample-data.ts'
import type {
  ReplicateData,
  StoredDeployment,
  StoredFile,
  StoredModel,
  StoredPrediction,
  StoredTraining,
  StoredVersion
} from './replicate-snapshot.ts'

const HOUR_MS = 3_600_000

const upTo = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => index)

/** A private model of the account, for tests. */
export const makeModel = (name: string, nowMs: number): StoredModel => ({
  owner: SAMPLE_OWNER,
  name,
  description: null,
  visibility: 'private',
  runCount: 0,
  cover: null,
  readme: null,
  createdAtMs: nowMs
})

/** A version for tests; the same model and label give the same id. */
export const makeVersion = (model: string, label: string, createdAtMs: number): StoredVersion => ({
  id: versionIdFrom(`made ${model} ${label}`),
  model,
  createdAtMs,
  cogVersion: '0.16.8',
  isOverrideTarget: false,
  removal: null
})

/** An uploaded file, for tests. */
export const makeFile = (id: string, name: string, createdAtMs: number): StoredFile => ({
  id,
  name,
  contentType: 'application/zip',
  sizeBytes: 48_200_000,
  createdAtMs
})

/** A deployment that runs the given version, for tests. */
export const makeDeployment = (
  name: string,
  { id, model }: Pick<StoredVersion, 'id' | 'model'>,
  nowMs: number
): StoredDeployment => ({
  owner: SAMPLE_OWNER,
  name,
  number: 1,
  model,
  version: id,
  formerVersions: [],
  hardware: 'gpu-t4',
  createdAtMs: nowMs
})

/** A finished training from the given version into `destination` (`owner/name`), for tests. */
export const makeTraining = (
  label: string,
  { id, model }: Pick<StoredVersion, 'id' | 'model'>,
  destination: string,
  nowMs: number
): StoredTraining => ({
  id: trainingIdFrom(`made ${label}`),
  model,
  version: id,
  destination,
  outputVersion: versionIdFrom(`made by ${label}`),
  source: 'api',
  createdAtMs: nowMs - HOUR_MS,
  endsAtMs: nowMs,
  endsAs: 'succeeded',
  files: []
})

/** A prediction made on the web with the given version; `by` somebody else makes it block that version. */
export const makePrediction = (
  label: string,
  { id, model }: Pick<StoredVersion, 'id' | 'model'>,
  nowMs: number,
  by: string = SAMPLE_OWNER
): StoredPrediction => ({
  id: predictionIdFrom(`made ${label}`),
  by,
  model,
  version: id,
  deployment: null,
  source: 'web',
  status: 'succeeded',
  createdAtMs: nowMs,
  picture: 'adaeze',
  isExample: false
})

const madeData = (count: Exclude<ReplicateSeedData, string>, nowMs: number): ReplicateData => {
  const models = upTo(count.models).map((index) => makeModel(`likeness-${index + 1}`, nowMs))
  const ids = models.map(({ owner, name }) => `${owner}/${name}`)
  const versions = ids.flatMap((model) =>
    upTo(count.versions ?? 1).map((index) =>
      makeVersion(model, `${index + 1}`, nowMs - (index + 1) * HOUR_MS)
    )
  )
  const nth = (index: number): StoredVersion => {
    const version = versions[index % Math.max(1, versions.length)]
    if (version === undefined) throw new Error('What uses versions needs some')
    return version
  }
  return {
    ...emptyReplicateData,
    models,
    versions,
    deployments: upTo(count.deployments ?? 0).map((index) =>
      makeDeployment(`deployment-${index + 1}`, nth(index), nowMs - index)
    ),
    trainings: upTo(count.trainings ?? 0).map((index) =>
      makeTraining(`${index}`, nth(index), nth(index).model, nowMs - index)
    ),
    predictions: upTo(count.predictions ?? 0).map((index) =>
      makePrediction(`${index}`, nth(index), nowMs - index)
    )
  }
}

/** What an account holds at first. */
export const initialReplicateData = (seedData: ReplicateSeedData, nowMs: number): ReplicateData => {
  if (seedData === 'empty') return emptyReplicateData
  return seedData === 'sample' ? replicateSampleData(nowMs) : madeData(seedData, nowMs)
}
