import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ReplicateOptions } from '../../sandbox/replicate-options.ts'
import { type ReplicateSandbox, startReplicateSandbox } from '../../sandbox/replicate-sandbox.ts'
import { type AccountId, accountIdSchema } from '../../shared/domain/account.ts'
import { type AssetRef, assetRefSchema } from '../../shared/domain/asset.ts'
import type { Batch, BatchItem } from '../../shared/domain/batch.ts'
import type { HistoryEvent } from '../../shared/domain/history.ts'
import type { DeletionPlan, PlanChoices, PlanSubject } from '../../shared/domain/plan.ts'
import { fail, ok } from '../../shared/result.ts'
import { systemClock } from '../clock.ts'
import { createHttpClient } from '../http/net-http-client.ts'
import type { Clock } from '../ports/clock.ts'
import type { Notice } from '../ports/notifier.ts'
import type { Store } from '../ports/store.ts'
import { createReplicateProvider } from '../providers/replicate/replicate-provider.ts'
import { createMemorySecretStore } from '../secrets/memory-secret-store.ts'
import { openStore } from '../storage/sqlite-store.ts'
import { createClockTrust } from './clock-trust.ts'
import { createKeyRing } from './key-ring.ts'
import { createLibrary } from './library.ts'
import { createOutbox, type Outbox } from './outbox/outbox.ts'
import { createConfirmations } from './plans/confirmations.ts'
import { createPlans } from './plans/plans.ts'
import { createProofs } from './proofs.ts'
import { createSupervisor } from './supervisor.ts'
import { failingLog, unwrap } from './test-kit.ts'

/** So much faster goes the time of the app and of its Replicate; what a socket is given stays longer. */
const speed = 200
const socketSpeed = 10

/** One clock for the app and the sandbox, on which a quarter of an hour is over in a few seconds. */
const createFastClock = (): Clock & { readonly nowMs: () => number } => {
  const startMs = systemClock.monotonicMs()
  const beganMs = Date.now()
  const sinceMs = () => (systemClock.monotonicMs() - startMs) * speed
  const nowMs = () => Math.round(beganMs + sinceMs())
  return {
    nowMs,
    nowAt: () => new Date(nowMs()).toISOString(),
    monotonicMs: sinceMs,
    wait: (durationMs, signal) => systemClock.wait(durationMs / speed, signal)
  }
}

const socketClock: Clock = {
  ...systemClock,
  wait: (durationMs, signal) => systemClock.wait(durationMs / socketSpeed, signal)
}

const storeFacade = (store: Store): Store => ({
  read: store.read,
  transaction: (work) => store.transaction(work),
  checkHistory: (remembered) => store.checkHistory(remembered),
  health: () => store.health(),
  onHealth: (listener) => store.onHealth(listener),
  onAppended: (listener) => store.onAppended(listener),
  maintain: (signal) => store.maintain(signal),
  clearHistory: (headSeq) => store.clearHistory(headSeq),
  restoreBackup: () => store.restoreBackup(),
  settled: () => store.settled(),
  close: () => store.close()
})

const permanently: PlanChoices = { mode: 'permanent', byKind: {}, without: [] }

/** The use cases for one account at a simulated Replicate: real database, real sockets, fast time. */
export interface ReplicateDesk {
  readonly sandbox: ReplicateSandbox
  readonly store: Store
  readonly outbox: Outbox
  readonly library: ReturnType<typeof createLibrary>
  readonly proofs: ReturnType<typeof createProofs>
  readonly accountId: AccountId
  readonly notices: readonly Notice[]
  readonly clock: ReturnType<typeof createFastClock>
  ref(kind: 'model' | 'version', id: string): AssetRef
  plan(
    subject: PlanSubject,
    without?: (plan: DeletionPlan) => readonly string[]
  ): Promise<DeletionPlan>
  start(plan: DeletionPlan): Batch
  /** Confirms a plan and answers its batch as soon as it is so. */
  run(plan: DeletionPlan, isSo?: (batch: Batch) => boolean): Promise<Batch>
  until(batchId: string, isSo: (batch: Batch) => boolean): Promise<Batch>
  items(batchId: string): readonly BatchItem[]
  events(): readonly HistoryEvent[]
  /** Paths that were asked for deletion, in order. */
  deletes(): readonly string[]
  /** The app is killed where it stands, and started again. */
  restart(): void
  close(): Promise<void>
}

export const isOver = ({ state }: Batch): boolean => state === 'finished' || state === 'canceled'

/** Steps that something stands against. */
export const blockedSteps = ({ steps }: DeletionPlan): readonly string[] =>
  steps
    .filter(({ cautions }) => cautions.some(({ level }) => level === 'blocks'))
    .map(({ id }) => id)

