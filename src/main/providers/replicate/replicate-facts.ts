import type { AssetId } from '../../../shared/domain/asset.ts'
import type { Evidence } from '../../../shared/domain/deletion.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Connection, FactNote, PlanFacts, Planner, TargetFacts } from '../../ports/provider.ts'
import { endsAll } from '../../rules/ends-all.ts'
import type { Call } from '../account-call.ts'
import { fileIdOf, isVersionId, modelOf, readParts, sameName } from './replicate-address.ts'
import { readDate, versionName } from './replicate-mapping.ts'
import { modelNotes, versionNotes } from './replicate-notes.ts'
import { isWhole } from './replicate-pages.ts'
import type { Reads } from './replicate-reads.ts'
import {
  createSurroundings,
  modelMadeBy,
  type Source,
  type Surroundings
} from './replicate-surroundings.ts'
import { walkVersions } from './replicate-versions.ts'
import type {
  FileWire,
  ModelWire,
  PredictionWire,
  TrainingWire,
  VersionWire
} from './replicate-wire.ts'

/** Own predictions are counted for a hint, so not more of them are read than a person waits for. */
const MAX_PREDICTION_PAGES = 20

/** What was read of one model for a plan. */
export interface ModelFacts {
  readonly id: AssetId
  /** Null: it could not be read. */
  readonly wire: ModelWire | null
  /** True if Replicate says twice that it knows none of that name. */
  readonly isGone: boolean
  /** Null: they could not be listed. */
  readonly versions: readonly VersionWire[] | null
  readonly hasAllVersions: boolean
}

/** What was read of the account for a plan. */
export interface AccountFacts extends Surroundings {
  readonly username: string
  /** Null unless all of them were read. */
  readonly predictions: readonly PredictionWire[] | null
}

const allOf = <T>(source: Source<T>): readonly T[] | null => (source.isWhole ? source.rows : null)

/** Reads what a plan hangs on. */
export const createGather = (call: Call, reads: Reads): Planner['gather'] => {
  const surroundings = createSurroundings(call)

  const readAccount = async (
    connection: Connection,
    signal: AbortSignal
  ): Promise<Result<AccountFacts>> => {
    const username = await reads.readUsername(connection, signal)
    if (!username.ok) return username
    const [users, predictions] = await Promise.all([
      surroundings.users(connection, signal),
      surroundings.predictions(connection, MAX_PREDICTION_PAGES, signal)
    ])
    if (!users.ok) return users
    if (!predictions.ok) return predictions
    return ok({ username: username.value, ...users.value, predictions: allOf(predictions.value) })
  }

  const readModelFacts = async (
    connection: Connection,
    id: AssetId,
    signal: AbortSignal
  ): Promise<Result<ModelFacts>> => {
    const unread = { id, wire: null, isGone: false, versions: null, hasAllVersions: false }
    const model = await reads.readModelWire(connection, id, signal)
    if (!model.ok) return endsAll(model.error) ? model : ok(unread)
    if (model.value.wire === null) {
      const gone = await reads.isGone(connection, 'model', id, signal)
      if (!gone.ok) return endsAll(gone.error) ? gone : ok(unread)
      return ok({ ...unread, isGone: gone.value })
    }
    const { wire } = model.value
    const pages = await walkVersions(call, connection, id, signal)
    if (!pages.ok) return endsAll(pages.error) ? pages : ok({ ...unread, wire })
    const { rows, tooLarge } = pages.value
    // Not a page could be read: that is no list without versions.
    if (rows.length === 0 && tooLarge.length > 0) return ok({ ...unread, wire })
    return ok({ id, wire, isGone: false, versions: rows, hasAllVersions: isWhole(pages.value) })
  }

  /** Most accounts have no file that a training of these models was given, and are not asked for any. */
  const readFiles = async (
    connection: Connection,
    isWanted: boolean,
    signal: AbortSignal
  ): Promise<Result<Source<FileWire>>> =>
    isWanted
      ? surroundings.files(connection, signal)
      : ok({ rows: [], isWhole: true, error: null, tooLarge: [] })

  return async (connection, known, isDeep, signal) => {
    const account = await readAccount(connection, signal)
    if (!account.ok) return account
    const models = new Map<string, ModelFacts>()
    for (const { target } of known.targets) {
      if (target.kind === 'file') continue
      const id = modelOf(target.id)
      if (models.has(id.toLowerCase())) continue
      const facts = await readModelFacts(connection, id, signal)
      if (!facts.ok) return facts
      models.set(id.toLowerCase(), facts.value)
    }
    const given = isDeep ? filesGiven(known.targets, account.value.trainings.rows) : []
    const isAnyKnown = known.targets.some(({ target }) => target.kind === 'file')
    const files = await readFiles(connection, given.length > 0 || isAnyKnown, signal)
    if (!files.ok) return files
    return ok(
      withFiles(complete(known, isDeep, account.value, models), {
        given,
        files: files.value,
        trainings: account.value.trainings
      })
    )
  }
}

const factsOf = (models: ReadonlyMap<string, ModelFacts>, id: string): ModelFacts | null =>
  models.get(modelOf(id).toLowerCase()) ?? null

const complete = (
  known: PlanFacts,
  isDeep: boolean,
  account: AccountFacts,
  models: ReadonlyMap<string, ModelFacts>
): PlanFacts => {
  const related = isDeep ? relatedVersions(known.targets, models) : []
  const targets = [...known.targets, ...related].map((target) => {
    const model = target.target.kind === 'file' ? null : factsOf(models, target.target.id)
    return model === null ? target : completeTarget(target, account, model)
  })
  const lacks = [...models.values()].some(
    ({ hasAllVersions, isGone }) => !hasAllVersions && !isGone
  )
  return {
    ...known,
    targets,
    incomplete: [...new Set([...known.incomplete, ...(lacks ? (['version'] as const) : [])])],
    notOffered: [...known.notOffered, ...trainingsBehind(targets, account)]
  }
}

