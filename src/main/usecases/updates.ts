import type { UpdateObstacle, UpdateTrouble } from '../../shared/catalogue/update-troubles.ts'
import type { UpdateStatus } from '../../shared/domain/update.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type { Log } from '../ports/log.ts'
import type { SettingsStore } from '../ports/settings-store.ts'
import type { Store } from '../ports/store.ts'
import type { Supervisor } from '../ports/supervisor.ts'
import type { LastStep, Release, UpdateSource } from '../ports/update-source.ts'
import { isNewerVersion } from '../rules/newer-version.ts'

export interface UpdateDeps {
  readonly store: Pick<Store, 'transaction'> & { readonly read: Pick<Store['read'], 'meta'> }
  readonly settings: () => Pick<ReturnType<SettingsStore['get']>, 'updateChecks'>
  readonly source: UpdateSource
  readonly clock: Pick<Clock, 'nowAt' | 'wait'>
  readonly emit: Emit
  readonly log: Pick<Log, 'info' | 'warn'>
  readonly supervisor: Pick<Supervisor, 'start'>
  /** The version that runs. */
  readonly version: string
  /** What must be over first; null: nothing is under way. */
  readonly underWay: () => UpdateObstacle | null
  /** Whether the person paused what goes on by itself. */
  readonly isPaused: () => boolean
  /** Begins to quit the app, which ends with `finish`. */
  readonly quit: () => void
  /** Lets another copy of the app start while this one is still ending. */
  readonly makeRoom: () => void
  readonly stopping: AbortSignal
}

type Stand = UpdateStatus['stand']

/**
 * What the library remembers: when the newest release was last asked for, from when on it may be asked for again without
 * the person, the version that ran last, and the one that was to be installed.
 */
const notes = {
  asked: 'update.askedAt',
  due: 'update.dueAt',
  version: 'update.version',
  installing: 'update.installing'
}

/** A deletion that is scheduled for within this time counts as under way: longer than a download and a restart may take. */
export const updateMarginMs = 10 * 60_000

const firstAfterMs = 60_000
const roundMs = 10 * 60_000
const dayMs = 24 * 60 * 60_000
/** Nobody was reached: asked again sooner, as a laptop may be offline whenever the day is over. */
const unreachedMs = 60 * 60_000

const unreached: ReadonlySet<UpdateTrouble> = new Set(['offline', 'insecure', 'timed-out'])

const later = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString()

/**
 * Looks for a new version at most once a day, has it downloaded, and installs it when the person says so. Nothing of it
 * begins or goes on while a deletion, an upload or a plan is under way; `underWay` says what counts.
 */
