import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { UpdateTrouble } from '../../shared/catalogue/update-troubles.ts'
import { hashOf, saveFile } from '../files/save-file.ts'
import type { Clock } from '../ports/clock.ts'
import type { FetchLike } from '../ports/fetch-like.ts'
import type { Attempt, ReleaseFile } from '../ports/update-source.ts'
import { after } from '../rules/after.ts'
import { diskTrouble } from './disk-trouble.ts'

/** A server that sends nothing for so long has ended the download. */
const longestSilenceMs = 60_000

/** Thrown while a file is filled, so that nothing of it stays. */
class TroubleError extends Error {
  constructor(readonly trouble: UpdateTrouble) {
    super(trouble)
  }
}

/** Whether a file has the size and the hash that were signed. */
export const isReleaseFile = async (path: string, file: ReleaseFile): Promise<boolean> => {
  const found = await stat(path).catch(() => null)
  if (found === null || !found.isFile() || found.size !== file.sizeBytes) return false
  return (await hashOf(path, 'sha512', 'base64')) === file.sha512
}

export const placeOf = (folder: string, file: ReleaseFile): string =>
  join(folder, basename(file.path))

export interface DownloadOptions {
  readonly fetch: FetchLike
  readonly clock: Pick<Clock, 'wait'>
  readonly feed: string
  readonly userAgent: string
  /** Made if it is missing; holds one download at most. */
  readonly folder: string
}

/** Downloads a release's file, whole and as it was signed, or leaves nothing. */
export const createDownload = (options: DownloadOptions) => {
  const { clock, folder } = options

  const ask = async (file: ReleaseFile, signal: AbortSignal): Promise<Response> => {
    const response = await options
      .fetch(new URL(file.path, options.feed).href, {
        headers: { accept: '*/*', 'user-agent': options.userAgent },
        redirect: 'manual',
        credentials: 'omit',
        cache: 'no-store',
        signal
      })
      .catch(() => {
        throw new TroubleError('offline')
      })
    const { status } = response
    if (status >= 300 && status < 400) throw new TroubleError('redirect')
    if (status !== 200 || response.body === null) throw new TroubleError('server')
    return response
  }

  /** Answers the next piece, or null at the end; a silence ends the attempt. */
  const nextOf = async (
    reader: ReadableStreamDefaultReader<Uint8Array>,
    attempt: AbortController
  ): Promise<Uint8Array | null> => {
    const arrived = new AbortController()
    after(clock, longestSilenceMs, arrived.signal, () => attempt.abort())
    try {
      const part = await reader.read()
      return part.done ? null : part.value
    } catch {
      throw new TroubleError('cut-off')
    } finally {
      arrived.abort()
    }
  }

  const fill = async (
    file: ReleaseFile,
    write: (bytes: Uint8Array) => Promise<void>,
    onShare: (share: number) => void,
    attempt: AbortController,
    signal: AbortSignal
  ): Promise<void> => {
    const response = await ask(file, AbortSignal.any([attempt.signal, signal]))
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    let bytes = 0
    for (;;) {
      const part = await nextOf(reader, attempt)
      if (part === null) break
      bytes += part.byteLength
      if (bytes > file.sizeBytes) throw new TroubleError('too-large')
      await write(part)
      onShare(bytes / file.sizeBytes)
    }
    if (bytes < file.sizeBytes) throw new TroubleError('cut-off')
  }

  /** Nothing but the file that is wanted is kept: an older one is of no use any more. */
  const removeOthers = async (wanted: string): Promise<void> => {
    for (const name of await readdir(folder)) {
      if (join(folder, name) !== wanted) await rm(join(folder, name), { recursive: true })
    }
  }

  return async (
    file: ReleaseFile,
    onShare: (share: number) => void,
    signal: AbortSignal
  ): Promise<Attempt<null>> => {
    const attempt = new AbortController()
    const path = placeOf(folder, file)
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await removeOthers(path)
      if (await isReleaseFile(path, file)) return { ok: true, value: null }
      const saved = await saveFile(path, (write) => fill(file, write, onShare, attempt, signal), {
        isWhole: (partial) => isReleaseFile(partial, file)
      })
      return saved === null ? { ok: false, trouble: 'wrong-hash' } : { ok: true, value: null }
    } catch (error) {
      if (error instanceof TroubleError) return { ok: false, trouble: error.trouble }
      return diskTrouble(error)
    } finally {
      attempt.abort()
    }
  }
}
