import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../../src/main/clock.ts'
import { createHttpClient } from '../../../src/main/http/net-http-client.ts'
import type { Clock } from '../../../src/main/ports/clock.ts'
import type { HttpClient } from '../../../src/main/ports/http-client.ts'
import type { Log } from '../../../src/main/ports/log.ts'
import type { Trainer } from '../../../src/main/ports/provider.ts'
import type { SecretStore } from '../../../src/main/ports/secret-store.ts'
import type { AccountRecord, Store, StoreWrites } from '../../../src/main/ports/store.ts'
import { createProviders } from '../../../src/main/providers/registry.ts'
import type { WalkLimits } from '../../../src/main/rules/walk-budget.ts'
import { openStore } from '../../../src/main/storage/sqlite-store.ts'
import { createAccounts } from '../../../src/main/usecases/accounts.ts'
import { createClockTrust } from '../../../src/main/usecases/clock-trust.ts'
import { createCreations } from '../../../src/main/usecases/creations.ts'
import { createDrafts } from '../../../src/main/usecases/drafts.ts'
import { createKeyRing, type KeyRing } from '../../../src/main/usecases/key-ring.ts'
import { createLibrary } from '../../../src/main/usecases/library.ts'
import { createOutbox, type Outbox } from '../../../src/main/usecases/outbox/outbox.ts'
import { createConfirmations } from '../../../src/main/usecases/plans/confirmations.ts'
import { createPlans, type Plans } from '../../../src/main/usecases/plans/plans.ts'
import { createSupervisor } from '../../../src/main/usecases/supervisor.ts'
import { makeReplica } from '../../../src/sandbox/sample-data.ts'
import { accountIdSchema, providerIdSchema } from '../../../src/shared/domain/account.ts'
import type { AssetRef } from '../../../src/shared/domain/asset.ts'
import { assetRefSchema } from '../../../src/shared/domain/asset.ts'
import type { Batch, BatchItem } from '../../../src/shared/domain/batch.ts'
import type { DeletionMode } from '../../../src/shared/domain/deletion.ts'
import type { HistoryEvent } from '../../../src/shared/domain/history.ts'
import { type SyncStatus, syncStatusSchema } from '../../../src/shared/domain/sync.ts'
import { fail, ok, type Result } from '../../../src/shared/result.ts'
import type { SandboxOptions } from '../../sandbox/faulty-sandbox.ts'
import { type Sandbox, startSandbox } from '../../sandbox/faulty-sandbox.ts'
import { createMemorySecretStore } from '../secrets/memory-secret-store.ts'

/** An account of this name has a provider that throws. */
export const brokenName = 'Broken Studio'

/** A log for tests: a bug is a failure of the test. */
export const failingLog: Log = {
  info: () => undefined,
  warn: () => undefined,
  bug: (error) => {
    throw error
  }
}

/** The value of a result that must be ok. */
export const unwrap = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`Expected a value, got ${JSON.stringify(result.error)}`)
  return result.value
}

/** A store that is written to in another way; all else is its own. */
export const writingBy = (store: Store, transaction: Store['transaction']): Store => ({
  read: store.read,
  transaction,
  checkHistory: store.checkHistory.bind(store),
  health: () => store.health(),
  backups: () => store.backups(),
  onHealth: (listener) => store.onHealth(listener),
  onAppended: (listener) => store.onAppended(listener),
  maintain: (signal, believedAt) => store.maintain(signal, believedAt),
  clearedUntil: () => store.clearedUntil(),
  clearHistory: (headSeq) => store.clearHistory(headSeq),
  forgetPreview: (target) => store.forgetPreview(target),
  forgetNames: (...asked) => store.forgetNames(...asked),
  restoreBackup: () => store.restoreBackup(),
  copyWithoutKeys: (signal) => store.copyWithoutKeys(signal),
  lookIntoBackup: (file, signal) => store.lookIntoBackup(file, signal),
  takeInBackup: (file, signal) => store.takeInBackup(file, signal),
  settled: () => store.settled(),
  close: () => store.close()
})

const checksKey = (operationId: string): string => `checks of ${operationId}`

/**
 * Waits a hundredth and timeouts a twentieth as long, so that a test need not sit through them. The time that passes
 * in between counts twentyfold.
 */
const hurriedClock: Clock = {
  ...systemClock,
  monotonicMs: () => systemClock.monotonicMs() * 20,
  wait: (durationMs, signal) =>
    systemClock.wait(durationMs / (durationMs < 30_000 ? 100 : 20), signal)
}

