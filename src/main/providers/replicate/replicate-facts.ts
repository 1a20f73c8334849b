import type { AssetId } from '../../../shared/domain/asset.ts'
import type { Evidence } from '../../../shared/domain/deletion.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Connection, PlanFacts, Planner, TargetFacts } from '../../ports/provider.ts'
import { endsAll } from '../../rules/ends-all.ts'
import type { Call } from '../account-call.ts'
import { isVersionId, modelOf, readParts, sameName } from './replicate-address.ts'
import { readDate, versionName } from './replicate-mapping.ts'
import { modelNotes, versionNotes } from './replicate-notes.ts'
import { isWhole } from './replicate-pages.ts'
import type { Reads } from './replicate-reads.ts'
import { createSurroundings, type Source, type Surroundings } from './replicate-surroundings.ts'
import { walkVersions } from './replicate-versions.ts'
import type { ModelWire, PredictionWire, VersionWire } from './replicate-wire.ts'

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

  return async (connection, known, isDeep, signal) => {
    const account = await readAccount(connection, signal)
    if (!account.ok) return account
    const models = new Map<string, ModelFacts>()
    for (const { target } of known.targets) {
      const id = modelOf(target.id)
      if (models.has(id.toLowerCase())) continue
      const facts = await readModelFacts(connection, id, signal)
      if (!facts.ok) return facts
      models.set(id.toLowerCase(), facts.value)
    }
    return ok(complete(known, isDeep, account.value, models))
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
    const model = factsOf(models, target.target.id)
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
