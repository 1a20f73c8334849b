import { isStepChange, isTargetKind, kinds, type TargetKind } from '../../shared/catalogue/kinds.ts'
import type { Asset, AssetRef } from '../../shared/domain/asset.ts'
import type {
  DeletionCaution,
  DeletionMode,
  Evidence,
  StepMode
} from '../../shared/domain/deletion.ts'
import type {
  DeletionPlan,
  PlanChoices,
  PlanStep,
  PlanSubject,
  Survivor
} from '../../shared/domain/plan.ts'
import type { AsyncData } from './async-data.ts'

/** What can be chosen for all things of a kind. */
export type KindChoice = StepMode | 'keep'

export const isBlocked = ({ cautions }: Pick<PlanStep, 'cautions'>): boolean =>
  cautions.some(({ level }) => level === 'blocks')

/** Steps that would not be sent, each with a reason. */
export const blockedSteps = (plan: Pick<DeletionPlan, 'steps'>): readonly PlanStep[] =>
  plan.steps.filter(isBlocked)

/** A permanent step asks for a typed confirmation. */
export const isPermanent = (plan: Pick<DeletionPlan, 'steps'>): boolean =>
  plan.steps.some(({ mode }) => mode === 'permanent')

/** Nothing of it is deleted. */
export const isChangeOnly = ({ steps }: Pick<DeletionPlan, 'steps'>): boolean =>
  steps.length > 0 && steps.every(({ mode }) => isStepChange(mode))

/** The choices with another face or voice for the PALs of an account; null: none. */
export const withRepoint = (
  choices: PlanChoices,
  accountId: AssetRef['accountId'],
  kind: 'replica' | 'voice',
  asset: Pick<Asset, 'ref' | 'name'> | null
): PlanChoices => {
  const others = (choices.repoint ?? []).filter(
    ({ ref }) => ref.accountId !== accountId || ref.kind !== kind
  )
  const chosen = asset === null ? [] : [{ ref: asset.ref, name: asset.name }]
  return { ...choices, repoint: [...others, ...chosen] }
}

/** True if both plans say the same to the person who read the first. Token, id and times do not count. */
export const isSamePlan = (a: DeletionPlan, b: DeletionPlan): boolean =>
  JSON.stringify([a.steps, a.survives, a.unknowns, a.choices]) ===
  JSON.stringify([b.steps, b.survives, b.unknowns, b.choices])

/** A token about to run out is not worth sending. */
const tokenMarginMs = 5_000

export const isTokenFresh = (plan: Pick<DeletionPlan, 'expiresAt'>, nowMs: number): boolean =>
  Date.parse(plan.expiresAt) - nowMs > tokenMarginMs

const isWhole = (scope: PlanSubject['scope']): boolean => scope === 'likeness' || scope === 'person'

/** A whole likeness goes for good unless the person decides otherwise; what others made with it is theirs to decide. */
export const firstChoices = (scope: PlanSubject['scope'], mode: DeletionMode): PlanChoices => ({
  mode,
  byKind: isWhole(scope) ? { persona: 'keep', page: 'offline' } : {},
  without: [],
  ...(isWhole(scope) ? { pictures: 'delete' as const } : {})
})

export const withKindChoice = (
  choices: PlanChoices,
  kind: TargetKind,
  choice: KindChoice
): PlanChoices => {
  const { [kind]: _, ...others } = choices.byKind
  return {
    ...choices,
    // What can be changed has a choice of its own, whatever the rest is for.
    byKind:
      choice === choices.mode && kinds[kind].change === null
        ? others
        : { ...others, [kind]: choice }
  }
}

export const withoutSteps = (choices: PlanChoices, ids: readonly string[]): PlanChoices => ({
  ...choices,
  without: [...new Set([...choices.without, ...ids])]
})

export const withStep = (choices: PlanChoices, id: string): PlanChoices => ({
  ...choices,
  without: choices.without.filter((held) => held !== id)
})

export const choiceOf = (choices: PlanChoices, kind: TargetKind): KindChoice =>
  choices.byKind[kind] ?? (kind === 'page' ? 'offline' : choices.mode)

/** Everything of one kind in a plan, as one line of the dialog. */
export interface PlanGroup {
  readonly kind: TargetKind
  readonly choice: KindChoice
  readonly steps: readonly PlanStep[]
  /** What the person keeps by a choice for the whole kind. */
  readonly kept: readonly Survivor[]
}

