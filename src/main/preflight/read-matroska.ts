import type { VideoFacts } from '../../shared/domain/video-check.ts'
import { type ByteSource, viewOf } from './byte-source.ts'

const segmentId = 0x18538067
const infoId = 0x1549a966
const tracksId = 0x1654ae6b
const clusterId = 0x1f43b675
/** What stands before the pictures fits in here; sound and pictures are not read. */
const mostHeadBytes = 64 * 1024

interface Element {
  readonly id: number
  readonly content: number
  /** Where it ends; null: it does not say, as in a live recording. */
  readonly end: number | null
}

/** A number of variable length (RFC 8794, 4). `isWhole`: with its marker, as IDs are written. */
const readNumber = (bytes: Uint8Array, at: number, isWhole: boolean) => {
  const first = bytes[at] ?? 0
  const length = Math.clz32(first) - 23
  if (first === 0 || at + length > bytes.length) return null
  let value = isWhole ? first : first & (0xff >> length)
  let isUnknown = (first & (0xff >> length)) === 0xff >> length
  for (let index = 1; index < length; index += 1) {
    const byte = bytes[at + index] ?? 0
    isUnknown &&= byte === 0xff
    value = value * 256 + byte
  }
  return { value, next: at + length, isUnknown }
}

const elementAt = (bytes: Uint8Array, at: number): Element | null => {
  const id = readNumber(bytes, at, true)
  const size = id === null ? null : readNumber(bytes, id.next, false)
  if (id === null || size === null) return null
  return { id: id.value, content: size.next, end: size.isUnknown ? null : size.next + size.value }
}

const elementsIn = function* (bytes: Uint8Array, from: number, to: number): Generator<Element> {
  for (let at = from; at < to; ) {
    const element = elementAt(bytes, at)
    if (element === null) return
    yield element
    if (element.end === null || element.id === clusterId) return
    at = element.end
  }
}

const childrenOf = (bytes: Uint8Array, { content, end }: Element): ReadonlyMap<number, Element> =>
  new Map(
    [...elementsIn(bytes, content, Math.min(end ?? bytes.length, bytes.length))].map((child) => [
      child.id,
      child
    ])
  )

const integer = (bytes: Uint8Array, element: Element | undefined): number | null => {
  if (element?.end == null || element.end > bytes.length) return null
  return bytes.subarray(element.content, element.end).reduce((value, byte) => value * 256 + byte, 0)
}

const decimal = (bytes: Uint8Array, element: Element | undefined): number | null => {
  if (element?.end == null || element.end > bytes.length) return null
  const length = element.end - element.content
  const view = viewOf(bytes)
  if (length === 4) return view.getFloat32(element.content)
  return length === 8 ? view.getFloat64(element.content) : null
}

const text = (bytes: Uint8Array, element: Element | undefined): string =>
  element?.end == null
    ? ''
    : String.fromCharCode(...bytes.subarray(element.content, Math.min(element.end, bytes.length)))
        .replace(/[^\w./-]/g, '')
        .slice(0, 40)

/** Matroska's names of codecs as the rest of the app calls them. */
const codecs: Readonly<Record<string, string>> = {
  'V_MPEG4/ISO/AVC': 'avc',
  'V_MPEGH/ISO/HEVC': 'hevc',
  V_VP8: 'vp8',
  V_VP9: 'vp9',
  V_AV1: 'av1',
  A_AAC: 'aac',
  A_OPUS: 'opus',
  A_VORBIS: 'vorbis'
}
const codecName = (own: string): string | null => codecs[own] ?? (own === '' ? null : own)

/**
 * What the head of a WebM or Matroska file tells. Its pictures are not touched: reading one frame may fetch megabytes,
 * and the frame rate stands in the head (RFC 9559, `DefaultDuration`). Throws a `ReadFault`.
 */
export const readMatroska = async (file: ByteSource): Promise<Partial<VideoFacts>> => {
  const bytes = await file.read(0, Math.min(mostHeadBytes, file.sizeBytes))
  const segment = [...elementsIn(bytes, 0, bytes.length)].find(({ id }) => id === segmentId)
  if (segment === undefined) return {}
  const head = childrenOf(bytes, segment)
  const info = head.get(infoId)
  const tracks = head.get(tracksId)
  return {
    isFragmented: segment.end === null,
    missingBytes: segment.end === null ? 0 : Math.max(0, segment.end - file.sizeBytes),
    durationSeconds: info === undefined ? null : secondsOf(bytes, childrenOf(bytes, info)),
    ...(tracks === undefined ? {} : trackFacts(bytes, tracks))
  }
}

const secondsOf = (bytes: Uint8Array, info: ReadonlyMap<number, Element>): number | null => {
  const scale = integer(bytes, info.get(0x2ad7b1)) ?? 1_000_000
  const duration = decimal(bytes, info.get(0x4489))
  return duration === null || duration <= 0 ? null : (duration * scale) / 1e9
}

const trackFacts = (bytes: Uint8Array, list: Element): Partial<VideoFacts> => {
  const tracks = [
    ...elementsIn(bytes, list.content, Math.min(list.end ?? bytes.length, bytes.length))
  ]
    .filter(({ id }) => id === 0xae)
    .map((entry) => childrenOf(bytes, entry))
  const ofType = (type: number) =>
    tracks.filter((track) => integer(bytes, track.get(0x83)) === type)
  const [video] = ofType(1)
  const [audio] = ofType(2)
  return {
    videoTracks: ofType(1).length,
    hasAudio: audio !== undefined,
    audioCodec: audio === undefined ? null : codecName(text(bytes, audio.get(0x86))),
    ...(video === undefined ? {} : pictureFacts(bytes, video))
  }
}

const pictureFacts = (
  bytes: Uint8Array,
  track: ReadonlyMap<number, Element>
): Partial<VideoFacts> => {
  const settings = track.get(0xe0)
  const picture = settings === undefined ? new Map() : childrenOf(bytes, settings)
  const frameNs = integer(bytes, track.get(0x23e383))
  const rate = frameNs === null || frameNs === 0 ? null : Math.round(1e12 / frameNs) / 1000
  const codedWidth = integer(bytes, picture.get(0xb0))
  const codedHeight = integer(bytes, picture.get(0xba))
  const isInPixels = (integer(bytes, picture.get(0x54b2)) ?? 0) === 0
  return {
    videoCodec: codecName(text(bytes, track.get(0x86))),
    codedWidth,
    codedHeight,
    width: (isInPixels ? integer(bytes, picture.get(0x54b0)) : null) ?? codedWidth,
    height: (isInPixels ? integer(bytes, picture.get(0x54ba)) : null) ?? codedHeight,
    rotation: 0,
    frameRate: rate,
    usualFrameRate: rate
  }
}
