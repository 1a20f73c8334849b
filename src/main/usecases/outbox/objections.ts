import { isUnsent } from '../../../shared/catalogue/item-states.ts'
import { targetKey } from '../../../shared/catalogue/keys.ts'
import { isStepChange } from '../../../shared/catalogue/kinds.ts'
import type { AssetRef, TargetRef } from '../../../shared/domain/asset.ts'
import type { DeletionPlan, PlanChange, PlanStep } from '../../../shared/domain/plan.ts'
import type { AppError } from '../../../shared/errors.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { PlanFacts } from '../../ports/provider.ts'
import type { AccountRecord, BatchRecord, Operation, Store } from '../../ports/store.ts'
import { isSameServer } from '../../rules/api-address.ts'
import { bindingOf, changedBinding } from '../binding.ts'
import type { Recheck, Rechecked } from '../plans/confirmed-plan.ts'
import type { OutboxContext } from './context.ts'
import { isOverdue } from './machines.ts'
import {
  assetOf,
  type Change,
  canceledOf,
  itemEvent,
  itemsOf,
  type LiveBatch,
  unsentAccounts
} from './records.ts'

// One thing, one deletion.

/** Another deletion of the same thing is on its way, or waits for its time or its turn. */
export const isUnderWay = (
  store: Store,
  { accountId, assetKind, assetId }: Pick<Operation, 'accountId' | 'assetKind' | 'assetId'>
): boolean =>
  store.read
    .deletionsOf({ accountId, kind: assetKind, id: assetId as AssetRef['id'] })
    .some(
      ({ state, found }) =>
        isUnsent(state) ||
        state === 'sent' ||
        (state === 'accepted' && !isOverdue({ state, found }))
    )

/** The same key at the same server. */
const hasSameConnection = (one: Operation, other: Operation): boolean =>
  one.keyFingerprint !== null &&
  one.keyFingerprint === other.keyFingerprint &&
  one.provider === other.provider &&
  one.origin !== null &&
  other.origin !== null &&
  isSameServer(one.origin, other.origin)

/** It left, and the thing was not listed again since. */
const hasLeft = (store: Store, item: Operation, other: Operation): boolean => {
  const { state, found, finishedAt } = other
  if (state === 'sent' || state === 'unclear') return true
  if (state === 'accepted') return !isOverdue({ state, found })
  if (state !== 'done' && state !== 'gone' && state !== 'already-gone') return false
  if (other.batchId === item.batchId) return true
  const seenAt = assetOf(store, item)?.lastSeenAt
  return finishedAt !== null && (seenAt === undefined || finishedAt >= seenAt)
}

/**
 * True if the same thing was already asked to be deleted through another account with the same key at the same server.
 * Such accounts cannot be added any more, but there may be some from before that.
 */
export const isDuplicate = (store: Store, item: Operation): boolean => {
  if (item.keyFingerprint === null || item.assetId === null) return false
  const target = { kind: item.assetKind, id: item.assetId } as Pick<TargetRef, 'kind' | 'id'>
  return store.read
    .accounts()
    .filter(({ id, provider }) => id !== item.accountId && provider === item.provider)
    .flatMap(({ id }) => store.read.deletionsOf({ ...target, accountId: id } as TargetRef))
    .some(
      (other) =>
        (other.mode === item.mode || other.mode === 'permanent') &&
        hasSameConnection(item, other) &&
        hasLeft(store, item, other)
    )
}

const refusal = (field: string, code: string): AppError => ({
  kind: 'invalid-input',
  issues: [{ field, code, said: null }]
})

/** Something that it depends on was not deleted. */
export const dependencyStays = refusal('after', 'stays')

/** Why a deletion must not be sent any more, although it was confirmed. */
export const objectionTo = (
  store: Store,
  item: Operation,
  account: AccountRecord
): AppError | null => {
  if (account.isReadOnly) return { kind: 'read-only-account' }
  if (isDuplicate(store, item)) return refusal('ref', 'twin')
  return assetOf(store, item)?.isPinned === true ? refusal('ref', 'pinned') : null
}

// Another address or key than when it was confirmed.

interface Rebound {
  readonly item: Operation
  readonly what: NonNullable<ReturnType<typeof changedBinding>>
  readonly account: AccountRecord
}

/** Those among unsent deletions whose account has another address or key now. */
export const reboundItems = (store: Store, live: LiveBatch): readonly Rebound[] =>
  itemsOf(live).flatMap((item) => {
    const account = isUnsent(item.state) ? store.read.account(item.accountId) : null
    const what = account === null ? null : changedBinding(item, account)
    return account === null || what === null ? [] : [{ item, what, account }]
  })

/** Each account once, for the person to read. */
export const reboundChanges = (rebound: readonly Rebound[]): readonly PlanChange[] => [
  ...new Map(
    rebound.map(({ item, what, account }) => [
      `${account.id} ${what}`,
      {
        what,
        kind: item.assetKind,
        name: account.name,
        detail: what === 'address' ? bindingOf(account).origin : null
      } satisfies PlanChange
    ])
  ).values()
]

export const reboundError = (what: Rebound['what']): AppError => ({
  kind: what === 'key' ? 'key-changed' : 'account-changed'
})

// Other facts than when it was confirmed.

