import type { Input, InputVideoTrack } from 'mediabunny'
import type { VideoFacts } from '../../shared/domain/video-check.ts'
import { type Box, boxAt, readBox, type Structure, walkBoxes } from './box-walk.ts'
import { type ByteSource, sourceInMemory } from './byte-source.ts'
import { readDepth } from './color-depth.ts'
import { hasEndlessRun } from './endless-run.ts'
import { gapsBetween, rateOfGaps } from './frame-rate.ts'
import { type IndexFacts, readIndexFacts, readSegments, type Segments } from './index-facts.ts'
import { ReadFault } from './read-fault.ts'
import type { Note } from './read-video.ts'
import { readSmallIndex } from './small-index.ts'

/** Of a fragmented file, whose frames are listed all over it. */
const framesOfFragments = 90
/** A larger index is read without its lists of samples. */
const mostIndexBytes = 4 * 1024 * 1024
/** More than any list of segments; a damaged one may claim gigabytes. */
const mostSegmentBytes = 1024 * 1024
/** Lists of segments that end before are of a part of the file. */
const leastListedShare = 0.9

/** Notes what is known of an MP4 or MOV, as it becomes known. Throws a `ReadFault`. */
export const readIso = async (file: ByteSource, note: Note): Promise<void> => {
  const structure = await walkBoxes(file)
  await readBuilt(file, structure, note)
  if (structure.fault !== null) throw structure.fault
}

const readBuilt = async (file: ByteSource, structure: Structure, note: Note): Promise<void> => {
  const { moov, isFastStart, isFragmented, missingBytes } = structure
  note({ isFastStart, isFragmented, missingBytes })
  if (moov === null || moov.end > file.sizeBytes) {
    note({ isFastStart: null })
    return
  }
  const isLarge = moov.end - moov.start > mostIndexBytes
  if (isLarge && !isFragmented) return readLargeIndex(file, structure, moov, note)
  // Read whole and at once, so that the library asks for no part of it again.
  const index = readIndexFacts(await readBox(file, moov))
  note({ hasEditList: index.hasEditList })
  const segments = await readAllSegments(file, structure.sidx)
  const cut = segments === null ? 0 : Math.max(0, segments.end - file.sizeBytes)
  if (missingBytes !== null) note({ missingBytes: Math.max(missingBytes, cut) })
  const isOfAll = segments !== null && segments.end >= leastListedShare * file.sizeBytes
  await readTracks(file, note, async (video) => {
    if (!isFragmented) {
      note({ ...index.rate, durationSeconds: secondsOf(index) })
      return
    }
    await readFragments(video, index, isOfAll ? segments : null, note)
  })
}

/**
 * By the index itself: the library would list every sample for it, and a damaged index may claim billions, which would
 * hold up the whole app.
 */
const secondsOf = ({ shownSeconds, listedSeconds, namedSeconds }: IndexFacts): number | null =>
  shownSeconds ?? (listedSeconds > 0 ? listedSeconds : namedSeconds)

/** By the small boxes of an index whose lists of samples would cost too much. */
const readLargeIndex = async (
  file: ByteSource,
  { first }: Structure,
  moov: Box,
  note: Note
): Promise<void> => {
  const { bytes, hasAllTimes } = await readSmallIndex(file, moov)
  const type = first?.type === 'ftyp' ? await readWhole(file, first) : new Uint8Array()
  const box = boxAt(bytes.subarray(0, 16), 0, bytes.length)
  const { hasEditList, rate, listedSeconds, namedSeconds } = readIndexFacts(
    bytes.subarray(box?.content ?? 0)
  )
  note({ hasEditList })
  const small = sourceInMemory(Uint8Array.from(Buffer.concat([type, bytes])))
  await readTracks(small, note, async () => {
    note(
      hasAllTimes
        ? { ...rate, durationSeconds: listedSeconds > 0 ? listedSeconds : namedSeconds }
        : { ...rate, frameRate: null, durationSeconds: namedSeconds }
    )
  })
}

/** A box with its header, if it is a small one. */
const readWhole = async (file: ByteSource, { start, end }: Box): Promise<Uint8Array> =>
  end - start > 4096 ? new Uint8Array() : file.read(start, end)

const readAllSegments = async (
  file: ByteSource,
  boxes: readonly Box[]
): Promise<Segments | null> => {
  const read: Segments[] = []
  for (const box of boxes) {
    if (box.end > file.sizeBytes) continue
    const segments = readSegments(await readBox(file, box, mostSegmentBytes), box.end)
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
    read: async (start, end) => {
      const bytes = await file.read(start, end)
      if (hasEndlessRun(bytes)) throw new ReadFault('unreadable')
      return bytes
    },
    // An index that is too large for the library's cache would be asked for again and again.
    maxCacheSize: 32 * 1024 * 1024,
    handleUnhandledError: () => undefined
  })
  return new Input({ source, formats: [MP4, QTFF] })
}

/** Notes what the tracks are; how the times of the first video are told is the caller's. */
const readTracks = async (
  file: ByteSource,
  note: Note,
  readTimes: (video: InputVideoTrack) => Promise<void>
): Promise<void> => {
  const input = await openInput(file)
  try {
    const videos = await input.getVideoTracks()
    const [audio] = await input.getAudioTracks()
    const [video] = videos
    note({
      hasAudio: audio !== undefined,
      audioCodec: audio === undefined ? null : await codecOf(audio),
      videoTracks: videos.length
    })
    if (video === undefined) return
    note(await pictureOf(video))
    await readTimes(video)
  } catch (error) {
    if (error instanceof ReadFault) throw error
    // Its messages may quote the file.
    throw new ReadFault('unreadable')
  } finally {
    input.dispose()
  }
}

/** What cannot be had for the price is not known; what was had of it before still counts. */
const readFragments = async (
  video: InputVideoTrack,
  { hasSamples, listedSeconds }: IndexFacts,
  segments: Segments | null,
  note: Note
): Promise<void> => {
  const isMixed = hasSamples
  if (segments !== null) {
    note({ durationSeconds: segments.seconds + (isMixed ? listedSeconds : 0) })
  }
  const { rate, fault } = await rateOfFragments(video)
  note(rate ?? {})
  if (fault !== null) throw fault
  // Where both kinds are mixed and no list says more, libraries count the first part alone.
  if (segments !== null || (isMixed && listedSeconds > 0)) return
  note({ durationSeconds: await video.computeDuration({ metadataOnly: true }) })
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

/** By the first frames that fragments list; no picture is read. `fault`: what ended it before there were enough. */
const rateOfFragments = async (video: InputVideoTrack) => {
  const { EncodedPacketSink } = await import('mediabunny')
  const times: number[] = []
  let fault: ReadFault | null = null
  try {
    const sink = new EncodedPacketSink(video)
    for await (const packet of sink.packets(undefined, undefined, { metadataOnly: true })) {
      times.push(packet.timestamp)
      if (times.length >= framesOfFragments) break
    }
  } catch (error) {
    if (!(error instanceof ReadFault)) throw error
    fault = error
  }
  // The average of a part depends on where it was cut.
  const rate = rateOfGaps(gapsBetween(times))
  return { rate: rate === null ? null : { ...rate, frameRate: null }, fault }
}
