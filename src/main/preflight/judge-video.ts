import {
  asFound,
  trainingRules,
  type VideoFindingCode
} from '../../shared/catalogue/training-rules.ts'
import type { Container, VideoFacts, VideoFinding } from '../../shared/domain/video-check.ts'
import type { VideoToCheck } from '../ports/video-checker.ts'
import type { ServerFacts } from './range-reader.ts'
import type { ReadFault } from './read-fault.ts'

/** How the reading went, beside what was read. */
export type Reading =
  | {
      readonly nowAt: string
      readonly skewMs: number | null
      /** Null: the file is on this computer. */
      readonly server: ServerFacts | null
    }
  | { readonly fault: ReadFault }

export interface Judgment {
  readonly findings: VideoFinding[]
  readonly ffmpegCommand: string | null
}

const order: readonly VideoFinding['level'][] = ['refused', 'warning', 'advice', 'pass']

const found = (
  code: VideoFindingCode,
  field: VideoToCheck['field'],
  values: VideoFinding['values'] = {}
): VideoFinding => ({ code, ...asFound(code, field), values })

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

const sizeCode = (bytes: number): VideoFindingCode => {
  if (bytes > trainingRules.mostBytesIfBinary.value) return 'size-over'
  return bytes > trainingRules.mostBytes.value ? 'size-limit' : 'size-ok'
}

/** Holds what was read against what Tavus asks for; the gravest first. Pure. */
export const judgeVideo = (
  facts: VideoFacts | null,
  { field }: VideoToCheck,
  reading: Reading
): Judgment => {
  const findings: VideoFinding[] = []
  const add = (code: VideoFindingCode, values: VideoFinding['values'] = {}) =>
    findings.push(found(code, field, values))
  if ('fault' in reading) add(reading.fault.code, reading.fault.values)
  if (facts !== null) {
    add(formatCodes[facts.container])
    if (facts.sizeBytes !== null && facts.sizeBytes > 0) {
      add(sizeCode(facts.sizeBytes), { bytes: facts.sizeBytes })
    }
  }
  findings.sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level))
  return { findings, ffmpegCommand: null }
}
