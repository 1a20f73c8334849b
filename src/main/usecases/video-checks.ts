import {
  sentVideoFields,
  type VideoField,
  videoFields
} from '../../shared/catalogue/draft-fields.ts'
import type { Draft, DraftId } from '../../shared/domain/draft.ts'
import type { VideoCheck, VideoFinding } from '../../shared/domain/video-check.ts'
import { fail, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Supervisor } from '../ports/supervisor.ts'
import type { CheckedVideo, VideoChecker, VideoToCheck } from '../ports/video-checker.ts'

/** A video with what a check of it depends on: as long as that stays the same, one check is enough. */
export interface KnownVideo extends VideoToCheck {
  readonly key: string
}

/** The part of the drafts that is used here. */
export interface CheckedDrafts {
  /** A draft's videos that can be checked; a null field has none. */
  videos(id: DraftId): Readonly<Record<VideoField, KnownVideo | null>> | null
  /** Puts a check on a draft and tells the window. */
  setCheck(id: DraftId, field: VideoField, check: VideoCheck | null): void
  get(id: DraftId): Result<Draft>
  /** Every file on this computer that a draft's video is to be made of. */
  localFiles(): readonly { readonly draftId: DraftId }[]
}

export interface VideoCheckDeps {
  readonly drafts: CheckedDrafts
  readonly checker: VideoChecker
  readonly clock: Clock
  readonly supervisor: Pick<Supervisor, 'start'>
  /** Ends whatever is being read when the app ends. */
  readonly stopping: AbortSignal
}

/** A check of which nothing can have changed since. */
const newForMs = 10_000

interface Run {
  readonly key: string
  readonly stop: AbortController
  readonly ended: Promise<CheckedVideo | null>
}

const begun: VideoCheck = {
  state: 'checking',
  checkedAt: null,
  facts: null,
  findings: [],
  ffmpegCommand: null,
  canFit: null,
  fit: null,
  bytesRead: 0,
  requests: 0
}

/** What was found before, and that nobody could be asked again. */
const withoutLook = (check: VideoCheck): VideoCheck => {
  const others = check.findings.filter(({ code }) => code !== 'not-rechecked')
  const isRefusal = ({ level }: VideoFinding): boolean => level === 'refused'
  const missed: VideoFinding = {
    code: 'not-rechecked',
    level: 'warning',
    errorType: null,
    values: {}
  }
  return {
    ...check,
    findings: [
      ...others.filter(isRefusal),
      missed,
      ...others.filter((finding) => !isRefusal(finding))
    ]
  }
}

/** Checks each draft's videos once they are known, again when they change, and gives up what is no longer asked for. */
export const createVideoChecks = (deps: VideoCheckDeps) => {
  const { drafts, checker, clock, supervisor, stopping } = deps
  const runs = new Map<string, Run>()
  const nameOf = (id: DraftId, field: VideoField): string => `${id} ${field}`

  /** The same video is being made fit while it is checked again: how far that is stays in sight. */
  const put = (id: DraftId, field: VideoField, check: VideoCheck): void => {
    const draft = drafts.get(id)
    const before = draft.ok ? draft.value.checks[field] : null
    const { canFit, fit } = before?.fit?.state === 'running' ? before : check
    drafts.setCheck(id, field, { ...check, canFit, fit })
  }

  const forget = (id: DraftId, field: VideoField): void => {
    runs.get(nameOf(id, field))?.stop.abort()
    runs.delete(nameOf(id, field))
  }

  const begin = (id: DraftId, field: VideoField, video: KnownVideo): Run => {
    forget(id, field)
    const name = nameOf(id, field)
    const stop = new AbortController()
    const signal = AbortSignal.any([stop.signal, stopping])
    const read = async (): Promise<CheckedVideo | null> => {
      try {
        const checked = await checker.check(video, signal)
        if (runs.get(name) !== run) return null
        put(id, field, checked.check)
        return checked
      } catch (error) {
        if (signal.aborted) return null
        if (runs.get(name) === run) put(id, field, { ...begun, state: 'failed' })
        throw error
      }
    }
    put(id, field, begun)
    const ended = read()
    const run: Run = { key: video.key, stop, ended: ended.catch(() => null) }
    runs.set(name, run)
    supervisor.start('checks', () => ended)
    return run
  }

  /** A draft's videos may be others now, or it is gone. */
  const sync = (id: DraftId): void => {
    const videos = drafts.videos(id)
    for (const field of videoFields) {
      const video = videos?.[field] ?? null
      const run = runs.get(nameOf(id, field))
      if (video === null) {
        forget(id, field)
        if (run !== undefined && videos !== null) drafts.setCheck(id, field, null)
      } else if (run?.key !== video.key) begin(id, field, video)
    }
  }

  /** Checks a video again; the draft is answered as the check begins. */
  const again = (id: DraftId, field: VideoField): Result<Draft> => {
    const video = drafts.videos(id)?.[field] ?? null
    if (video === null) return fail({ kind: 'not-found' })
    begin(id, field, video)
    return drafts.get(id)
  }

  /** True if what is known of a video is a moment old. */
  const isNew = (check: VideoCheck | null): boolean =>
    check?.state === 'done' &&
    check.checkedAt !== null &&
    Date.parse(clock.nowAt()) - Date.parse(check.checkedAt) < newForMs

  const freshen = async (id: DraftId, field: VideoField, video: KnownVideo): Promise<void> => {
    const given = drafts.get(id)
    if (!given.ok || video.source.kind === 'file' || isNew(given.value.checks[field])) return
    const { check, isAnswered } = await checker.look(video, stopping)
    if (drafts.videos(id)?.[field]?.key !== video.key) return
    const before = checkOf(id, field)
    // Where nobody was reached, what was found before says more.
    if (isAnswered) drafts.setCheck(id, field, check)
    else if (before?.state === 'done') drafts.setCheck(id, field, withoutLook(before))
    else if (before?.state !== 'checking') drafts.setCheck(id, field, check)
  }

  const checkOf = (id: DraftId, field: VideoField): VideoCheck | null => {
    const draft = drafts.get(id)
    return draft.ok ? draft.value.checks[field] : null
  }

  /**
   * Looks at a draft's links once more, right before they are sent: one may have ended, or its file may be another.
   * Ends soon. Where nobody answers, what is known stays and a finding says so. A video that was put in meanwhile is
   * looked at too.
   */
  const fresh = async (id: DraftId): Promise<void> => {
    const videos = drafts.videos(id)
    const draft = drafts.get(id)
    const looks = (draft.ok ? sentVideoFields(draft.value) : []).map(async (field) => {
      const video = videos?.[field] ?? null
      if (video !== null) await freshen(id, field, video).catch(() => undefined)
    })
    await Promise.all(looks)
    const now = drafts.videos(id)
    const isOther = videoFields.some((field) => now?.[field]?.key !== videos?.[field]?.key)
    if (now !== null && isOther) await fresh(id)
  }

  /** Checks of which nothing was stored begin again; a link has to be given again before. */
  const takeUp = (): void => {
    for (const { draftId } of drafts.localFiles()) sync(draftId)
  }

  return { sync, again, fresh, takeUp }
}
