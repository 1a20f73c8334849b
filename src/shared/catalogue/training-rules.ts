/**
 * What Tavus asks of a training video, as its documents stood on `readOn`; and what each finding means.
 *
 * Where its documents disagree or are silent, a finding warns and keeps nobody from sending. Sources:
 *
 * - `errors`: docs.tavus.io/sections/errors-and-status-details
 * - `quickstart`: docs.tavus.io/sections/faces/video-to-face-quickstart
 * - `phoenix-3`: docs.tavus.io/sections/faces/phoenix-3-video-requirements
 * - `phoenix-4`: docs.tavus.io/sections/faces/train-with-a-video
 * - `troubleshooting`: docs.tavus.io/sections/troubleshooting
 */
export const rulesReadOn = '2026-11-26'

type RuleSource = 'errors' | 'quickstart' | 'phoenix-3' | 'phoenix-4' | 'troubleshooting'

interface Rule {
  readonly value: number
  readonly sources: readonly RuleSource[]
}

/** Sizes are bytes, lengths and tolerances seconds, rates frames a second, heights the shorter side in pixels. */
export const trainingRules = {
  /** "750 MB" is either of two sizes; between them it warns. */
  mostBytes: { value: 750_000_000, sources: ['errors', 'quickstart'] },
  mostBytesIfBinary: { value: 750 * 1024 * 1024, sources: ['errors', 'quickstart'] },
  leastSeconds: { value: 60, sources: ['errors', 'phoenix-4'] },
  /** "1.5 to 2 minutes is best." */
  bestFromSeconds: { value: 90, sources: ['errors'] },
  /** A minute speaking and a minute still. */
  leastSecondsPhoenix3: { value: 120, sources: ['phoenix-3'] },
  leastFrameRate: { value: 25, sources: ['errors', 'quickstart'] },
  /** One page asks for 1080p; the sentence of a poor result names 720p. */
  wantedHeight: { value: 1080, sources: ['quickstart'] },
  leastHeight: { value: 720, sources: ['errors'] },
  /** How long a link must hold after it is handed in. */
  linkHours: { value: 24, sources: ['quickstart'] },
  /** Speaking, then still, for phoenix-4 and later. */
  speakingSeconds: { value: 30, sources: ['phoenix-4'] },
  stillSeconds: { value: 30, sources: ['phoenix-4'] }
} as const satisfies Readonly<Record<string, Rule>>

/** How far a measured value may lie beside a rule: clocks of cameras are not exact. */
export const rateTolerance = 0.005
export const lengthToleranceSeconds = 0.1

export type FindingLevel = 'pass' | 'advice' | 'warning' | 'refused'

/** What can make a file out of one that Tavus refuses. `remux`: the pictures stay as they are. */
export type Mend = 'remux' | 'reencode' | null

interface FindingFacts {
  readonly level: FindingLevel
  /** What Tavus calls the failure that this foretells; null: none, or none that is documented. */
  readonly errorType: string | null
  readonly mend: Mend
}

const fact = (
  level: FindingLevel,
  errorType: string | null = null,
  mend: Mend = null
): FindingFacts => ({ level, errorType, mend })

