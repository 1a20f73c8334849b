import { open } from 'node:fs/promises'
import type { Archive, ArchivedFile } from '../../shared/domain/archive.ts'
import { diskReason } from '../files/disk-reason.ts'
import { saveFile } from '../files/save-file.ts'
import type { ArchiveDownload } from '../ports/archive-writer.ts'
import type { Clock } from '../ports/clock.ts'
import { after } from '../rules/after.ts'

type GapReason = Archive['gaps'][number]['reason']

/** Asks for a link under the rules for links of others (security D3-D6); null if nothing came. */
export type AskForLink = (
  link: { readonly url: string; readonly allowLoopbackOrigin: string | null },
  range: null,
  attempt: AbortController
) => Promise<Response | null>

export interface DownloadDeps {
  readonly ask: AskForLink
  /** The usual extension of a picture or film, told from its first bytes; null for anything else. */
  readonly extensionOf: (start: Buffer) => string | null
  readonly clock: Clock
  readonly mostBytes: number
}

const silenceMs = 60_000
const startBytes = 256 * 1024

/** Ends a download with a reason that is told as a gap. */
class GapError extends Error {
  override readonly name = 'GapError'
  readonly reason: GapReason
  constructor(reason: GapReason) {
    super(reason)
    this.reason = reason
  }
}

const gapFor = (status: number): GapReason =>
  status === 404 || status === 410 ? 'gone' : 'unreachable'

const startOf = async (path: string): Promise<Buffer> => {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(startBytes) })
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

const lengthOf = (response: Response): number | null => {
  const text = response.headers.get('content-length') ?? ''
  const isPlain = (response.headers.get('content-encoding') ?? 'identity') === 'identity'
  return isPlain && /^\d{1,15}$/.test(text) ? Number(text) : null
}

/**
 * Saves one file beside `path`, or says why not. Streams to the disk, so that length is no matter. Throws what the disk
 * answers. `onBytes` is told how many bytes there are by now.
 */
export const createFetch = (deps: DownloadDeps) => {
  /** Ends the attempt when nothing comes for a while. */
  const nextPart = async (
    reader: ReadableStreamDefaultReader<Uint8Array>,
    attempt: AbortController
  ): Promise<Uint8Array | null> => {
    const arrived = new AbortController()
    after(deps.clock, silenceMs, arrived.signal, () => {
      attempt.abort()
      void reader.cancel().catch(() => undefined)
    })
    try {
      const part = await reader.read().catch(() => null)
      if (part === null || attempt.signal.aborted) throw new GapError('broken-off')
      return part.done ? null : part.value
    } finally {
      arrived.abort()
    }
  }

  const copy = async (
    response: Response,
    attempt: AbortController,
    write: (bytes: Uint8Array) => Promise<void>,
    onBytes: (bytes: number) => void
  ): Promise<void> => {
    const told = lengthOf(response)
    if (told !== null && told > deps.mostBytes) throw new GapError('too-large')
    const reader = response.body?.getReader()
    if (reader === undefined) throw new GapError('unreachable')
    let got = 0
    for (;;) {
      const part = await nextPart(reader, attempt)
      if (part === null) break
      got += part.byteLength
      if (got > deps.mostBytes) throw new GapError('too-large')
      await write(part)
      onBytes(got)
    }
    // A connection that ended early must not pass for a whole file.
    if (told !== null && got !== told) throw new GapError('broken-off')
    if (got === 0) throw new GapError('unreachable')
  }

  const fetchInto = async (
    { url, allowLoopbackOrigin }: ArchiveDownload & { readonly url: string },
    path: string,
    attempt: AbortController,
    onBytes: (bytes: number) => void
  ): Promise<ArchivedFile | GapReason> => {
    const response = await deps.ask({ url, allowLoopbackOrigin }, null, attempt)
    if (response === null) return 'unreachable'
    if (response.status !== 200) return gapFor(response.status)
    const nameFor = async (partial: string): Promise<string> => {
      const extension = deps.extensionOf(await startOf(partial))
      if (extension === null) throw new GapError('unreachable')
      return `${path}.${extension}`
    }
    const saved = await saveFile(path, (write) => copy(response, attempt, write, onBytes), {
      nameFor
    })
    if (saved === null) return 'disk'
    const { path: name, ...about } = saved
    return { ...about, name }
  }

  return async (
    download: ArchiveDownload,
    path: string,
    signal: AbortSignal,
    onBytes: (bytes: number) => void = () => undefined
  ): Promise<ArchivedFile | GapReason> => {
    const { url } = download
    if (url === null) return 'no-link'
    const attempt = new AbortController()
    const stop = () => attempt.abort()
    signal.addEventListener('abort', stop, { once: true })
    try {
      return await fetchInto({ ...download, url }, path, attempt, onBytes)
    } catch (error) {
      if (error instanceof GapError) return error.reason
      if (diskReason(error) !== null) throw error
      return 'unreachable'
    } finally {
      signal.removeEventListener('abort', stop)
      attempt.abort()
    }
  }
}

/** The same, where a disk that fails is one more reason. */
export const createDownload = (deps: DownloadDeps) => {
  const fetchFile = createFetch(deps)
  return (download: ArchiveDownload, path: string, signal: AbortSignal) =>
    fetchFile(download, path, signal).catch((error): GapReason => {
      if (diskReason(error) === null) throw error
      return 'disk'
    })
}
