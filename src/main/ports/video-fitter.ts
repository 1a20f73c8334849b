import type { VideoToCheck } from './video-checker.ts'

/** How the making of another file ended. `none`: there is nothing to mend that way. */
export type FitOutcome = 'done' | 'failed' | 'none'

export interface VideoFitter {
  /** True if this computer has what it takes. */
  isThere(): boolean
  /**
   * Makes a new file of a local video that Tavus takes; the video itself is only read. `onShare` is told how much is done,
   * of 1. Nothing is left at `to` unless it is whole. Rejects if the signal is aborted.
   */
  fit(
    video: VideoToCheck,
    to: string,
    onShare: (share: number) => void,
    signal: AbortSignal
  ): Promise<FitOutcome>
}
