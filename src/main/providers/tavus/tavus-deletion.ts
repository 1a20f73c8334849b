import type { TargetKind } from '../../../shared/catalogue/kinds.ts'
import type { DeletionEffect, DeletionMode, Evidence } from '../../../shared/domain/deletion.ts'
import type {
  PlanChoices,
  PlanDraft,
  PlanStep,
  Survivor,
  UnknownCode
} from '../../../shared/domain/plan.ts'
import { assertNever } from '../../../shared/result.ts'
import type { PlanFacts, TargetFacts } from '../../ports/provider.ts'
import { isTavusKind } from './tavus-address.ts'
import { cautionsOf, nameOfTarget, toEvidence } from './tavus-cautions.ts'

interface Description {
  readonly goes: readonly DeletionEffect[]
  readonly stays: readonly DeletionEffect[]
}

/** What a thing is called in the plan, and what is to become of it. */
interface Numbered {
  readonly id: string
  readonly target: TargetFacts
  readonly mode: DeletionMode | 'keep'
}

/**
 * What hangs on a replica goes first, so that a refusal leaves the replica to find the rest by. Its voice is refused as long
 * as the replica is there, so it goes last.
 */
const order: Readonly<Partial<Record<TargetKind, number>>> = {
  video: 0,
  conversation: 1,
  persona: 2,
  replica: 3,
  voice: 4
}

const mostSurvivors = 500

const isDeep = (facts: PlanFacts): boolean => facts.subject.scope !== 'assets'

const isDoubtful = ({ notes }: TargetFacts): boolean =>
  notes.some(({ code, finding }) => code === 'perhaps-not-its-voice' && finding === 'not-checked')

/**
 * A voice cannot be had back, so it goes with what is permanently deleted, and one that may well be somebody else's only if
 * it is asked for.
 */
const voiceMode = (target: TargetFacts, facts: PlanFacts, choices: PlanChoices) => {
  const isMeant = !isDeep(facts) || (choices.mode === 'permanent' && !isDoubtful(target))
  return (choices.byKind.voice ?? (isMeant ? 'permanent' : 'keep')) === 'keep'
    ? 'keep'
    : 'permanent'
}

/** What others made with a likeness stays unless it is asked for; Tavus knows one way alone to delete a PAL. */
const modeFor = (target: TargetFacts, facts: PlanFacts, choices: PlanChoices): Numbered['mode'] => {
  const { kind } = target.target
  if (kind === 'voice') return voiceMode(target, facts, choices)
  if (kind !== 'persona') return choices.byKind[kind] ?? choices.mode
  const chosen = choices.byKind.persona ?? (isDeep(facts) ? 'keep' : 'permanent')
  return chosen === 'keep' ? 'keep' : 'permanent'
}

const numbered = (facts: PlanFacts, choices: PlanChoices): readonly Numbered[] =>
  [...facts.targets]
    .sort((a, b) => (order[a.target.kind] ?? 9) - (order[b.target.kind] ?? 9))
    .map((target, index) => ({
      id: `s${index + 1}`,
      target,
      mode: modeFor(target, facts, choices)
    }))

const effectOf: Readonly<Partial<Record<TargetKind, DeletionEffect>>> = {
  conversation: 'conversations',
  video: 'videos-made-with-it',
  persona: 'personas-using-it',
  voice: 'voice-made-with-it'
}

/** Which replicas and personas use a voice, as was noted. */
const usersOf = ({ notes }: TargetFacts) =>
  notes.flatMap(({ code, evidence }) => (code === 'voice-in-use' ? evidence : []))

const hangsOn = (target: TargetFacts, replica: TargetFacts): boolean =>
  target.target.kind === 'voice'
    ? usersOf(target).some(({ kind, id }) => kind === 'replica' && id === replica.target.id)
    : target.parentId === replica.target.id

/**
 * Which of the things made with a replica stay when it goes: Tavus names its conversations as staying, an older page
 * of it the videos instead. Where they were looked for, only those that there are.
 */
const staysOfReplica = (
  replica: TargetFacts,
  facts: PlanFacts,
  staying: readonly Numbered[]
): readonly DeletionEffect[] => {
  const kinds = ['conversation', 'video', 'persona', 'voice'] as const
  const stay = kinds.filter(
    (kind) =>
      !isDeep(facts) ||
      facts.incomplete.includes(kind) ||
      staying.some(({ target }) => target.target.kind === kind && hangsOn(target, replica))
  )
  return stay.flatMap((kind) => effectOf[kind] ?? [])
}

/** What goes and what stays, as far as Tavus's documents say; whether it is really so is not known here. */
const describe = (
  { target: { kind } }: TargetFacts,
  mode: DeletionMode,
  madeWithIt: () => readonly DeletionEffect[]
): Description => {
  const isPermanent = mode === 'permanent'
  if (!isTavusKind(kind)) return { goes: [], stays: [] }
  switch (kind) {
    case 'replica':
      return isPermanent
        ? { goes: ['replica', 'training-footage'], stays: madeWithIt() }
        : { goes: ['replica'], stays: ['training-footage-perhaps', ...madeWithIt()] }
    case 'video':
      return isPermanent
        ? { goes: ['video', 'video-thumbnails'], stays: [] }
        : { goes: ['video'], stays: ['video-thumbnails'] }
    case 'voice':
      return { goes: ['voice'], stays: [] }
    case 'conversation':
      return { goes: ['conversation'], stays: [] }
    case 'persona':
      return { goes: ['persona'], stays: [] }
    default:
      return assertNever(kind)
  }
}

