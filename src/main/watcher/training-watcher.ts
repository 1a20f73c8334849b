import type { AccountId } from '../../shared/domain/account.ts'
import { type AssetKind, assetKindSchema } from '../../shared/domain/asset.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { Clock } from '../ports/clock.ts'
import type { AccountRecord, AssetRecord, Store } from '../ports/store.ts'
import { freshPace, type LookOutcome, nextPace, type Pace, pauseMsOf } from './pace.ts'

/** A video takes minutes, a training hours (reference/tavus.md 7). Sample data runs in time lapse. */
const betweenVideoLooksMs = 20_000
const betweenSampleLooksMs = 3_000
/** Nothing can become due unnoticed: whatever begins to be watched is told by the history. */
const idleMs = 60 * 60_000

export interface WatcherDeps {
  readonly store: Pick<Store, 'read' | 'onAppended'>
  readonly clock: Clock
  readonly settings: () => Pick<Settings, 'watchIntervalSeconds'>
  /** Looks at assets of one kind in as few calls as possible; false if the provider could not be asked. */
  readonly look: (
    accountId: AccountId,
    kind: AssetKind,
    assets: readonly AssetRecord[]
  ) => Promise<boolean>
}

export interface TrainingWatcher {
  /** No look until `resume`: the computer goes to sleep. */
  pause(): void
  /** Looks at once, whatever was due when: at start, and after sleep. */
  resume(): void
  stop(): void
}

/** What is looked at together: an account's unfinished assets of a kind. */
interface Watched {
  readonly account: AccountRecord
  readonly kind: AssetKind
  readonly assets: readonly AssetRecord[]
}

interface Plan {
  readonly pace: Pace
  readonly nextLookMs: number
}

const nameOf = ({ account, kind }: Watched): string => `${account.id}/${kind}`

/** Changes with everything that counts as moving on; an asset that is done falls out of it. */
const standOf = (assets: readonly AssetRecord[]): string =>
  JSON.stringify(
    assets.map(({ ref, status, statusRaw, progress }) => [ref.id, status, statusRaw, progress])
  )

/** A video in the queue may wait for a training of hours. */
const isGenerating = ({ kind, assets }: Watched): boolean =>
  kind === 'video' && assets.some(({ statusRaw }) => statusRaw !== 'queued')

/**
 * The one poller: follows what the providers still work on, account by account and kind by kind, until stopped. Begins
 * paused.
 */
export const createTrainingWatcher = (deps: WatcherDeps): TrainingWatcher => {
  const { store, clock } = deps
  const stopping = new AbortController()
  const plans = new Map<string, Plan>()
  let waking = new AbortController()
  let isPaused = true

  const watched = (): readonly Watched[] => {
    const unfinished = store.read.unfinishedAssets().filter(({ origin }) => origin !== 'stock')
    if (unfinished.length === 0) return []
    return store.read.accounts().flatMap((account) =>
      assetKindSchema.options
        .map((kind) => ({
          account,
          kind,
          assets: unfinished.filter(({ ref }) => ref.accountId === account.id && ref.kind === kind)
        }))
        .filter(({ assets }) => assets.length > 0)
    )
  }

  const pauseMs = (pace: Pace, group: Watched): number => {
    if (group.account.isSample) return pauseMsOf(pace, betweenSampleLooksMs, false)
    if (isGenerating(group)) return pauseMsOf(pace, betweenVideoLooksMs, false)
    return pauseMsOf(pace, deps.settings().watchIntervalSeconds * 1000, true)
  }

  const lookAt = async (group: Watched): Promise<LookOutcome> => {
    const before = standOf(group.assets)
    const wasAnswered = await deps.look(group.account.id, group.kind, group.assets)
    if (!wasAnswered) return 'failed'
    const after = watched().find((other) => nameOf(other) === nameOf(group))
    return standOf(after?.assets ?? []) === before ? 'still' : 'moved'
  }

  const round = async (): Promise<void> => {
    for (const group of watched()) {
      const plan = plans.get(nameOf(group)) ?? { pace: freshPace, nextLookMs: 0 }
      if (isPaused || stopping.signal.aborted || clock.monotonicMs() < plan.nextLookMs) continue
      const pace = nextPace(plan.pace, await lookAt(group))
      plans.set(nameOf(group), { pace, nextLookMs: clock.monotonicMs() + pauseMs(pace, group) })
    }
  }

  const untilNextLookMs = (): number => {
    const dueMs = watched().map((group) => plans.get(nameOf(group))?.nextLookMs ?? 0)
    return isPaused
      ? idleMs
      : Math.max(0, Math.min(idleMs, ...dueMs.map((at) => at - clock.monotonicMs())))
  }

  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      waking = new AbortController()
      await round()
      await clock.wait(untilNextLookMs(), AbortSignal.any([waking.signal, stopping.signal]))
    }
  }

  const wake = (): void => waking.abort()

  store.onAppended(wake)
  void loop()
  return {
    pause: () => {
      isPaused = true
    },
    resume: () => {
      isPaused = false
      plans.clear()
      wake()
    },
    stop: () => stopping.abort()
  }
}
