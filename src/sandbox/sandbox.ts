import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { AccountState } from './account-state.ts'
import { type EffectStage, playEffect, sendAnswer } from './fault-effects.ts'
import { createFaultList, type FaultEffect, type FaultList } from './faults.ts'
import { serveMedia } from './media.ts'
import { resolveMediaLink } from './media-links.ts'
import { emptyData, generatedData, sampleData } from './sample-data.ts'
import { createSandboxClock, type SandboxClock } from './sandbox-clock.ts'
import type { SandboxKey, SandboxOptions, SeedData } from './sandbox-options.ts'
import type { AccountData, Snapshot } from './snapshot.ts'
import { answerApi, deletionRules } from './tavus-api.ts'
import type { ApiAnswer } from './tavus-asked.ts'

const BODY_LIMIT_BYTES = 1024 * 1024
const KEEP_ALIVE_MS = 10 * 60_000

/** The key that works when no other was given. */
export const DEFAULT_SANDBOX_KEY = 'sandbox-key'

/** One request as it came in. The key itself is never kept. */
export interface LoggedRequest {
  /** ISO 8601, by the sandbox's clock. */
  readonly at: string
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** Lower-case names; `x-api-key` is left out, see `key`. */
  readonly headers: Readonly<Record<string, string>>
  /** Index into `apiKeys` of the key that was sent. */
  readonly key: number | 'missing' | 'unknown'
  /** The parsed JSON body; the text itself if it is not JSON; null if there was none. */
  readonly body: unknown
  /** What was answered; null while nothing was, or if nothing ever is. */
  readonly status: number | null
  /** Kind of the fault that met the request. */
  readonly fault: FaultEffect['kind'] | null
  /** How often the request changed or read the state: 0 or 1. */
  readonly processed: 0 | 1
}

/** One request for a poster or clip. Such links need no key; `hasKey` tells whether one was sent all the same. */
export interface MediaRequest {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly hasKey: boolean
}

/** A running sandbox. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly origin: string
  /** The first key that works. */
  readonly apiKey: string
  /** What was asked of the API, oldest first. */
  readonly requests: readonly LoggedRequest[]
  /** What was asked of the media, in the order of answering. */
  readonly mediaRequests: readonly MediaRequest[]
  /** State of the first key's account. */
  readonly state: AccountState
  /** State of another key's account. */
  stateOf(key: string): AccountState
  readonly faults: FaultList
  readonly clock: SandboxClock
  /** Everything it holds, to be given back as `options.snapshot`. */
  snapshot(): Snapshot
  /** Makes a key stop (false) or start again (true) to work, as when it is revoked in the portal. */
  allowKey(key: string, isAllowed: boolean): void
  forgetRequests(): void
  /** Ends the server and every connection that is still open. */
  close(): Promise<void>
}

const toKey = (key: string | SandboxKey): SandboxKey => (typeof key === 'string' ? { key } : key)

const accountName = (key: SandboxKey): string => key.account ?? key.key

const initialData = (seedData: SeedData, nowMs: number): AccountData => {
  if (seedData === 'empty') return emptyData
  if (seedData === 'sample') return sampleData(nowMs)
  const { replicas, videos = 0, stock = 0 } = seedData
  return generatedData({ replicas, videos, stock }, nowMs)
}

