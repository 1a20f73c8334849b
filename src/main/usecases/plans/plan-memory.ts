import type { Archive } from '../../../shared/domain/archive.ts'
import type { DeletionPlan } from '../../../shared/domain/plan.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Binding } from '../../ports/store.ts'
import type { FactsPart } from './draft-plan.ts'

/** A plan that the person looks at, with what it was made of. */
export interface OpenPlan {
  readonly plan: DeletionPlan
  readonly parts: readonly FactsPart[]
  /** What each account was before the facts were gathered. */
  readonly bindings: ReadonlyMap<string, Binding>
  readonly archive: Archive | null
}

const mostOpen = 30
const longestMs = 30 * 60_000

/** Plans that are looked at: in memory, a few at a time and not for long, since facts grow old. */
export const createPlanMemory = (clock: Clock) => {
  const open = new Map<string, { readonly entry: OpenPlan; readonly untilMs: number }>()

  const find = (planId: string): OpenPlan | null => {
    const found = open.get(planId)
    if (found === undefined) return null
    if (found.untilMs >= clock.monotonicMs()) return found.entry
    open.delete(planId)
    return null
  }

  return {
    find,
    add: (entry: OpenPlan): void => {
      open.set(entry.plan.planId, { entry, untilMs: clock.monotonicMs() + longestMs })
      const [oldest] = open.keys()
      if (open.size > mostOpen && oldest !== undefined) open.delete(oldest)
    },
    /** Puts another choice in the place of a plan; its facts do not grow younger by that. */
    change: (planId: string, change: Partial<OpenPlan>): void => {
      const found = open.get(planId)
      if (found !== undefined) open.set(planId, { ...found, entry: { ...found.entry, ...change } })
    },
    remove: (planId: string): void => {
      open.delete(planId)
    }
  }
}
