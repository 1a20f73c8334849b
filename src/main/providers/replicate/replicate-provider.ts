import type { HttpClient } from '../../ports/http-client.ts'
import type { Finder, Pace, Provider } from '../../ports/provider.ts'
import type { WalkLimits } from '../../rules/walk-budget.ts'
import { createCall } from './replicate-call.ts'
import { createChanges } from './replicate-changes.ts'
import { planDeletion } from './replicate-deletion.ts'
import { createDiscovery } from './replicate-discovery.ts'
import { createGather } from './replicate-facts.ts'
import { pageUrl, readName } from './replicate-names.ts'
import { createOutputs } from './replicate-outputs.ts'
import { createReads } from './replicate-reads.ts'

/** One at a time and about one a second: Replicate says nothing of how many deletions it bears. */
const defaultPace: Pace = { parallel: 1, gapMs: 1_000 }

export interface ReplicateDeps {
  readonly http: HttpClient
  /** Instead of the pace that real servers are owed. */
  readonly pace?: Pace
  /** Instead of the usual ones. */
  readonly walkLimits?: WalkLimits
}

/** Replicate behind the ports. Nothing is kept between calls. */
export const createReplicateProvider = (
  deps: ReplicateDeps
): Provider & Finder & Required<Pick<Provider, 'listOutputs'>> => {
  const call = createCall(deps.http)
  const { checkKey, get, watch, probe, ...reads } = createReads(call)
  const lookups = { checkKey, get, watch, probe }
  return {
    id: 'replicate',
    kinds: ['model', 'version'],
    pace: deps.pace ?? defaultPace,
    planner: { gather: createGather(call, { ...reads, ...lookups }), plan: planDeletion },
    ...lookups,
    ...createDiscovery(call, { ...reads, ...lookups }, deps.walkLimits),
    ...createChanges(call, reads),
    ...createOutputs(call),
    pageUrl,
    readName
  }
}
