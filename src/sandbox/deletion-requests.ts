import type { LoggedRequest } from './request-log.ts'

/** How often the deletion of one thing was asked, whether it was processed, refused or lost. */
export interface DeletionRequests {
  /** The word in the path: `replicas`, `faces`, `videos`, `conversations`, `personas`, `pals`. */
  readonly kind: string
  readonly id: string
  readonly soft: number
  readonly hard: number
  /** Requests that reached the account; the others met a fault before it, or no key. */
  readonly processed: number
  /** What was answered each time, in order; null where no answer went out. */
  readonly statuses: readonly (number | null)[]
}

const deletePath = /^\/v2\/([a-z]+)\/([^/]+)$/

const add = (
  known: DeletionRequests | undefined,
  { query, processed, status }: LoggedRequest,
  kind: string,
  id: string
): DeletionRequests => {
  const isHard = query['hard'] === 'true'
  return {
    kind,
    id,
    soft: (known?.soft ?? 0) + (isHard ? 0 : 1),
    hard: (known?.hard ?? 0) + (isHard ? 1 : 0),
    processed: (known?.processed ?? 0) + processed,
    statuses: [...(known?.statuses ?? []), status]
  }
}

/** Every deletion that arrived, counted per thing in the order of first asking, to be compared with a client's history. */
export const countDeletionRequests = (
  requests: readonly LoggedRequest[]
): readonly DeletionRequests[] => {
  const counted = new Map<string, DeletionRequests>()
  for (const request of requests) {
    if (request.method !== 'DELETE') continue
    const [, kind, id] = deletePath.exec(request.path) ?? []
    if (kind === undefined || id === undefined) continue
    const name = `${kind}/${id}`
    counted.set(name, add(counted.get(name), request, kind, id))
  }
  return [...counted.values()]
}
