import type { Clock } from '../ports/clock.ts'
import { type ByteSource, endlessBytes } from './byte-source.ts'
import { type Answer, type CheckedGet, freshDate, type LinkToRead } from './checked-get.ts'
import { ReadFault } from './read-fault.ts'
import { readStorageError } from './storage-error.ts'

export const blockBytes = 64 * 1024
/** What is left of a file is read whole from here on: an index at its end then comes with its header. */
const tailBytes = 3 * blockBytes
const mostErrorBytes = 8 * 1024
/** Of a server that sends everything whatever is asked, this much is read at first. */
const firstOfWholeBytes = 4 * blockBytes
/** It is asked once more for more than that, up to here: what lies behind would have to be downloaded to be seen. */
const mostOfWholeBytes = 4 * 1024 * 1024
const retryWaitMs = 250

/** What one check may cost. */
export interface Budget {
  readonly bytes: number
  readonly requests: number
}

export const usualBudget: Budget = { bytes: 8 * 1024 * 1024, requests: 40 }

export interface RangeReaderOptions {
  readonly get: CheckedGet
  readonly clock: Clock
  readonly budget?: Budget
  readonly signal: AbortSignal
}

/** What a server said of a file beside its bytes. */
export interface ServerFacts {
  readonly contentType: string | null
  /** The host that the bytes came from. */
  readonly host: string
  /** How far the server's clock is ahead of this computer's. */
  readonly skewMs: number | null
  /** False: it sends everything, whatever is asked for. */
  readonly hasRanges: boolean
}

export interface LinkedFile extends ByteSource {
  readonly server: ServerFacts
}

/** What a reader has cost so far, also of a file that could not be opened. */
export interface Spent {
  bytes: number
  requests: number
}

interface Part {
  readonly start: number
  readonly bytes: Uint8Array
}

interface Received extends Part {
  /** The whole file's size, if the answer named it. */
  readonly sizeBytes: number | null
  readonly identity: string
  /** Where it came from; the redirects are not walked again for every range. */
  readonly url: string
  readonly server: ServerFacts
}

/** The file behind a link became another one between two requests. */
class ChangedError extends Error {}

/**
 * Opens a file behind a link with one request for its first block, and reads the rest in bounded ranges: what an open
 * range costs is decided by the server. Throws a `ReadFault`.
 */
