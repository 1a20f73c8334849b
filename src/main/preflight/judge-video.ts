import {
  asFound,
  type FindingLevel,
  lengthToleranceSeconds,
  type Mend,
  rateTolerance,
  trainingRules,
  type VideoFindingCode,
  videoFindings
} from '../../shared/catalogue/training-rules.ts'
import type { Container, VideoFacts, VideoFinding } from '../../shared/domain/video-check.ts'
import type { VideoToCheck } from '../ports/video-checker.ts'
import { ffmpegLine, type ToMend } from './ffmpeg-line.ts'
import type { ReadFault } from './read-fault.ts'

/** How a reading went, beside what was read. */
export interface Reading {
  readonly nowAt: string
  /** How far the server's clock is ahead; null: it named no time, or there is no server. */
  readonly skewMs: number | null
  readonly fault: ReadFault | null
}

/** What was found, the gravest first, and the line that mends it. */
export interface Judgment {
  readonly findings: VideoFinding[]
  readonly ffmpegCommand: string | null
  readonly toMend: ToMend | null
}

interface Found {
  readonly code: VideoFindingCode
  readonly values: VideoFinding['values']
}

const gravity: readonly FindingLevel[] = ['refused', 'warning', 'advice', 'pass']
const hourMs = 3_600_000
/** Clocks of computers that are set by the network differ by less. */
const mostSkewMs = 5 * 60_000
/** Frames of slower videos are too few for a new rate to help: those have to be recorded again. */
const leastMendedRate = 20
/** How much longer than the usual gap one is that a viewer would notice as a lost frame. */
const unevenGap = 1.8

const one = (code: VideoFindingCode, values: VideoFinding['values'] = {}): readonly Found[] => [
  { code, values }
]

const formatCodes = {
  mp4: 'format-mp4',
  mov: 'format-mov',
  webm: 'format-webm',
  mkv: 'format-mkv',
  avi: 'format-avi',
  ts: 'format-ts',
  page: 'format-page',
  xml: 'format-xml',
  text: 'format-text',
  zip: 'format-zip',
  image: 'format-image',
  audio: 'format-audio',
  empty: 'format-empty',
  unknown: 'format-unknown'
} as const satisfies Record<Container, VideoFindingCode>

const readable: readonly Container[] = ['mp4', 'mov', 'webm', 'mkv']

/** The server's own name of what it sends, where that says something else than the bytes. */
const typeFound = ({ contentType, container }: VideoFacts): readonly Found[] => {
  if (contentType === null || !readable.includes(container)) return []
  if (contentType === 'text/html') return one('type-page')
  const isVideo = contentType.startsWith('video/') || contentType === 'application/mp4'
  return isVideo ? [] : one('type-general', { type: contentType })
}

const sizeFound = ({ sizeBytes, container }: VideoFacts): readonly Found[] => {
  if (sizeBytes === null || sizeBytes === 0 || !isVideo(container)) return []
  const values = { bytes: sizeBytes }
  if (sizeBytes > trainingRules.mostBytesIfBinary.value) return one('size-over', values)
  return one(sizeBytes > trainingRules.mostBytes.value ? 'size-limit' : 'size-ok', values)
}

const isVideo = (container: Container): boolean =>
  readable.includes(container) || container === 'avi' || container === 'ts'

/** What a reading that ended early did not get to, of what is judged; the names of the window's words for them. */
const unreadOf = (facts: VideoFacts, { field }: VideoToCheck): readonly string[] => {
  if (!readable.includes(facts.container)) return []
  const isTraining = field === 'trainVideoUrl'
  const all: readonly (readonly [string, boolean])[] = [
    ['codec', facts.videoCodec === null],
    ['length', isTraining && facts.durationSeconds === null],
    ['picture', isTraining && facts.width === null],
    ['rate', isTraining && facts.usualFrameRate === null],
    ['audio', facts.hasAudio === null],
    ['size', facts.sizeBytes === null],
    ['whole', facts.missingBytes === null]
  ]
  return all.filter(([, isUnread]) => isUnread).map(([name]) => name)
}

const faultFound = (
  { code, values }: ReadFault,
  facts: VideoFacts | null,
  video: VideoToCheck
): readonly Found[] => {
  const unread = facts === null ? [] : unreadOf(facts, video)
  const { validUntilAt } = video
  const at = code === 'link-expired' && validUntilAt !== null ? { at: validUntilAt } : {}
  return one(code, {
    ...at,
    ...values,
    ...(unread.length === 0 ? {} : { unread: unread.join(' ') })
  })
}

const isIso = ({ container }: VideoFacts): boolean => container === 'mp4' || container === 'mov'

