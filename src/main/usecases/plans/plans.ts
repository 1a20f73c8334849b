import { targetKey } from '../../../shared/catalogue/keys.ts'
import { mostSteps } from '../../../shared/catalogue/limits.ts'
import type { Archive } from '../../../shared/domain/archive.ts'
import type { TargetRef } from '../../../shared/domain/asset.ts'
import type { DeletionMode } from '../../../shared/domain/deletion.ts'
import type { DeletionPlan, PlanChoices, PlanSubject } from '../../../shared/domain/plan.ts'
import type { RequestOutput } from '../../../shared/ipc/contract.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import { isSameName } from '../../../shared/same-name.ts'
import type { Clock } from '../../ports/clock.ts'
import type { PlanFacts, Provider, TargetFacts } from '../../ports/provider.ts'
import type { AccountRecord, Store } from '../../ports/store.ts'
import type { KeyRing } from '../key-ring.ts'
import { newId } from '../new-id.ts'
import { comparePlans } from './compare-plans.ts'
import type { Confirmations } from './confirmations.ts'
import type { ConfirmedPlan, Recheck } from './confirmed-plan.ts'
import { describePlan } from './describe-plan.ts'
import { canRun, draftPlan, type FactsPart, joinParts, type PlannerOf } from './draft-plan.ts'
import { createPlanFacts } from './plan-facts.ts'
import { createPlanMemory, type OpenPlan } from './plan-memory.ts'

export interface PlanDeps {
  readonly store: Store
  readonly keyRing: KeyRing
  readonly providerOf: (account: AccountRecord) => Provider
  readonly confirmations: Confirmations
  readonly clock: Clock
  /** Asks the person for a place; null if they thought better of it. */
  readonly askWhere: (suggestedName: string) => Promise<string | null>
  readonly writeText: (path: string, text: string) => Promise<Result<null>>
  /** Saves what a plan would remove; null if the person thought better of it. */
  readonly saveArchive: (plan: DeletionPlan, signal: AbortSignal) => Promise<Result<Archive | null>>
}

const mostChanges = 50

const wrong = (field: string, code: string) =>
  fail({ kind: 'invalid-input', issues: [{ field, code, said: null }] })

/** The one step's name, or how many there are; nothing if no step is permanent. */
const isTypedRight = ({ steps }: DeletionPlan, typed: string | null): boolean => {
  if (!steps.some(({ mode }) => mode === 'permanent')) return true
  const [only] = steps
  if (typed === null || only === undefined) return false
  return steps.length === 1 ? isSameName(typed, only.name) : typed.trim() === String(steps.length)
}

/** The choices with the names that the library has for what PALs are repointed to; null if some of it is not listed. */
const namedChoices = (store: Store, choices: PlanChoices): PlanChoices | null => {
  if (choices.repoint === undefined) return choices
  const repoint = choices.repoint.flatMap(({ ref }) => {
    const asset = store.read.asset(ref)
    return asset?.presence === 'listed' ? [{ ref, name: asset.name }] : []
  })
  return repoint.length === choices.repoint.length ? { ...choices, repoint } : null
}

