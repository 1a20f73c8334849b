/** Over which the speed is taken. */
const spanMs = 5_000
/** Before that, a speed would be a guess. */
const leastMs = 1_000

interface Sample {
  readonly atMs: number
  readonly bytes: number
}

/** What has left, and how fast it leaves. */
export const createProgress = (nowMs: () => number, keptBytes: number) => {
  let sentBytes = keptBytes
  let leftBytes = 0
  let samples: readonly Sample[] = [{ atMs: nowMs(), bytes: 0 }]
  return {
    sentBytes: () => sentBytes,
    /** `bytes` below zero: a part failed and has to be sent again. */
    add: (bytes: number): void => {
      sentBytes += bytes
      if (bytes < 0) return
      leftBytes += bytes
      const atMs = nowMs()
      const last = samples.at(-1)
      if (last !== undefined && atMs - last.atMs < 100) return
      samples = [...samples.filter((one) => atMs - one.atMs <= spanMs), { atMs, bytes: leftBytes }]
    },
    bytesPerSecond: (): number | null => {
      const first = samples[0]
      const elapsedMs = first === undefined ? 0 : nowMs() - first.atMs
      return first === undefined || elapsedMs < leastMs
        ? null
        : ((leftBytes - first.bytes) * 1000) / elapsedMs
    }
  }
}
export type Progress = ReturnType<typeof createProgress>
