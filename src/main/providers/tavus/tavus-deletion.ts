import type { TargetKind } from '../../../shared/catalogue/kinds.ts'
import type {
  DeletionCaution,
  DeletionEffect,
  Evidence,
  StepMode
} from '../../../shared/domain/deletion.ts'
import type {
  PlanChoices,
  PlanDraft,
  PlanStep,
  Repoint,
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
  readonly mode: StepMode | 'keep'
}

/**
 * What is on the web goes first, then what hangs on a replica, so that a refusal leaves the replica to find the rest by. Its
 * voice is refused as long as the replica is there, so it goes last.
 */
const order: Readonly<Partial<Record<TargetKind, number>>> = {
  page: 0,
  persona: 1,
  video: 2,
  conversation: 3,
  replica: 4,
  voice: 5
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

const isPageDoubtful = ({ notes }: TargetFacts): boolean =>
  notes.some(({ code }) => code === 'perhaps-not-its-page')

/** A page is taken offline unless it is to be deleted; what is not on the web needs no step for that. */
const pageMode = (target: TargetFacts, choices: PlanChoices): Numbered['mode'] => {
  const chosen = choices.byKind.page ?? 'offline'
  if (chosen === 'keep' || isPageDoubtful(target)) return 'keep'
  if (chosen === 'permanent') return 'permanent'
  return target.statusRaw === 'active' ? 'offline' : 'keep'
}

/** What others made with a likeness stays unless it is asked for; Tavus knows one way alone to delete a PAL. */
const palMode = (facts: PlanFacts, choices: PlanChoices): Numbered['mode'] => {
  const chosen = choices.byKind.persona ?? (isDeep(facts) ? 'keep' : 'permanent')
  return chosen === 'keep' || chosen === 'repoint' ? chosen : 'permanent'
}

const modeFor = (target: TargetFacts, facts: PlanFacts, choices: PlanChoices): Numbered['mode'] => {
  const { kind } = target.target
  if (kind === 'voice') return voiceMode(target, facts, choices)
  if (kind === 'page') return pageMode(target, choices)
  return kind === 'persona' ? palMode(facts, choices) : (choices.byKind[kind] ?? choices.mode)
}

const numbered = (facts: PlanFacts, choices: PlanChoices): readonly Numbered[] =>
  [...facts.targets]
    .sort((a, b) => (order[a.target.kind] ?? 9) - (order[b.target.kind] ?? 9))
    .map((target, index) => ({
      id: `s${index + 1}`,
      target,
      mode: modeFor(target, facts, choices)
    }))

type Pointed = Repoint['face']

/** What a PAL points at of a kind, and what was chosen for it in its account. */
const pointed = (
  pal: TargetFacts,
  kind: 'replica' | 'voice',
  choices: PlanChoices,
  isMeant: (id: string | null) => boolean
): Pointed => {
  const from = kind === 'replica' ? pal.parentId : (pal.voiceId ?? null)
  const chosen = choices.repoint?.find(
    ({ ref }) => ref.kind === kind && ref.accountId === pal.target.accountId
  )
  if (chosen === undefined || chosen.ref.id === from || !isMeant(from)) return null
  const name = pal.shownNames?.[kind === 'replica' ? 'face' : 'voice'] ?? ''
  const { ref } = chosen
  return { from: from === null ? null : { id: from, name }, to: { id: ref.id, name: chosen.name } }
}

/** A PAL's way out of the plan. `isSet` false: something that it needs is not chosen, or goes itself. */
interface Repointing {
  readonly repoint: Repoint
  readonly isNeeded: boolean
  readonly isSet: boolean
}

/** In a plan for a likeness only what goes is replaced; a PAL that was named alone gets all that was chosen. */
const repointingOf = (
  pal: TargetFacts,
  facts: PlanFacts,
  choices: PlanChoices,
  goes: ReadonlySet<string>
): Repointing => {
  const isGoing = (kind: 'replica' | 'voice', id: string | null): boolean =>
    id !== null && goes.has(`${kind}/${id}`)
  const of = (kind: 'replica' | 'voice'): Pointed =>
    pointed(pal, kind, choices, (from) => !isDeep(facts) || isGoing(kind, from))
  const repoint: Repoint = { face: of('replica'), voice: of('voice') }
  const needs = [
    { isNeeded: isGoing('replica', pal.parentId), kind: 'replica', point: repoint.face },
    { isNeeded: isGoing('voice', pal.voiceId ?? null), kind: 'voice', point: repoint.voice }
  ] as const
  const isSet = needs.every(
    ({ isNeeded, kind, point }) =>
      (point !== null || !isNeeded) && !isGoing(kind, point?.to.id ?? null)
  )
  const isAny = repoint.face !== null || repoint.voice !== null
  return { repoint, isNeeded: needs.some(({ isNeeded }) => isNeeded), isSet: isSet && isAny }
}

const noNewFace: DeletionCaution = {
  code: 'no-new-face',
  level: 'blocks',
  sureness: 'certain',
  evidence: []
}

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
  mode: StepMode,
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
      return mode === 'repoint'
        ? { goes: ['pal-as-it-is'], stays: [] }
        : { goes: ['persona'], stays: [] }
    case 'page':
      return mode === 'offline'
        ? { goes: ['page-online'], stays: [] }
        : { goes: ['page'], stays: [] }
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
  const nameless = { id: null, name: null, reason: 'not-known' } as const
  return cutShort([
    ...facts.incomplete.map((kind): Survivor => ({ kind, ...nameless })),
    // Documents hang on PALs, and have no list.
    ...(facts.targets.some(({ target }) => target.kind === 'persona')
      ? [{ kind: 'document', ...nameless } as const]
      : []),
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
    has(({ target, address }) => target.kind === 'page' && address === undefined) && 'page-address',
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
  const isChosen = (one: Numbered): boolean => one.mode !== 'keep' && !without.has(one.id)
  const chosenNames = new Set(
    all
      .filter(isChosen)
      .flatMap(({ target, mode }) => (mode === 'repoint' ? [] : [nameOfTarget(target.target)]))
  )
  const repointings = new Map(
    all.flatMap((one) =>
      one.mode === 'repoint'
        ? [[one.id, repointingOf(one.target, facts, choices, chosenNames)] as const]
        : []
    )
  )
  /** A PAL that shows nothing of what goes by now needs no step any more. */
  const isOver = (one: Numbered): boolean =>
    isDeep(facts) && repointings.get(one.id)?.isNeeded === false
  const goes = (one: Numbered): one is Numbered & { mode: StepMode } =>
    isChosen(one) && !isOver(one)
  const going = all.filter(goes)
  const staying = all.filter((one) => !goes(one))
  const goingNames = new Set(going.map(({ target }) => nameOfTarget(target.target)))

  const dependents = new Map<string, string[]>()
  const hangOn = (parentId: string, id: string): void => {
    dependents.set(parentId, [...(dependents.get(parentId) ?? []), id])
  }
  const faceOfPal = new Map(
    all.map(({ target }) => [
      target.target.kind === 'persona' ? target.target.id : '',
      target.parentId
    ])
  )
  for (const { id, target } of going) {
    const { kind } = target.target
    if (kind === 'replica' || target.parentId === null || !(isDeep(facts) || kind === 'page'))
      continue
    hangOn(target.parentId, id)
    // What is on the web goes before the face, whatever becomes of its PAL.
    const faceId = kind === 'page' ? faceOfPal.get(target.parentId) : null
    if (faceId) hangOn(faceId, id)
  }

  const stepIds = new Map(going.map(({ id, target }) => [nameOfTarget(target.target), id]))
  /** A voice waits for all that uses it and goes too. */
  const usersGoing = (voice: TargetFacts): string[] =>
    usersOf(voice).flatMap(({ kind, id }) => stepIds.get(`${kind}/${id}`) ?? [])
  const afterOf = (target: TargetFacts): string[] =>
    target.target.kind === 'voice'
      ? usersGoing(target)
      : target.target.kind === 'replica' || target.target.kind === 'persona'
        ? (dependents.get(target.target.id) ?? [])
        : []

  const unset = (id: string): readonly DeletionCaution[] =>
    repointings.get(id)?.isSet === false ? [noNewFace] : []
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
      cautions: [...cautionsOf(target, mode, facts, goingNames), ...unset(id)],
      after: afterOf(target),
      statusRaw: target.statusRaw,
      createdAt: target.createdAt,
      ...(repointings.has(id) ? { repoint: repointings.get(id)?.repoint } : {}),
      ...(target.address === undefined ? {} : { address: target.address })
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