/** Many survivors of a kind are cut short; a nameless one then stands for the rest. */
const cutShort = (survivors: readonly Survivor[]): Survivor[] => {
  if (survivors.length <= mostSurvivors) return [...survivors]
  const rest = survivors[mostSurvivors - 1]
  return [
    ...survivors.slice(0, mostSurvivors - 1),
    ...(rest === undefined ? [] : [{ ...rest, id: null, name: null }])
  ]
}

/** Each place once, however many things lie there. */
const leftBy = (targets: readonly TargetFacts[]): readonly Evidence[] => [
  ...new Map(
    targets
      .flatMap(({ leaves = [] }) => leaves)
      .map((evidence) => [`${evidence.kind} ${evidence.id}`, evidence])
  ).values()
]

const survivorsOf = (
  facts: PlanFacts,
  staying: readonly Numbered[],
  isBlocked: (numbered: Numbered) => boolean
): Survivor[] => {
  const usesDeployments = facts.targets.some(({ target }) => target.kind === 'persona')
  const nameless = { id: null, name: null, reason: 'not-known' } as const
  return cutShort([
    ...facts.incomplete.map((kind): Survivor => ({ kind, ...nameless })),
    // Both hang on personas; documents have no list.
    ...(usesDeployments ? (['deployment', 'document'] as const) : []).map(
      (kind): Survivor => ({ kind, ...nameless })
    ),
    ...[...facts.notOffered, ...leftBy(facts.targets)].map(
      (evidence): Survivor => ({ ...evidence, reason: 'not-offered' })
    ),
    ...(facts.othersData ?? []).map(
      (evidence): Survivor => ({ ...evidence, reason: 'others-data' })
    ),
    ...staying.map(
      (one): Survivor => ({
        ...toEvidence(one.target),
        reason: isBlocked(one) ? 'blocked' : 'kept'
      })
    )
  ])
}

const unknownsOf = (facts: PlanFacts, steps: readonly PlanStep[]): UnknownCode[] => {
  const has = (test: (step: PlanStep) => boolean): boolean => steps.some(test)
  const warns = (...codes: readonly string[]) =>
    has(({ cautions }) => cautions.some(({ code }) => codes.includes(code)))
  const found: readonly (UnknownCode | false)[] = [
    has(({ mode }) => mode === 'soft') && 'soft-delete-meaning',
    has(({ mode }) => mode === 'permanent') && 'backups',
    has(({ target }) => target.kind === 'video' || target.kind === 'replica') && 'copies-elsewhere',
    facts.incomplete.length > 0 && 'listing-incomplete',
    warns('failed-recently') && 'refund',
    warns('training-running', 'active-conversation') && 'provider-may-refuse'
  ]
  return found.filter((code) => code !== false)
}

/** The plan for things at Tavus: what hangs on a replica first, then the replica. Pure. */
export const planTavusDeletion = (facts: PlanFacts, choices: PlanChoices): PlanDraft => {
  const all = numbered(facts, choices)
  const without = new Set(choices.without)
  const goes = (one: Numbered): one is Numbered & { mode: DeletionMode } =>
    one.mode !== 'keep' && !without.has(one.id)
  const going = all.filter(goes)
  const staying = all.filter((one) => !goes(one))
  const goingNames = new Set(going.map(({ target }) => nameOfTarget(target.target)))

  const dependents = new Map<string, string[]>()
  for (const { id, target } of isDeep(facts) ? going : []) {
    if (target.target.kind === 'replica' || target.parentId === null) continue
    dependents.set(target.parentId, [...(dependents.get(target.parentId) ?? []), id])
  }

  const stepIds = new Map(going.map(({ id, target }) => [nameOfTarget(target.target), id]))
  /** A voice waits for all that uses it and goes too. */
  const usersGoing = (voice: TargetFacts): string[] =>
    usersOf(voice).flatMap(({ kind, id }) => stepIds.get(`${kind}/${id}`) ?? [])
  const afterOf = (target: TargetFacts): string[] =>
    target.target.kind === 'voice'
      ? usersGoing(target)
      : target.target.kind === 'replica'
        ? (dependents.get(target.target.id) ?? [])
        : []

  const steps = going.map(({ id, target, mode }): PlanStep => {
    const { goes, stays } = describe(target, mode, () => staysOfReplica(target, facts, staying))
    return {
      id,
      target: target.target,
      name: target.name,
      mode,
      relation: target.relation,
      goes: [...goes],
      stays: [...stays],
      cautions: cautionsOf(target, mode, facts, goingNames),
      after: afterOf(target),
      statusRaw: target.statusRaw,
      createdAt: target.createdAt
    }
  })

  const isBlocked = ({ target, mode }: Numbered): boolean =>
    mode !== 'keep' &&
    cautionsOf(target, mode, facts, goingNames).some(({ level }) => level === 'blocks')
  return {
    steps,
    survives: survivorsOf(facts, staying, isBlocked),
    unknowns: unknownsOf(facts, steps)
  }
}
