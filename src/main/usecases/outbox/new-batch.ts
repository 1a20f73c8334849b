import type { ItemState } from '../../../shared/catalogue/item-states.ts'
import type { BatchState } from '../../../shared/domain/batch.ts'
import type { PlanStep } from '../../../shared/domain/plan.ts'
import type { FieldIssue } from '../../../shared/errors.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { BatchRecord, Operation } from '../../ports/store.ts'
import { newId } from '../new-id.ts'
import type { ConfirmedPlan } from '../plans/confirmed-plan.ts'

const dayMs = 24 * 60 * 60 * 1000
const mostDays = 30

export interface NewBatch {
  readonly batch: BatchRecord
  readonly items: readonly Operation[]
}

/** How a batch begins: what it is, and what its items are. */
interface Beginning {
  readonly state: Extract<BatchState, 'scheduled' | 'held' | 'running'>
  readonly itemState: Extract<ItemState, 'planned' | 'held' | 'queued'>
}

const refuse = (field: string, code: string): Result<never> => {
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
export const makeBatch = (
  confirmed: ConfirmedPlan,
  runAt: string | null,
  nowAt: string,
  holdMs: number
): Result<NewBatch> => {
  const { plan, facts, archive } = confirmed
  if (!plan.canRun || plan.steps.length === 0) return refuse('plan', 'blocked')
  const hasPermanent = plan.steps.some(isPermanent)
  if (runAt !== null && (!hasPermanent || !isInReach(runAt, nowAt))) return refuse('runAt', 'range')
  const isHeld = !hasPermanent && holdMs > 0
  const { state, itemState } = beginningOf(runAt, isHeld)
  const id = newId('bat')
  const batch: BatchRecord = {
    id,
    scope: plan.subject.scope,
    mode: hasPermanent ? 'permanent' : 'soft',
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
