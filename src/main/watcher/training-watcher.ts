import type { AssetKind } from '../../shared/catalogue/kinds.ts'
import type { AccountId } from '../../shared/domain/account.ts'
import type { AssetRecord } from '../../shared/domain/asset.ts'
import { assetKindSchema } from '../../shared/domain/asset.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { Clock } from '../ports/clock.ts'
import type { AccountRecord, Store } from '../ports/store.ts'
import type { Supervisor } from '../ports/supervisor.ts'
import { type CheckOutcome, freshPace, nextPace, type Pace, pauseMsOf } from './pace.ts'

/** A video takes minutes, a training hours (reference/tavus.md 7). Sample data runs in time lapse. */
const betweenVideoChecksMs = 20_000
const betweenSampleChecksMs = 3_000
/** A training takes hours, so a few minutes later is soon enough for a window that nobody sees. */
const slowerWhenHidden = 3
/** Nothing can become due unnoticed: whatever begins to be watched is told by the history, and `wake`. */
const idleMs = 60 * 60_000

export interface WatcherDeps {
  readonly store: Pick<Store, 'read' | 'onAppended'>
  readonly clock: Clock
  readonly supervisor: Supervisor
  readonly settings: () => Pick<Settings, 'watchIntervalSeconds'>
  /** Nobody sees the window: looks may be rarer, since what ends is told on the desktop a little later. */
  readonly isHidden: () => boolean
  /** Looks at assets of one kind in as few calls as possible; false if the provider could not be asked. */
  readonly check: (
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
  /** The settings may have changed, or the window is seen again: works out anew what is due when. */
  wake(): void
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
  /** When it was looked at, or when something new in it was noticed. */
  readonly sinceMs: number
  readonly ids: ReadonlySet<string>
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
  /** Accounts that are being asked. */
  const asking = new Set<AccountId>()
  /** True until the first looks after a start or sleep, which take everything at once. */
  let isFresh = true
  let rounds = 0

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
    if (group.account.isSample) return pauseMsOf(pace, betweenSampleChecksMs, false)
    const factor = deps.isHidden() ? slowerWhenHidden : 1
    if (isGenerating(group)) return pauseMsOf(pace, betweenVideoChecksMs, false) * factor
    return pauseMsOf(pace, deps.settings().watchIntervalSeconds * 1000, true) * factor
  }

  const checkGroup = async (group: Watched): Promise<CheckOutcome> => {
    const before = standOf(group.assets)
    const wasAnswered = await deps.check(group.account.id, group.kind, group.assets)
    if (!wasAnswered) return 'failed'
    const after = watched().find((other) => nameOf(other) === nameOf(group))
    return standOf(after?.assets ?? []) === before ? 'still' : 'moved'
  }

  const idsOf = ({ assets }: Watched): ReadonlySet<string> =>
    new Set(assets.map(({ ref }) => ref.id))

  /** What began to be watched was just told by the provider, so its first look is one interval away at most. */
  const noteNew = (group: Watched): void => {
    const plan = plans.get(nameOf(group))
    const ids = idsOf(group)
    if (plan !== undefined && [...ids].every((id) => plan.ids.has(id))) return
    const newMs = isFresh ? Number.NEGATIVE_INFINITY : clock.monotonicMs()
    plans.set(nameOf(group), { pace: freshPace, sinceMs: plan?.sinceMs ?? newMs, ids })
  }

  /** Milliseconds until the group is due; null while its account is being asked. */
  const leftMs = (group: Watched): number | null => {
    if (asking.has(group.account.id)) return null
    const plan = plans.get(nameOf(group))
    if (plan === undefined) return 0
    return Math.max(0, plan.sinceMs + pauseMs(plan.pace, group) - clock.monotonicMs())
  }

  const checkAndNote = async (group: Watched): Promise<void> => {
    const name = nameOf(group)
    const round = rounds
    let outcome: CheckOutcome = 'failed'
    try {
      outcome = await checkGroup(group)
    } finally {
      asking.delete(group.account.id)
      const pace = nextPace(plans.get(name)?.pace ?? freshPace, outcome)
      if (round === rounds)
        plans.set(name, { pace, sinceMs: clock.monotonicMs(), ids: idsOf(group) })
      wake()
    }
  }

  /** Asks each account for one kind at a time, and waits for none of them: another account may be due before. */
  const checkDue = (): void => {
    for (const group of watched()) {
      noteNew(group)
      if (leftMs(group) !== 0) continue
      asking.add(group.account.id)
      deps.supervisor.start('trainings', () => checkAndNote(group))
    }
    isFresh = false
  }

  const untilNextLookMs = (): number =>
    Math.min(idleMs, ...watched().flatMap((group) => leftMs(group) ?? []))

  const round = async (): Promise<void> => {
    waking = new AbortController()
    if (!isPaused) checkDue()
    const waitMs = isPaused ? idleMs : untilNextLookMs()
    await clock.wait(waitMs, AbortSignal.any([waking.signal, stopping.signal]))
  }

  const wake = (): void => waking.abort()

  store.onAppended(wake)
  deps.supervisor.keepRunning('trainings', round, stopping.signal)
  return {
    pause: () => {
      isPaused = true
    },
    resume: () => {
      isPaused = false
      isFresh = true
      rounds += 1
      plans.clear()
      wake()
    },
    wake,
    stop: () => stopping.abort()
  }
}
