import type { LoggedRequest } from '../../src/sandbox/request-log.ts'

/** How often the deletion of one thing was asked, whether it was processed, refused or lost. */
export interface DeletionRequests {
  /** The word in the path: `replicas`, `faces`, `videos`, `conversations`, `personas`, `pals`, `models`, `versions`. */
  readonly kind: string
  /** For a model its `owner/name`. */
  readonly id: string
  readonly soft: number
  /** Replicate knows no soft delete: all of its deletes count here. */
  readonly hard: number
  /** Requests that reached the account; the others met a fault before it, or no key. */
  readonly processed: number
  /** What was answered each time, in order; null where no answer went out. */
  readonly statuses: readonly (number | null)[]
}

const tavusPath = /^\/v2\/([a-z]+)\/([^/]+)$/
const modelPath = /^\/v1\/models\/([^/]+\/[^/]+)(?:\/versions\/([^/]+))?$/

interface Target {
  readonly kind: string
  readonly id: string
  readonly isHard: boolean
}

const targetOf = ({ path, query }: LoggedRequest): Target | null => {
  const [, kind, id] = tavusPath.exec(path) ?? []
  if (kind !== undefined && id !== undefined) return { kind, id, isHard: query['hard'] === 'true' }
  const [, model, version] = modelPath.exec(path) ?? []
  if (model === undefined) return null
  return version === undefined
    ? { kind: 'models', id: model, isHard: true }
    : { kind: 'versions', id: version, isHard: true }
}

const add = (
  known: DeletionRequests | undefined,
  { processed, status }: LoggedRequest,
  { kind, id, isHard }: Target
): DeletionRequests => ({
  kind,
  id,
  soft: (known?.soft ?? 0) + (isHard ? 0 : 1),
  hard: (known?.hard ?? 0) + (isHard ? 1 : 0),
  processed: (known?.processed ?? 0) + processed,
  statuses: [...(known?.statuses ?? []), status]
})

/** Every deletion that arrived, counted per thing in the order of first asking, to be compared with a client's history. */
export const countDeletionRequests = (
  requests: readonly LoggedRequest[]
): readonly DeletionRequests[] => {
  const counted = new Map<string, DeletionRequests>()
  for (const request of requests) {
    const target = request.method === 'DELETE' ? targetOf(request) : null
    if (target === null) continue
    const name = `${target.kind}/${target.id}`
    counted.set(name, add(counted.get(name), request, target))
  }
  return [...counted.values()]
}
