import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the server does with one request; it sees how many came before. */
export type Behavior = (call: Call) => void | Promise<void>

export interface Call {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly bytes: Buffer
  /** How many requests this server answered before. */
  readonly before: number
  /** The asked-for range, both ends within the file; null: none. */
  readonly range: { readonly start: number; readonly end: number } | null
}

export interface FaultServer {
  readonly origin: string
  readonly link: string
  readonly methods: readonly string[]
  readonly ranges: readonly (string | undefined)[]
  readonly headers: readonly IncomingMessage['headers'][]
  close(): Promise<void>
}

const rangeOf = (header: string | undefined, size: number): Call['range'] => {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(header ?? '') ?? []
  if (from === undefined || to === undefined) return null
  return { start: Number(from), end: Math.min(Number(to), size - 1) }
}

/** Answers a range as a storage does. */
export const answerRange = (
  { response, bytes, range }: Call,
  headers: Readonly<Record<string, string>> = {}
): void => {
  const { start, end } = range ?? { start: 0, end: bytes.length - 1 }
  if (start >= bytes.length) {
    response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end()
    return
  }
  response
    .writeHead(range === null ? 200 : 206, {
      'content-type': 'video/mp4',
      'content-length': String(end - start + 1),
      etag: '"one"',
      ...(range === null ? {} : { 'content-range': `bytes ${start}-${end}/${bytes.length}` }),
      ...headers
    })
    .end(bytes.subarray(start, end + 1))
}

/** The secret of the link below; nothing that is made of it may hold it. */
export const linkSecret = 'canary0signature5d41402abc4b2a76b9719d911017c592'

/** A server on this computer that treats its one file as told. */
export const startFaultServer = async (bytes: Buffer, behave: Behavior): Promise<FaultServer> => {
  const methods: string[] = []
  const ranges: (string | undefined)[] = []
  const headers: IncomingMessage['headers'][] = []
  const server: Server = createServer((request, response) => {
    const before = methods.length
    methods.push(request.method ?? '')
    ranges.push(request.headers.range)
    headers.push(request.headers)
    const range = rangeOf(request.headers.range, bytes.length)
    void behave({ request, response, bytes, before, range })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    link: `${origin}/take.mp4?X-Amz-Signature=${linkSecret}`,
    methods,
    ranges,
    headers,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    }
  }
}
