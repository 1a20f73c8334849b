import { type ItemState, isUnsent } from '../../../shared/catalogue/item-states.ts'
import { targetKey } from '../../../shared/catalogue/keys.ts'
import { isStepChange } from '../../../shared/catalogue/kinds.ts'
import { mostSteps } from '../../../shared/catalogue/limits.ts'
import type { BatchState } from '../../../shared/domain/batch.ts'
import type { HistoryBody } from '../../../shared/domain/history.ts'
import type { DeletionPlan, PlanStep } from '../../../shared/domain/plan.ts'
import type { FieldIssue } from '../../../shared/errors.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { PlanFacts } from '../../ports/provider.ts'
import type { BatchRecord, Binding, Operation, Store } from '../../ports/store.ts'
import { bindingOf } from '../binding.ts'
import { newId } from '../new-id.ts'
import type { ConfirmedPlan } from '../plans/confirmed-plan.ts'
import type { OutboxContext } from './context.ts'
import { applyBatchEvent } from './machines.ts'
import { isUnderWay, targetKeyOf } from './objections.ts'
import {
  attemptOf,
  batchEvent,
  destinationOf,
  isEnded,
  itemEvent,
  itemsOf,
  type LiveBatch
} from './records.ts'

// From a confirmed plan.

const dayMs = 24 * 60 * 60 * 1000
const mostDays = 30

interface NewBatch {
  readonly batch: BatchRecord
  readonly items: readonly Operation[]
}

/** How a batch begins: what it is, and what its items are. */
interface Beginning {
  readonly state: Extract<BatchState, 'scheduled' | 'held' | 'running'>
  readonly itemState: Extract<ItemState, 'planned' | 'held' | 'queued'>
}

export const refuse = (field: string, code: string): Result<never> => {
  const issue: FieldIssue = { field, code, said: null }
  return fail({ kind: 'invalid-input', issues: [issue] })
}

const isPermanent = ({ mode }: PlanStep): boolean => mode === 'permanent'

const beginningOf = (runAt: string | null, isHeld: boolean): Beginning => {
  if (runAt !== null) return { state: 'scheduled', itemState: 'planned' }
  if (isHeld) return { state: 'held', itemState: 'held' }
  return { state: 'running', itemState: 'queued' }
}

const isInReach = (runAt: string, nowAt: string): boolean => {
  const aheadMs = Date.parse(runAt) - Date.parse(nowAt)
  // A minute for the time it takes to confirm a whole day.
  return aheadMs >= dayMs - 60_000 && aheadMs <= mostDays * dayMs + 60_000
}

const operationsOf = (
  confirmed: ConfirmedPlan,
  batchId: string,
  state: ItemState,
  askedAt: string
): readonly Operation[] => {
  const { steps } = confirmed.plan
  const ids = new Map(steps.map((step) => [step.id, newId('op')]))
  return steps.map((step) => ({
    id: ids.get(step.id) ?? newId('op'),
    kind: 'delete',
    accountId: step.target.accountId,
    assetKind: step.target.kind,
    assetId: step.target.id,
    assetName: step.name,
    mode: step.mode,
    keyFingerprint: confirmed.bindings.get(step.target.accountId)?.keyFingerprint ?? null,
    provider: confirmed.bindings.get(step.target.accountId)?.provider ?? null,
    origin: confirmed.bindings.get(step.target.accountId)?.origin ?? null,
    state,
    askedAt,
    sentAt: null,
    attempt: 0,
    found: null,
    finishedAt: null,
    httpStatus: null,
    error: null,
    batchId,
    stepId: step.id,
    after: step.after.flatMap((id) => ids.get(id) ?? [])
  }))
}

/**
 * The batch for a confirmed plan. Only what is soft throughout is held; what is permanent was typed, and can be
 * scheduled 1 to 30 days ahead. Pure but for the ids.
 */