export const openLink = async (
  link: LinkToRead,
  options: RangeReaderOptions,
  spent: Spent
): Promise<LinkedFile> => {
  const { budget = usualBudget, clock, get, signal } = options

  const spend = (bytes: number): void => {
    spent.bytes += bytes
    if (spent.bytes > budget.bytes) throw new ReadFault('too-much-to-read')
  }

  const receive = async (from: LinkToRead, start: number, end: number): Promise<Received> => {
    const isOver = spent.requests >= budget.requests || spent.bytes + end - start > budget.bytes
    if (isOver) throw new ReadFault('too-much-to-read')
    spent.requests += 1
    const answer = await get(from, `bytes=${start}-${end - 1}`, signal)
    try {
      return await readAnswer(answer, { start, end }, clock, spend)
    } catch (error) {
      signal.throwIfAborted()
      throw error instanceof ReadFault ? error : new ReadFault('link-broke-off')
    } finally {
      answer.stop()
    }
  }

  /** Twice, where the first failure may be a moment's. */
  const receiveSurely = async (from: LinkToRead, start: number, end: number): Promise<Received> => {
    try {
      return await receive(from, start, end)
    } catch (error) {
      if (!isPassing(error)) throw error
      await clock.wait(retryWaitMs, signal)
      signal.throwIfAborted()
      return receive(from, start, end)
    }
  }

  /** Where everything comes whatever is asked, the end of it tells how much that is. */
  const receiveFirst = async (): Promise<Received> => {
    const got = await receiveSurely(link, 0, blockBytes)
    const isUnsized = got.sizeBytes === null && !got.server.hasRanges
    return isUnsized ? receiveSurely(link, 0, mostOfWholeBytes) : got
  }

  const first = await receiveFirst()
  const { hasRanges } = first.server
  const knownBytes = first.sizeBytes ?? (hasRanges ? await askSize(get, link, signal, spent) : null)
  const sizeBytes = knownBytes ?? endlessBytes
  const parts: Part[] = [first]
  const rest: LinkToRead = { ...link, url: first.url }

  /** What comes before the place that is wanted may take too long on a slow line; then it is left alone. */
  const receiveWhole = async (): Promise<Received> => {
    try {
      return await receive(rest, 0, Math.min(mostOfWholeBytes, sizeBytes))
    } catch (error) {
      signal.throwIfAborted()
      const isSlow = error instanceof ReadFault && error.code === 'link-silent'
      throw isSlow || isPassing(error) ? new ReadFault('link-no-ranges') : error
    }
  }

  const fill = async (start: number, end: number): Promise<void> => {
    for (let gap = firstGap(parts, start, end); gap !== null; gap = firstGap(parts, start, end)) {
      if (!hasRanges && Math.max(end, gap.to) > mostOfWholeBytes) {
        throw new ReadFault('link-no-ranges')
      }
      const { from, to } = widened(gap, sizeBytes)
      const got = hasRanges ? await receiveSurely(rest, from, to) : await receiveWhole()
      if (got.identity !== first.identity) throw new ChangedError()
      if (hasRanges && !got.server.hasRanges) throw new ReadFault('link-no-ranges')
      parts.push(got)
      // Less than there was a moment ago.
      if (got.bytes.length === 0 || (!hasRanges && firstGap(parts, start, end) !== null)) {
        throw new ReadFault('link-broke-off')
      }
    }
  }

  return {
    sizeBytes,
    isSizeKnown: knownBytes !== null,
    server: first.server,
    has: (start, end) => firstGap(parts, start, end) === null,
    read: async (start, end) => {
      await fill(start, end)
      return assembled(parts, start, end)
    }
  }
}

/** Opens a file and reads of it; once more from the start if it became another one in between. */
export const withLink = async <T>(
  link: LinkToRead,
  options: RangeReaderOptions,
  spent: Spent,
  read: (file: LinkedFile) => Promise<T>
): Promise<T> => {
  const attempt = async () => read(await openLink(link, options, spent))
  try {
    return await attempt()
  } catch (error) {
    if (!(error instanceof ChangedError)) throw error
  }
  try {
    return await attempt()
  } catch (error) {
    throw error instanceof ChangedError ? new ReadFault('link-changing') : error
  }
}

const isPassing = (error: unknown): boolean =>
  error instanceof ReadFault &&
  ['link-unreachable', 'link-broke-off', 'link-busy'].includes(error.code)

/** The first run of bytes that no part holds. */
const firstGap = (
  parts: readonly Part[],
  start: number,
  end: number
): { readonly from: number; readonly to: number } | null => {
  let from = start
  for (let isMoved = true; isMoved && from < end; ) {
    isMoved = false
    for (const part of parts) {
      const partEnd = part.start + part.bytes.length
      if (part.start > from || partEnd <= from) continue
      from = partEnd
      isMoved = true
    }
  }
  if (from >= end) return null
  const next = parts.reduce((to, part) => (part.start > from ? Math.min(to, part.start) : to), end)
  return { from, to: next }
}

/** A gap up to whole blocks, and to the end of the file where that is near. */
const widened = (gap: { readonly from: number; readonly to: number }, sizeBytes: number) => {
  const to = Math.ceil(gap.to / blockBytes) * blockBytes
  const isNearEnd = sizeBytes - gap.from <= tailBytes
  return { from: gap.from, to: isNearEnd ? sizeBytes : Math.min(to, sizeBytes) }
}

const assembled = (parts: readonly Part[], start: number, end: number): Uint8Array => {
  const whole = new Uint8Array(end - start)
  for (const part of parts) {
    const from = Math.max(start, part.start)
    const to = Math.min(end, part.start + part.bytes.length)
    if (from < to) whole.set(part.bytes.subarray(from - part.start, to - part.start), from - start)
  }
  return whole
}