/** The target of a deletion, as `targetKey` names it. */
export const targetKeyOf = ({ accountId, assetKind, assetId }: Operation): string =>
  targetKey({ accountId, kind: assetKind, id: assetId ?? '' })

/** A deletion of our own that is under way is no reason against itself. */
const isBlocked = ({ cautions }: PlanStep): boolean =>
  cautions.some(
    ({ code, level }) => level === 'blocks' && code !== 'already-asked' && code !== 'still-unclear'
  )

const deletedIn = (facts: PlanFacts): ReadonlySet<string> =>
  new Set(
    facts.targets.flatMap(({ target, status }) => (status === 'deleted' ? [targetKey(target)] : []))
  )

const confirmedPlan = ({
  planJson,
  factsJson
}: BatchRecord): { plan: DeletionPlan; facts: PlanFacts } => ({
  plan: JSON.parse(planJson) as DeletionPlan,
  facts: JSON.parse(factsJson) as PlanFacts
})

/** Nothing of it is known here any more. */
const allVanished = (record: BatchRecord): Rechecked => {
  const { plan, facts } = confirmedPlan(record)
  const changes = plan.steps.map(
    ({ target, name }): PlanChange => ({ what: 'vanished', kind: target.kind, name, detail: null })
  )
  return { plan: { ...plan, steps: [] }, facts: { ...facts, targets: [] }, changes }
}

const mostChanges = 50

/** Compares what is still to be sent of a batch with the facts of now. */
export const verifyPlan = async (
  live: LiveBatch,
  recheck: Recheck,
  signal: AbortSignal
): Promise<Result<Rechecked>> => {
  const confirmed = confirmedPlan(live.record)
  const hasUnsent = itemsOf(live).some(({ state }) => isUnsent(state))
  if (!hasUnsent) return ok({ ...confirmed, changes: [] })
  const checked = await recheck(confirmed, live.needsFreshFacts, signal)
  if (!checked.ok) {
    return checked.error.kind === 'not-found' ? ok(allVanished(live.record)) : checked
  }
  return ok({ ...checked.value, changes: checked.value.changes.slice(0, mostChanges) })
}

/** Why an unsent item has to be left out by the facts of now: no step, a target that went meanwhile, a block. */
const leftOutError = (
  then: PlanFacts,
  { plan, facts }: Rechecked
): ((item: Operation) => AppError | null) => {
  const steps = new Map(plan.steps.map((step) => [targetKey(step.target), step]))
  const deletedThen = deletedIn(then)
  const deletedNow = deletedIn(facts)
  const there = new Set(facts.targets.map(({ target }) => targetKey(target)))
  return (item) => {
    const key = targetKeyOf(item)
    const step = steps.get(key)
    const hasGone = deletedNow.has(key) && !deletedThen.has(key)
    if (!there.has(key) || hasGone) return { kind: 'not-found' }
    return step === undefined || isBlocked(step) ? refusal('plan', 'blocked') : null
  }
}

/** What was asked of a thing stands in its step alone, which the plan of now may not have any more. */
const changesOnTheirWay = (live: LiveBatch, now: DeletionPlan): readonly PlanStep[] => {
  const sent = new Set(
    itemsOf(live).flatMap(({ state, stepId }) => (isUnsent(state) ? [] : stepId))
  )
  const known = new Set(now.steps.map(({ id }) => id))
  return confirmedPlan(live.record).plan.steps.filter(
    ({ id, mode }) => isStepChange(mode) && sent.has(id) && !known.has(id)
  )
}

/** The batch with the plan of now, whose changes were accepted: what vanished or is blocked is canceled. */
export const withPlanOfNow = (
  { store, clock }: Pick<OutboxContext, 'store' | 'clock'>,
  live: LiveBatch,
  now: Rechecked
): Change => {
  const errorOf = leftOutError(confirmedPlan(live.record).facts, now)
  const items = itemsOf(live).flatMap((item): Operation[] => {
    const error = isUnsent(item.state) ? errorOf(item) : null
    return error === null ? [] : [{ ...item, state: 'canceled', error, finishedAt: clock.nowAt() }]
  })
  const events = items.map((item) =>
    itemEvent(store, 'deletion-canceled', item, canceledOf(item, item.error?.kind ?? null))
  )
  const steps = [...now.plan.steps, ...changesOnTheirWay(live, now.plan)]
  const planJson = JSON.stringify({ ...now.plan, steps, token: '' })
  const batch = { ...live.record, planJson, factsJson: JSON.stringify(now.facts) }
  return { live, batch, items, events }
}

// A clock that cannot be believed.

/** What runs by the calendar alone needs a clock that can be believed; the change that says that it cannot be. */
export const clockChange = (
  { store, clockTrust }: Pick<OutboxContext, 'store' | 'clockTrust'>,
  live: LiveBatch
): PlanChange | null => {
  const items = itemsOf(live)
  const [first] = items
  if (!live.isUnattended || first === undefined) return null
  const accounts = [...unsentAccounts(live)].flatMap((id) => store.read.account(id) ?? [])
  const doubt = clockTrust.doubt(accounts.map(({ apiAddress }) => new URL(apiAddress).origin))
  if (doubt === null) return null
  const name = items.length === 1 ? first.assetName : ''
  return { what: `clock-${doubt.why}`, kind: first.assetKind, name, detail: String(doubt.byMs) }
}
