import { isUnsent } from '../../../shared/catalogue/item-states.ts'
import type { TargetRef } from '../../../shared/domain/asset.ts'
import type { DeletionPlan, PlanChange, PlanStep } from '../../../shared/domain/plan.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { PlanFacts } from '../../ports/provider.ts'
import type { Operation } from '../../ports/store.ts'
import type { Rechecked } from '../plans/confirmed-plan.ts'
import type { LiveBatch } from './batch-book.ts'
import type { OutboxContext } from './outbox-context.ts'
import type { ReadingBack } from './reading-back.ts'

export const nameOf = ({ accountId, kind, id }: TargetRef): string => `${accountId}/${kind}/${id}`

export const nameOfItem = ({ accountId, assetKind, assetId }: Operation): string =>
  `${accountId}/${assetKind}/${assetId}`

/** A deletion of our own that is under way is no reason against itself. */
const blocks = ({ cautions }: PlanStep): boolean =>
  cautions.some(
    ({ code, level }) => level === 'blocks' && code !== 'already-asked' && code !== 'still-unclear'
  )

/** An unsent item, and why it has to be left out. */
interface LeftOut {
  readonly item: Operation
  readonly why: 'vanished' | 'blocked'
}

/** Items that the facts of now leave no step for, whose target went meanwhile, or that something blocks. */
export const leftOut = (
  items: Iterable<Operation>,
  then: PlanFacts,
  { plan, facts }: Pick<Rechecked, 'plan' | 'facts'>
): readonly LeftOut[] => {
  const steps = new Map(plan.steps.map((step) => [nameOf(step.target), step]))
  const deletedThen = deletedIn(then)
  const deletedNow = deletedIn(facts)
  const there = new Set(facts.targets.map(({ target }) => nameOf(target)))
  return [...items].flatMap((item): LeftOut[] => {
    if (!isUnsent(item.state)) return []
    const name = nameOfItem(item)
    const step = steps.get(name)
    const hasGone = deletedNow.has(name) && !deletedThen.has(name)
    if (!there.has(name) || hasGone) return [{ item, why: 'vanished' }]
    return step === undefined || blocks(step) ? [{ item, why: 'blocked' }] : []
  })
}

const deletedIn = (facts: PlanFacts): ReadonlySet<string> =>
  new Set(
    facts.targets.flatMap(({ target, status }) => (status === 'deleted' ? [nameOf(target)] : []))
  )

const mostChanges = 50

/** Compares a batch with the facts just before it runs; before that, what is open is read back (security R5). */
export const createPlanCheck = (ctx: OutboxContext, reading: ReadingBack) => {
  const { store } = ctx

  const confirmedOf = (live: LiveBatch): { plan: DeletionPlan; facts: PlanFacts } => ({
    plan: JSON.parse(live.record.planJson) as DeletionPlan,
    facts: JSON.parse(live.record.factsJson) as PlanFacts
  })

  const readOpen = async (live: LiveBatch): Promise<Result<null>> => {
    const accountIds = new Set([...live.items.values()].map(({ accountId }) => accountId))
    for (const accountId of accountIds) {
      const account = store.read.account(accountId)
      const error = account === null ? null : await reading.readBackAll(account)
      if (error !== null) return fail(error)
    }
    return ok(null)
  }

  /** Nothing of it is known here any more. */
  const allVanished = (live: LiveBatch): Rechecked => {
    const { plan, facts } = confirmedOf(live)
    const changes = plan.steps.map(
      ({ target, name }): PlanChange => ({
        what: 'vanished',
        kind: target.kind,
        name,
        detail: null
      })
    )
    return { plan: { ...plan, steps: [] }, facts: { ...facts, targets: [] }, changes }
  }

  return async (live: LiveBatch): Promise<Result<Rechecked>> => {
    const read = await readOpen(live)
    if (!read.ok) return read
    const confirmed = confirmedOf(live)
    const hasUnsent = [...live.items.values()].some(({ state }) => isUnsent(state))
    if (!hasUnsent) return ok({ ...confirmed, changes: [] })
    const checked = await ctx.recheck(confirmed, live.hasWaited, ctx.stopping)
    if (!checked.ok) return checked.error.kind === 'not-found' ? ok(allVanished(live)) : checked
    return ok({ ...checked.value, changes: checked.value.changes.slice(0, mostChanges) })
  }
}
