import type { ReplicateOptions } from './faulty-replicate.ts'
import { type ReplicateSandbox, startReplicateSandbox } from './faulty-replicate.ts'
import { closeLater, NOW_MS } from './running-sandbox.ts'

/** A Replicate sandbox at `NOW`; `closeAll` ends it. */
export const startReplicate = async (options: ReplicateOptions = {}): Promise<ReplicateSandbox> =>
  closeLater(await startReplicateSandbox({ now: () => NOW_MS, ...options }))

interface Asking {
  readonly method?: string
  readonly key?: string
  readonly body?: unknown
}

/** Asks with the sandbox's own token unless told otherwise; a JSON body comes back parsed. */
export const askReplicate = async (
  sandbox: ReplicateSandbox,
  path: string,
  { method = 'GET', key = sandbox.apiKey, body }: Asking = {}
) => {
  const url = path.startsWith('http') ? path : `${sandbox.origin}/v1${path}`
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${key}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  })
  const text = await response.text()
  const type = response.headers.get('content-type')
  const isJson = type?.includes('json') === true
  return { status: response.status, text, type, body: isJson ? JSON.parse(text) : null }
}

/** Follows `next` from a list's first page to its end; the results of each page. */
export const walkPages = async (sandbox: ReplicateSandbox, path: string) => {
  const pages: (readonly { readonly id: string }[])[] = []
  let next: string | null = path
  while (next !== null) {
    const { body } = await askReplicate(sandbox, next)
    pages.push(body.results)
    next = body.next
  }
  return pages
}
