import type { Input, InputVideoTrack } from 'mediabunny'
import type { VideoFacts } from '../../shared/domain/video-check.ts'
import { type Box, readBox, type Structure, walkBoxes } from './box-walk.ts'
import type { ByteSource } from './byte-source.ts'
import { readDepth } from './color-depth.ts'
import { gapsBetween, rateOfGaps } from './frame-rate.ts'
import { type IndexFacts, readIndexFacts, readSegments, type Segments } from './index-facts.ts'
import { ReadFault } from './read-fault.ts'

/** Of a fragmented file, whose frames are listed all over it. */
const framesOfFragments = 90
/** What is known of an MP4 or MOV. Throws a `ReadFault`. */
export const readIso = async (file: ByteSource): Promise<Partial<VideoFacts>> => {
  const structure = await walkBoxes(file)
  const { moov, isFastStart, isFragmented, missingBytes } = structure
  const built = { isFastStart, isFragmented, missingBytes }
  if (moov === null || moov.end > file.sizeBytes) return { ...built, isFastStart: null }
  const segments = await readAllSegments(file, structure.sidx)
  const cut = segments === null ? 0 : Math.max(0, segments.end - file.sizeBytes)
  // Read whole and at once, so that the library asks for no part of it again.
  const index = readIndexFacts(await readBox(file, moov))
  const tracks = await readTracks(file, structure, index, segments)
  return {
    ...built,
    missingBytes: Math.max(missingBytes, cut),
    hasEditList: index.hasEditList,
    ...tracks
  }
}

const readAllSegments = async (
  file: ByteSource,
  boxes: readonly Box[]
): Promise<Segments | null> => {
  const read: Segments[] = []
  for (const box of boxes) {
    if (box.end > file.sizeBytes) continue
    const segments = readSegments(await readBox(file, box), box.end)
    if (segments !== null) read.push(segments)
  }
  if (read.length === 0) return null
  return {
    seconds: Math.max(...read.map(({ seconds }) => seconds)),
    end: Math.max(...read.map(({ end }) => end))
  }
}

/** Opens the file in the library, which is loaded with the first video. */
const openInput = async (file: ByteSource): Promise<Input> => {
  const { CustomSource, Input, MP4, QTFF } = await import('mediabunny')
  const source = new CustomSource({
    getSize: () => file.sizeBytes,
    read: (start, end) => file.read(start, end),
    // An index that is too large for the library's cache would be asked for again and again.
    maxCacheSize: 32 * 1024 * 1024,
    handleUnhandledError: () => undefined
  })
  return new Input({ source, formats: [MP4, QTFF] })
}

const readTracks = async (
  file: ByteSource,
  { isFragmented }: Structure,
  { hasSamples, rate, listedSeconds }: IndexFacts,
  segments: Segments | null
): Promise<Partial<VideoFacts>> => {
  const input = await openInput(file)
  try {
    const videos = await input.getVideoTracks()
    const [audio] = await input.getAudioTracks()
    const [video] = videos
    const sound = {
      hasAudio: audio !== undefined,
      audioCodec: audio === undefined ? null : await codecOf(audio),
      videoTracks: videos.length
    }
    if (video === undefined) return sound
    const isMixed = isFragmented && hasSamples
    return {
      ...sound,
      ...(await pictureOf(video)),
      ...(isFragmented ? await rateOfFragments(video) : rate),
      durationSeconds: isFragmented
        ? await fragmentedSeconds(video, segments, isMixed ? listedSeconds : 0)
        : await video.computeDuration({ metadataOnly: true })
    }
  } catch (error) {
    if (error instanceof ReadFault) throw error
    // Its messages may quote the file.
    throw new ReadFault('unreadable')
  } finally {
    input.dispose()
  }
}

/**
 * By the list of segments, which follow what the index lists itself; else by a look at the last fragment. Where both
 * kinds are mixed and no list says more, libraries count the first part alone.
 */
const fragmentedSeconds = async (
  video: InputVideoTrack,
  segments: Segments | null,
  listedSeconds: number
): Promise<number | null> => {
  if (segments !== null) return segments.seconds + listedSeconds
  if (listedSeconds > 0) return null
  try {
    return await video.computeDuration({ metadataOnly: true })
  } catch {
    // What cannot be had for the price is not known.
    return null
  }
}

const codecOf = async (track: {
  getCodec(): Promise<string | null>
  getInternalCodecId(): Promise<unknown>
}): Promise<string | null> => {
  const known = await track.getCodec()
  if (known !== null) return known
  const own = await track.getInternalCodecId()
  return typeof own === 'string' ? own.replace(/[^\w .-]/g, '').slice(0, 40) : null
}

const pictureOf = async (video: InputVideoTrack): Promise<Partial<VideoFacts>> => {
  const videoCodec = await codecOf(video)
  const isKnown = videoCodec === 'avc' || videoCodec === 'hevc'
  const config = isKnown ? await video.getDecoderConfig() : null
  return {
    videoCodec,
    codedWidth: await video.getCodedWidth(),
    codedHeight: await video.getCodedHeight(),
    width: Math.round(await video.getDisplayWidth()),
    height: Math.round(await video.getDisplayHeight()),
    rotation: await video.getRotation(),
    isHdr: await video.hasHighDynamicRange(),
    ...readDepth(videoCodec, config?.description)
  }
}

/** The first frames that fragments list; no picture is read. */
const rateOfFragments = async (video: InputVideoTrack) => {
  const { EncodedPacketSink } = await import('mediabunny')
  const times: number[] = []
  const sink = new EncodedPacketSink(video)
  for await (const packet of sink.packets(undefined, undefined, { metadataOnly: true })) {
    times.push(packet.timestamp)
    if (times.length >= framesOfFragments) break
  }
  // The average of a part depends on where it was cut.
  const rate = rateOfGaps(gapsBetween(times))
  return rate === null ? null : { ...rate, frameRate: null }
}
