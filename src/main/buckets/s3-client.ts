import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { BucketTrouble } from '../../shared/catalogue/bucket-troubles.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type {
  BucketClient,
  BucketConnection,
  StoredPart,
  UnfinishedUpload
} from '../ports/bucket-client.ts'
import type { Agents } from './proxy-agents.ts'
import { isNoObject, isNotOffered, troubleOf } from './read-failure.ts'

const connectionTimeoutMs = 15_000
/** Without a byte in either direction. */
const silenceMs = 60_000
/** Read from the disk at once, and handed to the socket. */
const chunkBytes = 256 * 1024
/** From so much on the SDK holds a clock for wrong. */
const clockToleranceMs = 4 * 60_000
/** What a test object or an error may hold; nothing larger is kept. */
const mostSmallBytes = 64 * 1024

const bare = (etag: string | undefined): string => (etag ?? '').replaceAll('"', '')

/** The file has fewer bytes than were to be sent, so it was changed meanwhile. */
class ShortFileError extends Error {
  readonly code = 'SHORT_FILE'
}

/** Counts and hashes what passes through it, which has to be so many bytes. */
const createMeter = (length: number, onBytes: (bytes: number) => void) => {
  const hash = createHash('md5')
  let passed = 0
  const stream = new Transform({
    readableHighWaterMark: chunkBytes,
    writableHighWaterMark: chunkBytes,
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      passed += chunk.length
      onBytes(chunk.length)
      done(null, chunk)
    },
    flush(done) {
      done(passed === length ? null : new ShortFileError())
    }
  })
  return { stream, md5: (): string => hash.digest('hex') }
}

const readSmall = async (body: Readable): Promise<Buffer> => {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of body) {
    bytes += (piece as Buffer).length
    if (bytes > mostSmallBytes) break
    pieces.push(piece as Buffer)
  }
  return Buffer.concat(pieces)
}

/**
 * A bucket over the AWS SDK. Checksums only where S3 wants one: the SDK's own choice frames a stream's bytes, which some
 * servers store as they come. It never repeats a request, since it could not repeat a stream; who asks does.
 */
