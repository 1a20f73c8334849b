import { type VideoField, videoFields } from '../../shared/catalogue/draft-fields.ts'
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

interface Run {
  /** Of the video that is read. */
  readonly path: string
  readonly stop: AbortController
}

/** How often the window is told how far it is. */
const tellEveryMs = 500

/** Makes files that Tavus takes of local videos, one for each video at a time, where the person wants them. */
export const createVideoFits = (deps: VideoFitDeps) => {
  const { drafts, fitter, clock, supervisor, stopping } = deps
  const runs = new Map<string, Run>()
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
    own: Run
  ): Promise<void> => {
    const name = nameOf(id, field)
    const isOurs = (): boolean => runs.get(name) === own
    let toldMs = Number.NEGATIVE_INFINITY
    const onShare = (share: number): void => {
      if (!isOurs() || clock.monotonicMs() - toldMs < tellEveryMs) return
      toldMs = clock.monotonicMs()
      tell(id, field, { state: 'running', share })
    }
    const signal = AbortSignal.any([own.stop.signal, stopping])
    try {
      const outcome = await fitter.fit(video, to, onShare, signal)
      if (outcome === 'done' && isOurs()) await deps.takeFile(id, field, to)
      if (isOurs()) tell(id, field, outcome === 'done' ? null : { state: 'failed', share: null })
    } catch (error) {
      if (isOurs()) tell(id, field, signal.aborted ? null : { state: 'failed', share: null })
      if (!signal.aborted) throw error
    } finally {
      if (isOurs()) runs.delete(name)
    }
  }

  /** A draft's videos may be others now, or it is gone: nobody waits for what is made of those before. */
  const sync = (id: DraftId): void => {
    const videos = drafts.videos(id)
    for (const field of videoFields) {
      const run = runs.get(nameOf(id, field))
      const source = videos?.[field]?.source
      if (run === undefined || (source?.kind === 'file' && source.path === run.path)) continue
      runs.delete(nameOf(id, field))
      run.stop.abort()
      tell(id, field, null)
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
    const own: Run = { path: video.source.path, stop: new AbortController() }
    runs.set(name, own)
    tell(id, field, { state: 'running', share: null })
    supervisor.start('checks', () => run(id, field, video, to, own))
    return drafts.get(id)
  }

  /** Gives it up; the file that was begun goes. */
  const cancel = (id: DraftId, field: VideoField): Result<Record<never, never>> => {
    runs.get(nameOf(id, field))?.stop.abort()
    return ok({})
  }

  return { begin, sync, cancel }
}

/** The name of the file that is made of another. */
const fitName = (fileName: string): string =>
  `${fileName.replace(/\.[^.]{1,5}$/, '').slice(0, 100) || 'video'}-fit.mp4`
