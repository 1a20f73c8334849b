import { targetKey } from '../../../shared/catalogue/keys.ts'
import type { TargetKind } from '../../../shared/catalogue/kinds.ts'
import type { TargetRef } from '../../../shared/domain/asset.ts'
import type { DeletionCaution } from '../../../shared/domain/deletion.ts'
import type { PlanChange, PlanDraft, PlanStep } from '../../../shared/domain/plan.ts'
import type { PlanFacts, TargetFacts } from '../../ports/provider.ts'

/** A plan with what it was made of. */
export interface Planned {
  readonly plan: Pick<PlanDraft, 'steps'>
  readonly facts: PlanFacts
}

/** What the plan itself has done so far, which is no change to it. */
export interface Earlier {
  /** A request for its deletion left, or may have: whatever shows of it now may be the plan's own doing. */
  readonly isSent: (target: TargetRef) => boolean
  /** Asked by it, whatever became of that. */
  readonly isAsked: (target: TargetRef) => boolean
}

/** Conversations begin and end by the minute; whether one is under way is told as a caution. */
const isRestless = (kind: TargetKind): boolean => kind === 'conversation'

const isGone = (then: TargetFacts | undefined, now: TargetFacts | undefined): boolean =>
  now === undefined || (now.status === 'deleted' && then?.status !== 'deleted')

const isNew = (caution: DeletionCaution, known: readonly DeletionCaution[]): boolean =>
  !known.some(
    ({ code, level }) => code === caution.code && (level === caution.level || level === 'blocks')
  )

const changesOfStep = (step: PlanStep, now: PlanStep): readonly PlanChange[] => {
  const { kind } = step.target
  const about = { kind, name: step.name }
  const changes: PlanChange[] = []
  if (now.name !== step.name) changes.push({ ...about, what: 'renamed', detail: now.name })
  if (now.statusRaw !== step.statusRaw && !isRestless(kind)) {
    changes.push({ ...about, what: 'status', detail: now.statusRaw })
  }
  for (const caution of now.cautions) {
    if (!isNew(caution, step.cautions)) continue
    changes.push({ ...about, what: 'caution', detail: caution.code })
  }
  return changes
}

/**
 * What is different about a plan just before it runs, as far as it matters: steps that came, went or changed, new
 * reasons against them, and kinds that could be listed then and cannot now. Pure.
 */
export const comparePlans = (
  then: Planned,
  now: Planned,
  earlier: Earlier
): readonly PlanChange[] => {
  const factsThen = new Map(then.facts.targets.map((one) => [targetKey(one.target), one]))
  const factsNow = new Map(now.facts.targets.map((one) => [targetKey(one.target), one]))
  const stepsThen = new Set(then.plan.steps.map(({ target }) => targetKey(target)))
  const stepsNow = new Map(now.plan.steps.map((step) => [targetKey(step.target), step]))
  const unreadable = now.facts.incomplete.filter((kind) => !then.facts.incomplete.includes(kind))

  const changes: PlanChange[] = unreadable.map((kind) => ({
    what: 'not-readable',
    kind,
    name: '',
    detail: null
  }))
  for (const step of then.plan.steps) {
    const name = targetKey(step.target)
    const { kind } = step.target
    const isMissing = isGone(factsThen.get(name), factsNow.get(name))
    const stepNow = stepsNow.get(name)
    if (isMissing && now.facts.incomplete.includes(kind)) continue
    const about = { kind, name: step.name, detail: null }
    const found: readonly PlanChange[] = isMissing
      ? [{ ...about, what: 'vanished' }]
      : stepNow === undefined
        ? [{ ...about, what: 'kept' }]
        : changesOfStep(step, stepNow)
    if (found.length > 0 && !earlier.isSent(step.target)) changes.push(...found)
  }
  for (const step of now.plan.steps) {
    const name = targetKey(step.target)
    if (stepsThen.has(name) || factsThen.has(name) || earlier.isAsked(step.target)) continue
    changes.push({ what: 'added', kind: step.target.kind, name: step.name, detail: null })
  }
  return changes
}