/** The plan by kinds, in the order in which they go; kinds that are kept come last. */
export const groupsOf = (plan: DeletionPlan): readonly PlanGroup[] => {
  const keptWhole = plan.survives.filter(
    ({ kind, reason }) =>
      reason === 'kept' && isTargetKind(kind) && choiceOf(plan.choices, kind) === 'keep'
  )
  const shown = [
    ...new Set([
      ...plan.steps.map(({ target }) => target.kind),
      ...keptWhole.map(({ kind }) => kind).filter(isTargetKind)
    ])
  ]
  return shown.map((kind) => ({
    kind,
    choice: choiceOf(plan.choices, kind),
    steps: plan.steps.filter(({ target }) => target.kind === kind),
    kept: keptWhole.filter((survivor) => survivor.kind === kind)
  }))
}

/** Survivors that neither a group nor the list of what was taken out tells of already. */
export const otherSurvivors = (
  plan: DeletionPlan,
  takenOut: readonly PlanStep[]
): readonly Survivor[] => {
  const told = new Set(groupsOf(plan).flatMap(({ kept }) => kept))
  const out = new Set(takenOut.map(({ target }) => `${target.kind} ${target.id}`))
  return plan.survives.filter(
    (survivor) => !told.has(survivor) && !out.has(`${survivor.kind} ${survivor.id}`)
  )
}

/** A caution with the steps that it concerns, told once. */
export interface CautionGroup {
  readonly caution: DeletionCaution
  readonly steps: readonly PlanStep[]
  /** What it rests on, of all these steps. */
  readonly evidence: readonly Evidence[]
}

/** Counts of one version, which say nothing of several. */
const ofOneStep: ReadonlySet<string | null> = new Set(['own_of_version', 'web_of_version'])

const joined = (held: CautionGroup, step: PlanStep, caution: DeletionCaution): CautionGroup => ({
  caution: held.caution,
  steps: [...held.steps, step],
  evidence: [...held.evidence, ...caution.evidence].filter(({ id }) => !ofOneStep.has(id))
})

/** Cautions of all steps, what blocks first, each reason once. */
export const cautionsOf = (steps: readonly PlanStep[]): readonly CautionGroup[] => {
  const groups = new Map<string, CautionGroup>()
  for (const step of steps) {
    for (const caution of step.cautions) {
      const key = `${caution.level}/${caution.code}/${caution.sureness}`
      const held = groups.get(key)
      groups.set(
        key,
        held === undefined
          ? { caution, steps: [step], evidence: caution.evidence }
          : joined(held, step, caution)
      )
    }
  }
  const all = [...groups.values()]
  const of = (level: DeletionCaution['level']) =>
    all.filter(({ caution }) => caution.level === level)
  return [...of('blocks'), ...of('warns')]
}

/** How many things a plan deletes, of those it would with what was taken out; null before it is there. */
export const partOfPlan = ({
  plan,
  takenOut
}: {
  readonly plan: AsyncData<DeletionPlan>
  readonly takenOut: readonly PlanStep[]
}): { readonly left: number; readonly all: number } | null => {
  if (plan.kind !== 'ready') return null
  const left = plan.value.steps.length
  return { left, all: left + takenOut.length }
}

/** What is left of a model's teardown once some of it was taken out; null for other plans. */
export const leftOfModel = ({
  subject,
  plan,
  takenOut
}: {
  readonly subject: PlanSubject
  readonly plan: AsyncData<DeletionPlan>
  readonly takenOut: readonly PlanStep[]
}): {
  readonly versions: number
  readonly allVersions: number
  readonly isModelLeft: boolean
} | null => {
  if (subject.scope !== 'teardown' || plan.kind !== 'ready') return null
  const { steps, survives } = plan.value
  const of = (kind: TargetKind, all: readonly Pick<PlanStep, 'target'>[]): readonly string[] =>
    all.flatMap(({ target }) => (target.kind === kind ? [target.id] : []))
  const versions = of('version', steps)
  const kept = survives.flatMap(({ kind, id }) => (kind === 'version' && id !== null ? [id] : []))
  return {
    versions: versions.length,
    allVersions: new Set([...versions, ...of('version', takenOut), ...kept]).size,
    isModelLeft: of('model', steps).length > 0
  }
}
