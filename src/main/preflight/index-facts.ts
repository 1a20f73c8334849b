import { type Box, boxesIn, boxWithin } from './box-walk.ts'
import { viewOf } from './byte-source.ts'
import { type Gaps, type Rate, rateOfGaps } from './frame-rate.ts'

/** Less is what encoders cut off to line sound and pictures up. */
const leastCutSeconds = 0.25

/** What of the index (`moov`) no library tells. */
export interface IndexFacts {
  /** Players leave out a part of what is stored; Tavus may not. */
  readonly hasEditList: boolean
  /** The index lists samples itself, whether or not fragments follow. */
  readonly hasSamples: boolean
  /** Of the first video; null: its frames are listed elsewhere. */
  readonly rate: Rate | null
  /** How long the samples are that the index lists of the first video. */
  readonly listedSeconds: number
  /** How long what an edit list shows of the first video is; null: it has none. */
  readonly shownSeconds: number | null
  /** How long the first video is by its own word; null: it does not say, as where fragments follow. */
  readonly namedSeconds: number | null
}

/** Reads an index whose bytes are at hand. */
export const readIndexFacts = (moov: Uint8Array): IndexFacts => {
  const tracks = boxesIn(moov, 0, moov.length).filter(({ type }) => type === 'trak')
  const videos = tracks.filter((track) => handlerOf(moov, track) === 'vide')
  const [first] = videos
  const gaps = first === undefined ? [] : gapsOf(moov, first)
  return {
    hasEditList: videos.some((track) => isCut(moov, track)),
    hasSamples: tracks.some((track) => sampleCount(moov, track) > 0),
    rate: rateOfGaps(gaps),
    listedSeconds: gaps.reduce((sum, { count, seconds }) => sum + count * seconds, 0),
    shownSeconds: first === undefined ? null : shownSecondsOf(moov, first),
    namedSeconds: first === undefined ? null : namedSecondsOf(moov, first)
  }
}

const handlerOf = (moov: Uint8Array, track: Box): string => {
  const box = boxWithin(moov, track.content, track.end, ['mdia', 'hdlr'])
  return box === null
    ? ''
    : String.fromCharCode(...moov.subarray(box.content + 8, box.content + 12))
}

const sampleCount = (moov: Uint8Array, track: Box): number => {
  const path = ['mdia', 'minf', 'stbl', 'stsz']
  const box = boxWithin(moov, track.content, track.end, path)
  return box === null || box.end - box.content < 12 ? 0 : viewOf(moov).getUint32(box.content + 8)
}

/** Units of a second in which a track counts. */
const timescaleOf = (moov: Uint8Array, track: Box): number => {
  const box = boxWithin(moov, track.content, track.end, ['mdia', 'mdhd'])
  if (box === null || box.end - box.content < 24) return 1
  const isLong = moov[box.content] === 1
  return viewOf(moov).getUint32(box.content + (isLong ? 20 : 12)) || 1
}

const namedSecondsOf = (moov: Uint8Array, track: Box): number | null => {
  const box = boxWithin(moov, track.content, track.end, ['mdia', 'mdhd'])
  if (box === null || box.end - box.content < 24) return null
  const isLong = moov[box.content] === 1
  const view = viewOf(moov)
  if (isLong && box.end - box.content < 32) return null
  const units = isLong
    ? Number(view.getBigUint64(box.content + 24))
    : view.getUint32(box.content + 16)
  const isNamed = units > 0 && units !== (isLong ? Number(0xffff_ffff_ffff_ffffn) : 0xffff_ffff)
  return isNamed ? units / timescaleOf(moov, track) : null
}

/** How long each frame lasts, as the index lists it: in runs of frames that last as long. */
const gapsOf = (moov: Uint8Array, track: Box): readonly Gaps[] => {
  const box = boxWithin(moov, track.content, track.end, ['mdia', 'minf', 'stbl', 'stts'])
  if (box === null || box.end - box.content < 8) return []
  const view = viewOf(moov)
  const count = Math.min(
    view.getUint32(box.content + 4),
    Math.floor((box.end - box.content - 8) / 8)
  )
  const scale = timescaleOf(moov, track)
  return Array.from({ length: count }, (_, index) => {
    const at = box.content + 8 + index * 8
    return { count: view.getUint32(at), seconds: view.getUint32(at + 4) / scale }
  })
}

/** Where in the track each part that is shown begins, in seconds; parts that show nothing are left out. */
const editStarts = (moov: Uint8Array, track: Box): readonly number[] => {
  const box = boxWithin(moov, track.content, track.end, ['edts', 'elst'])
  if (box === null || box.end - box.content < 8) return []
  const view = viewOf(moov)
  const isLong = moov[box.content] === 1
  const step = isLong ? 20 : 12
  const count = Math.min(
    view.getUint32(box.content + 4),
    Math.floor((box.end - box.content - 8) / step)
  )
  const scale = timescaleOf(moov, track)
  return Array.from({ length: count }, (_, index) => {
    const at = box.content + 8 + index * step
    return isLong ? Number(view.getBigInt64(at + 8)) : view.getInt32(at + 4)
  })
    .filter((start) => start >= 0)
    .map((start) => start / scale)
}

/** Of the parts that show something, in the units of the whole film. */
const shownSecondsOf = (moov: Uint8Array, track: Box): number | null => {
  const box = boxWithin(moov, track.content, track.end, ['edts', 'elst'])
  const film = boxWithin(moov, 0, moov.length, ['mvhd'])
  if (box === null || film === null || box.end - box.content < 8) return null
  if (film.end - film.content < 24) return null
  const view = viewOf(moov)
  const scale = view.getUint32(film.content + (moov[film.content] === 1 ? 20 : 12)) || 1
  const isLong = moov[box.content] === 1
  const step = isLong ? 20 : 12
  const count = Math.min(
    view.getUint32(box.content + 4),
    Math.floor((box.end - box.content - 8) / step)
  )
  let units = 0
  for (let index = 0; index < count; index += 1) {
    const at = box.content + 8 + index * step
    const start = isLong ? Number(view.getBigInt64(at + 8)) : view.getInt32(at + 4)
    if (start >= 0) units += isLong ? Number(view.getBigUint64(at)) : view.getUint32(at)
  }
  return units > 0 ? units / scale : null
}

const isCut = (moov: Uint8Array, track: Box): boolean => {
  const starts = editStarts(moov, track)
  return starts.length > 1 || (starts[0] ?? 0) >= leastCutSeconds
}

/** What a list of segments (`sidx`) adds up to. */
export interface Segments {
  readonly seconds: number
  /** Where the last of them ends. */
  readonly end: number
}

/** Reads the content of a `sidx` that ends at `boxEnd`; null if it cannot be read. */
export const readSegments = (sidx: Uint8Array, boxEnd: number): Segments | null => {
  if (sidx.length < 24) return null
  const view = viewOf(sidx)
  const isLong = sidx[0] === 1
  const timescale = view.getUint32(8)
  const offset = isLong ? Number(view.getBigUint64(20)) : view.getUint32(16)
  const list = isLong ? 28 : 20
  if (timescale === 0 || sidx.length < list + 4) return null
  const count = Math.min(view.getUint16(list + 2), Math.floor((sidx.length - list - 4) / 12))
  let seconds = 0
  let end = boxEnd + offset
  for (let index = 0; index < count; index += 1) {
    const at = list + 4 + index * 12
    end += view.getUint32(at) & 0x7fff_ffff
    seconds += view.getUint32(at + 4) / timescale
  }
  return { seconds, end }
}