/** What is missing of the file; null: nothing that the rest would not tell. */
const damageFound = (facts: VideoFacts): readonly Found[] | null => {
  const { missingBytes, isFastStart, isFragmented } = facts
  if (missingBytes !== null && missingBytes > 0) return one('truncated', { bytes: missingBytes })
  return isIso(facts) && isFastStart === null && isFragmented === false ? one('no-index') : null
}

/** Of a MOV it goes without saying: the MP4 that is made of it has it in front. */
const isIndexLast = ({ container, isFastStart, isFragmented }: VideoFacts): boolean =>
  container === 'mp4' && isFastStart === false && isFragmented === false

const buildFound = (facts: VideoFacts, { field }: VideoToCheck): readonly Found[] => [
  ...(field === 'trainVideoUrl' && isIndexLast(facts) ? one('index-last') : []),
  ...(facts.isFragmented === true ? one(isIso(facts) ? 'fragmented' : 'open-ended') : []),
  ...(facts.hasEditList === true ? one('edit-list') : []),
  ...((facts.videoTracks ?? 1) > 1 ? one('several-videos', { count: facts.videoTracks ?? 0 }) : [])
]

const codecFound = ({ container, videoCodec, bitDepth, chroma, isHdr }: VideoFacts) => {
  const color =
    videoCodec === 'avc' && ((bitDepth ?? 8) > 8 || (chroma !== null && chroma !== '4:2:0'))
      ? one('deep-color', { bits: bitDepth ?? 8, chroma: chroma ?? '4:2:0' })
      : []
  return [...codecItself(container, videoCodec), ...color, ...(isHdr === true ? one('hdr') : [])]
}

const codecItself = (container: Container, codec: string | null): readonly Found[] => {
  if (codec === null) return one('codec-unknown')
  if (codec === 'avc') return one('codec-h264')
  // Tavus's page that takes .webm cannot mean H.264 by it.
  return one(container === 'webm' ? 'codec-webm' : 'codec-other', { codec })
}

const lengthFound = (
  { durationSeconds, isFragmented }: VideoFacts,
  { field, model }: VideoToCheck
): readonly Found[] => {
  if (field === 'consentVideoUrl') return []
  if (durationSeconds === null) return one('length-unknown')
  const seconds = durationSeconds + lengthToleranceSeconds
  const values = { seconds: durationSeconds }
  // Of a fragmented file even the libraries may be wrong.
  if (seconds < trainingRules.leastSeconds.value) {
    return isFragmented === true ? one('length-unknown') : one('length-short', values)
  }
  if (model === 'phoenix-3' && seconds < trainingRules.leastSecondsPhoenix3.value) {
    return one('length-phoenix-3', values)
  }
  return one(seconds < trainingRules.bestFromSeconds.value ? 'length-tight' : 'length-ok', values)
}

const rateFound = (facts: VideoFacts, { field }: VideoToCheck): readonly Found[] => {
  if (field === 'consentVideoUrl') return []
  const { frameRate, usualFrameRate, largestGapMs, isFragmented } = facts
  if (usualFrameRate === null) return one('rate-unknown')
  const rate = frameRate ?? usualFrameRate
  const least = trainingRules.leastFrameRate.value * (1 - rateTolerance)
  const values = { rate, usual: usualFrameRate }
  if (usualFrameRate < least && rate < least) return one('rate-low', values)
  const isUnsure = usualFrameRate < least || rate < least
  const usualGap = 1000 / usualFrameRate
  const isUneven = isFragmented !== true && (largestGapMs ?? 0) > usualGap * unevenGap
  return isUnsure || isUneven ? one('rate-uneven', values) : one('rate-ok', values)
}

const pictureFound = ({ width, height }: VideoFacts, { field }: VideoToCheck): readonly Found[] => {
  if (width === null || height === null || field === 'consentVideoUrl') return []
  const shorter = Math.min(width, height)
  const values = { width, height }
  if (shorter < trainingRules.leastHeight.value) return one('resolution-poor', values)
  return one(
    shorter < trainingRules.wantedHeight.value ? 'resolution-low' : 'resolution-ok',
    values
  )
}

const audioFound = ({ hasAudio, audioCodec, container }: VideoFacts): readonly Found[] => {
  if (hasAudio === false) return one('audio-missing')
  if (hasAudio === null) return []
  const isUsual = audioCodec === 'aac' || container === 'webm'
  return isUsual ? one('audio-present') : one('audio-other', { codec: audioCodec ?? '?' })
}

