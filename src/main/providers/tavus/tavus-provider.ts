import type { HttpClient } from '../../ports/http-client.ts'
import type { Provider, Trainer } from '../../ports/provider.ts'
import { createCall } from './tavus-call.ts'
import { createChanges } from './tavus-changes.ts'
import { describeDeletion } from './tavus-deletion.ts'
import { createReads } from './tavus-reads.ts'

/** Tavus behind the ports. Nothing is kept between calls. */
export const createTavusProvider = (deps: { readonly http: HttpClient }): Provider & Trainer => {
  const call = createCall(deps.http)
  return { id: 'tavus', describeDeletion, ...createReads(call), ...createChanges(call) }
}
