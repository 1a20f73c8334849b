import { isUnsent } from '../../../shared/catalogue/item-states.ts'
import type { Batch } from '../../../shared/domain/batch.ts'
import type { DeletionPlan } from '../../../shared/domain/plan.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { Binding, Operation } from '../../ports/store.ts'
import { bindingOf } from '../binding.ts'
import { newId } from '../new-id.ts'
import { afterEvent, type LiveBatch } from './batch-book.ts'
import { hasFailed } from './batch-rules.ts'
import type { OutboxContext } from './outbox-context.ts'
import { destinationOf, itemEvent } from './outbox-events.ts'
import { nameOf, nameOfItem } from './plan-check.ts'
import { isUnderWay } from './under-way.ts'

/** What comes of trying again: the batch as it stands, and the plan that permanent deletions need anew. */
export interface Retried {
  readonly batch: Batch
  readonly plan: DeletionPlan | null
}

/** Trying refused deletions again. The person's press confirms soft ones; permanent ones need a new plan. */
export const createRetrying = (ctx: OutboxContext, onGoesOn: (live: LiveBatch) => void) => {
  const { store, clock, book } = ctx

  const itemsOf = (live: LiveBatch): readonly Operation[] => [...live.items.values()]

  /** The press confirms it for the account as it is now. */
  const bindingNow = (item: Operation): Partial<Binding> => {
    const account = store.read.account(item.accountId)
    return account === null ? {} : bindingOf(account)
  }

  const asNew = (
    item: Operation,
    ids: ReadonlyMap<string, string>,
    askedAt: string
  ): Operation => ({
    ...item,
    id: ids.get(item.id) ?? newId('op'),
    ...bindingNow(item),
    state: 'queued',
    askedAt,
    sentAt: null,
    attempt: 0,
    found: null,
    finishedAt: null,
    httpStatus: null,
    error: null
  })

  const withNewOrder = (item: Operation, ids: ReadonlyMap<string, string>): Operation => ({
    ...item,
    after: item.after.map((id) => ids.get(id) ?? id)
  })

  /** New operations in the place of the old ones, which the history and the asset's own list keep. */
  const again = (live: LiveBatch, failed: readonly Operation[]): Result<null> => {
    const ids = new Map(failed.map(({ id }) => [id, newId('op')]))
    const askedAt = clock.nowAt()
    const waiting = itemsOf(live).filter(
      ({ state, after }) => isUnsent(state) && after.some((id) => ids.has(id))
    )
    const fresh = failed.map((item) => withNewOrder(asNew(item, ids, askedAt), ids))
    const changed = [...waiting.map((item) => withNewOrder(item, ids)), ...fresh]
    const batch = afterEvent(live.record, { kind: 'tried-again' }) ?? live.record
    const events = fresh.map((item) =>
      itemEvent(store, 'deletion-asked', item, { isRetry: true, ...destinationOf(item) })
    )
    const inOrder = new Map(
      itemsOf(live).map((item) => {
        const id = ids.get(item.id) ?? item.id
        return [id, changed.find((one) => one.id === id) ?? item] as const
      })
    )
    const change = { live, batch, items: changed, events }
    const written = book.write(change)
    if (!written.ok) return written
    live.items = inOrder
    book.rememberOnly(change)
    live.hasWaited = true
    onGoesOn(live)
    return written
  }

  const planAgain = (
    live: LiveBatch,
    failed: readonly Operation[]
  ): Promise<Result<DeletionPlan>> => {
    const plan = JSON.parse(live.record.planJson) as DeletionPlan
    const names = new Set(failed.map(nameOfItem))
    const stepIds = plan.steps.filter(({ target }) => names.has(nameOf(target))).map(({ id }) => id)
    return ctx.remake(plan, stepIds, ctx.stopping)
  }

  return async (batchId: string): Promise<Result<Retried>> => {
    const live = book.take(batchId)
    const isBegun = live?.record.state !== 'held' && live?.record.state !== 'scheduled'
    if (live === null || !isBegun) return fail({ kind: 'not-found' })
    const failed = itemsOf(live).filter(hasFailed)
    const failedSoft = failed.filter(({ mode }) => mode === 'soft')
    // Another plan may have asked for some of them since; each goes once.
    const soft = failedSoft.filter((item) => !isUnderWay(store, item))
    const permanent = failed.filter(({ mode }) => mode === 'permanent')
    if (soft.length === 0 && failedSoft.length > 0) {
      const issues = [{ field: 'plan', code: 'already-asked', said: null }]
      return fail({ kind: 'invalid-input', issues })
    }
    if (soft.length > 0) {
      const going = again(live, soft)
      if (!going.ok) return going
    }
    if (permanent.length === 0) return ok({ batch: ctx.view(live), plan: null })
    const plan = await planAgain(live, permanent)
    return plan.ok ? ok({ batch: ctx.view(live), plan: plan.value }) : plan
  }
}
