import { DOWNLOAD_LINK_ERROR } from './sample-people.ts'

/** Sentences as the API gives them, by what is wrong with the file. */
const FORMAT_ERROR = 'The training video must be a .mp4 file.'
const SIZE_ERROR = 'The training video is larger than the limit of 750 MB.'
const DAMAGED_ERROR = 'The training video could not be processed: the file is damaged.'

const MOST_BYTES = 750_000_000
const FETCH_TIMEOUT_MS = 30_000
/** Enough to tell an MP4 from anything else. */
const HEAD_BYTES = 12

/**
 * Downloads a training video as the API does before it trains, and says what is wrong with it; null: nothing. Told from
 * its first bytes, its promised length and what really came.
 */
export const fetchTrainingVideo = async (link: string): Promise<string | null> => {
  try {
    const response = await fetch(link, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) })
    if (!response.ok || response.body === null) {
      await response.body?.cancel()
      return DOWNLOAD_LINK_ERROR
    }
    return await judgeBody(response.body, Number(response.headers.get('content-length')))
  } catch {
    return DOWNLOAD_LINK_ERROR
  }
}

const judgeBody = async (
  body: ReadableStream<Uint8Array>,
  promised: number
): Promise<string | null> => {
  if (promised > MOST_BYTES) {
    await body.cancel()
    return SIZE_ERROR
  }
  let head = Buffer.alloc(0)
  let size = 0
  for await (const part of body) {
    size += part.length
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, part]).subarray(0, HEAD_BYTES)
    if (size > MOST_BYTES) return SIZE_ERROR
  }
  const isMp4 = /^.{4}ftyp(?!qt {2})/s.test(head.toString('latin1'))
  if (!isMp4) return FORMAT_ERROR
  return promised > 0 && size < promised ? DAMAGED_ERROR : null
}