/** Makes plans, keeps those that are looked at, and hands each over once when it was confirmed. */
export const createPlans = (deps: PlanDeps) => {
  const { store, clock, confirmations } = deps
  const facts = createPlanFacts(deps)
  const memory = createPlanMemory(clock)
  let making = 0

  const plannerOf: PlannerOf = (accountId) => {
    const account = store.read.account(accountId)
    if (account === null) throw new Error('A plan speaks of an account that is not there')
    return deps.providerOf(account).planner
  }

  const wholeFacts = (parts: readonly FactsPart[], { madeAt, subject }: DeletionPlan) =>
    joinParts(parts, { madeAt, subject, targets: [], incomplete: [], notOffered: [] })

  const compose = (
    parts: readonly FactsPart[],
    about: Pick<DeletionPlan, 'planId' | 'madeAt' | 'subject' | 'title'>,
    asked: PlanChoices
  ): Result<DeletionPlan> => {
    const choices = namedChoices(store, asked)
    if (choices === null) return wrong('repoint', 'not-listed')
    const draft = draftPlan(parts, choices, plannerOf)
    if (draft.steps.length > mostSteps) return wrong('subject', 'too-many')
    const confirmed = confirmations.mint({ planId: about.planId, steps: draft.steps, choices })
    return ok({ ...draft, ...about, ...confirmed, choices, canRun: canRun(draft) })
  }

  const make = async (
    subject: PlanSubject,
    choices: PlanChoices,
    signal: AbortSignal,
    /** What an earlier plan knew to belong to it, which nothing may lead to any more. */
    known: readonly TargetFacts[] = []
  ): Promise<Result<DeletionPlan>> => {
    // Before anything is asked: an address that changes meanwhile is another one than that of the facts.
    const bindings = facts.bindings()
    making += 1
    const gathered = await facts.forSubject(subject, signal, known).finally(() => {
      making -= 1
    })
    if (!gathered.ok) return gathered
    const { parts, title } = gathered.value
    const about = { planId: newId('plan'), madeAt: clock.nowAt(), subject, title }
    const plan = compose(parts, about, choices)
    if (!plan.ok) return plan
    memory.add({ plan: plan.value, parts, bindings, archive: null })
    return plan
  }

  const areAccountsThere = ({ parts }: OpenPlan): boolean =>
    parts.every(({ accountId }) => store.read.account(accountId) !== null)

  const findOpen = (planId: string): OpenPlan | null => {
    const entry = memory.find(planId)
    return entry !== null && areAccountsThere(entry) ? entry : null
  }

  /** Pins and deletions may have come since, which are known here; nobody else is asked. */
  const choose = (planId: string, choices: PlanChoices): Result<DeletionPlan> => {
    const entry = findOpen(planId)
    if (entry === null) return fail({ kind: 'not-found' })
    const parts = entry.parts.map(facts.held)
    const { madeAt, subject, title } = entry.plan
    const plan = compose(parts, { planId, madeAt, subject, title }, choices)
    if (plan.ok) memory.change(planId, { plan: plan.value, parts })
    return plan
  }

  const take = (
    planId: string,
    token: string,
    mode: DeletionMode,
    typed: string | null
  ): Result<ConfirmedPlan> => {
    const entry = findOpen(planId)
    const isConfirmed = confirmations.use(token, entry?.plan ?? null)
    if (entry === null || !isConfirmed || entry.plan.choices.mode !== mode) {
      return fail({ kind: 'confirmation-expired' })
    }
    const { plan, bindings, archive } = entry
    const parts = entry.parts.map(facts.held)
    if (!canRun(draftPlan(parts, plan.choices, plannerOf))) return wrong('plan', 'blocked')
    if (!isTypedRight(plan, typed)) return wrong('typed', 'does-not-match')
    memory.remove(planId)
    return ok({ plan, facts: wholeFacts(entry.parts, plan), bindings, archive })
  }

  const recheck: Recheck = async (confirmed, hasWaited, signal) => {
    const { plan } = confirmed
    const own = new Set(plan.steps.map(({ target }) => targetKey(target)))
    const parts = await facts.again(confirmed.facts, own, hasWaited, signal)
    if (!parts.ok) return parts
    const draft = draftPlan(parts.value, plan.choices, plannerOf)
    const now = {
      plan: { ...plan, ...draft, canRun: canRun(draft) },
      facts: { ...wholeFacts(parts.value, plan), madeAt: clock.nowAt() }
    }
    const changes = comparePlans(confirmed, now, {
      isSent: (target) => isSentSince(plan, target),
      isAsked: (target) => isAskedSince(plan, target)
    })
    return ok({ ...now, changes: changes.slice(0, mostChanges) })
  }

  /** True for what the plan asked for earlier and is still there, as after a refusal. */
  const isAskedSince = ({ madeAt }: DeletionPlan, target: TargetRef): boolean =>
    store.read.deletionsOf(target).some(({ askedAt }) => askedAt >= madeAt)

  /** True for what a request was sent for since the plan was made, whatever came of it; refused ones may be under way. */
  const isSentSince = ({ madeAt }: DeletionPlan, target: TargetRef): boolean =>
    store.read
      .deletionsOf(target)
      .some(({ askedAt, sentAt }) => askedAt >= madeAt && sentAt !== null)

  /** The same plan anew for some of its steps, as those that were refused; the rest is left out of it. */
  const remake = (
    plan: Pick<DeletionPlan, 'subject' | 'choices' | 'steps'>,
    { targets }: Pick<PlanFacts, 'targets'>,
    stepIds: readonly string[],
    signal: AbortSignal
  ): Promise<Result<DeletionPlan>> => {
    const wanted = new Set(stepIds)
    const { subject, choices } = plan
    if (subject.scope === 'assets') {
      const names = new Set(
        plan.steps.filter(({ id }) => wanted.has(id)).map(({ target }) => targetKey(target))
      )
      const refs = subject.refs.filter((ref) => names.has(targetKey(ref)))
      return make({ ...subject, refs }, choices, signal)
    }
    const others = plan.steps.map(({ id }) => id).filter((id) => !wanted.has(id))
    const without = [...new Set([...choices.without, ...others])].slice(0, mostSteps)
    return make(subject, { ...choices, without }, signal, targets)
  }

  const exportPlan = async (planId: string): Promise<Result<RequestOutput<'plan:export'>>> => {
    const entry = findOpen(planId)
    if (entry === null) return fail({ kind: 'not-found' })
    const path = await deps.askWhere(`replica-desk-plan-${clock.nowAt().slice(0, 10)}.json`)
    if (path === null) return ok({ savedAs: null })
    const { plan, parts } = entry
    const written = await deps.writeText(path, describePlan(plan, wholeFacts(parts, plan)))
    return written.ok ? ok({ savedAs: path }) : written
  }

  const archive = async (
    planId: string,
    signal: AbortSignal
  ): Promise<Result<RequestOutput<'plan:archive'>>> => {
    const entry = findOpen(planId)
    if (entry === null) return fail({ kind: 'not-found' })
    const saved = await deps.saveArchive(entry.plan, signal)
    if (!saved.ok) return saved
    if (saved.value !== null) memory.change(planId, { archive: saved.value })
    return ok({ archive: saved.value })
  }

  const peek = (planId: string): DeletionPlan | null => findOpen(planId)?.plan ?? null

  /** Whether a plan is being made, or can still be confirmed. */
  const isUnderWay = (): boolean => making > 0 || confirmations.hasOpen()

  return { make, choose, take, peek, isUnderWay, recheck, remake, exportPlan, archive }
}
export type Plans = ReturnType<typeof createPlans>