const readBody = async (request: IncomingMessage): Promise<Buffer | null> => {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of request) {
    sizeBytes += chunk.length
    if (sizeBytes > BODY_LIMIT_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const parseJson = (text: string): { readonly isJson: boolean; readonly value: unknown } => {
  if (text === '') return { isJson: true, value: null }
  try {
    return { isJson: true, value: JSON.parse(text) }
  } catch (error) {
    if (error instanceof SyntaxError) return { isJson: false, value: text }
    throw error
  }
}

const headersWithoutKey = (request: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(request.headers)
      .filter(([name]) => name !== 'x-api-key')
      .map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')])
  )

type OpenEntry = { -readonly [Field in keyof LoggedRequest]: LoggedRequest[Field] }

const createAccounts = (
  keys: readonly SandboxKey[],
  options: SandboxOptions,
  clock: SandboxClock,
  changed: () => void
): ReadonlyMap<string, AccountState> => {
  const accounts = new Map<string, AccountState>()
  for (const key of keys) {
    const name = accountName(key)
    if (accounts.has(name)) continue
    const seedData = key.seedData ?? options.seedData ?? 'empty'
    const data = options.snapshot?.accounts[name] ?? initialData(seedData, clock.now())
    const rules = deletionRules(options)
    accounts.set(name, new AccountState(name, data, rules, clock.now, changed))
  }
  return accounts
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })

/**
 * Starts the simulated Tavus API on 127.0.0.1.
 *
 * It takes no key it was not given, writes no file and asks nothing of the network.
 */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const keys = (options.apiKeys ?? [DEFAULT_SANDBOX_KEY]).map(toKey)
  const [firstKey] = keys
  if (firstKey === undefined) throw new Error('The sandbox needs at least one key')
  const clock = createSandboxClock(options.now ?? Date.now)
  const accounts = createAccounts(keys, options, clock, () => options.onChange?.())
  const faults = createFaultList()
  const requests: OpenEntry[] = []
  const mediaRequests: MediaRequest[] = []
  const revoked = new Set<string>()
  const closing = new AbortController()
  let origin = ''

  const stateOf = (key: string): AccountState => {
    const known = keys.find((candidate) => candidate.key === key)
    const state = known === undefined ? undefined : accounts.get(accountName(known))
    if (state === undefined) throw new Error('The sandbox does not know this key')
    return state
  }

  const answer = (entry: OpenEntry, url: URL, isJson: boolean): ApiAnswer => {
    const key = typeof entry.key === 'number' ? keys[entry.key] : undefined
    if (key === undefined || revoked.has(key.key)) {
      return { status: 401, body: { message: 'Invalid access token' } }
    }
    if (!isJson) return { status: 400, body: { error: 'Invalid JSON' } }
    entry.processed = 1
    return answerApi(
      { method: entry.method, path: entry.path, query: url.searchParams, body: entry.body },
      {
        state: stateOf(key.key),
        options,
        nowMs: clock.now(),
        origin,
        mediaBase: `${origin}/media/${[...accounts.keys()].indexOf(accountName(key))}`
      }
    )
  }

  const logRequest = (request: IncomingMessage, url: URL, body: unknown): OpenEntry => {
    const sent = request.headers['x-api-key']
    const index = keys.findIndex(({ key }) => key === sent)
    const entry: OpenEntry = {
      at: new Date(clock.now()).toISOString(),
      method: request.method ?? 'GET',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: headersWithoutKey(request),
      key: sent === undefined ? 'missing' : index === -1 ? 'unknown' : index,
      body,
      status: null,
      fault: null,
      processed: 0
    }
    requests.push(entry)
    return entry
  }

  const logMedia = (request: IncomingMessage, path: string, status: number): void => {
    const { headers, method = 'GET' } = request
    const hasKey = 'x-api-key' in headers || 'authorization' in headers
    mediaRequests.push({ method, path, status, hasKey })
  }

  const serveApi = async (
    request: IncomingMessage,
    response: ServerResponse,
    url: URL
  ): Promise<void> => {
    const bytes = await readBody(request)
    if (bytes === null) {
      response.writeHead(413, { connection: 'close', 'content-length': '0' }).end()
      return
    }
    const { isJson, value } = parseJson(bytes.toString('utf8'))
    const entry = logRequest(request, url, value)
    if (options.latencyMs !== undefined) {
      await wait(options.latencyMs, undefined, { signal: closing.signal })
    }
    let given: ApiAnswer | undefined
    const stage: EffectStage = {
      response,
      process: () => {
        given ??= answer(entry, url, isJson)
        return given
      },
      signal: closing.signal,
      answered: (status) => {
        entry.status = status
      }
    }
    const effect = faults.take(entry.method, entry.path)
    entry.fault = effect?.kind ?? null
    if (effect === null) sendAnswer(stage, stage.process())
    else await playEffect(stage, effect)
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (url.pathname.startsWith('/media/')) {
      const path = resolveMediaLink(url.pathname, [...accounts.values()], options, clock.now())
      response.once('finish', () => logMedia(request, url.pathname, response.statusCode))
      await serveMedia(request, response, path ?? '', options.mediaDir)
    } else await serveApi(request, response, url)
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      // The other side hanging up, or the sandbox closing, is an ordinary end of a fault.
      if (response.destroyed || closing.signal.aborted) return
      response.destroy(error instanceof Error ? error : new Error(String(error)))
    })
  })
  // Node's five seconds would close idle connections just as a client reuses them: a fault nobody asked for.
  server.keepAliveTimeout = KEEP_ALIVE_MS
  origin = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`

  return {
    origin,
    apiKey: firstKey.key,
    requests,
    mediaRequests,
    state: stateOf(firstKey.key),
    stateOf,
    faults,
    clock,
    snapshot: () => ({
      version: 1,
      accounts: Object.fromEntries([...accounts].map(([name, state]) => [name, state.data]))
    }),
    allowKey: (key, isAllowed) => {
      if (isAllowed) revoked.delete(key)
      else revoked.add(key)
    },
    forgetRequests: () => {
      requests.length = 0
      mediaRequests.length = 0
    },
    close: async () => {
      closing.abort()
      server.closeAllConnections()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
    }
  }
}
