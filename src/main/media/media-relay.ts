import type { Clock } from '../ports/clock.ts'
import { after } from '../rules/after.ts'
import type { AskForMedia, MediaLink } from './ask-for-media.ts'
import { mediaHeaders } from './media-headers.ts'
import type { MediaKind } from './sniff-media.ts'

/** More at once than a window shows; beyond that the one opened first ends, and is asked for again if needed. */
const mostRelays = 6
const silenceMs = 30_000

export interface RelayOptions {
  readonly ask: AskForMedia
  readonly clock: Clock
}

/** Hands a film on while it arrives, or the part of it that was asked for; null if it cannot be had. */
export type Relay = (
  link: MediaLink,
  kind: MediaKind,
  range: string | null
) => Promise<Response | null>

/** Films are neither kept nor held: what the window does not read yet is not read from the network either. */
export const createRelay = ({ ask, clock }: RelayOptions): Relay => {
  const open = new Set<AbortController>()

  const makeRoom = (): void => {
    const [first] = open
    if (open.size >= mostRelays) first?.abort()
  }

  return async (link, kind, wantedRange) => {
    makeRoom()
    const stop = new AbortController()
    open.add(stop)
    stop.signal.addEventListener('abort', () => open.delete(stop), { once: true })
    const range = readableRange(wantedRange)
    const response = await ask(link, range, stop)
    const head = response === null ? null : headOf(response, kind, range)
    if (response?.body && head !== null && head.status !== 416) {
      return new Response(relayed(response.body, stop, clock), head)
    }
    stop.abort()
    void response?.body?.cancel().catch(() => undefined)
    return head === null ? null : new Response(null, head)
  }
}

/** One range is handed on; several, other units and nonsense get the whole, as RFC 9110 allows. */
const readableRange = (header: string | null): string | null => {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? []
  return from === undefined || to === undefined || `${from}${to}` === ''
    ? null
    : `bytes=${from}-${to}`
}

interface Head {
  readonly status: 200 | 206 | 416
  readonly headers: Readonly<Record<string, string>>
}

const headOf = (response: Response, kind: MediaKind, range: string | null): Head | null => {
  const headers = mediaHeaders(kind)
  switch (response.status) {
    case 200:
      return { status: 200, headers: { ...headers, ...lengthOf(response) } }
    case 206: {
      const part = range === null ? null : partOf(response, range)
      return part === null ? null : { status: 206, headers: { ...headers, ...part } }
    }
    case 416: {
      const size = /^bytes \*\/(\d{1,15})$/.exec(response.headers.get('content-range') ?? '')?.[1]
      const told: Record<string, string> =
        size === undefined ? {} : { 'content-range': `bytes */${size}` }
      return range === null ? null : { status: 416, headers: { ...headers, ...told } }
    }
    default:
      return null
  }
}

/** Not told of what was compressed on the way: the window gets more bytes than came. */
const lengthOf = (response: Response): Readonly<Record<string, string>> => {
  const length = response.headers.get('content-length') ?? ''
  const isPlain = (response.headers.get('content-encoding') ?? 'identity') === 'identity'
  return isPlain && /^\d{1,15}$/.test(length) ? { 'content-length': length } : {}
}

/** What a partial answer says it is, if it is what was asked for. */
const partOf = (response: Response, range: string): Readonly<Record<string, string>> | null => {
  const told = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/
  const [text, start, end] = told.exec(response.headers.get('content-range') ?? '') ?? []
  const wanted = /^bytes=(\d+)-/.exec(range)?.[1]
  if (text === undefined || Number(end) < Number(start)) return null
  if (wanted !== undefined && Number(wanted) !== Number(start)) return null
  return { 'content-range': text, 'content-length': String(Number(end) - Number(start) + 1) }
}

const relayed = (
  body: ReadableStream<Uint8Array>,
  stop: AbortController,
  clock: Clock
): ReadableStream<Uint8Array> => {
  const reader = body.getReader()
  // Aborting the request is not enough: not every fetch remembers its signal once the answer is there.
  const letGo = (): void => void reader.cancel().catch(() => undefined)
  stop.signal.addEventListener('abort', letGo, { once: true })

  const readNext = async (): Promise<Uint8Array | null> => {
    const arrived = new AbortController()
    after(clock, silenceMs, arrived.signal, () => stop.abort())
    try {
      const part = await reader.read()
      // A stream that was given up reads as one that ended, and must not pass for a whole film.
      if (stop.signal.aborted) throw new Error('The film was given up')
      return part.done ? null : part.value
    } finally {
      arrived.abort()
    }
  }

  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const part = await readNext()
          if (part !== null) return controller.enqueue(part)
          controller.close()
        } catch (error) {
          controller.error(error)
        }
        stop.abort()
      },
      cancel: () => stop.abort()
    },
    { highWaterMark: 0 }
  )
}
