import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHttpClient } from '../../../src/main/http/net-http-client.ts'
import type { Notice } from '../../../src/main/ports/notifier.ts'
import type { Pace } from '../../../src/main/ports/provider.ts'
import type { AccountRecord, Store } from '../../../src/main/ports/store.ts'
import { createProviders, type Providers } from '../../../src/main/providers/registry.ts'
import { createReceiptIssuer } from '../../../src/main/receipts/receipt-issuer.ts'
import { createSigningKeys } from '../../../src/main/receipts/signing-key.ts'
import { openStore } from '../../../src/main/storage/sqlite-store.ts'
import { createClockTrust } from '../../../src/main/usecases/clock-trust.ts'
import { createKeyRing, type KeyRing } from '../../../src/main/usecases/key-ring.ts'
import { createLibrary } from '../../../src/main/usecases/library.ts'
import { createOutbox, type Outbox } from '../../../src/main/usecases/outbox/outbox.ts'
import { createConfirmations } from '../../../src/main/usecases/plans/confirmations.ts'
import { createPlans } from '../../../src/main/usecases/plans/plans.ts'
import { createProofs } from '../../../src/main/usecases/proofs.ts'
import { receiptKeyNotes } from '../../../src/main/usecases/receipt-key.ts'
import { createReceipts } from '../../../src/main/usecases/receipts.ts'
import { createSupervisor } from '../../../src/main/usecases/supervisor.ts'
import type { SimulatedServer } from '../../../src/sandbox/simulated-server.ts'
import type { AssetKind } from '../../../src/shared/catalogue/kinds.ts'
import type { ProviderId } from '../../../src/shared/catalogue/providers.ts'
import type { AccountId } from '../../../src/shared/domain/account.ts'
import { type AssetRef, assetRefSchema } from '../../../src/shared/domain/asset.ts'
import type { Batch, BatchItem } from '../../../src/shared/domain/batch.ts'
import type { HistoryEvent } from '../../../src/shared/domain/history.ts'
import type { DeletionPlan, PlanChoices, PlanSubject } from '../../../src/shared/domain/plan.ts'
import { fail, ok, type Result } from '../../../src/shared/result.ts'
import type { Receipt } from '../../../src/verifier/receipt-shape.ts'
import { shapedReceipt } from '../../../src/verifier/verify-receipt.ts'
import { createMemorySecretStore } from '../secrets/memory-secret-store.ts'
import { failingLog, unwrap, writingBy } from './desk.ts'
import { addTestAccount, testAccountId } from './test-account.ts'
import type { TestTime } from './test-time.ts'

/** One process may end and the next begin on the same database. */
interface Life {
  isOver: boolean
}

const nothing = () => undefined

/** In memory where there is a folder for it: hundreds of desks need not wait for a disk. */
const scratch = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** What a desk on test time is started with. */
export interface TimedOptions<Box extends SimulatedServer> {
  readonly provider: ProviderId
  readonly sandbox: Box & { readonly apiKey: string }
  readonly time: TestTime
  /** Instead of the pace that the provider is owed. */
  readonly pace?: Pace
  /** How long soft deletions are held; 0 if not given. */
  readonly holdSeconds?: number
}

/** The use cases for one account: real database, real sockets, time that costs none. */
export interface TimedDesk<Box> {
  readonly sandbox: Box
  readonly time: TestTime
  readonly store: Store
  readonly keyRing: KeyRing
  readonly outbox: Outbox
  readonly library: ReturnType<typeof createLibrary>
  readonly proofs: ReturnType<typeof createProofs>
  readonly accountId: AccountId
  readonly notices: readonly Notice[]
  account(): AccountRecord
  ref(kind: AssetKind, id: string): AssetRef
  plan(subject: PlanSubject, choices?: PlanChoices): Promise<Result<DeletionPlan>>
  /** The plan with other choices. */
  choose(planId: string, choices: PlanChoices): Result<DeletionPlan>
  start(plan: DeletionPlan): Batch
  batches(): readonly Batch[]
  /** The batch as soon as it is so. */
  until(batchId: string, isSo: (batch: Batch) => boolean): Promise<Batch>
  items(batchId: string): readonly BatchItem[]
  events(): readonly HistoryEvent[]
  /** What follows from it, with the time that it takes. */
  done<T>(work: Promise<T>): Promise<T>
  /** What is due is looked at, as in the background. */
  look(): Promise<void>
  /** A receipt as the person saves it, with what the checker says of it; null if there is none to be had. */
  receipt(batchId: string): Promise<{ receipt: Receipt; isGood: boolean } | null>
  /** The app is killed where it stands, and started again. */
  restart(): void
  /** The app is quit in order, and started again. */
  quit(): Promise<void>
  close(): Promise<void>
}

/** Permanently, all of it. */
export const permanently: PlanChoices = { mode: 'permanent', byKind: {}, without: [] }