const makeBatch = (
  confirmed: ConfirmedPlan,
  runAt: string | null,
  nowAt: string,
  holdMs: number
): Result<NewBatch> => {
  const { plan, facts, archive } = confirmed
  if (!plan.canRun || plan.steps.length === 0) return refuse('plan', 'blocked')
  const hasPermanent = plan.steps.some(isPermanent)
  if (runAt !== null && (!hasPermanent || !isInReach(runAt, nowAt))) return refuse('runAt', 'range')
  const [changeMode = 'soft'] = plan.steps.flatMap(({ mode }) => (isStepChange(mode) ? [mode] : []))
  // A change was looked at in a dialog, and can be made again.
  const isHeld = plan.steps.every(({ mode }) => mode === 'soft') && holdMs > 0
  const { state, itemState } = beginningOf(runAt, isHeld)
  const id = newId('bat')
  const batch: BatchRecord = {
    id,
    scope: plan.subject.scope,
    mode: hasPermanent ? 'permanent' : changeMode,
    title: plan.title,
    state,
    waitsFor: null,
    waitsUntilAt: null,
    heldUntilAt: isHeld ? new Date(Date.parse(nowAt) + holdMs).toISOString() : null,
    holdLeftMs: null,
    runAt,
    askedAt: nowAt,
    endedAt: null,
    changes: [],
    planJson: JSON.stringify({ ...plan, token: '' }),
    factsJson: JSON.stringify(facts),
    archive,
    isDismissed: false
  }
  return ok({ batch, items: operationsOf(confirmed, id, itemState, nowAt) })
}

const askedTypes = {
  planned: 'deletion-scheduled',
  held: 'deletion-held',
  queued: 'deletion-asked'
} as const

/** Stores a batch for a confirmed plan, with its records. Nothing of it is sent yet. */
export const startBatch = (
  { store, clock, records }: OutboxContext,
  confirmed: ConfirmedPlan,
  runAt: string | null,
  holdMs: number
): Result<LiveBatch> => {
  const made = makeBatch(confirmed, runAt, clock.nowAt(), holdMs)
  if (!made.ok) return made
  const { batch, items } = made.value
  // Two confirmations may have been minted before the first was used.
  if (items.some((item) => isUnderWay(store, item))) return refuse('plan', 'already-asked')
  const events = items.map((item) => {
    const type = askedTypes[item.state as keyof typeof askedTypes]
    return itemEvent(store, type, item, { runAt: batch.runAt, ...destinationOf(item) })
  })
  const written = store.transaction((write) => {
    write.putBatch(batch)
    for (const item of items) write.putOperation(item)
    for (const event of events) write.append(event)
  })
  return written.ok ? ok(records.open(batch, items)) : written
}

// After a restart.

const shortestLeftMs = 5_000
const longestLeftMs = 60_000

/** How an open batch stands after the app was closed: it waits for the person, unless its time is still to come. */
const afterRestart = (record: BatchRecord, nowAt: string): BatchRecord | null => {
  if (record.state === 'scheduled' && (record.runAt ?? '') > nowAt) return null
  if (record.state === 'held') {
    const toldMs = Date.parse(record.heldUntilAt ?? nowAt) - Date.parse(nowAt)
    const leftMs = Math.min(longestLeftMs, Math.max(shortestLeftMs, toldMs))
    return applyBatchEvent(record, { kind: 'hold-paused', leftMs, by: 'restart' })
  }
  const untilAt = (record.waitsUntilAt ?? '') > nowAt ? record.waitsUntilAt : null
  const event = { kind: 'stopped', reason: 'restart', untilAt, changes: [] } as const
  const isLeftToPerson = record.waitsFor === 'restart' || record.waitsFor === 'clock'
  return isLeftToPerson ? null : applyBatchEvent(record, event)
}

/** What a run that was cut off left behind. */
const cutOff = ({ store, clock }: Pick<OutboxContext, 'store' | 'clock'>) => {
  const sent = store.read.operations(['sent']).filter(({ kind }) => kind === 'delete')
  const stray = store.read
    .operations(['planned', 'held', 'queued'])
    .filter(({ kind, batchId }) => kind === 'delete' && batchId === null)
  return {
    unclear: sent.map(
      (item): Operation => ({ ...item, state: 'unclear', error: { kind: 'outcome-unknown' } })
    ),
    canceled: stray.map(
      (item): Operation => ({ ...item, state: 'canceled', finishedAt: clock.nowAt() })
    )
  }
}

const interruptedBody = (item: Operation): HistoryBody => ({
  outcome: 'unclear',
  reason: 'interrupted',
  ...attemptOf(item),
  sent: 'unknown'
})

/**
 * At start, before anything else: what was sent and has no result is unclear, and what was open waits for the person.
 * Nothing runs unseen (security R5).
 */
