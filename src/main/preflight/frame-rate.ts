import type { VideoFacts } from '../../shared/domain/video-check.ts'

export type Rate = Pick<
  VideoFacts,
  'frameRate' | 'usualFrameRate' | 'smallestGapMs' | 'largestGapMs'
>

/** So many frames, one after the other, that each last as long. */
export interface Gaps {
  readonly count: number
  readonly seconds: number
}

const round = (value: number, digits: number): number => {
  const scale = 10 ** digits
  return Math.round(value * scale) / scale
}

/**
 * What the gaps between frames tell; null if there are too few. The usual rate is that of the median gap: the average
 * of a part of a file depends on where it was cut, and that of a whole one on its pauses.
 */
export const rateOfGaps = (all: readonly Gaps[]): Rate | null => {
  const gaps = all
    .filter(({ count, seconds }) => count > 0 && seconds > 0)
    .sort((a, b) => a.seconds - b.seconds)
  const frames = gaps.reduce((sum, { count }) => sum + count, 0)
  const seconds = gaps.reduce((sum, gap) => sum + gap.count * gap.seconds, 0)
  const [smallest] = gaps
  const largest = gaps.at(-1)
  if (smallest === undefined || largest === undefined || frames < 2) return null
  return {
    frameRate: round(frames / seconds, 3),
    usualFrameRate: round(1 / medianOf(gaps, frames), 3),
    smallestGapMs: round(smallest.seconds * 1000, 2),
    largestGapMs: round(largest.seconds * 1000, 2)
  }
}

/** The gap that as many are shorter than as are longer; `sorted` is. */
const medianOf = (sorted: readonly Gaps[], frames: number): number => {
  let seen = 0
  for (const { count, seconds } of sorted) {
    seen += count
    if (seen * 2 > frames) return seconds
  }
  return sorted.at(-1)?.seconds ?? 0
}

/** The gaps between times of frames, in seconds and in any order. */
export const gapsBetween = (times: readonly number[]): readonly Gaps[] => {
  const sorted = Float64Array.from(times).sort()
  return Array.from(sorted.subarray(1), (time, index) => ({
    count: 1,
    seconds: time - (sorted[index] ?? 0)
  }))
}