export const startTimedDesk = async <Box extends SimulatedServer>(
  options: TimedOptions<Box>
): Promise<TimedDesk<Box>> => {
  const { sandbox, time, provider: providerId } = options
  const { clock } = time
  const folder = mkdtempSync(join(scratch, 'timed-desk-'))
  const store = openStore({ folder, clock, runId: 'run_test', log: failingLog })
  const http = createHttpClient({
    fetch: time.fetch,
    fetchOnce: time.fetch,
    clock,
    random: () => 0.5,
    userAgent: 'ReplicaDesk/test',
    log: failingLog
  })
  const pace = options.pace === undefined ? {} : { pace: options.pace }
  const providers: Providers = createProviders({ http, ...pace })
  const provider = providers[providerId]
  if (provider === undefined) throw new Error('This build has no such provider')
  const providerOf = () => provider
  const supervisor = createSupervisor({ clock, log: failingLog, onBackground: nothing })
  const secrets = createMemorySecretStore()
  const keyRing = createKeyRing({
    store,
    secrets,
    clock,
    supervisor,
    fingerprintSalt: 'salt',
    onKeychain: nothing,
    onLeft: nothing
  })
  const accountId = testAccountId
  const { origin, apiKey } = sandbox
  await addTestAccount({ store, keyRing, clock }, { provider: providerId, origin, apiKey })
  const plans = createPlans({
    store,
    keyRing,
    providerOf,
    confirmations: createConfirmations(clock),
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
  /** What a process wrote that is not there any more cannot come after what its successor wrote. */
  const createDeskOutbox = (life: Life) =>
    createOutbox({
      store: writingBy(store, (work) =>
        life.isOver ? fail({ kind: 'storage-failed', reason: 'other' }) : store.transaction(work)
      ),
      keyRing,
      providerOf,
      clock,
      clockTrust: createClockTrust({ clock, elapsedMs: clock.monotonicMs, seenAt: null }),
      emit: nothing,
      log: failingLog,
      supervisor,
      recheck: plans.recheck,
      remake: plans.remake,
      holdSeconds: () => options.holdSeconds ?? 0,
      checksAfter: proofs.checksAfter,
      onGone: proofs.onGone,
      onEnded: () => undefined,
      onActivity: nothing,
      onAttention: nothing,
      onCarriedOut: () => undefined,
      isPaused: () => false
    })
  let life: Life = { isOver: false }
  let outbox = createDeskOutbox(life)
  const library = createLibrary({
    store,
    keyRing,
    providerOf,
    finderOf: () => {
      const { readName } = provider
      return readName === undefined ? null : { readName }
    },
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
    onKeyStateKnown: nothing
  })
  const receiptPath = join(folder, 'receipt.json')
  const receipts = createReceipts({
    store,
    clock,
    appVersion: '0.1.0',
    askWhere: async () => receiptPath,
    askFile: async () => receiptPath,
    issuer: createReceiptIssuer({
      keys: createSigningKeys({ secrets, ...receiptKeyNotes(store) }),
      printPdf: () => Promise.reject(new Error('Only Electron prints')),
      paper: () => 'A4'
    })
  })

  const begin = (): void => {
    life = { isOver: false }
    outbox = createDeskOutbox(life)
    outbox.restore()
    outbox.begin()
  }

  const batchOf = (batchId: string): Batch | undefined =>
    outbox.list().find(({ id }) => id === batchId)

  return {
    sandbox,
    time,
    store,
    keyRing,
    library,
    proofs,
    accountId,
    notices,
    get outbox() {
      return outbox
    },
    account: () => {
      const account = store.read.account(accountId)
      if (account === null) throw new Error('No account')
      return account
    },
    ref: (kind, id) => assetRefSchema.parse({ accountId, kind, id }),
    plan: (subject, choices = permanently) =>
      time.done(plans.make(subject, choices, new AbortController().signal)),
    choose: plans.choose,
    start: ({ planId, token, steps, choices: { mode } }) => {
      const typed = steps.length === 1 ? (steps[0]?.name ?? null) : String(steps.length)
      return unwrap(outbox.start(unwrap(plans.take(planId, token, mode, typed)), null))
    },
    batches: () => outbox.list(),
    until: async (batchId, isSo) => {
      const isFound = await time.until(() => {
        const batch = batchOf(batchId)
        return batch !== undefined && isSo(batch)
      })
      const batch = batchOf(batchId)
      if (!isFound || batch === undefined) throw new Error('Nothing happens any more')
      return batch
    },
    items: (batchId) => unwrap(outbox.items(batchId, null, { offset: 0, limit: 500 })).rows,
    events: () => [...store.read.eachHistoryEvent()],
    done: time.done,
    look: async () => {
      await time.done(proofs.takeDue(new AbortController().signal))
    },
    receipt: async (batchId) => {
      const saved = await receipts.save(batchId, 'json')
      if (!saved.ok) return null
      const { verdict } = unwrap(await receipts.verify())
      const receipt = shapedReceipt(JSON.parse(readFileSync(receiptPath, 'utf8')))
      return { receipt, isGood: verdict?.isGood === true }
    },
    restart: () => {
      life.isOver = true
      void outbox.stop()
      time.cut()
      begin()
    },
    quit: async () => {
      await time.done(outbox.stop())
      life.isOver = true
      begin()
    },
    close: async () => {
      life.isOver = true
      void outbox.stop()
      time.cut()
      store.close()
      await sandbox.close()
      rmSync(folder, { recursive: true })
    }
  }
}
