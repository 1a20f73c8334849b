import type { Archive } from '../../../shared/domain/archive.ts'
import type { DeletionPlan, PlanChange } from '../../../shared/domain/plan.ts'
import type { Result } from '../../../shared/result.ts'
import type { PlanFacts } from '../../ports/provider.ts'
import type { Binding } from '../../ports/store.ts'

/** A plan that the person confirmed, with what it was made of. Its token is used up. */
export interface ConfirmedPlan {
  readonly plan: DeletionPlan
  readonly facts: PlanFacts
  /** What each account was when the plan's facts were gathered (security R9). */
  readonly bindings: ReadonlyMap<string, Binding>
  readonly archive: Archive | null
}

/** What a plan looks like with the facts of now. */
export interface Rechecked {
  readonly plan: DeletionPlan
  readonly facts: PlanFacts
  /** Empty: nothing that matters is different. */
  readonly changes: readonly PlanChange[]
}

/**
 * Looks at the facts again just before a plan runs. Scopes that hold more than what was named, and plans that waited
 * (scheduled, offline, restart), are read at the provider; a short hold is checked against what is stored.
 */
export type Recheck = (
  confirmed: Pick<ConfirmedPlan, 'plan' | 'facts'>,
  hasWaited: boolean,
  signal: AbortSignal
) => Promise<Result<Rechecked>>