const createTestHttp = (onDate: (origin: string, date: string) => void): HttpClient =>
  createHttpClient({
    fetch: (url, init) => fetch(url, init),
    fetchOnce: (url, init) => fetch(url, init),
    clock: hurriedClock,
    random: () => 0.5,
    userAgent: 'ReplicaDesk/test',
    log: failingLog,
    onDate
  })

/** The use cases on a real database, real sockets and the sandbox; only the keychain is memory. */
export interface TestDesk {
  readonly store: Store
  readonly sandbox: Sandbox
  readonly accounts: ReturnType<typeof createAccounts>
  readonly keyRing: KeyRing
  readonly library: ReturnType<typeof createLibrary>
  readonly plans: Plans
  readonly outbox: Outbox
  readonly drafts: ReturnType<typeof createDrafts>
  readonly creations: ReturnType<typeof createCreations>
  /** What the next start of the app would make of the same database and drafts. */
  newCreations(): ReturnType<typeof createCreations>
  readonly accountId: AssetRef['accountId']
  /** The account as it is stored now. */
  account(): AccountRecord
  /** The last deletion of a thing, as the window shows it. */
  deletionOf(ref: AssetRef): BatchItem
  /** Puts a finished replica into the sandbox and the library. */
  addReplica(name: string): Promise<AssetRef>
  /** What the window was told of the outbox. */
  readonly told: readonly Told[]
  /** How refreshes went, as the window was told. */
  readonly statuses: readonly SyncStatus[]
  /** Resolves as soon as the window is told something of a refresh that is so. */
  untilStatus(isSo: (status: SyncStatus) => boolean): Promise<SyncStatus>
  /** Operations whose thing the provider said is gone. */
  readonly gone: readonly string[]
  /** Whether what follows from such an answer is on disk. */
  hasChecks(operationId: string): boolean
  /** When each batch ended. */
  readonly ended: readonly string[]
  /** Makes a plan for these assets, confirms it and starts it. */
  delete(refs: readonly AssetRef[], mode: DeletionMode, runAt?: string): Promise<Result<Batch>>
  /** The batch as soon as it is so. */
  until(batchId: string, isSo: (batch: Batch) => boolean): Promise<Batch>
  /** All records, oldest first. */
  events(): readonly HistoryEvent[]
  /** What the app sent, by method. */
  sent(method: string): readonly string[]
  /** Ends the outbox and starts it anew, as with the app. */
  restart(): Promise<void>
  /** Sets the wall clock of the outbox forward, or back. */
  moveClock(ms: number): void
  /** Lets time go by on every clock of the outbox and of the sandbox alike; no timer ends by it. */
  passTime(ms: number): void
  /** From now on no record that holds the text can be written down. */
  setPoison(text: string): void
  /** What was logged as a bug; only where `DeskOptions.expectsBugs` is set may there be any. */
  readonly bugs: readonly unknown[]
  /** From now on nothing can be written down, as on a full disk; or again it can; or just once more. */
  setDiskFull(isFull: boolean | 'after-next'): void
  /** The person pauses what goes on by itself, or resumes it. */
  setPaused(isPaused: boolean): void
  /** What the next start of the app would make of the same database and keychain. */
  newKeyRing(): KeyRing
  readonly providers: ReturnType<typeof createProviders>
  /** Errors of refreshes that nobody expected. */
  readonly faults: readonly unknown[]
  /** The app begins to quit. */
  end(): void
  close(): Promise<void>
}

/** One event as the window was told it. */
export interface Told {
  readonly name: string
  readonly payload: unknown
}

export interface DeskOptions extends SandboxOptions {
  /** Trains in the place of the sandbox. */
  readonly trainer?: Trainer
  /** Looks again after a lost answer; without it that look goes on for ever. */
  readonly lookAgain?: () => Promise<void>
  readonly log?: Log
  /** What is done with a draft's videos before they are sent; nothing if not given. */
  readonly refreshVideos?: () => Promise<void>
  /** Of a walk over a list; the usual ones if not given. */
  readonly walkLimits?: WalkLimits
  /** The keychain; one in memory if not given. */
  readonly secrets?: SecretStore
  /** Told the accounts whose unused keys could not be deleted. */
  readonly onLeft?: (accountNames: readonly string[]) => void
  /** Seconds that soft deletions are held; 0 if not given. Waits are hurried. */
  readonly holdSeconds?: number
  /** True: what is logged as a bug is kept in `bugs` instead of failing the test. */
  readonly expectsBugs?: boolean
}