export const openS3 = (
  connection: BucketConnection,
  secretAccessKey: string,
  agents: Agents
): BucketClient => {
  const { endpoint, region, bucket: Bucket, isPathStyle, accessKeyId } = connection
  const client = new S3Client({
    endpoint,
    region,
    forcePathStyle: isPathStyle,
    credentials: { accessKeyId, secretAccessKey },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 1,
    followRegionRedirects: false,
    requestHandler: {
      connectionTimeout: connectionTimeoutMs,
      socketTimeout: silenceMs,
      ...agents
    }
  })

  /** How far the server's clock is ahead of this computer's, as far as its answers told; the SDK signs with it. */
  const aheadMs = (): number => client.config.systemClockOffset ?? 0

  /** The refusal of a HEAD has no body: that its date put the clock right tells what it was for. */
  const troubleWith = (error: unknown, aheadBeforeMs: number): BucketTrouble => {
    const trouble = troubleOf(error)
    const isPutRight = Math.abs(aheadMs() - aheadBeforeMs) >= clockToleranceMs
    return trouble === 'denied' && isPutRight ? 'wrong-clock' : trouble
  }

  /** One request; none leaves once the connection has another place or key. */
  const ask = async <T>(signal: AbortSignal, work: () => Promise<T>): Promise<Result<T>> => {
    const objection = connection.objection()
    if (objection !== null) return fail(objection)
    if (signal.aborted) return fail({ kind: 'canceled' })
    const aheadBeforeMs = aheadMs()
    try {
      return ok(await work())
    } catch (error) {
      if (signal.aborted) return fail({ kind: 'canceled' })
      return fail({ kind: 'bucket-failed', trouble: troubleWith(error, aheadBeforeMs) })
    }
  }

  /** The answer, or what stands for one of these errors. */
  const unless = async <T, U>(
    isMeant: (error: unknown) => boolean,
    instead: U,
    work: () => Promise<T>
  ): Promise<T | U> => {
    try {
      return await work()
    } catch (error) {
      if (isMeant(error)) return instead
      throw error
    }
  }

  const isGone = (error: unknown): boolean => troubleOf(error) === 'upload-gone'

  const allParts = async (
    Key: string,
    UploadId: string,
    abortSignal: AbortSignal
  ): Promise<readonly StoredPart[]> => {
    const parts: StoredPart[] = []
    let marker: string | undefined
    do {
      const page = await client.send(
        new ListPartsCommand({ Bucket, Key, UploadId, PartNumberMarker: marker }),
        { abortSignal }
      )
      for (const { PartNumber = 0, Size = 0, ETag } of page.Parts ?? []) {
        parts.push({ number: PartNumber, sizeBytes: Size, etag: bare(ETag) })
      }
      // A server that says so without telling where to go on would be asked for ever.
      const next = page.IsTruncated === true ? page.NextPartNumberMarker : undefined
      marker = next === marker ? undefined : next
    } while (marker !== undefined)
    return parts
  }

  const allUnfinished = async (
    Prefix: string,
    abortSignal: AbortSignal
  ): Promise<readonly UnfinishedUpload[]> => {
    const page = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix }), {
      abortSignal
    })
    return (page.Uploads ?? []).flatMap(({ Key, UploadId, Initiated }) =>
      Key === undefined || UploadId === undefined || !Key.startsWith(Prefix)
        ? []
        : [
            {
              objectKey: Key,
              multipartId: UploadId,
              begunAt: (Initiated ?? new Date(0)).toISOString()
            }
          ]
    )
  }

  return {
    put: (Key, Body, signal) =>
      ask(signal, async () => {
        await client.send(new PutObjectCommand({ Bucket, Key, Body }), { abortSignal: signal })
        return null
      }),
    get: (Key, signal) =>
      ask(signal, async () => {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }), {
          abortSignal: signal
        })
        return Body instanceof Readable ? readSmall(Body) : Buffer.alloc(0)
      }),
    remove: (Key, signal) =>
      ask(signal, () =>
        unless(isNoObject, null, async () => {
          await client.send(new DeleteObjectCommand({ Bucket, Key }), { abortSignal: signal })
          return null
        })
      ),
    head: (Key, signal) =>
      ask(signal, () =>
        unless(isNoObject, null, async () => {
          const { ContentLength = 0, ETag } = await client.send(
            new HeadObjectCommand({ Bucket, Key }),
            { abortSignal: signal }
          )
          return { sizeBytes: ContentLength, etag: bare(ETag) }
        })
      ),
    hashRange: (Key, { start, length }, signal) =>
      ask(signal, async () => {
        const Range = `bytes=${start}-${start + length - 1}`
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, Range }), {
          abortSignal: signal
        })
        const hash = createHash('md5')
        if (Body instanceof Readable) await pipeline(Body, hash, { signal })
        return hash.digest('hex')
      }),
    begin: (Key, ContentType, signal) =>
      ask(signal, async () => {
        const { UploadId } = await client.send(
          new CreateMultipartUploadCommand({ Bucket, Key, ContentType }),
          { abortSignal: signal }
        )
        if (UploadId === undefined) throw new SyntaxError('No upload id')
        return UploadId
      }),
    sendPart: ({ objectKey, multipartId, number }, { path, start, length }, onBytes, signal) =>
      ask(signal, async () => {
        const meter = createMeter(length, onBytes)
        const stop = new AbortController()
        const either = AbortSignal.any([signal, stop.signal])
        const file = createReadStream(path, {
          start,
          end: start + length - 1,
          highWaterMark: chunkBytes
        })
        const read = pipeline(file, meter.stream, { signal: either })
        const sent = client.send(
          new UploadPartCommand({
            Bucket,
            Key: objectKey,
            UploadId: multipartId,
            PartNumber: number,
            Body: meter.stream,
            ContentLength: length
          }),
          { abortSignal: either }
        )
        // Whichever fails first says why, and ends the other, which would wait for it.
        let reason: unknown = null
        const onFailure = (error: unknown): void => {
          if (!stop.signal.aborted) reason = error
          stop.abort()
        }
        read.catch(onFailure)
        sent.catch(onFailure)
        const [, answered] = await Promise.allSettled([read, sent])
        if (answered.status === 'rejected') throw reason
        return { etag: bare(answered.value.ETag), md5: meter.md5() }
      }),
    listParts: ({ objectKey, multipartId }, signal) =>
      ask(signal, () => unless(isNotOffered, null, () => allParts(objectKey, multipartId, signal))),
    complete: ({ objectKey, multipartId }, parts, signal) =>
      ask(signal, async () => {
        const Parts = parts.map(({ number, etag }) => ({ PartNumber: number, ETag: `"${etag}"` }))
        await client.send(
          new CompleteMultipartUploadCommand({
            Bucket,
            Key: objectKey,
            UploadId: multipartId,
            MultipartUpload: { Parts }
          }),
          { abortSignal: signal }
        )
        return null
      }),
    abort: ({ objectKey, multipartId }, signal) =>
      ask(signal, () =>
        unless(isGone, null, async () => {
          await client.send(
            new AbortMultipartUploadCommand({ Bucket, Key: objectKey, UploadId: multipartId }),
            { abortSignal: signal }
          )
          return null
        })
      ),
    listUnfinished: (prefix, signal) =>
      ask(signal, () => unless(isNotOffered, null, () => allUnfinished(prefix, signal))),
    linkTo: (Key, seconds) =>
      ask(new AbortController().signal, () =>
        getSignedUrl(client, new GetObjectCommand({ Bucket, Key }), {
          expiresIn: seconds,
          signingDate: new Date(Date.now() + aheadMs())
        })
      ),
    serverNowAt: () => new Date(Date.now() + aheadMs()).toISOString(),
    close: () => client.destroy()
  }
}
