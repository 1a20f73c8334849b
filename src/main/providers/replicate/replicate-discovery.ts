import { ok } from '../../../shared/result.ts'
import type { Provider } from '../../ports/provider.ts'
import { createWalkBudget, type WalkLimits } from '../../rules/walk-budget.ts'
import type { Call } from '../account-call.ts'
import { listingOf } from './replicate-findings.ts'
import { createModelDiscovery } from './replicate-models.ts'
import { notOffered, type Reads } from './replicate-reads.ts'
import { createSurroundings } from './replicate-surroundings.ts'
import { createVersionDiscovery } from './replicate-versions.ts'

/** Own models by whatever speaks of them, and the versions of those that are known by then. */
export const createDiscovery = (
  call: Call,
  reads: Reads,
  walkLimits?: WalkLimits
): Pick<Provider, 'list'> => {
  const surroundings = createSurroundings(call, walkLimits)
  const listModels = createModelDiscovery(reads, surroundings)
  const listVersions = createVersionDiscovery(call, reads, surroundings)

  return {
    list: async (connection, kind, signal, onFound, readKnownIds) => {
      if (kind !== 'model' && kind !== 'version') return notOffered('kind')
      const knownIds = readKnownIds?.() ?? []
      if (kind === 'version' && knownIds.length === 0) return ok(listingOf([], null))
      const username = await reads.readUsername(connection, signal)
      if (!username.ok) return username
      const budget = createWalkBudget(walkLimits)
      const asked = { connection, signal, onFound, username: username.value, budget }
      return kind === 'model' ? listModels(asked, knownIds) : listVersions(asked, knownIds)
    }
  }
}