export const restoreBatches = (ctx: OutboxContext): Result<null> => {
  const { store, clock, records } = ctx
  const { unclear, canceled } = cutOff(ctx)
  const batches = store.read.openBatches().filter(({ state }) => !isEnded(state))
  const changed = batches.flatMap((record) => afterRestart(record, clock.nowAt()) ?? [])
  const events = [
    ...unclear.map((item) => itemEvent(store, 'deletion-unclear', item, interruptedBody(item))),
    ...canceled.map((item) =>
      itemEvent(store, 'deletion-canceled', item, { reason: 'interrupted' })
    ),
    ...changed.map((batch) => batchEvent('deletion-paused', batch, { reason: 'restart' }))
  ]
  const written =
    events.length === 0
      ? ok(null)
      : store.transaction((write) => {
          for (const item of [...unclear, ...canceled]) write.putOperation(item)
          for (const batch of changed) write.putBatch(batch)
          for (const event of events) write.append(event)
          return null
        })
  const latest = new Map(changed.map((record) => [record.id, record]))
  for (const record of batches) {
    const items = store.read.batchOperations(record.id, null, { offset: 0, limit: mostSteps })
    const live = records.open(latest.get(record.id) ?? record, items)
    live.needsFreshFacts = true
    if (written.ok) continue
    // What could not be written down still must not run: memory alone knows that it waits.
    for (const item of live.items.values()) {
      if (item.state === 'sent') live.items.set(item.id, { ...item, state: 'unclear' })
    }
  }
  return written
}

// Tried again.

/** The press confirms it for the account as it is now. */
const bindingNow = (store: Store, item: Operation): Partial<Binding> => {
  const account = store.read.account(item.accountId)
  return account === null ? {} : bindingOf(account)
}

const withNewIds = (item: Operation, ids: ReadonlyMap<string, string>): Operation => ({
  ...item,
  id: ids.get(item.id) ?? item.id,
  after: item.after.map((id) => ids.get(id) ?? id)
})

const asUntried = (item: Operation, binding: Partial<Binding>, askedAt: string): Operation => ({
  ...item,
  ...binding,
  state: 'queued',
  askedAt,
  sentAt: null,
  attempt: 0,
  found: null,
  finishedAt: null,
  httpStatus: null,
  error: null
})

/** New operations in the place of the failed ones, which the history and the asset's own list keep. */
export const requeue = (
  { store, clock, records }: OutboxContext,
  live: LiveBatch,
  failed: readonly Operation[]
): Result<null> => {
  const ids = new Map(failed.map(({ id }) => [id, newId('op')]))
  const askedAt = clock.nowAt()
  const waiting = itemsOf(live).filter(
    ({ state, after }) => isUnsent(state) && after.some((id) => ids.has(id))
  )
  const fresh = failed.map((item) =>
    asUntried(withNewIds(item, ids), bindingNow(store, item), askedAt)
  )
  const changed = [...waiting.map((item) => withNewIds(item, ids)), ...fresh]
  const events = fresh.map((item) =>
    itemEvent(store, 'deletion-asked', item, { isRetry: true, ...destinationOf(item) })
  )
  const inOrder = new Map(
    itemsOf(live).map((item) => {
      const id = ids.get(item.id) ?? item.id
      return [id, changed.find((one) => one.id === id) ?? item] as const
    })
  )
  const batch = applyBatchEvent(live.record, { kind: 'tried-again' }) ?? live.record
  const change = { live, batch, items: changed, events }
  const written = records.write(change)
  if (!written.ok) return written
  live.items = inOrder
  records.commitInMemory(change)
  live.needsFreshFacts = true
  return written
}

/** A new plan for the failed ones, which the person has to confirm. */
export const planAgain = (
  { remake, stopping }: Pick<OutboxContext, 'remake' | 'stopping'>,
  live: LiveBatch,
  failed: readonly Operation[]
): Promise<Result<DeletionPlan>> => {
  const plan = JSON.parse(live.record.planJson) as DeletionPlan
  const keys = new Set(failed.map(targetKeyOf))
  const steps = plan.steps.filter(({ target }) => keys.has(targetKey(target)))
  return remake(
    plan,
    JSON.parse(live.record.factsJson) as PlanFacts,
    steps.map(({ id }) => id),
    stopping
  )
}