export const startReplicateDesk = async (
  options: ReplicateOptions = {}
): Promise<ReplicateDesk> => {
  const clock = createFastClock()
  const sandbox = await startReplicateSandbox({ seedData: 'sample', now: clock.nowMs, ...options })
  const folder = mkdtempSync(join(tmpdir(), 'replicate-desk-'))
  const store = openStore({ folder, clock, runId: 'run_test', log: failingLog })
  const http = createHttpClient({
    fetch: (url, init) => fetch(url, init),
    fetchOnce: (url, init) => fetch(url, init),
    clock: socketClock,
    random: () => 0.5,
    userAgent: 'ReplicaDesk/test',
    log: failingLog
  })
  const provider = createReplicateProvider({ http, pace: { parallel: 1, gapMs: 1_000 } })
  const providerOf = () => provider
  const nothing = () => undefined
  const supervisor = createSupervisor({ clock, log: failingLog, onBackground: nothing })
  const keyRing = createKeyRing({
    store,
    secrets: createMemorySecretStore(),
    clock,
    supervisor,
    fingerprintSalt: 'salt',
    onKeychain: nothing,
    onLeft: nothing
  })
  const accountId = accountIdSchema.parse('acc_0123456789abcdef')
  const whose = { id: accountId, name: 'Studio North' }
  const key = unwrap(await keyRing.prepare(whose, sandbox.apiKey, 'this-run'))
  key.adopt()
  store.transaction((write) =>
    write.putAccount({
      id: accountId,
      provider: 'replicate',
      name: 'Studio North',
      color: 'teal',
      apiAddress: sandbox.origin,
      isReadOnly: false,
      isSample: false,
      createdAt: clock.nowAt(),
      ...key.saved,
      keyCheck: { outcome: 'not-checked', checkedAt: null },
      syncedAt: null
    })
  )
  const plans = createPlans({
    store,
    keyRing,
    providerOf,
    confirmations: createConfirmations(systemClock),
    clock,
    askWhere: async () => null,
    writeText: async () => ok(null),
    saveArchive: async () => ok(null)
  })
  const notices: Notice[] = []
  const proofs = createProofs({
    store,
    keyRing,
    providerOf,
    clock,
    log: failingLog,
    onFault: failingLog.bug,
    emit: nothing,
    notifier: { show: (notice) => void notices.push(notice), showProgress: nothing },
    linksOf: () => [],
    isBusy: () => false,
    probeLink: async () => 'unknown'
  })
  const listeners = new Set<() => void>()
  /** What a process wrote that is not there any more cannot come after what its successor wrote. */
  const createDeskOutbox = (life: { isOver: boolean }) =>
    createOutbox({
      store: {
        ...storeFacade(store),
        transaction: (work) =>
          life.isOver ? fail({ kind: 'storage-failed', reason: 'other' }) : store.transaction(work)
      },
      keyRing,
      providerOf,
      clock,
      clockTrust: createClockTrust({ clock, elapsedMs: clock.monotonicMs, seenAt: null }),
      emit: () => {
        for (const listener of listeners) listener()
      },
      log: failingLog,
      supervisor,
      recheck: plans.recheck,
      remake: plans.remake,
      holdSeconds: () => 0,
      onGone: proofs.onGone,
      onActivity: nothing,
      onAttention: nothing
    })
  let life = { isOver: false }
  let outbox = createDeskOutbox(life)
  const library = createLibrary({
    store,
    keyRing,
    providerOf,
    finderOf: () => provider,
    clock,
    emit: nothing,
    stopping: new AbortController().signal,
    onFault: failingLog.bug,
    makeReady: async () => ok(null),
    rememberMedia: () => ({ posterId: null, clipId: null }),
    onReached: (account) => outbox.settle(account),
    onListed: async () => undefined,
    keepPosters: nothing,
    onEnded: nothing,
    onReturned: proofs.onReturned,
    onKeyTold: nothing
  })
  await library.refresh(accountId)

  const until: ReplicateDesk['until'] = (batchId, isSo) =>
    new Promise((resolve) => {
      const look = (): void => {
        const batch = outbox.list().find(({ id }) => id === batchId)
        if (batch === undefined || !isSo(batch)) return
        listeners.delete(look)
        resolve(batch)
      }
      listeners.add(look)
      look()
    })

  const start: ReplicateDesk['start'] = ({ planId, token, steps, choices: { mode } }) => {
    const typed = steps.length === 1 ? (steps[0]?.name ?? null) : String(steps.length)
    return unwrap(outbox.start(unwrap(plans.take(planId, token, mode, typed)), null))
  }

  return {
    sandbox,
    store,
    library,
    proofs,
    accountId,
    notices,
    clock,
    get outbox() {
      return outbox
    },
    ref: (kind, id) => assetRefSchema.parse({ accountId, kind, id }),
    plan: async (subject, without) => {
      const { signal } = new AbortController()
      const made = unwrap(await plans.make(subject, permanently, signal))
      const left = without?.(made) ?? []
      return left.length === 0
        ? made
        : unwrap(plans.choose(made.planId, { ...permanently, without: [...left] }))
    },
    start,
    run: (plan, isSo = isOver) => until(start(plan).id, isSo),
    until,
    items: (batchId) => unwrap(outbox.items(batchId, null, { offset: 0, limit: 500 })).rows,
    events: () => [...store.read.eachHistoryEvent()],
    deletes: () =>
      sandbox.requests.filter(({ method }) => method === 'DELETE').map(({ path }) => path),
    restart: () => {
      life.isOver = true
      void outbox.stop()
      life = { isOver: false }
      outbox = createDeskOutbox(life)
      outbox.restore()
      outbox.begin()
    },
    close: async () => {
      await outbox.stop()
      store.close()
      await sandbox.close()
      rmSync(folder, { recursive: true })
    }
  }
}
