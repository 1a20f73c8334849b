import {
  type Mend,
  trainingRules,
  type VideoFindingCode
} from '../../shared/catalogue/training-rules.ts'
import type { VideoFacts } from '../../shared/domain/video-check.ts'

/** What a line is made for. */
export interface ToMend {
  readonly mend: Exclude<Mend, null>
  readonly facts: VideoFacts
  readonly codes: ReadonlySet<VideoFindingCode>
}

/** Room for the container, and for "750 MB" to be the smaller of its two sizes. */
const wantedBytes = 0.93 * trainingRules.mostBytes.value
const audioBitsPerSecond = 192_000
const usualRate = 30
/** A copy loses nothing that can be seen (x264's scale, lower is better). */
const quality = '18'

/** Only the pictures and the sound: other tracks, as cameras write them, have no place in every container. */
const wantedTracks = ['-map', '0:v:0', '-map', '0:a:0?']
const inFront = ['-movflags', '+faststart']

const soundArguments = ({ audioCodec }: VideoFacts): readonly string[] =>
  audioCodec === null || audioCodec === 'aac' ? ['-c:a', 'copy'] : ['-c:a', 'aac', '-b:a', '192k']

/** Brought down to the colors of an ordinary screen, which is what would be seen of them otherwise. */
const toOrdinaryColors =
  'zscale=t=linear:npl=100,tonemap=hable,zscale=p=bt709:t=bt709:m=bt709,format=yuv420p'

const filters = ({ facts, codes }: ToMend): readonly string[] => {
  const { height, width, usualFrameRate } = facts
  const isUneven = codes.has('rate-uneven')
  const rate = isUneven && usualFrameRate !== null ? Math.round(usualFrameRate) : usualRate
  const shorter = Math.min(height ?? 0, width ?? 0)
  const isLarge = codes.has('size-over') && shorter > trainingRules.wantedHeight.value
  const isOdd = ((height ?? 0) | (width ?? 0)) % 2 === 1
  return [
    ...(isUneven || codes.has('rate-low')
      ? [`fps=${Math.max(rate, trainingRules.leastFrameRate.value)}`]
      : []),
    ...(isLarge ? [(width ?? 0) > (height ?? 0) ? 'scale=-2:1080' : 'scale=1080:-2'] : []),
    ...(isOdd && !isLarge ? ['scale=trunc(iw/2)*2:trunc(ih/2)*2'] : []),
    ...(facts.isHdr === true ? [toOrdinaryColors] : [])
  ]
}

/** A file that is too large is given as many bits as fit. */
const bitsArguments = ({ facts, codes }: ToMend): readonly string[] => {
  const seconds = facts.durationSeconds
  if (seconds === null || !(codes.has('size-over') || codes.has('size-limit'))) {
    return ['-crf', quality]
  }
  const kilobits = Math.floor(((wantedBytes * 8) / seconds - audioBitsPerSecond) / 1000)
  const rate = `${Math.max(1000, Math.min(kilobits, 40_000))}k`
  return ['-crf', quality, '-maxrate', rate, '-bufsize', rate]
}

/** What ffmpeg is given between the file it reads and the one it writes. */
export const mendArguments = (toMend: ToMend): readonly string[] => {
  const { mend, facts } = toMend
  if (mend === 'remux') {
    return [...wantedTracks, '-c:v', 'copy', ...soundArguments(facts), ...inFront]
  }
  const filter = filters(toMend)
  return [
    ...wantedTracks,
    ...['-c:v', 'libx264', '-preset', 'medium', ...bitsArguments(toMend), '-pix_fmt', 'yuv420p'],
    ...(filter.length === 0 ? [] : ['-vf', filter.join(',')]),
    ...['-c:a', 'aac', '-b:a', '192k'],
    ...inFront
  ]
}

/**
 * Names that mean themselves between double quotes, to shells of Unix and Windows, and to ffmpeg, which takes what stands
 * before a colon for a protocol and a dash in front for an option. Any other is given by a stand-in.
 */
const plainName = /^[\p{L}\p{N}_([][^"“”„‟`$\\!%:/\p{C}]{0,120}$/u

const quoted = (argument: string): string =>
  /^[\w+:=.,-]+$/.test(argument) ? argument : `"${argument}"`

/** The name of the file that is made of another. */
export const fitName = (fileName: string): string =>
  `${fileName.replace(/\.[^.]{1,5}$/, '').slice(0, 100) || 'video'}-fit.mp4`

/** The line to copy into a terminal. */
export const ffmpegLine = (fileName: string, toMend: ToMend): string => {
  const name = plainName.test(fileName) ? fileName : 'video.mov'
  return [
    'ffmpeg',
    '-i',
    `"${name}"`,
    ...mendArguments(toMend).map(quoted),
    `"${fitName(name)}"`
  ].join(' ')
}
