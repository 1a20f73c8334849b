import type { VideoFacts } from '../../shared/domain/video-check.ts'
import type { ByteSource } from './byte-source.ts'
import { blockBytes } from './range-reader.ts'
import { ReadFault } from './read-fault.ts'
import { readIso } from './read-iso.ts'
import { readMatroska } from './read-matroska.ts'
import { sniffVideo } from './sniff-video.ts'

/** Takes down what is known of a video by now: a reading that ends early has told what it read until then. */
export type Note = (facts: Partial<VideoFacts>) => void

/** What a reading brought, and what ended it before it was through. */
export interface ReadSoFar {
  /** Null: not even what kind of file it is. */
  readonly facts: VideoFacts | null
  readonly fault: ReadFault | null
}

const noFacts: VideoFacts = {
  sizeBytes: null,
  contentType: null,
  container: 'unknown',
  durationSeconds: null,
  videoCodec: null,
  audioCodec: null,
  hasAudio: null,
  videoTracks: null,
  codedWidth: null,
  codedHeight: null,
  width: null,
  height: null,
  rotation: null,
  frameRate: null,
  usualFrameRate: null,
  smallestGapMs: null,
  largestGapMs: null,
  bitDepth: null,
  chroma: null,
  isHdr: null,
  hasEditList: null,
  isFastStart: null,
  isFragmented: null,
  missingBytes: null,
  finalHost: null
}

/**
 * Notes everything of a video that a few of its bytes tell; what was noted of another file before is forgotten. Throws a
 * `ReadFault` once no more can be read; what was noted until then holds.
 */
export const readVideo = async (file: ByteSource, note: Note): Promise<void> => {
  const { sizeBytes, isSizeKnown } = file
  const start = await file.read(0, Math.min(blockBytes, sizeBytes))
  const container = sniffVideo(start)
  note({ ...noFacts, sizeBytes: isSizeKnown ? sizeBytes : null, container })
  if (container === 'mp4' || container === 'mov') await readIso(file, note)
  if (container === 'webm' || container === 'mkv') note(await readMatroska(file))
  if (!isSizeKnown) throw new ReadFault('link-no-size')
}

/** Reads as far as that goes; a `ReadFault` ends it, anything else is thrown on. */
export const readAsFarAsPossible = async (
  read: (note: Note) => Promise<void>
): Promise<ReadSoFar> => {
  let facts: VideoFacts | null = null
  try {
    await read((noted) => {
      facts = { ...(facts ?? noFacts), ...noted }
    })
    return { facts, fault: null }
  } catch (error) {
    if (!(error instanceof ReadFault)) throw error
    return { facts, fault: error }
  }
}
