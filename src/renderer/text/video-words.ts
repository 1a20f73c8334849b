import { keeperName } from '../../shared/catalogue/kinds.ts'
import { rulesReadOn } from '../../shared/catalogue/training-rules.ts'
import type {
  Container,
  VideoCheck,
  VideoFacts,
  VideoFinding
} from '../../shared/domain/video-check.ts'
import { currentLocale, t } from '../../shared/messages/messages.ts'
import { whenText } from './time-words.ts'

/** What is shown of a video, one line each. */
export interface VideoFactLine {
  readonly name: string
  readonly value: string
}

const number = (value: number, digits: number): string =>
  new Intl.NumberFormat(currentLocale(), { maximumFractionDigits: digits }).format(value)

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** "812 MB", as storages count it. */
export const bytesText = (bytes: number): string => {
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1)
  return new Intl.NumberFormat(currentLocale(), {
    style: 'unit',
    unit: units[step],
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step === 0 ? 0 : 1
  }).format(bytes / 1000 ** step)
}

/** "1:02", as players show it. */
export const lengthText = (seconds: number): string => {
  const whole = Math.floor(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

const codecNames: Readonly<Record<string, string>> = {
  avc: 'H.264',
  hevc: 'HEVC (H.265)',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  mp4v: 'MPEG-4',
  prores: 'ProRes',
  aac: 'AAC',
  opus: 'Opus',
  vorbis: 'Vorbis',
  mp3: 'MP3'
}

const codecText = (codec: string): string =>
  codecNames[codec] ?? (codec.startsWith('pcm') ? 'PCM' : codec)

const textOf = (value: string | number | undefined): string => String(value ?? '')
const numberOf = (value: string | number | undefined, digits: number): string =>
  typeof value === 'number' ? number(value, digits) : ''

/** What a reading that ended early did not get to. */
const unreadNames: Readonly<Record<string, () => string>> = {
  codec: () => t('video.unread.codec'),
  length: () => t('video.unread.length'),
  picture: () => t('video.unread.picture'),
  rate: () => t('video.unread.rate'),
  audio: () => t('video.unread.audio'),
  size: () => t('video.unread.size'),
  whole: () => t('video.unread.whole')
}

/** "Not checked: length and frame rate."; empty where all was. */
const unreadText = ({ values }: VideoFinding): string => {
  const names = textOf(values['unread'])
    .split(' ')
    .flatMap((name) => unreadNames[name]?.() ?? [])
  if (names.length === 0) return ''
  return t('video.unread', { facts: new Intl.ListFormat(currentLocale()).format(names) })
}

/** True if a finding says that something of the video was not read. */
export const leavesOpen = ({ values }: VideoFinding): boolean => values['unread'] !== undefined

/** What was found, as sentences that say what to do. */
export const findingSentence = (finding: VideoFinding): string =>
  [ownSentence(finding), unreadText(finding)].filter((text) => text !== '').join(' ')

const timeText = (at: string | number | undefined): string =>
  typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? whenText(at, Date.now()) : 'none'

const ownSentence = ({ code, values }: VideoFinding): string =>
  t(`video.finding.${code}`, {
    source: values['source'] === 'file' ? 'file' : 'link',
    mend: textOf(values['mend']),
    when: timeText(values['at']),
    bytes: typeof values['bytes'] === 'number' ? bytesText(values['bytes']) : '',
    time: typeof values['seconds'] === 'number' ? lengthText(values['seconds']) : '',
    rate: numberOf(values['rate'], 2),
    width: textOf(values['width']),
    height: textOf(values['height']),
    codec: codecText(textOf(values['codec'])),
    bits: textOf(values['bits']),
    chroma: textOf(values['chroma']),
    count: textOf(values['count']),
    hours: textOf(values['hours']),
    minutes: numberOf(values['minutes'], 0),
    status: textOf(values['status']),
    host: textOf(values['host']),
    type: textOf(values['type'])
  })

/** "Tavus will refuse: video_fps", in Tavus's own word; null where it has none for it. */
export const refusalText = ({ level, errorType }: VideoFinding): string | null => {
  if (errorType === null || level === 'pass' || level === 'advice') return null
  return level === 'refused'
    ? t('video.tavusRefuses', { type: errorType })
    : t('video.mayRefuse', { type: errorType })
}

const containerNames: Readonly<Record<Container, string | null>> = {
  mp4: 'MP4',
  mov: 'QuickTime (MOV)',
  webm: 'WebM',
  mkv: 'Matroska (MKV)',
  avi: 'AVI',
  ts: 'MPEG-TS',
  page: 'HTML',
  xml: 'XML',
  text: null,
  zip: 'ZIP',
  image: null,
  audio: null,
  empty: null,
  unknown: null
}

const formatText = ({ container, videoCodec }: VideoFacts): string | null => {
  const name = containerNames[container]
  if (name === null || videoCodec === null) return name
  return `${name}, ${codecText(videoCodec)}`
}

const pictureText = ({ width, height, rotation }: VideoFacts): string | null => {
  if (width === null || height === null) return null
  const size = `${width} × ${height}`
  return rotation === null || rotation === 0
    ? size
    : t('video.value.turned', { size, degrees: String(rotation) })
}

const rateText = (facts: VideoFacts): string | null => {
  const { frameRate, usualFrameRate, smallestGapMs, largestGapMs } = facts
  const shown = frameRate ?? usualFrameRate
  if (shown === null) return null
  const rate = number(shown, 2)
  const isEven = smallestGapMs === null || largestGapMs === null || largestGapMs - smallestGapMs < 2
  return isEven
    ? t('video.value.rate', { rate })
    : t('video.value.rateSpread', {
        rate,
        smallest: number(smallestGapMs, 0),
        largest: number(largestGapMs, 0)
      })
}

const audioText = ({ hasAudio, audioCodec }: VideoFacts): string | null => {
  if (hasAudio === null) return null
  if (!hasAudio) return t('video.value.noAudio')
  return audioCodec === null ? t('video.finding.audio-present') : codecText(audioCodec)
}

const indexText = ({ container, isFastStart, isFragmented }: VideoFacts): string | null => {
  if (container !== 'mp4' && container !== 'mov') return null
  if (isFragmented === true) return t('video.value.fragments')
  if (isFastStart === null) return t('video.value.none')
  return isFastStart ? t('video.value.first') : t('video.value.last')
}

/** Everything that was read of a video, in the order in which people ask. */
export const factLines = (facts: VideoFacts): readonly VideoFactLine[] => {
  const { sizeBytes, durationSeconds, finalHost } = facts
  const lines: readonly (readonly [string, string | null])[] = [
    [t('video.fact.format'), formatText(facts)],
    [t('video.fact.length'), durationSeconds === null ? null : lengthText(durationSeconds)],
    [t('video.fact.picture'), pictureText(facts)],
    [t('video.fact.rate'), rateText(facts)],
    [t('video.fact.audio'), audioText(facts)],
    [t('video.fact.size'), sizeBytes === null ? null : bytesText(sizeBytes)],
    [t('video.fact.index'), indexText(facts)],
    [t('video.fact.host'), finalHost]
  ]
  return lines.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]))
}

/** The one line that a table has room for: the gravest finding, or that all is well; null while it is checked. */
export const verdictText = (check: VideoCheck): string | null => {
  if (check.state === 'checking') return null
  const [gravest] = check.findings
  if (gravest === undefined || gravest.level === 'pass') return t('video.good')
  return findingSentence(gravest)
}

/** Which day's rules a video was held against, as providers change theirs. */
export const rulesText = (): string => {
  const day = new Intl.DateTimeFormat(currentLocale(), { dateStyle: 'medium', timeZone: 'UTC' })
  return t('video.rules', { date: day.format(new Date(rulesReadOn)), who: keeperName('replica') })
}
