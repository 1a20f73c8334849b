import type { VideoFacts } from '../../shared/domain/video-check.ts'
import type { ByteSource } from './byte-source.ts'
import { blockBytes } from './range-reader.ts'
import { readIso } from './read-iso.ts'
import { readMatroska } from './read-matroska.ts'
import { sniffVideo } from './sniff-video.ts'

export const noFacts: VideoFacts = {
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

/** Everything of a video that a few of its bytes tell. Throws a `ReadFault`. */
export const readVideo = async (file: ByteSource): Promise<VideoFacts> => {
  const { sizeBytes } = file
  const start = await file.read(0, Math.min(blockBytes, sizeBytes))
  const container = sniffVideo(start)
  const known = { ...noFacts, sizeBytes, container }
  switch (container) {
    case 'mp4':
    case 'mov':
      return { ...known, ...(await readIso(file)) }
    case 'webm':
    case 'mkv':
      return { ...known, ...(await readMatroska(file)) }
    default:
      return known
  }
}
