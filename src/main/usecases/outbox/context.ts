import type { Batch } from '../../../shared/domain/batch.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Emit } from '../../ports/emit.ts'
import type { Log } from '../../ports/log.ts'
import type { Provider } from '../../ports/provider.ts'
import type { AccountRecord, Operation, Store, StoreWrites } from '../../ports/store.ts'
import type { Supervisor } from '../../ports/supervisor.ts'
import type { ClockTrust } from '../clock-trust.ts'
import type { KeyRing } from '../key-ring.ts'
import type { Recheck } from '../plans/confirmed-plan.ts'
import type { Plans } from '../plans/plans.ts'
import type { LiveBatch, Records } from './records.ts'
import type { Results } from './results.ts'

/** What is going on in the outbox, for the desktop around the window. */
export interface Activity {
  /** Something is being sent or read back right now. */
  readonly isRunning: boolean
  /** Deletions that were confirmed and are not over. */
  readonly unfinished: number
  /** Share of the running batches that is over, 0 to 1; null: none runs. */
  readonly share: number | null
}

/** What the outbox needs of the app around it. */
export interface OutboxDeps {
  readonly store: Store
  readonly keyRing: KeyRing
  readonly providerOf: (account: AccountRecord) => Provider
  readonly clock: Clock
  /** Says whether a scheduled time has come, or whether the person has to. */
  readonly clockTrust: Pick<ClockTrust, 'doubt' | 'nowAt'>
  readonly emit: Emit
  readonly log: Log
  readonly supervisor: Supervisor
  readonly recheck: Recheck
  /** A fresh plan to look at, for permanent deletions that are to be tried again. */
  readonly remake: Plans['remake']
  readonly holdSeconds: () => number
  /** The person paused what goes on by itself: no schedule begins. `wake` looks again. */
  readonly isPaused: () => boolean
  /** What is to be stored with the answer that something is gone: the looks at it later. */
  readonly checksAfter: (operation: Operation) => (write: StoreWrites) => void
  /** Called with what the provider says is gone, after it is stored. */
  readonly onGone: (operation: Operation, account: AccountRecord) => void
  /** Called whenever a batch has ended, however. */
  readonly onEnded: () => void
  /** Called whenever a batch changes: how much is going on beside the window. */
  readonly onActivity: (activity: Activity) => void
  /** Called with a batch that ended with failures, or that cannot continue without the person. */
  readonly onAttention: (batch: Batch) => void
  /** Called with a scheduled batch that began without the person and is done. */
  readonly onCarriedOut: (batch: Batch) => void
}

/** What the parts of the outbox share. */
export interface OutboxContext extends OutboxDeps {
  readonly records: Records
  readonly results: Results
  /** Ends with the app. */
  readonly stopping: AbortSignal
  /** The batch as the window shows it. */
  readonly view: (live: LiveBatch) => Batch
  /** Tells the window that an account's library changed, not too often. */
  readonly notifyLibrary: (accountId: AccountRecord['id']) => void
}
