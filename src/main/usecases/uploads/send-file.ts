import { createHash } from 'node:crypto'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { BucketClient, StoredPart } from '../../ports/bucket-client.ts'
import type { Clock } from '../../ports/clock.ts'
import type { UploadRecord } from '../../ports/store.ts'
import { hashFileRange, readFileFacts } from './local-file.ts'
import { isTrouble, retried, unlessDenied } from './retried.ts'

/** R2 wants all parts but the last to be equal and at least 5 MiB; S3 takes at most 10,000. */
const smallestPartBytes = 8 * 1024 * 1024
const mostParts = 10_000

/** More only take memory and the line from each other. */
const partsAtOnce = 3

export const partBytesFor = (sizeBytes: number): number =>
  Math.max(smallestPartBytes, Math.ceil(sizeBytes / mostParts))

interface Part {
  readonly number: number
  readonly start: number
  readonly length: number
}

const partsOf = ({ sizeBytes, partBytes }: UploadRecord): readonly Part[] =>
  Array.from({ length: Math.ceil(sizeBytes / partBytes) }, (_, index) => ({
    number: index + 1,
    start: index * partBytes,
    length: Math.min(partBytes, sizeBytes - index * partBytes)
  }))

/** What an object that was put together of parts is called by storage whose ETags are MD5s. */
const etagOf = (hashes: readonly string[]): string => {
  const all = Buffer.concat(hashes.map((hash) => Buffer.from(hash, 'hex')))
  return `${createHash('md5').update(all).digest('hex')}-${hashes.length}`
}

export interface SendDeps {
  readonly client: BucketClient
  readonly clock: Pick<Clock, 'wait'>
  readonly random: () => number
  /** Notes storage's id of the upload before a part is sent; null: what was sent before is of no use any more. */
  readonly onBegun: (multipartId: string | null) => Result<null>
  /** Told how much had arrived when the sending begins, and of what leaves from then on. */
  readonly onKept: (bytes: number) => void
  readonly onBytes: (bytes: number) => void
  readonly onVerifying: () => void
}

const contentType = 'video/mp4'

const never = new AbortController().signal

const failed = (trouble: 'file-changed' | 'file-empty' | 'not-verified' | 'upload-gone') =>
  fail({ kind: 'bucket-failed', trouble })

/** Whether the file is still the one that the upload was begun with. */
const checkFile = async (record: UploadRecord): Promise<Result<null>> => {
  const facts = await readFileFacts(record.filePath)
  if (!facts.ok) return facts
  const { sizeBytes, modifiedMs } = facts.value
  if (sizeBytes === 0) return failed('file-empty')
  return sizeBytes === record.sizeBytes && modifiedMs === record.fileModifiedMs
    ? ok(null)
    : failed('file-changed')
}

/** What an earlier run left: parts, or the whole object. */
interface Earlier {
  readonly multipartId: string
  readonly kept: readonly StoredPart[]
}

/**
 * Sends a file as parts and compares what is stored with it. Goes on where an earlier run ended, as far as storage tells
 * what arrived; else it begins anew. Ends `canceled` when the signal says so: then everything that arrived stays there.
 */
