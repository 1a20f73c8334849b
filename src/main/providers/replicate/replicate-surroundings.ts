import type * as z from 'zod'
import type { TooLarge } from '../../../shared/domain/sync.ts'
import type { AppError } from '../../../shared/errors.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Connection } from '../../ports/provider.ts'
import { endsAll } from '../../rules/ends-all.ts'
import { createWalkBudget, walkLimits } from '../../rules/walk-budget.ts'
import type { Call } from '../account-call.ts'
import { listUrl, modelIdOf, readParts, sameName } from './replicate-address.ts'
import { isWhole, type Pages, walkPages } from './replicate-pages.ts'
import {
  type DeploymentWire,
  deploymentWireSchema,
  fileWireSchema,
  type PredictionWire,
  predictionWireSchema,
  type TrainingWire,
  trainingWireSchema
} from './replicate-wire.ts'

/** A list of the account; `error` says why it was not read, or not whole. */
export interface Source<T> {
  readonly rows: readonly T[]
  readonly isWhole: boolean
  readonly error: AppError | null
  readonly tooLarge: readonly TooLarge[]
}

/** The lists that tell of one's own models and of who uses them. */
export interface Surroundings {
  readonly trainings: Source<TrainingWire>
  readonly deployments: Source<DeploymentWire>
}

/** Predictions carry what was put in and out, which nobody here reads: the newest ones up to this size are enough. */
const MAX_PREDICTION_BYTES = 128 * 1024 * 1024

const incomplete: AppError = { kind: 'unexpected-response', where: 'incomplete' }

const sourceOf = <T>(pages: Result<Pages<T>>): Result<Source<T>> => {
  if (pages.ok) {
    const isAll = isWhole(pages.value)
    const { rows, error, tooLarge } = pages.value
    return ok({ rows, isWhole: isAll, error: isAll ? null : (error ?? incomplete), tooLarge })
  }
  // What is wrong with one list need not be wrong with the others.
  return endsAll(pages.error)
    ? pages
    : ok({ rows: [], isWhole: false, error: pages.error, tooLarge: [] })
}

/** Reads lists of the account. They fail only where every other request would too. */
export const createSurroundings = (call: Call, limits = walkLimits) => {
  const listOf =
    <Row extends z.ZodType>(list: 'trainings' | 'deployments' | 'files', row: Row) =>
    async (connection: Connection, signal: AbortSignal): Promise<Result<Source<z.output<Row>>>> => {
      const firstUrl = listUrl(connection.apiAddress, list)
      const budget = createWalkBudget(limits)
      return sourceOf(await walkPages(call, { connection, list, budget, firstUrl, row }, signal))
    }

  const trainings = listOf('trainings', trainingWireSchema)
  const deployments = listOf('deployments', deploymentWireSchema)
  /** What was uploaded and is still kept. */
  const files = listOf('files', fileWireSchema)

  /** `onRows` takes the rows over, which are not kept then. */
  const predictions = async (
    connection: Connection,
    maxPages: number,
    signal: AbortSignal,
    onRows?: (rows: readonly PredictionWire[]) => Promise<Result<null>>
  ): Promise<Result<Source<PredictionWire>>> => {
    const firstUrl = listUrl(connection.apiAddress, 'predictions')
    const walk = {
      connection,
      list: 'predictions',
      firstUrl,
      row: predictionWireSchema,
      maxPages,
      budget: createWalkBudget({
        ...limits,
        bytes: Math.min(limits.bytes, MAX_PREDICTION_BYTES)
      }),
      ...(onRows === undefined ? {} : { onRows })
    } as const
    const pages = await walkPages(call, walk, signal)
    const source = sourceOf(pages)
    // Nobody can be asked to read all predictions ever made; the newest are enough to come upon a model.
    const isCapped = pages.ok && (pages.value.cut === 'too-many' || pages.value.cut === 'too-much')
    return source.ok && isCapped ? ok({ ...source.value, error: null }) : source
  }

  const users = async (
    connection: Connection,
    signal: AbortSignal
  ): Promise<Result<Surroundings>> => {
    const [trained, deployed] = await Promise.all([
      trainings(connection, signal),
      deployments(connection, signal)
    ])
    if (!trained.ok) return trained
    return deployed.ok ? ok({ trainings: trained.value, deployments: deployed.value }) : deployed
  }

  return { files, predictions, users }
}

export type ReadSurroundings = ReturnType<typeof createSurroundings>

/** What a training made, as the id of a version; null while it made none. */
export const madeBy = ({ output }: TrainingWire): string | null => {
  const text = output?.version ?? ''
  return readParts(text)?.version ? text : null
}

/** The model that a training made a version of. */
export const modelMadeBy = (training: TrainingWire): string | null => {
  const parts = readParts(madeBy(training) ?? '')
  return parts === null ? null : modelIdOf(parts.owner, parts.name)
}

/** Fewer letters of an id than this may begin several. */
const fewestOfId = 8

/** Ids are also written short, and in capitals; that one too many is protected does no harm. */
const isSameVersion = (own: string, told: string | null | undefined): boolean =>
  own === told ||
  (typeof told === 'string' &&
    told.length >= fewestOfId &&
    own.toLowerCase().startsWith(told.toLowerCase()))

/** Whether a version, named by its model's id and its own, is meant. Ids alone are unique; a model may be missing. */
export const isVersion = (
  versionId: string,
  model: string | null | undefined,
  version: string | null | undefined
): boolean => {
  const parts = readParts(versionId)
  if (parts === null || parts.version === null || !isSameVersion(parts.version, version))
    return false
  return !model || sameName(model, `${parts.owner}/${parts.name}`)
}

export const deploymentName = ({ owner, name }: DeploymentWire): string => `${owner}/${name}`

/** Deployments whose present release runs a version. */
export const deploymentsOf = (
  versionId: string,
  deployments: readonly DeploymentWire[]
): readonly DeploymentWire[] =>
  deployments.filter(({ current_release: release }) =>
    isVersion(versionId, release.model, release.version)
  )

/** Trainings that began from a version. */
export const trainingsFrom = (
  versionId: string,
  trainings: readonly TrainingWire[]
): readonly TrainingWire[] =>
  trainings.filter(({ model, version }) => isVersion(versionId, model, version))