export const createUpdates = (deps: UpdateDeps) => {
  const { store, source, clock, version } = deps
  let stand: Stand = { state: 'unknown' }
  let release: Release | null = null
  let isWorking = false
  let lastStep: LastStep | null = null
  let isFirstRound = true
  const firstAt = later(clock.nowAt(), firstAfterMs)
  /** The version that ran before this one; null: this is the first, or it ran already. */
  let before: string | null = null

  const note = (values: Readonly<Record<string, string>>): void => {
    store.transaction((write) => {
      for (const [key, value] of Object.entries(values)) write.putMeta(key, value)
    })
  }

  const status = (): UpdateStatus => ({
    way: source.way,
    stand,
    checkedAt: store.read.meta(notes.asked)
  })

  const become = (next: Stand): void => {
    stand = next
    deps.emit('update:changed', status())
  }

  const fall = (trouble: UpdateTrouble, about: string | null): void => {
    deps.log.warn('An update did not come', { trouble, version: about ?? '' })
    become({ state: 'failed', trouble, version: about })
  }

  /** Told at the first start after an installation that did not come about. */
  const begin = (): void => {
    const wanted = store.read.meta(notes.installing) ?? ''
    if (wanted !== '') note({ [notes.installing]: '' })
    if (isNewerVersion(wanted, version)) {
      stand = { state: 'failed', trouble: 'not-installed', version: wanted }
    }
    const last = store.read.meta(notes.version)
    if (last === null) note({ [notes.version]: version })
    before = last !== null && isNewerVersion(version, last) ? last : null
  }

  const offer = (ready: Release): void => {
    release = ready
    become({ state: 'ready', version: ready.version })
  }

  const download = async (wanted: Release): Promise<void> => {
    const own = new AbortController()
    const signal = AbortSignal.any([own.signal, deps.stopping])
    let told = -1
    const onShare = (share: number): void => {
      if (deps.underWay() !== null) own.abort()
      const percent = Math.floor(share * 100)
      if (percent === told) return
      told = percent
      become({ state: 'downloading', version: wanted.version, share })
    }
    onShare(0)
    const got = await source.download(wanted, onShare, signal)
    if (deps.stopping.aborted) return
    // It is looked for again when what came between is over.
    if (own.signal.aborted) return become({ state: 'unknown' })
    if (!got.ok) return fall(got.trouble, wanted.version)
    offer(wanted)
  }

  /** Asks, and answers what is to be downloaded. */
  const look = async (): Promise<Release | null> => {
    const ready = release
    release = null
    become({ state: 'checking' })
    const askedAt = clock.nowAt()
    const newest = await source.newest(deps.stopping)
    if (deps.stopping.aborted) return null
    const isReached = newest.ok || !unreached.has(newest.trouble)
    note({
      ...(isReached ? { [notes.asked]: askedAt } : {}),
      [notes.due]: later(askedAt, isReached ? dayMs : unreachedMs)
    })
    if (!newest.ok) {
      // What was verified before is no worse for that.
      if (ready === null) fall(newest.trouble, null)
      else offer(ready)
      return null
    }
    const { version: found, file } = newest.value
    if (!isNewerVersion(found, version)) {
      await source.clear()
      become({ state: 'current' })
      return null
    }
    if (source.way === 'page') {
      become({ state: 'found', version: found })
      return null
    }
    if (file === null) fall('no-file', found)
    return file === null ? null : newest.value
  }

  /** What is not known to have ended well or badly is unknown, and may be tried again. */
  const endWork = (): void => {
    isWorking = false
    if (stand.state === 'checking' || stand.state === 'downloading') become({ state: 'unknown' })
  }

  const check = async (): Promise<Result<UpdateStatus>> => {
    if (source.way === 'none' || isWorking) return ok(status())
    const obstacle = deps.underWay()
    if (obstacle !== null) return fail({ kind: 'busy', with: obstacle })
    isWorking = true
    let wanted: Release | null = null
    try {
      wanted = await look()
    } finally {
      if (wanted === null) endWork()
    }
    if (wanted !== null) {
      const { version: about, file } = wanted
      deps.supervisor.start('updates', () => download({ version: about, file }).finally(endWork))
    }
    return ok(status())
  }

  /** Whether it looks without the person. */
  const isOn = (): boolean => source.way !== 'none' && deps.settings().updateChecks !== 'off'

  const isDue = (): boolean => {
    const dueAt = store.read.meta(notes.due)
    if (dueAt === null) return true
    const leftMs = Date.parse(dueAt) - Date.parse(clock.nowAt())
    // One that is further away was noted by a clock that has been set since.
    return !(leftMs > 0 && leftMs <= dayMs)
  }

  /** For the supervisor: waits a while, and looks if it is time. */
  const round = async (signal: AbortSignal): Promise<void> => {
    await clock.wait(isFirstRound ? firstAfterMs : roundMs, signal)
    isFirstRound = false
    if (signal.aborted || !isOn() || deps.isPaused()) return
    if (isDue() && deps.underWay() === null) await check()
  }

  const install = async (): Promise<Result<UpdateStatus>> => {
    if (release === null || stand.state !== 'ready') return fail({ kind: 'not-found' })
    const obstacle = deps.underWay()
    if (obstacle !== null) return fail({ kind: 'busy', with: obstacle })
    const wanted = release
    const prepared = await source.prepare(wanted)
    if (!prepared.ok) {
      release = null
      fall(prepared.trouble, wanted.version)
      return ok(status())
    }
    // It took a moment, in which something may have begun.
    const since = deps.underWay()
    if (since !== null) return fail({ kind: 'busy', with: since })
    lastStep = prepared.value
    note({ [notes.installing]: wanted.version })
    deps.quit()
    return ok(status())
  }

  return {
    status,
    check,
    install,
    round,
    begin,
    page: source.page,
    /** The last step of `install`, when everything is written. Answers whether it ends the app itself. */
    finish: (): boolean => {
      const step = lastStep
      lastStep = null
      if (step === null) return false
      deps.makeRoom()
      return step()
    },
    /** Whether the app is about to start again as the new version. */
    isRestarting: (): boolean => lastStep !== null,
    /** When it looks next without the person; null: never. */
    nextAt: (): string | null => (isOn() ? (store.read.meta(notes.due) ?? firstAt) : null),
    /** The version that ran before an update to this one; null if this one ran already. */
    before: (): string | null => before,
    /** The version that this is the first start of after an update; null: none, or it was told. Counts as told. */
    takeWhatsNew: (): string | null => {
      if (store.read.meta(notes.version) === version) return null
      note({ [notes.version]: version })
      return before === null ? null : version
    }
  }
}
export type Updates = ReturnType<typeof createUpdates>