export const sendFile = async (
  record: UploadRecord,
  deps: SendDeps,
  signal: AbortSignal
): Promise<Result<null>> => {
  const { client, onBytes } = deps
  const { objectKey } = record
  const parts = partsOf(record)
  const hashes = new Map<number, string>()
  const again = <T>(ask: () => Promise<Result<T>>): Promise<Result<T>> => retried(deps, signal, ask)

  /** Whether the object is there in its whole length: then the answer to its completion was lost. */
  const isWhole = async (): Promise<Result<boolean>> => {
    const head = await again(() => client.head(objectKey, signal))
    return head.ok ? ok(head.value?.sizeBytes === record.sizeBytes) : head
  }

  /** Begun, and its id lost with the answer: nobody would ever complete these. */
  const dropLost = async (): Promise<Result<null>> => {
    const lost = unlessDenied(await again(() => client.listUnfinished(objectKey, signal)))
    if (!lost.ok) return lost
    for (const { multipartId } of lost.value ?? []) {
      const dropped = await again(() => client.abort({ objectKey, multipartId }, signal))
      if (!dropped.ok) return dropped
    }
    return ok(null)
  }

  const begin = async (): Promise<Result<Earlier>> => {
    // Not broken off: an id that is lost with its answer leaves an upload that nobody knows of.
    const begun = await again(() => client.begin(objectKey, contentType, never))
    if (!begun.ok) return begun
    const noted = deps.onBegun(begun.value)
    return noted.ok ? ok({ multipartId: begun.value, kept: [] }) : noted
  }

  const beginAnew = async (): Promise<Result<Earlier>> => {
    const noted = deps.onBegun(null)
    return noted.ok ? begin() : noted
  }

  /** Where to go on; null: nothing is left to send. */
  const takeUp = async (): Promise<Result<Earlier | null>> => {
    const { multipartId } = record
    if (multipartId === null) {
      const dropped = await dropLost()
      return dropped.ok ? begin() : dropped
    }
    const upload = { objectKey, multipartId }
    const listed = await again(() => client.listParts(upload, signal))
    if (listed.ok && listed.value !== null) {
      const lengthOf = new Map(parts.map(({ number, length }) => [number, length]))
      const kept = listed.value.filter((part) => lengthOf.get(part.number) === part.sizeBytes)
      return ok({ multipartId, kept })
    }
    if (!listed.ok && !isTrouble(listed.error, 'upload-gone')) return listed
    const whole = await isWhole()
    if (!whole.ok) return whole
    if (whole.value) return ok(null)
    const dropped = await again(() => client.abort(upload, signal))
    return dropped.ok ? beginAnew() : dropped
  }

  const sendPart = (multipartId: string, part: Part, partSignal: AbortSignal) =>
    retried(deps, partSignal, async (): Promise<Result<StoredPart>> => {
      let left = 0
      const sent = await client.sendPart(
        { objectKey, multipartId, number: part.number },
        { path: record.filePath, start: part.start, length: part.length },
        (bytes) => {
          left += bytes
          onBytes(bytes)
        },
        partSignal
      )
      if (!sent.ok) {
        onBytes(-left)
        return sent
      }
      hashes.set(part.number, sent.value.md5)
      return ok({ number: part.number, sizeBytes: part.length, etag: sent.value.etag })
    })

  /** A few at a time; the first that fails for good ends the others. */
  const sendRest = async ({ multipartId, kept }: Earlier): Promise<Result<StoredPart[]>> => {
    const stored = new Map(kept.map((part) => [part.number, part]))
    const rest = parts.filter(({ number }) => !stored.has(number))
    const stop = new AbortController()
    const either = AbortSignal.any([signal, stop.signal])
    let failure: Result<never> | null = null
    const work = async (): Promise<void> => {
      for (let part = rest.shift(); part !== undefined; part = rest.shift()) {
        const sent = await sendPart(multipartId, part, either)
        if (!sent.ok) {
          failure ??= sent
          stop.abort()
          return
        }
        stored.set(part.number, sent.value)
      }
    }
    await Promise.all(Array.from({ length: partsAtOnce }, work))
    return failure ?? ok([...stored.values()].sort((a, b) => a.number - b.number))
  }

  const complete = async (multipartId: string, stored: StoredPart[]): Promise<Result<null>> => {
    const upload = { objectKey, multipartId }
    const completed = await again(() => client.complete(upload, stored, never))
    if (completed.ok || !isTrouble(completed.error, 'upload-gone')) return completed
    // An earlier try did it, and its answer was lost.
    const whole = await isWhole()
    if (!whole.ok) return whole
    return whole.value ? ok(null) : completed
  }

  const ownHashes = async (): Promise<Result<readonly string[]>> => {
    for (const { number, start, length } of parts) {
      if (hashes.has(number)) continue
      const hash = await hashFileRange({ path: record.filePath, start, length }, signal)
      if (!hash.ok) return hash
      hashes.set(number, hash.value)
    }
    return ok(parts.map(({ number }) => hashes.get(number) ?? ''))
  }

  /** ETags that are no MD5s say nothing, so all of it is read back. */
  const compareBytes = async (own: readonly string[]): Promise<Result<null>> => {
    for (const [index, { start, length }] of parts.entries()) {
      const hash = await again(() => client.hashRange(objectKey, { start, length }, signal))
      if (!hash.ok) return hash
      if (hash.value !== own[index]) return failed('not-verified')
    }
    return ok(null)
  }

  const verify = async (): Promise<Result<null>> => {
    deps.onVerifying()
    const head = await again(() => client.head(objectKey, signal))
    if (!head.ok) return head
    if (head.value?.sizeBytes !== record.sizeBytes) return failed('not-verified')
    const own = await ownHashes()
    if (!own.ok) return own
    return head.value.etag === etagOf(own.value) ? ok(null) : compareBytes(own.value)
  }

  const before = await checkFile(record)
  if (!before.ok) return before
  const earlier = await takeUp()
  if (!earlier.ok) return earlier
  if (earlier.value !== null) {
    deps.onKept(earlier.value.kept.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))
    const sent = await sendRest(earlier.value)
    if (!sent.ok) return sent
    const after = await checkFile(record)
    if (!after.ok) return after
    const completed = await complete(earlier.value.multipartId, sent.value)
    if (!completed.ok) return completed
  } else deps.onKept(record.sizeBytes)
  return verify()
}
