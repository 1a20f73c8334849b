import { mostPalPages } from '../../../shared/domain/pal-page.ts'
import { ok } from '../../../shared/result.ts'
import type { HttpClient } from '../../ports/http-client.ts'
import type { Provider, Trainer } from '../../ports/provider.ts'
import type { WalkLimits } from '../../rules/walk-budget.ts'
import { createCall } from './tavus-call.ts'
import { createChanges } from './tavus-changes.ts'
import { planTavusDeletion } from './tavus-deletion.ts'
import { createPageList } from './tavus-pages.ts'
import { createReads } from './tavus-reads.ts'
import { createGather } from './tavus-related.ts'
import { createTranscripts } from './tavus-transcripts.ts'

/** The portal has no page for a single asset, only one with all replicas. */
const replicasPage = 'https://maker.tavus.io/dev/faces'

export interface TavusDeps {
  readonly http: HttpClient
  /** Instead of the usual ones. */
  readonly walkLimits?: WalkLimits
}

/** Tavus behind the ports. Nothing is kept between calls. */
export const createTavusProvider = (deps: TavusDeps): Provider & Trainer => {
  const call = createCall(deps.http)
  const reads = createReads(call, deps.walkLimits)
  const listPages = createPageList(call)
  return {
    id: 'tavus',
    kinds: ['replica', 'video', 'conversation', 'voice', 'persona'],
    pace: { parallel: 2, gapMs: 0 },
    planner: { gather: createGather(call, reads), plan: planTavusDeletion },
    pagesOf: async (connection, id, signal) => {
      const listed = await listPages(connection, signal, id)
      if (!listed.ok) return listed
      const pages = listed.value.pages.filter(({ palId }) => palId === id).slice(0, mostPalPages)
      return ok({
        pages: pages.map(({ id, name, channel, status }) => ({ id, name, channel, status })),
        isComplete: listed.value.isComplete
      })
    },
    pageUrl: (kind, _id, page) => (kind === 'replica' && page === 'home' ? replicasPage : null),
    ...reads,
    ...createChanges(call),
    ...createTranscripts(call)
  }
}
