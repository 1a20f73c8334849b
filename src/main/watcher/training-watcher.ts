import type { AccountId } from '../../shared/domain/account.ts'
import { type AssetKind, assetKindSchema } from '../../shared/domain/asset.ts'
import type { Clock } from '../ports/clock.ts'
import type { AccountRecord, AssetRecord, Store } from '../ports/store.ts'

/** Trainings take hours; a look a minute is ample (reference/tavus.md 8). Sample data runs in time lapse. */
const betweenLooksMs = 60_000
const betweenSampleLooksMs = 3_000
const longestPauseMs = 10 * 60_000

export interface WatcherDeps {
  readonly store: Store
  readonly clock: Clock
  /** Looks at assets of one kind in as few calls as possible; false if the provider could not be asked. */
  readonly look: (
    accountId: AccountId,
    kind: AssetKind,
    assets: readonly AssetRecord[]
  ) => Promise<boolean>
}

/** The one poller: follows unfinished trainings, account by account, until stopped. */
export const startTrainingWatcher = (deps: WatcherDeps): { readonly stop: () => void } => {
  const stopping = new AbortController()
  const pauses = new Map<AccountId, number>()
  const nextLooks = new Map<AccountId, number>()

  const pauseFor = (account: AccountRecord, wasAnswered: boolean): number => {
    const usual = account.isSample ? betweenSampleLooksMs : betweenLooksMs
    const before = pauses.get(account.id) ?? usual
    return wasAnswered ? usual : Math.min(before * 2, longestPauseMs)
  }

  const lookAt = async (account: AccountRecord, assets: readonly AssetRecord[]): Promise<void> => {
    let wasAnswered = true
    for (const kind of assetKindSchema.options) {
      const ofKind = assets.filter(({ ref }) => ref.kind === kind)
      if (ofKind.length === 0) continue
      wasAnswered = (await deps.look(account.id, kind, ofKind)) && wasAnswered
    }
    const pauseMs = pauseFor(account, wasAnswered)
    pauses.set(account.id, pauseMs)
    nextLooks.set(account.id, deps.clock.monotonicMs() + pauseMs)
  }

  const round = async (): Promise<void> => {
    const unfinished = deps.store.read.unfinishedAssets()
    for (const account of deps.store.read.accounts()) {
      const assets = unfinished.filter(
        ({ ref, origin }) => ref.accountId === account.id && origin !== 'stock'
      )
      const isDue = deps.clock.monotonicMs() >= (nextLooks.get(account.id) ?? 0)
      if (assets.length > 0 && isDue && !stopping.signal.aborted) await lookAt(account, assets)
    }
  }

  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await deps.clock.wait(betweenSampleLooksMs, stopping.signal)
      if (!stopping.signal.aborted) await round()
    }
  }

  void loop()
  return { stop: () => stopping.abort() }
}
