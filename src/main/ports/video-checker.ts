import type { VideoField } from '../../shared/catalogue/draft-fields.ts'
import type { Mend } from '../../shared/catalogue/training-rules.ts'
import type { VideoCheck } from '../../shared/domain/video-check.ts'

/** Where a video is. Both are secrets of main: a link may be signed, a path names a person's folders. */
export type VideoSource =
  | {
      readonly kind: 'link'
      readonly url: string
      /** The account's own address, if that is on this computer. */
      readonly allowLoopbackOrigin: string | null
    }
  | { readonly kind: 'file'; readonly path: string }

export interface VideoToCheck {
  readonly source: VideoSource
  readonly field: VideoField
  /** The file's own name, as it may be shown. */
  readonly fileName: string
  /** The model that is to be trained; empty: not chosen. Some ask for more than others. */
  readonly model: string
  /** When the link stops working, as far as its text says; ISO 8601 UTC. */
  readonly validUntilAt: string | null
}

/** What a check found. `skewMs`: how far the server's clock is ahead of this computer's; null: it named no time. */
export interface CheckedVideo {
  readonly check: VideoCheck
  readonly skewMs: number | null
  /** What would make a file of it that Tavus takes. */
  readonly mend: Mend
  /** False: nobody answered, or nobody answered to the end; a moment later it may be another story. */
  readonly isAnswered: boolean
}

export interface VideoChecker {
  /**
   * Reads what of a video tells whether it can be trained on. Never throws for what a server, a disk or a file does:
   * that is a finding. Rejects with the signal's reason if that is aborted.
   */
  check(video: VideoToCheck, signal: AbortSignal): Promise<CheckedVideo>
  /** The same while a person waits for it: ahead of all checks, and over after 8 seconds whatever it found by then. */
  look(video: VideoToCheck, signal: AbortSignal): Promise<CheckedVideo>
}