/** A server that hides the size in ranges names it without one, or not at all; the body is not read. */
const askSize = async (
  get: CheckedGet,
  link: LinkToRead,
  signal: AbortSignal,
  spent: Spent
): Promise<number | null> => {
  spent.requests += 1
  const { response, stop } = await get(link, null, signal)
  const size = Number(response.headers.get('content-length') ?? Number.NaN)
  stop()
  void response.body?.cancel().catch(() => undefined)
  if (response.status !== 200) return null
  return Number.isSafeInteger(size) ? size : null
}

const readAnswer = async (
  { response, url }: Answer,
  wanted: { readonly start: number; readonly end: number },
  clock: Clock,
  spend: (bytes: number) => void
): Promise<Received> => {
  const { status, headers } = response
  const server = serverFacts(response, url, clock)
  if (status === 416 && wanted.start === 0) return emptyFile(server, url)
  if (status === 416) throw new ReadFault('link-broke-off')
  if (status !== 200 && status !== 206) {
    const body = await readUpTo(response, mostErrorBytes, spend)
    throw readStorageError(status, headers, new TextDecoder().decode(body), server.host)
  }
  if ((headers.get('content-encoding') ?? 'identity') !== 'identity') {
    throw new ReadFault('link-compressed')
  }
  if (status === 206) return readPart(response, wanted, server, url, spend)
  // Everything comes, whatever was asked: a later part is not to be waited for.
  const most = wanted.start === 0 ? Math.max(firstOfWholeBytes, wanted.end) : 0
  const bytes = await readUpTo(response, most, spend)
  const length = Number(headers.get('content-length') ?? Number.NaN)
  const isWhole = bytes.length < most
  const sizeBytes = Number.isSafeInteger(length) ? length : isWhole ? bytes.length : null
  return { start: 0, bytes, sizeBytes, identity: identityOf(headers), url, server }
}

const readPart = async (
  response: Response,
  { start, end }: { readonly start: number; readonly end: number },
  server: ServerFacts,
  url: string,
  spend: (bytes: number) => void
): Promise<Received> => {
  const told = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/.exec(
    response.headers.get('content-range') ?? ''
  )
  if (told === null || Number(told[1]) !== start || Number(told[2]) >= end) {
    throw new ReadFault('link-broke-off')
  }
  const bytes = await readUpTo(response, Number(told[2]) - start + 1, spend)
  const sizeBytes = told[3] === '*' ? null : Number(told[3])
  return { start, bytes, sizeBytes, identity: identityOf(response.headers), url, server }
}

const emptyFile = (server: ServerFacts, url: string): Received => ({
  start: 0,
  bytes: new Uint8Array(),
  sizeBytes: 0,
  identity: '',
  url,
  server
})

const identityOf = (headers: Headers): string =>
  headers.get('etag') ?? headers.get('last-modified') ?? ''

const serverFacts = (response: Response, url: string, clock: Clock): ServerFacts => {
  const date = Date.parse(freshDate(response.headers) ?? '')
  const type = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  return {
    contentType: type && /^[a-z0-9.+-]{1,40}\/[a-z0-9.+-]{1,59}$/.test(type) ? type : null,
    host: new URL(url).host.slice(0, 300),
    skewMs: Number.isNaN(date) ? null : date - Date.parse(clock.nowAt()),
    hasRanges: response.status === 206 || response.status === 416
  }
}

/** The first bytes of a body; what follows them is given up. */
const readUpTo = async (
  response: Response,
  most: number,
  spend: (bytes: number) => void
): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = response.body?.getReader()
  while (reader !== undefined && size < most) {
    const part = await reader.read()
    if (part.done) break
    size += part.value.length
    spend(part.value.length)
    chunks.push(part.value)
  }
  void reader?.cancel().catch(() => undefined)
  const whole = new Uint8Array(Math.min(size, most))
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk.subarray(0, whole.length - at), at)
    at += chunk.length
    if (at >= whole.length) break
  }
  return whole
}
