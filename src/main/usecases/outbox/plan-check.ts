import { isUnsent } from '../../../shared/domain/batch.ts'
import type { DeletionPlan, PlanChange, PlanStep } from '../../../shared/domain/plan.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { PlanFacts } from '../../ports/provider.ts'
import type { Operation } from '../../ports/store.ts'
import type { Rechecked } from '../plans/confirmed-plan.ts'
import type { LiveBatch } from './batch-book.ts'
import type { OutboxContext } from './outbox-context.ts'
import type { ReadingBack } from './reading-back.ts'

const nameOf = (target: {
  readonly accountId: string
  readonly kind: string
  readonly id: unknown
}) => `${target.accountId}/${target.kind}/${String(target.id)}`

const nameOfItem = ({ accountId, assetKind, assetId }: Operation): string =>
  nameOf({ accountId, kind: assetKind, id: assetId })

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

/** Items that the facts of now leave no step for, or one that blocks. */
export const leftOut = (items: Iterable<Operation>, plan: DeletionPlan): readonly LeftOut[] => {
  const steps = new Map(plan.steps.map((step) => [nameOf(step.target), step]))
  return [...items].flatMap((item): LeftOut[] => {
    if (!isUnsent(item.state)) return []
    const step = steps.get(nameOfItem(item))
    if (step === undefined) return [{ item, why: 'vanished' }]
    return blocks(step) ? [{ item, why: 'blocked' }] : []
  })
}

const mostChanges = 50

/** Compares a batch with the facts just before it runs; before that, what is open is read back (security R5). */
export const createPlanCheck = (ctx: OutboxContext, reading: ReadingBack) => {
  const { store } = ctx

  /** The part of the plan that is still to be done; what was done would only look like a change. */
  const restOf = (live: LiveBatch): { plan: DeletionPlan; facts: PlanFacts } => {
    const plan = JSON.parse(live.record.planJson) as DeletionPlan
    const facts = JSON.parse(live.record.factsJson) as PlanFacts
    const items = [...live.items.values()]
    const over = new Set(items.filter(({ state }) => !isUnsent(state)).map(nameOfItem))
    if (over.size === 0) return { plan, facts }
    return {
      plan: { ...plan, steps: plan.steps.filter(({ target }) => !over.has(nameOf(target))) },
      facts: { ...facts, targets: facts.targets.filter(({ target }) => !over.has(nameOf(target))) }
    }
  }

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
    const { plan, facts } = restOf(live)
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
    const rest = restOf(live)
    if (rest.plan.steps.length === 0) return ok({ ...rest, changes: [] })
    const checked = await ctx.recheck(rest, live.hasWaited, ctx.stopping)
    if (!checked.ok) return checked.error.kind === 'not-found' ? ok(allVanished(live)) : checked
    return ok({ ...checked.value, changes: checked.value.changes.slice(0, mostChanges) })
  }
}
export type PlanCheck = ReturnType<typeof createPlanCheck>