/** Everything that can be found in a video and on the way to it. */
export const videoFindings = {
  // What the file is
  'format-mp4': fact('pass'),
  'format-mov': fact('refused', 'video_format', 'remux'),
  // One page also takes .webm, the table of errors does not.
  'format-webm': fact('warning', 'video_format', 'reencode'),
  'format-mkv': fact('refused', 'video_format', 'remux'),
  'format-avi': fact('refused', 'video_format', 'reencode'),
  'format-ts': fact('refused', 'video_format', 'remux'),
  'format-page': fact('refused', 'download_link'),
  'format-xml': fact('refused', 'download_link'),
  'format-text': fact('refused', 'video_format'),
  'format-zip': fact('refused', 'video_format'),
  'format-image': fact('refused', 'video_format'),
  'format-audio': fact('refused', 'video_format'),
  'format-empty': fact('refused', 'video_format'),
  'format-unknown': fact('refused', 'video_format'),
  'type-general': fact('advice'),
  'type-page': fact('warning'),
  // How it is built
  truncated: fact('refused', 'video_processing'),
  'no-index': fact('refused', 'video_processing'),
  'open-ended': fact('warning', null, 'remux'),
  fragmented: fact('advice', null, 'remux'),
  'index-last': fact('advice', null, 'remux'),
  'edit-list': fact('advice', null, 'reencode'),
  'no-video': fact('refused', 'video_processing'),
  'several-videos': fact('warning', null, 'remux'),
  unreadable: fact('warning', 'video_processing'),
  // What is in it
  'codec-h264': fact('pass'),
  'codec-other': fact('refused', 'video_codec', 'reencode'),
  'codec-webm': fact('warning', 'video_codec', 'reencode'),
  'codec-unknown': fact('warning', 'video_codec', 'reencode'),
  'deep-color': fact('warning', 'video_codec', 'reencode'),
  hdr: fact('warning', null, 'reencode'),
  'size-ok': fact('pass'),
  'size-limit': fact('warning', 'file_size', 'reencode'),
  'size-over': fact('refused', 'file_size', 'reencode'),
  'length-ok': fact('pass'),
  'length-tight': fact('advice'),
  'length-phoenix-3': fact('warning', 'video_duration'),
  'length-short': fact('refused', 'video_duration'),
  'length-unknown': fact('warning', 'video_duration', 'remux'),
  'rate-ok': fact('pass'),
  'rate-uneven': fact('warning', 'video_fps', 'reencode'),
  'rate-low': fact('refused', 'video_fps'),
  'rate-unknown': fact('warning', 'video_fps'),
  'resolution-ok': fact('pass'),
  'resolution-low': fact('warning', 'quality_issue_detected'),
  'resolution-poor': fact('refused', 'quality_issue_detected'),
  'audio-present': fact('pass'),
  'audio-other': fact('warning', 'audio_processing', 'remux'),
  'audio-missing': fact('refused', 'audio_processing'),
  // What is sure to be the same for everybody: the storage's own error says it, or the address itself.
  'link-expired': fact('refused', 'download_link'),
  'link-ends-early': fact('refused', 'download_link'),
  'link-session-ended': fact('refused', 'download_link'),
  'link-not-started': fact('refused', 'download_link'),
  'link-signature': fact('refused', 'download_link'),
  'link-key-removed': fact('refused', 'download_link'),
  'link-no-right': fact('refused', 'download_link'),
  'link-missing': fact('refused', 'download_link'),
  'link-bucket-missing': fact('refused', 'download_link'),
  'link-malformed': fact('refused', 'download_link'),
  'link-incomplete': fact('refused', 'download_link'),
  'link-region': fact('refused', 'download_link'),
  'link-archived': fact('refused', 'download_link'),
  'link-leads-inside': fact('refused', 'download_link'),
  // Seen from this computer: the provider may be let in where it is not, and find another address for a name.
  'link-denied': fact('warning', 'download_link'),
  'link-not-found': fact('warning', 'download_link'),
  'link-status': fact('warning', 'download_link'),
  'link-redirects': fact('warning', 'download_link'),
  'link-resolves-inside': fact('warning', 'download_link'),
  'link-insecure': fact('warning', 'download_link'),
  // Whether it works for Tavus is open.
  'link-busy': fact('warning'),
  'link-unreachable': fact('warning'),
  'link-tls': fact('warning', 'download_link'),
  'link-silent': fact('warning'),
  'link-broke-off': fact('warning'),
  'link-compressed': fact('warning'),
  'link-no-ranges': fact('advice'),
  'link-no-size': fact('advice'),
  'link-changing': fact('warning'),
  'not-checked': fact('advice'),
  'too-much-to-read': fact('advice'),
  'not-rechecked': fact('warning'),
  'clock-off': fact('advice'),
  'file-missing': fact('refused'),
  'file-unreadable': fact('refused'),
  'file-silent': fact('warning')
} as const satisfies Readonly<Record<string, FindingFacts>>

export type VideoFindingCode = keyof typeof videoFindings

export const videoFindingCodes = Object.keys(videoFindings) as readonly VideoFindingCode[]

/** What is documented of training videos alone; of a consent video it is only likely, so it warns. */
export const asFound = (
  code: VideoFindingCode,
  field: 'trainVideoUrl' | 'consentVideoUrl'
): Pick<FindingFacts, 'level' | 'errorType'> => {
  const { level, errorType }: FindingFacts = videoFindings[code]
  const isLikely = field === 'consentVideoUrl' && level === 'refused' && !isSure(code)
  return { level: isLikely ? 'warning' : level, errorType: isLikely ? null : errorType }
}

/** What no provider could use. */
const isSure = (code: VideoFindingCode): boolean =>
  /^(?:link-|file-|format-(?:page|xml|text|zip|empty)|truncated|no-)/.test(code)
