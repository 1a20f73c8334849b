import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { ApiAnswer, ApiRequest } from './api-exchange.ts'
import { readMedia, serveMedia } from './media.ts'
import { headersWithoutKey, type LoggedRequest, type MediaRequest } from './request-log.ts'
import type { SandboxClock } from './sandbox-clock.ts'
import { type AnswerStage, sendAnswer } from './send-answer.ts'

const BODY_LIMIT_BYTES = 1024 * 1024
const KEEP_ALIVE_MS = 10 * 60_000

/** What one provider says; the server does the rest. */
export interface SimulatedProvider {
  /** Keys that work until they are revoked; the log names them by index. */
  readonly keys: readonly string[]
  /** The key a request carries, if any. */
  readonly keyIn: (request: IncomingMessage) => string | undefined
  readonly keyRefused: ApiAnswer
  readonly bodyRefused: ApiAnswer
  /** Answers a request whose key was accepted. */
  readonly answer: (request: ApiRequest, key: string) => ApiAnswer
  /** The file's path behind a media link, or null if the link is dead. */
  readonly resolveMedia: (path: string) => string | null
}

/** What every sandbox can do, whichever provider it plays. */
export interface SimulatedServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly origin: string
  /** What was asked of the API, oldest first. */
  readonly requests: readonly LoggedRequest[]
  /** What was asked of the media, in the order of answering. */
  readonly mediaRequests: readonly MediaRequest[]
  /** Makes a key stop (false) or start again (true) to work, as when it is revoked on the web. */
  allowKey(key: string, isAllowed: boolean): void
  forgetRequests(): void
  /** Ends every connection that is open, as a network that goes away does. New ones are taken. */
  cutConnections(): void
  /** Stops listening (false), so that connections are refused, or listens again at the same address (true). */
  setReachable(isReachable: boolean): Promise<void>
  /** Ends the server and every connection that is still open. */
  close(): Promise<void>
}

/** What happens to one request in place of its answer. */
export interface Interruption {
  /** Names it in the log. */
  readonly kind: string
  /** Resolves when its part is done, which may leave the connection open. */
  play(stage: AnswerStage): Promise<void>
}

/** Asked before each answer; null lets the answer out. */
export type Interrupt = (method: string, path: string) => Interruption | null

/** What a server is started with. */
export interface ServerOptions {
  readonly port?: number
  readonly latencyMs?: number
  readonly mediaDir?: string
  /** False: each answer ends its connection, so that no request leaves on one that was used before. */
  readonly keepAlive?: boolean
  /** True: answers are dated by the sandbox's clock instead of the computer's. */
  readonly isDatedByClock?: boolean
  /** What comes between requests and answers, which in the app nothing does. */
  readonly interrupt?: Interrupt
  /** The same for posters and clips, by their own paths; it sees the whole file, whatever range was asked. */
  readonly interruptMedia?: Interrupt
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

type OpenEntry = { -readonly [Field in keyof LoggedRequest]: LoggedRequest[Field] }

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })

/** Starts a server on 127.0.0.1. It takes no key it was not given, writes no file and asks nothing of the network. */
export const startSimulatedServer = async (
  provider: SimulatedProvider,
  options: ServerOptions,
  clock: SandboxClock
): Promise<SimulatedServer> => {
  const requests: OpenEntry[] = []
  const mediaRequests: MediaRequest[] = []
  const revoked = new Set<string>()
  const closing = new AbortController()

  const answer = (entry: OpenEntry, url: URL, isJson: boolean): ApiAnswer => {
    const key = typeof entry.key === 'number' ? provider.keys[entry.key] : undefined
    if (key === undefined || revoked.has(key)) return provider.keyRefused
    if (!isJson) return provider.bodyRefused
    entry.processed = 1
    const { method, path, body } = entry
    const ifMatch = entry.headers['if-match']?.toString()
    return provider.answer({ method, path, query: url.searchParams, body, ifMatch }, key)
  }

  const logRequest = (request: IncomingMessage, url: URL, body: unknown): OpenEntry => {
    const sent = provider.keyIn(request)
    const index = sent === undefined ? -1 : provider.keys.indexOf(sent)
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
    const stage: AnswerStage = {
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
    const interruption = options.interrupt?.(entry.method, entry.path) ?? null
    entry.fault = interruption?.kind ?? null
    if (interruption === null) sendAnswer(stage, stage.process())
    else await interruption.play(stage)
  }

  const serveFile = async (
    request: IncomingMessage,
    response: ServerResponse,
    path: string
  ): Promise<void> => {
    const { headers, method = 'GET' } = request
    const hasKey = 'x-api-key' in headers || 'authorization' in headers
    response.once('finish', () => {
      mediaRequests.push({ method, path, status: response.statusCode, hasKey })
    })
    const file = provider.resolveMedia(path) ?? ''
    const interruption = options.interruptMedia?.(method, path) ?? null
    if (interruption === null) return serveMedia(request, response, file, options.mediaDir)
    const whole = await readMedia(file, options.mediaDir)
    const { signal } = closing
    await interruption.play({ response, process: () => whole, signal, answered: () => undefined })
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (url.pathname.startsWith('/media/')) await serveFile(request, response, url.pathname)
    else await serveApi(request, response, url)
  }

  const server = createServer((request, response) => {
    if (options.keepAlive === false) response.setHeader('connection', 'close')
    if (options.isDatedByClock === true) {
      response.setHeader('date', new Date(clock.now()).toUTCString())
    }
    serve(request, response).catch((error: unknown) => {
      // The other side hanging up, or the sandbox closing, is an ordinary end.
      if (response.destroyed || closing.signal.aborted) return
      response.destroy(error instanceof Error ? error : new Error(String(error)))
    })
  })
  // Node's five seconds would close idle connections just as a client reuses them: a fault nobody asked for.
  server.keepAliveTimeout = KEEP_ALIVE_MS
  const port = await listen(server, options.port ?? 0)

  const stopListening = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise<void>((resolve) => {
      server.close(() => resolve())
    })
  }

  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    mediaRequests,
    allowKey: (key, isAllowed) => {
      if (isAllowed) revoked.delete(key)
      else revoked.add(key)
    },
    forgetRequests: () => {
      requests.length = 0
      mediaRequests.length = 0
    },
    cutConnections: () => server.closeAllConnections(),
    setReachable: async (isReachable) => {
      if (isReachable === server.listening) return
      if (isReachable) await listen(server, port)
      else await stopListening()
    },
    close: async () => {
      closing.abort()
      await stopListening()
    }
  }
}