export const startDesk = async (options: DeskOptions = {}): Promise<TestDesk> => {
  const apiKey = 'canary4key7b1f9e03d5a2486c8e7f'
  const sandbox = await startSandbox({
    apiKeys: [apiKey],
    // As in the app, where a change never leaves on a connection that was used before.
    keepAlive: false,
    ...options
  })
  const folder = mkdtempSync(join(tmpdir(), 'desk-'))
  const opened = openStore({ folder, clock: systemClock, runId: 'run_test', log: failingLog })
  let poison: string | null = null
  /** Bound, so that the rest of the transaction works as ever. */
  const withoutPoison = (write: StoreWrites): StoreWrites => {
    const append: StoreWrites['append'] = (event, walk) => {
      if (poison !== null && JSON.stringify(event).includes(poison)) throw new Error('Poison')
      write.append(event, walk)
    }
    return Object.assign(Object.create(write), { append })
  }
  const bugs: unknown[] = []
  const log: Log = {
    ...failingLog,
    bug: (error) => {
      if (options.expectsBugs !== true) return failingLog.bug(error)
      bugs.push(error)
      return `ref_${bugs.length}`
    }
  }
  let isDiskFull: boolean | 'after-next' = false
  const fillsUp = (): boolean => {
    const isFull = isDiskFull === true
    if (isDiskFull === 'after-next') isDiskFull = true
    return isFull
  }
  const store = writingBy(opened, (work) =>
    fillsUp()
      ? fail({ kind: 'storage-failed', reason: 'disk-full' })
      : opened.transaction((write) => work(withoutPoison(write)))
  )
  const clock = systemClock
  const emit = () => undefined
  const stopping = new AbortController()
  const faults: unknown[] = []
  const told: Told[] = []
  const gone: string[] = []
  const ended: string[] = []
  const listeners = new Set<() => void>()
  const secrets = options.secrets ?? createMemorySecretStore()
  const supervisor = createSupervisor({ clock, log, onBackground: emit })
  const newKeyRing = () =>
    createKeyRing({
      store,
      secrets,
      clock,
      supervisor,
      fingerprintSalt: 'salt',
      onKeychain: emit,
      onAnswered: (id) => library.noteAnswered(id),
      onWait: (id, untilAt) => library.noteWait(id, untilAt),
      onLeft: options.onLeft ?? emit
    })
  const keyRing = newKeyRing()
  let clockMovedMs = 0
  let passedMs = 0
  const outboxClock: Clock = {
    ...hurriedClock,
    nowAt: () => new Date(Date.now() + clockMovedMs + passedMs).toISOString()
  }
  const newClockTrust = () =>
    createClockTrust({
      clock: outboxClock,
      elapsedMs: () => systemClock.monotonicMs() + passedMs,
      seenAt: null
    })
  let clockTrust = newClockTrust()
  const noteDate = (origin: string, date: string) =>
    clockTrust.noteServer(origin, new Date(Date.parse(date) + passedMs).toISOString())
  const providers = createProviders({
    http: createTestHttp(noteDate),
    ...(options.walkLimits === undefined ? {} : { walkLimits: options.walkLimits })
  })
  const providerOf = ({ name }: AccountRecord) => {
    if (name === brokenName) throw new Error('Nobody expected this')
    return providers.tavus
  }
  const drafts = createDrafts({
    store,
    clock,
    trustedNowAt: clock.nowAt,
    emit,
    canTrain: ({ provider }) => provider === 'tavus',
    onVideos: () => undefined
  })
  const confirmations = createConfirmations(clock)
  const plans = createPlans({
    store,
    keyRing,
    providerOf,
    confirmations,
    clock,
    askWhere: async () => null,
    writeText: async () => ok(null),
    saveArchive: async () => ok(null)
  })
  const createDeskOutbox = () =>
    createOutbox({
      store,
      keyRing,
      providerOf,
      clock: outboxClock,
      clockTrust,
      emit: (name, payload) => {
        told.push({ name, payload })
        for (const listener of listeners) listener()
      },
      log,
      supervisor,
      recheck: plans.recheck,
      remake: plans.remake,
      holdSeconds: () => options.holdSeconds ?? 0,
      checksAfter: (operation) => (write) => write.putMeta(checksKey(operation.id), 'planned'),
      onGone: (operation) => gone.push(operation.id),
      onEnded: () => ended.push(clock.nowAt()),
      onActivity: emit,
      onAttention: emit,
      onCarriedOut: emit,
      isPaused: () => isPaused
    })
  let isPaused = false
  let outbox = createDeskOutbox()
  const newCreations = () =>
    createCreations({
      store,
      keyRing,
      drafts,
      refreshVideos: options.refreshVideos ?? (async () => undefined),
      trainerOf: ({ provider }) =>
        provider === 'tavus' ? (options.trainer ?? providers.tavus) : null,
      clock,
      supervisor,
      emit,
      log: options.log ?? failingLog,
      refreshListings: options.lookAgain ?? (() => new Promise(() => undefined))
    })
  const creations = newCreations()
  const statuses: SyncStatus[] = []
  const statusListeners = new Set<(status: SyncStatus) => void>()
  const noteStatus = (status: SyncStatus): void => {
    statuses.push(status)
    for (const listener of statusListeners) listener(status)
  }
  const library = createLibrary({
    store,
    keyRing,
    providerOf,
    finderOf: () => null,
    clock: { ...systemClock, wait: hurriedClock.wait },
    emit: (name, payload) => {
      if (name === 'sync:changed') noteStatus(syncStatusSchema.parse(payload))
    },
    stopping: stopping.signal,
    onFault: (error) => `ref${faults.push(error)}`,
    makeReady: async () => ok(null),
    rememberMedia: () => ({ posterId: null, clipId: null }),
    onReached: (account) => outbox.settle(account),
    onListed: async (account, beganAt, isWhole) => {
      creations.settleUnclear(account, beganAt, isWhole)
    },
    keepPosters: emit,
    onEnded: emit,
    onKeyStateKnown: emit
  })
  const accounts = createAccounts({
    store,
    keyRing,
    providerOf,
    providers: providerIdSchema.options,
    clock,
    emit,
    onConnected: (accountId) => drafts.forAccountChanged(accountId),
    onRemoving: (accountId) => outbox.forAccountRemoved(accountId),
    onRemoved: (accountId) => drafts.forAccountChanged(accountId)
  })
  const account = unwrap(
    await accounts.save({
      id: null,
      provider: 'tavus',
      name: 'Studio North',
      color: 'indigo',
      apiAddress: sandbox.origin,
      isReadOnly: false,
      apiKey,
      keyStorage: 'keychain'
    })
  )
  const accountId = accountIdSchema.parse(account.id)
  return {
    store,
    sandbox,
    accounts,
    keyRing,
    newKeyRing,
    providers,
    library,
    plans,
    get outbox() {
      return outbox
    },
    restart: async () => {
      await outbox.stop()
      clockTrust = newClockTrust()
      outbox = createDeskOutbox()
      outbox.restore()
      outbox.begin()
    },
    told,
    gone,
    hasChecks: (operationId) => store.read.meta(checksKey(operationId)) !== null,
    ended,
    statuses,
    untilStatus: (isSo) =>
      new Promise((resolve) => {
        const look = (status: SyncStatus): void => {
          if (!isSo(status)) return
          statusListeners.delete(look)
          resolve(status)
        }
        statusListeners.add(look)
      }),
    faults,
    end: () => stopping.abort(),
    drafts,
    creations,
    newCreations,
    accountId,
    account: () => {
      const record = store.read.account(accountId)
      if (record === null) throw new Error('No account')
      return record
    },
    deletionOf: (ref) => {
      const [item] = unwrap(outbox.deletionsOf(ref))
      if (item === undefined) throw new Error('No deletion')
      return item
    },
    addReplica: async (name) => {
      const replica = makeReplica(name, sandbox.clock.now())
      sandbox.state.addReplica(replica)
      await library.refresh(accountId)
      return assetRefSchema.parse({ accountId, kind: 'replica', id: replica.id })
    },
    delete: async (refs, mode, runAt) => {
      const choices = { mode, byKind: {}, without: [] }
      const signal = new AbortController().signal
      const made = await plans.make({ scope: 'assets', refs: [...refs] }, choices, signal)
      if (!made.ok) return made
      const { planId, token, steps } = made.value
      const typed = steps.length === 1 ? (steps[0]?.name ?? null) : String(steps.length)
      const confirmed = plans.take(planId, token, mode, typed)
      return confirmed.ok ? outbox.start(confirmed.value, runAt ?? null) : confirmed
    },
    until: (batchId, isSo) =>
      new Promise((resolve) => {
        const look = (): void => {
          const batch = [...outbox.list()].find(({ id }) => id === batchId)
          if (batch === undefined || !isSo(batch)) return
          listeners.delete(look)
          resolve(batch)
        }
        listeners.add(look)
        look()
      }),
    events: () => [...store.read.eachHistoryEvent()],
    sent: (method) =>
      sandbox.requests
        .filter((request) => request.method === method)
        .map(({ path, query }) => `${path}?${new URLSearchParams(query)}`),
    moveClock: (ms) => {
      clockMovedMs += ms
    },
    passTime: (ms) => {
      passedMs += ms
    },
    setPoison: (text) => {
      poison = text
    },
    bugs,
    setDiskFull: (isFull) => {
      isDiskFull = isFull
    },
    setPaused: (next) => {
      isPaused = next
    },
    close: async () => {
      await outbox.stop()
      store.close()
      await sandbox.close()
    }
  }
}
