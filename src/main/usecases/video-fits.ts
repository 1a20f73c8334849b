import type { VideoField } from '../../shared/catalogue/draft-fields.ts'
import type { Draft, DraftId } from '../../shared/domain/draft.ts'
import type { VideoFit } from '../../shared/domain/video-check.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Supervisor } from '../ports/supervisor.ts'
import type { VideoFitter } from '../ports/video-fitter.ts'
import type { CheckedDrafts, KnownVideo } from './video-checks.ts'

export interface VideoFitDeps {
  readonly drafts: CheckedDrafts
  readonly fitter: VideoFitter
  readonly clock: Clock
  readonly supervisor: Pick<Supervisor, 'start'>
  readonly stopping: AbortSignal
  /** The system's dialog, which also asks before it replaces a file; null if the person thought better of it. */
  readonly askWhere: (suggestedName: string) => Promise<string | null>
  /** Makes a file the draft's video. */
  readonly takeFile: (id: DraftId, field: VideoField, path: string) => Promise<void>
}

/** How often the window is told how far it is. */
const tellEveryMs = 500

/** Makes files that Tavus takes of local videos, one for each video at a time, where the person wants them. */
export const createVideoFits = (deps: VideoFitDeps) => {
  const { drafts, fitter, clock, supervisor, stopping } = deps
  const runs = new Map<string, AbortController>()
  const nameOf = (id: DraftId, field: VideoField): string => `${id} ${field}`

  const tell = (id: DraftId, field: VideoField, fit: VideoFit | null): void => {
    const draft = drafts.get(id)
    const check = draft.ok ? draft.value.checks[field] : null
    if (check !== null) drafts.setCheck(id, field, { ...check, fit })
  }

  const run = async (
    id: DraftId,
    field: VideoField,
    video: KnownVideo,
    to: string,
    stop: AbortController
  ): Promise<void> => {
    let toldMs = Number.NEGATIVE_INFINITY
    const onShare = (share: number): void => {
      if (clock.monotonicMs() - toldMs < tellEveryMs || stop.signal.aborted) return
      toldMs = clock.monotonicMs()
      tell(id, field, { state: 'running', share })
    }
    try {
      const signal = AbortSignal.any([stop.signal, stopping])
      const outcome = await fitter.fit(video, to, onShare, signal)
      if (outcome === 'done') await deps.takeFile(id, field, to)
      else tell(id, field, { state: 'failed', share: null })
    } catch (error) {
      if (!stop.signal.aborted && !stopping.aborted) {
        tell(id, field, { state: 'failed', share: null })
        throw error
      }
      tell(id, field, null)
    } finally {
      runs.delete(nameOf(id, field))
    }
  }

  /** Asks where to, and begins; the draft is answered as it is then. `not-found`: there is no local video to mend. */
  const begin = async (id: DraftId, field: VideoField): Promise<Result<Draft>> => {
    const draft = drafts.get(id)
    const video = drafts.videos(id)?.[field] ?? null
    const canFit = draft.ok && draft.value.checks[field]?.canFit != null
    if (!draft.ok || video?.source.kind !== 'file' || !canFit) return fail({ kind: 'not-found' })
    const name = nameOf(id, field)
    if (runs.has(name)) return draft
    const to = await deps.askWhere(fitName(video.fileName))
    // The one that is read must not be the one that is written.
    if (to === null || to === video.source.path || runs.has(name)) return draft
    const stop = new AbortController()
    runs.set(name, stop)
    tell(id, field, { state: 'running', share: null })
    supervisor.start('checks', () => run(id, field, video, to, stop))
    return drafts.get(id)
  }

  /** Gives it up; the file that was begun goes. */
  const cancel = (id: DraftId, field: VideoField): Result<Record<never, never>> => {
    runs.get(nameOf(id, field))?.abort()
    return ok({})
  }

  return { begin, cancel }
}

/** The name of the file that is made of another. */
const fitName = (fileName: string): string =>
  `${fileName.replace(/\.[^.]{1,5}$/, '').slice(0, 100) || 'video'}-fit.mp4`
