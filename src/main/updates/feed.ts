import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import * as z from 'zod'
import type { UpdateTrouble } from '../../shared/catalogue/update-troubles.ts'
import { versionSchema } from '../../shared/domain/update.ts'
import type { AppError } from '../../shared/errors.ts'
import type { HttpClient } from '../ports/http-client.ts'
import type { Attempt, Release } from '../ports/update-source.ts'
import type { ReleaseChannel } from './release-channel.ts'

/** Signed along with every feed, so that no other signature of the same key passes for one. */
const feedContext = 'replica-desk release feed 1\n'

/** A feed has less than a tenth of this. */
const largestFeedBytes = 16 * 1024
const feedTimeoutMs = 20_000
const signaturePattern = /^[A-Za-z0-9+/]{86}==$/

/** Names of files and of the release's folder: no way up, no other place. */
const pathPattern = /^(?:[A-Za-z0-9_][\w.-]*\/)?[A-Za-z0-9_][\w.-]*$/

/** What is signed: everything that decides which file of which place is installed on which system. */
const feedSchema = z.strictObject({
  target: z.string().max(40),
  version: versionSchema,
  releasedAt: z.iso.datetime(),
  file: z
    .strictObject({
      path: z.string().max(200).regex(pathPattern),
      sizeBytes: z.number().int().positive().max(1_000_000_000),
      sha512: z.string().regex(signaturePattern)
    })
    .nullable()
})

const failed = (
  trouble: UpdateTrouble
): { readonly ok: false; readonly trouble: UpdateTrouble } => ({
  ok: false,
  trouble
})

/**
 * Reads a feed: a line with the signature in Base64, then a JSON text, over which it is made. Nothing of the text is
 * looked at before the signature holds. `target` is the system and processor that it must be for.
 */
export const readFeed = (text: string, publicKey: KeyObject, target: string): Attempt<Release> => {
  const end = text.indexOf('\n')
  const signature = text.slice(0, Math.max(0, end)).trim()
  if (!signaturePattern.test(signature)) return failed('unsigned')
  const content = text.slice(end + 1)
  const signed = Buffer.from(feedContext + content, 'utf8')
  if (!verify(null, signed, publicKey, Buffer.from(signature, 'base64')))
    return failed('wrong-signature')
  const feed = parseFeed(content)
  if (feed === null || feed.target !== target) return failed('unreadable')
  return { ok: true, value: { version: feed.version, file: feed.file } }
}

const parseFeed = (content: string): z.output<typeof feedSchema> | null => {
  try {
    return feedSchema.safeParse(JSON.parse(content)).data ?? null
  } catch {
    return null
  }
}

/** What went wrong, by what the HTTP client answers. */
const troubleOf = (error: AppError): UpdateTrouble => {
  switch (error.kind) {
    case 'insecure-connection':
      return 'insecure'
    case 'timed-out':
      return 'timed-out'
    case 'rate-limited':
      return 'server'
    case 'unexpected-response':
      if (error.where === 'redirect' || error.where === 'too-large') return error.where
      return 'cut-off'
    default:
      return 'offline'
  }
}

export interface FeedOptions {
  readonly http: HttpClient
  readonly channel: ReleaseChannel
  /** As `linux-x64`. */
  readonly target: string
}

/** Asks for the feed of this system and verifies it. Nothing is sent along but the request. */
export const createFeed = ({ http, channel, target }: FeedOptions) => {
  const publicKey = createPublicKey(channel.publicKey)
  return async (signal: AbortSignal): Promise<Attempt<Release>> => {
    const answer = await http.send(
      {
        method: 'GET',
        url: new URL(`latest-${target}.signed`, channel.feed).href,
        headers: { accept: '*/*' },
        timeoutMs: feedTimeoutMs,
        maxBytes: largestFeedBytes,
        retry: 'safe'
      },
      signal
    )
    if (!answer.ok) return failed(troubleOf(answer.error))
    if (answer.value.status !== 200) return failed('server')
    return readFeed(answer.value.text, publicKey, target)
  }
}
