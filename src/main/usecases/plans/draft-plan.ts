import { createHash } from 'node:crypto'
import { targetKey } from '../../../shared/catalogue/keys.ts'
import type { TargetKind } from '../../../shared/catalogue/kinds.ts'
import type { AccountId } from '../../../shared/domain/account.ts'
import type { TargetRef } from '../../../shared/domain/asset.ts'
import type {
  PlanChoices,
  PlanDraft,
  PlanStep,
  Survivor,
  UnknownCode
} from '../../../shared/domain/plan.ts'
import type { PlanFacts, Planner } from '../../ports/provider.ts'

/** What one account has of the things that a plan may touch. */
export interface FactsPart {
  readonly accountId: AccountId
  readonly facts: PlanFacts
}

export type PlannerOf = (accountId: AccountId) => Planner

const mostSurvivors = 500

/** A thing has the same id in every plan, so that choices hold when the facts are read again. */
export const stepIdOf = (target: TargetRef): string =>
  `s${createHash('sha256').update(targetKey(target)).digest('hex').slice(0, 16)}`

/** The planner's own ids of the steps that were taken out. */
const takenOut = (planner: Planner, facts: PlanFacts, choices: PlanChoices): readonly string[] => {
  if (choices.without.length === 0) return []
  const without = new Set(choices.without)
  return planner
    .plan(facts, { ...choices, without: [] })
    .steps.filter(({ target }) => without.has(stepIdOf(target)))
    .map(({ id }) => id)
}

const planPart = (planner: Planner, facts: PlanFacts, choices: PlanChoices): PlanDraft => {
  const without = [...takenOut(planner, facts, choices)]
  const draft = planner.plan(facts, { ...choices, without })
  const ids = new Map(draft.steps.map(({ id, target }) => [id, stepIdOf(target)]))
  const steps = draft.steps.map(
    (step): PlanStep => ({
      ...step,
      id: ids.get(step.id) ?? step.id,
      after: step.after.flatMap((id) => ids.get(id) ?? [])
    })
  )
  return { ...draft, steps }
}

/** Each account's part is planned by its own provider; together they are one plan. Pure. */
export const draftPlan = (
  parts: readonly FactsPart[],
  choices: PlanChoices,
  plannerOf: PlannerOf
): PlanDraft => {
  const drafts = parts.map(({ accountId, facts }) => planPart(plannerOf(accountId), facts, choices))
  const survives = new Map<string, Survivor>()
  for (const survivor of drafts.flatMap((draft) => draft.survives)) {
    survives.set(JSON.stringify([survivor.kind, survivor.id, survivor.reason]), survivor)
  }
  return {
    steps: drafts.flatMap((draft) => draft.steps),
    survives: [...survives.values()].slice(0, mostSurvivors),
    unknowns: [...new Set<UnknownCode>(drafts.flatMap((draft) => draft.unknowns))]
  }
}

export const isBlocked = ({ cautions }: Pick<PlanStep, 'cautions'>): boolean =>
  cautions.some(({ level }) => level === 'blocks')

/** Nothing is sent while one of the steps blocks. */
export const canRun = ({ steps }: Pick<PlanDraft, 'steps'>): boolean =>
  steps.length > 0 && !steps.some(isBlocked)

/** The parts as one, to be kept and compared. */
export const joinParts = (parts: readonly FactsPart[], whole: PlanFacts): PlanFacts => ({
  ...whole,
  targets: parts.flatMap(({ facts }) => facts.targets),
  incomplete: [...new Set<TargetKind>(parts.flatMap(({ facts }) => facts.incomplete))],
  notOffered: parts.flatMap(({ facts }) => facts.notOffered),
  othersData: parts.flatMap(({ facts }) => facts.othersData ?? [])
})

/** Parts facts by account, in the order in which accounts come up. What is not bound to one is left to all. */
export const partFacts = (facts: PlanFacts): readonly FactsPart[] => {
  const byAccount = new Map<AccountId, PlanFacts['targets'][number][]>()
  for (const target of facts.targets) {
    const { accountId } = target.target
    const mine = byAccount.get(accountId)
    if (mine === undefined) byAccount.set(accountId, [target])
    else mine.push(target)
  }
  return [...byAccount].map(([accountId, targets]) => ({
    accountId,
    facts: { ...facts, targets }
  }))
}