/** What is judged of a video whose reading ended where it should. */
const allFound = (facts: VideoFacts, video: VideoToCheck): readonly Found[] => {
  const damage = damageFound(facts)
  if (damage !== null && facts.videoTracks === null) return damage
  if (facts.videoTracks === 0) return one('no-video')
  return [
    ...(damage ?? []),
    ...buildFound(facts, video),
    ...codecFound(facts),
    ...lengthFound(facts, video),
    ...rateFound(facts, video),
    ...pictureFound(facts, video),
    ...audioFound(facts)
  ]
}

/** A reading that ended early says what it did not get to itself: nothing else is unknown. */
const isUnread = (code: VideoFindingCode, { durationSeconds }: VideoFacts): boolean =>
  code === 'codec-unknown' ||
  code === 'rate-unknown' ||
  (code === 'length-unknown' && durationSeconds === null)

const videoFound = (
  facts: VideoFacts,
  video: VideoToCheck,
  { fault }: Reading
): readonly Found[] => {
  const format = one(formatCodes[facts.container])
  const first = [...format, ...typeFound(facts), ...sizeFound(facts)]
  if (!readable.includes(facts.container)) return first
  const found = allFound(facts, video)
  const told = fault === null ? found : found.filter(({ code }) => !isUnread(code, facts))
  return [...first, ...told]
}

const clockFound = ({ nowAt, skewMs }: Reading, { validUntilAt }: VideoToCheck) => {
  if (skewMs === null || Math.abs(skewMs) <= mostSkewMs) return []
  const serverMs = Date.parse(nowAt) + skewMs
  const leftMs = validUntilAt === null ? null : Date.parse(validUntilAt) - serverMs
  const isShort = leftMs !== null && leftMs < trainingRules.linkHours.value * hourMs
  return [
    ...one('clock-off', { minutes: Math.round(skewMs / 60_000) }),
    ...(isShort ? one('link-ends-early', { hours: Math.max(0, Math.floor(leftMs / hourMs)) }) : [])
  ]
}

/** The lightest way to mend all that can be mended; null if that would not be enough, or nothing needs it. */
const mendOf = (findings: readonly VideoFinding[]): Mend => {
  const wanted = findings.filter(
    ({ level, code }) => level !== 'pass' && videoFindings[code].mend !== null
  )
  if (wanted.length === 0) return null
  return wanted.some(({ code }) => videoFindings[code].mend === 'reencode') ? 'reencode' : 'remux'
}

/** True if no copy would help: too much is missing, too short, too small, too slow. */
const isLost = (findings: readonly VideoFinding[], facts: VideoFacts): boolean =>
  findings.some(({ code, level }) => {
    if (level !== 'refused' || videoFindings[code].mend !== null) return false
    return code !== 'rate-low' || (facts.usualFrameRate ?? 0) < leastMendedRate
  })

/** What makes a file of it that is taken; null: nothing has to, nothing can, or too little is known to say. */
const mendFor = (findings: readonly VideoFinding[], facts: VideoFacts | null): Mend => {
  if (facts === null || isLost(findings, facts)) return null
  if (findings.some(({ code }) => code === 'rate-low')) return 'reencode'
  const mend = mendOf(findings)
  // Whether its pictures can stay as they are depends on what they are.
  const isOpaque = readable.includes(facts.container) && facts.videoCodec === null
  return mend === 'remux' && isOpaque && findings.some(({ values }) => 'unread' in values)
    ? null
    : mend
}

/** A video that has to be made anew has its index in front then. */
const withoutTrifles = (findings: readonly VideoFinding[]): readonly VideoFinding[] =>
  findings.some(({ level }) => level === 'refused')
    ? findings.filter(({ code }) => code !== 'index-last')
    : findings

/** Holds what was read against what Tavus asks for. Pure. */
export const judgeVideo = (
  facts: VideoFacts | null,
  video: VideoToCheck,
  reading: Reading
): Judgment => {
  const { fault } = reading
  const all: readonly Found[] = [
    ...(fault === null ? [] : faultFound(fault, facts, video)),
    ...clockFound(reading, video),
    ...(facts === null ? [] : videoFound(facts, video, reading))
  ]
  const found = withoutTrifles(
    all
      .map(({ code, values }): VideoFinding => ({ code, ...asFound(code, video.field), values }))
      .sort((a, b) => gravity.indexOf(a.level) - gravity.indexOf(b.level))
  )
  const mend = mendFor(found, facts)
  const kind = video.source.kind
  const findings = found.map((finding) => ({
    ...finding,
    values: { ...finding.values, source: kind, ...(mend === null ? {} : { mend }) }
  }))
  if (facts === null || mend === null) return { findings, ffmpegCommand: null, toMend: null }
  const toMend: ToMend = { mend, facts, codes: new Set(found.map(({ code }) => code)) }
  return { findings, ffmpegCommand: ffmpegLine(video.fileName, toMend), toMend }
}