/** The versions of the models among the targets that are not targets themselves. */
const relatedVersions = (
  targets: readonly TargetFacts[],
  models: ReadonlyMap<string, ModelFacts>
): readonly TargetFacts[] => {
  const named = new Set(targets.map(({ target }) => target.id.toLowerCase()))
  return targets
    .filter(({ target }) => target.kind === 'model')
    .flatMap((model) => {
      const { accountId, id } = model.target
      const versions = factsOf(models, id)?.versions ?? []
      return versions.flatMap((wire) => {
        const versionId = `${id}:${wire.id}`
        if (named.has(versionId.toLowerCase()) || readParts(versionId) === null) return []
        return {
          target: { accountId, kind: 'version', id: versionId as AssetId },
          name: versionName(versionId),
          relation: 'version-of',
          statusRaw: null,
          status: 'ready',
          origin: model.origin,
          createdAt: readDate(wire.created_at),
          updatedAt: null,
          parentId: id,
          notes: [],
          holds: []
        } as const
      })
    })
}

const completeTarget = (
  facts: TargetFacts,
  account: AccountFacts,
  model: ModelFacts
): TargetFacts => {
  const { id } = facts.target
  const origin = sameName(readParts(id)?.owner ?? '', account.username) ? 'own' : facts.origin
  if (!isVersionId(id)) {
    const statusRaw = model.wire?.visibility ?? facts.statusRaw
    const status = model.isGone ? 'deleted' : facts.status
    return { ...facts, origin, statusRaw, status, notes: modelNotes(account, model) }
  }
  const wire = model.versions?.find((version) => sameName(`${model.id}:${version.id}`, id))
  const isGone = model.isGone || (model.hasAllVersions && wire === undefined)
  return {
    ...facts,
    origin,
    parentId: facts.parentId ?? modelOf(id),
    status: isGone ? 'deleted' : facts.status,
    createdAt: readDate(wire?.created_at) ?? facts.createdAt,
    notes: versionNotes(id, account, model)
  }
}

/** A file that a training was given, and the model that came of it. */
interface GivenFile {
  readonly id: AssetId
  readonly model: TargetFacts
}

/** Files that the models among the targets were trained with, as far as their trainings succeeded: others name no model. */
const filesGiven = (
  targets: readonly TargetFacts[],
  trainings: readonly TrainingWire[]
): readonly GivenFile[] => {
  const models = new Map(
    targets
      .filter(({ target }) => target.kind === 'model')
      .map((model) => [model.target.id.toLowerCase(), model])
  )
  const given = new Map<AssetId, GivenFile>()
  for (const training of trainings) {
    const model = models.get((modelMadeBy(training) ?? '').toLowerCase())
    for (const id of model === undefined ? [] : training.input.map(fileIdOf)) {
      if (id !== null && model !== undefined) given.set(id, { id, model })
    }
  }
  return [...given.values()]
}

const endedAs: ReadonlySet<string | null | undefined> = new Set(['succeeded', 'failed', 'canceled'])

/** Whether a training that is under way was given the file. */
const usersNote = (
  id: string,
  { rows, isWhole: isListed }: AccountFacts['trainings']
): FactNote => {
  const users = rows.filter(({ input, status }) => input.includes(id) && !endedAs.has(status))
  return {
    code: 'training-running',
    finding: users.length > 0 ? 'holds' : isListed ? 'does-not-hold' : 'not-checked',
    isComplete: isListed,
    evidence: users.map((training) => ({ kind: 'training', id: training.id, name: null }))
  }
}

/** Adds the files that are still kept. Most are not: Replicate deletes what is uploaded after a day. */
const withFiles = (
  facts: PlanFacts,
  read: {
    readonly given: readonly GivenFile[]
    readonly files: Source<FileWire>
    readonly trainings: AccountFacts['trainings']
  }
): PlanFacts => {
  const { given, trainings } = read
  const { rows, isWhole: isListed } = read.files
  const kept = new Map(rows.map((file) => [file.id, file]))
  const named = new Set<string>(facts.targets.map(({ target }) => target.id))
  const found = given.flatMap(({ id, model }): readonly TargetFacts[] => {
    const file = kept.get(id)
    if (file === undefined || named.has(id)) return []
    return [
      {
        target: { accountId: model.target.accountId, kind: 'file', id },
        name: file.name ?? '',
        relation: 'trained-with',
        statusRaw: null,
        status: 'ready',
        origin: 'own',
        createdAt: readDate(file.created_at),
        updatedAt: null,
        parentId: model.target.id,
        notes: [usersNote(id, trainings)],
        holds: []
      }
    ]
  })
  const again = (one: TargetFacts): TargetFacts => {
    const { id, kind } = one.target
    if (kind !== 'file') return one
    const isGone = isListed && !kept.has(id)
    return { ...one, status: isGone ? 'deleted' : one.status, notes: [usersNote(id, trainings)] }
  }
  return {
    ...facts,
    targets: [...facts.targets.map(again), ...found],
    incomplete: isListed ? facts.incomplete : [...new Set([...facts.incomplete, 'file' as const])]
  }
}

/** Trainings stay: there is no way to delete one. */
const trainingsBehind = (
  targets: readonly TargetFacts[],
  { trainings }: AccountFacts
): readonly Evidence[] => {
  const ids = new Set(targets.map(({ target }) => target.id.toLowerCase()))
  return trainings.rows
    .filter(({ output }) => ids.has((output?.version ?? '').toLowerCase()))
    .map(({ id, output }) => ({ kind: 'training', id, name: output?.version ?? null }))
}
