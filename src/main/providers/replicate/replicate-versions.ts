import type { AssetId } from '../../../shared/domain/asset.ts'
import type { AppError } from '../../../shared/errors.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { Connection, ObservedListing } from '../../ports/provider.ts'
import type { Call } from '../account-call.ts'
import { isVersionId, modelOf, sameName, versionsUrl } from './replicate-address.ts'
import {
  type Asked,
  checkEach,
  type Finding,
  incomplete,
  isOwn,
  listingOf,
  nothingFound
} from './replicate-findings.ts'
import { readVersion, type VersionSurroundings } from './replicate-mapping.ts'
import { isWhole, type Pages, type Walk, walkPages } from './replicate-pages.ts'
import type { Reads } from './replicate-reads.ts'
import {
  deploymentName,
  deploymentsOf,
  madeBy,
  type ReadSurroundings,
  type Surroundings,
  trainingsFrom
} from './replicate-surroundings.ts'
import { type VersionWire, versionWireSchema } from './replicate-wire.ts'

/** A model whose versions are asked for, with those already known. */
interface Family {
  readonly modelId: AssetId
  readonly knownIds: readonly AssetId[]
}

const isUnknown = (error: AppError): boolean =>
  error.kind === 'provider-refused' && (error.status === 404 || error.status === 410)

const familiesOf = (ids: readonly AssetId[]): readonly Family[] => {
  const families = new Map<string, AssetId[]>()
  for (const id of ids) {
    const key = modelOf(id).toLowerCase()
    families.set(key, [...(families.get(key) ?? []), id])
  }
  return [...families.values()].map((members) => ({
    modelId: modelOf(members[0] ?? ''),
    knownIds: members.filter(isVersionId)
  }))
}

const surroundingsOf = (
  id: string,
  isLatest: boolean,
  { trainings, deployments }: Surroundings
): VersionSurroundings => {
  const made = trainings.rows.filter((training) => sameName(madeBy(training) ?? '', id))
  return {
    isLatest,
    deployedBy: deploymentsOf(id, deployments.rows).map(deploymentName),
    baseOf: trainingsFrom(id, trainings.rows).map((training) => training.id),
    trainedBy: made.map((training) => training.id),
    weightsUrl: made.find(({ output }) => output?.weights)?.output?.weights ?? null
  }
}

/** All versions of a model, the newest first; kept unless `how` takes them over. */
export const walkVersions = (
  call: Call,
  connection: Connection,
  modelId: AssetId,
  signal: AbortSignal,
  how: Pick<Walk<typeof versionWireSchema>, 'budget' | 'onRows'> = {}
): Promise<Result<Pages<VersionWire>>> => {
  const firstUrl = versionsUrl(connection.apiAddress, modelId)
  if (!firstUrl.ok) return Promise.resolve(firstUrl)
  const row = versionWireSchema
  return walkPages(
    call,
    { connection, list: 'versions', listOf: modelId, firstUrl: firstUrl.value, row, ...how },
    signal
  )
}

/** Listing the versions of the models that are known, model by model. */
export const createVersionDiscovery = (
  call: Call,
  reads: Reads,
  surroundings: ReadSurroundings
) => {
  /** The versions of a model that is not there any more are not either; anything else says nothing about them. */
  const withoutListing = async (
    { connection, username, signal }: Asked,
    { modelId, knownIds }: Family,
    error: AppError
  ): Promise<Result<Finding>> => {
    if (!isOwn(modelId, username)) {
      return error.kind === 'provider-refused' ? ok(nothingFound) : fail(error)
    }
    if (!isUnknown(error)) return fail(error)
    const gone = await reads.isGone(connection, 'model', modelId, signal)
    if (!gone.ok) return gone
    return gone.value ? ok({ ...nothingFound, goneIds: knownIds }) : fail(error)
  }

  const check = async (
    asked: Asked,
    family: Family,
    around: Surroundings
  ): Promise<Result<Finding>> => {
    const { modelId, knownIds } = family
    const origin = isOwn(modelId, asked.username) ? 'own' : null
    const seenIds: AssetId[] = []
    let rowCount = 0
    const pages = await walkVersions(call, asked.connection, modelId, asked.signal, {
      budget: asked.budget,
      onRows: async (rows) => {
        const assets = rows.flatMap((wire) => {
          const told = surroundingsOf(`${modelId}:${wire.id}`, rowCount === 0, around)
          rowCount += 1
          return readVersion(modelId, wire, { origin, surroundings: told }) ?? []
        })
        seenIds.push(...assets.map(({ id }) => id))
        return assets.length > 0 ? asked.onFound(assets) : ok(null)
      }
    })
    if (!pages.ok) return withoutListing(asked, family, pages.error)
    const { unreadableCount, tooLarge, cut, error } = pages.value
    const isAll = isWhole(pages.value) && seenIds.length === rowCount
    const listed = new Set<string>(seenIds.map((id) => id.toLowerCase()))
    const missing = knownIds.filter((id) => !listed.has(id.toLowerCase()))
    return ok({
      assets: [],
      seenIds,
      goneIds: isAll ? missing : [],
      doubtfulIds: !isAll && cut === null ? missing : [],
      tooLarge,
      unreadableCount: unreadableCount + rowCount - seenIds.length,
      error: isAll ? null : (error ?? incomplete)
    })
  }

  return async (asked: Asked, knownIds: readonly AssetId[]): Promise<Result<ObservedListing>> => {
    const around = await surroundings.users(asked.connection, asked.signal)
    if (!around.ok) return around
    const findings = await checkEach(
      familiesOf(knownIds),
      (family) => check(asked, family, around.value),
      asked
    )
    if (!findings.ok) return findings
    const { trainings, deployments } = around.value
    const tooLarge = [...trainings.tooLarge, ...deployments.tooLarge]
    return ok(listingOf(findings.value, trainings.error ?? deployments.error, tooLarge))
  }
}
