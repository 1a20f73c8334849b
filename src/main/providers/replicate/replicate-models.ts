import type { AssetId } from '../../../shared/domain/asset.ts'
import type { TooLarge } from '../../../shared/domain/sync.ts'
import type { AppError } from '../../../shared/errors.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { ObservedListing } from '../../ports/provider.ts'
import { isVersionId, modelIdOf, readParts } from './replicate-address.ts'
import {
  type Asked,
  checkEach,
  type Finding,
  isOwn,
  listingOf,
  nothingFound
} from './replicate-findings.ts'
import { type FoundIn, readModel } from './replicate-mapping.ts'
import { MAX_PAGES } from './replicate-pages.ts'
import type { Reads } from './replicate-reads.ts'
import { modelMadeBy, type ReadSurroundings } from './replicate-surroundings.ts'

interface Candidate {
  readonly id: AssetId
  readonly foundIn: Set<FoundIn>
}

interface Gathered {
  readonly candidates: readonly Candidate[]
  /** Why some may be missing. */
  readonly error: AppError | null
  readonly tooLarge: readonly TooLarge[]
}

/** Ids without regard to case, each with the places where it was met. */
const createCandidates = (username: string) => {
  const candidates = new Map<string, Candidate>()
  const add = (id: AssetId, place: FoundIn): void => {
    const candidate = candidates.get(id.toLowerCase()) ?? { id, foundIn: new Set() }
    candidate.foundIn.add(place)
    candidates.set(id.toLowerCase(), candidate)
  }
  return {
    add,
    /** Predictions and trainings name other people's models too. */
    addOwn: (text: string | null, place: FoundIn): void => {
      const parts = readParts(text ?? '')
      const id = parts === null ? null : modelIdOf(parts.owner, parts.name)
      if (id !== null && isOwn(id, username)) add(id, place)
    },
    all: (): readonly Candidate[] => [...candidates.values()]
  }
}

/** Finding one's own models where no list of them exists: by what speaks of them. */
export const createModelDiscovery = (reads: Reads, surroundings: ReadSurroundings) => {
  const gather = async (
    { connection, username, signal }: Asked,
    knownIds: readonly AssetId[]
  ): Promise<Result<Gathered>> => {
    const { add, addOwn, all } = createCandidates(username)
    const [users, predictions] = await Promise.all([
      surroundings.users(connection, signal),
      surroundings.predictions(connection, MAX_PAGES, signal, async (rows) => {
        for (const { model } of rows) addOwn(model, 'predictions')
        return ok(null)
      })
    ])
    if (!users.ok) return users
    if (!predictions.ok) return predictions
    const { trainings, deployments } = users.value
    for (const training of trainings.rows) addOwn(modelMadeBy(training), 'trainings')
    for (const { current_release: release } of deployments.rows) {
      addOwn(release.model, 'deployments')
    }
    for (const id of knownIds) if (!isVersionId(id)) add(id, 'history')
    const error = trainings.error ?? predictions.value.error ?? deployments.error
    const tooLarge = [trainings, predictions.value, deployments].flatMap(
      (source) => source.tooLarge
    )
    return ok({ candidates: all(), error, tooLarge })
  }

  const check = async (asked: Asked, { id, foundIn }: Candidate): Promise<Result<Finding>> => {
    const { connection, username, signal } = asked
    asked.budget.take(1, 0)
    const reading = await reads.readModelWire(connection, id, signal)
    if (!reading.ok) {
      const isForeign = !isOwn(id, username) && reading.error.kind === 'provider-refused'
      return isForeign ? ok(nothingFound) : fail(reading.error)
    }
    const { wire, redactText } = reading.value
    if (wire !== null) {
      const origin = isOwn(id, username) ? 'own' : null
      const asset = readModel(wire, { origin, redactText, foundIn })
      return ok(
        asset === null
          ? { ...nothingFound, unreadableCount: 1 }
          : { ...nothingFound, assets: [asset] }
      )
    }
    // "Not found" about somebody else's model may only mean that this key must not see it.
    if (!foundIn.has('history') || !isOwn(id, username)) return ok(nothingFound)
    const gone = await reads.isGone(connection, 'model', id, signal)
    return gone.ok ? ok({ ...nothingFound, goneIds: gone.value ? [id] : [] }) : gone
  }

  return async (asked: Asked, knownIds: readonly AssetId[]): Promise<Result<ObservedListing>> => {
    const gathered = await gather(asked, knownIds)
    if (!gathered.ok) return gathered
    const { candidates, error, tooLarge } = gathered.value
    const findings = await checkEach(candidates, (candidate) => check(asked, candidate), asked)
    return findings.ok ? ok(listingOf(findings.value, error, tooLarge)) : findings
  }
}
