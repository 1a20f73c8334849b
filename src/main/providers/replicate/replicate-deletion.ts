import type { TargetKind } from '../../../shared/catalogue/kinds.ts'
import { mostSteps } from '../../../shared/catalogue/limits.ts'
import type { CautionCode, DeletionCaution, Evidence } from '../../../shared/domain/deletion.ts'
import type { PlanChoices, PlanDraft, PlanStep, Survivor } from '../../../shared/domain/plan.ts'
import type { FactNote, PlanFacts, TargetFacts } from '../../ports/provider.ts'
import { modelOf } from './replicate-address.ts'

const MOST_EVIDENCE = 20
const MOST_SURVIVORS = 500

/** The rules that a kind is held against, in the order of the documents. */
const rules = {
  model: ['not-owner', 'not-private', 'versions-left'],
  version: [
    'not-owner',
    'not-private',
    'others-ran-it',
    'base-of-training',
    'deployed',
    'overridden'
  ]
} as const satisfies Readonly<Record<string, readonly CautionCode[]>>

/** Lists of the account show only its own uses, and a deployment only its present release. */
const neverCertain: ReadonlySet<CautionCode> = new Set(['base-of-training', 'deployed'])

/** What no answer of Replicate shows; all other rules are read, and what could not be read protects. */
const neverShown: ReadonlySet<CautionCode> = new Set(['others-ran-it', 'overridden'])

const caution = (
  code: CautionCode,
  level: DeletionCaution['level'],
  sureness: DeletionCaution['sureness'],
  evidence: readonly Evidence[] = []
): DeletionCaution => ({ code, level, sureness, evidence: evidence.slice(0, MOST_EVIDENCE) })

interface Finding extends FactNote {
  /**
   * False where nobody was asked yet, as out of reach: all is asked again before anything is sent. False too of what is
   * gone, for there is nothing left to protect.
   */
  readonly wasAsked: boolean
}

/** What the library knew when nothing was asked: its last look, which may be old. */
const rememberedNote = (facts: TargetFacts, code: CautionCode): Finding => {
  const note = { code, isComplete: false, evidence: [], wasAsked: false } as const
  if (code === 'not-owner' && facts.origin === 'own') return { ...note, finding: 'does-not-hold' }
  if (code === 'not-private' && facts.statusRaw === 'private') {
    return { ...note, finding: 'does-not-hold' }
  }
  const isPublic = code === 'not-private' && facts.statusRaw === 'public'
  return { ...note, finding: isPublic ? 'holds' : 'not-checked' }
}

const ruleCaution = (note: Finding): DeletionCaution | null => {
  switch (note.finding) {
    case 'does-not-hold':
      return null
    case 'not-checked': {
      const isProtected = note.wasAsked && !neverShown.has(note.code)
      return caution(note.code, isProtected ? 'blocks' : 'warns', 'unknown', note.evidence)
    }
    default: {
      const isCertain = note.isComplete && !neverCertain.has(note.code)
      return caution(note.code, 'blocks', isCertain ? 'certain' : 'likely', note.evidence)
    }
  }
}

/** A lost answer may have been a refusal, and a removal may never end, so asking again is for the person to decide. */
const askedBefore: ReadonlySet<CautionCode> = new Set(['still-unclear', 'not-gone-yet'])

const holdCautions = ({ holds }: TargetFacts): readonly DeletionCaution[] =>
  holds.map((code) => caution(code, askedBefore.has(code) ? 'warns' : 'blocks', 'certain'))

const noteOf = (facts: TargetFacts, code: CautionCode): Finding => {
  const told = facts.notes.find((note) => note.code === code)
  return told === undefined ? rememberedNote(facts, code) : { ...told, wasAsked: !isGone(facts) }
}

const isDefined = <T>(value: T | null): value is T => value !== null

const versionCautions = (facts: TargetFacts): readonly DeletionCaution[] => [
  ...holdCautions(facts),
  ...rules.version.map((code) => ruleCaution(noteOf(facts, code))).filter(isDefined)
]

/** The versions of a model that are there when all other steps are through. */
const versionsLeft = (note: Finding, removedIds: ReadonlySet<string>): Finding => {
  if (note.finding !== 'holds') return note
  const evidence = note.evidence.filter(({ id }) => !removedIds.has((id ?? '').toLowerCase()))
  if (evidence.length > 0) return { ...note, evidence, isComplete: true }
  return { ...note, evidence, finding: note.isComplete ? 'does-not-hold' : 'not-checked' }
}

const modelCautions = (
  facts: TargetFacts,
  removedIds: ReadonlySet<string>
): readonly DeletionCaution[] => [
  ...holdCautions(facts),
  ...rules.model
    .map((code) => noteOf(facts, code))
    .map((note) => (note.code === 'versions-left' ? versionsLeft(note, removedIds) : note))
    .map(ruleCaution)
    .filter(isDefined),
  // Users tell of names that could not be used again; nobody tells that they can.
  caution('name-stays-taken', 'warns', 'likely')
]

const blocks = ({ cautions }: Pick<PlanStep, 'cautions'>): boolean =>
  cautions.some(({ level }) => level === 'blocks')

const isGone = ({ status }: TargetFacts): boolean => status === 'deleted'

const isVersion = ({ target }: Pick<TargetFacts, 'target'>): boolean => target.kind === 'version'

/** A training that is under way may still read the file. */
const fileCautions = (facts: TargetFacts): readonly DeletionCaution[] => {
  const running = facts.notes.find(({ finding }) => finding === 'holds')
  return [
    ...holdCautions(facts),
    ...(running === undefined ? [] : [caution(running.code, 'warns', 'certain', running.evidence)])
  ]
}

/** What was uploaded comes last: nothing hangs on it, and Replicate itself deletes it after a day. */
const places: Readonly<Partial<Record<TargetKind, number>>> = { version: 0, model: 1, file: 2 }

const placeOf = ({ target }: TargetFacts): number => places[target.kind] ?? 0

/** Old versions first, so that what is left if something ends early is the newest; the same facts, the same order. */
const inOrder = (targets: readonly TargetFacts[]): readonly TargetFacts[] =>
  [...targets].sort(
    (one, other) =>
      placeOf(one) - placeOf(other) ||
      (one.createdAt ?? '').localeCompare(other.createdAt ?? '') ||
      one.target.id.localeCompare(other.target.id)
  )

const cautionsOf = (
  facts: TargetFacts,
  removedIds: ReadonlySet<string>
): readonly DeletionCaution[] => {
  if (isVersion(facts)) return versionCautions(facts)
  return facts.target.kind === 'file' ? fileCautions(facts) : modelCautions(facts, removedIds)
}

type Keeping = Extract<Survivor['reason'], 'kept' | 'not-readable'>

/**
 * Why a clean-up leaves a version; null if it does not. Whoever is asked to keep the newest, or what is deployed, also
 * keeps what may be that: a version of unknown age, one of a list that could not be read whole, and one of which nobody
 * can say that no deployment runs it.
 */
const keptByCleanup = ({ subject, targets, incomplete }: PlanFacts) => {
  if (subject.scope !== 'cleanup') return () => null
  const { keepNewest, keepDeployed, createdBeforeAt } = subject
  const isListed = !incomplete.includes('version')
  const dated = inOrder(targets).filter(
    (facts) => isVersion(facts) && !isGone(facts) && facts.createdAt !== null
  )
  const newest = new Set([...dated].reverse().slice(0, keepNewest))
  return (facts: TargetFacts): Keeping | null => {
    const deployed = keepDeployed ? noteOf(facts, 'deployed').finding : 'does-not-hold'
    if (newest.has(facts) || deployed === 'holds') return 'kept'
    if (!isListed || facts.createdAt === null || deployed === 'not-checked') return 'not-readable'
    return createdBeforeAt !== null && facts.createdAt >= createdBeforeAt ? 'kept' : null
  }
}

const effects: Readonly<Partial<Record<TargetKind, Pick<PlanStep, 'goes' | 'stays'>>>> = {
  version: { goes: ['version', 'predictions-and-files'], stays: ['weights-perhaps'] },
  model: { goes: ['model', 'model-page'], stays: [] },
  file: { goes: ['uploaded-file'], stays: [] }
}

const stepOf = (facts: TargetFacts, id: string): PlanStep => ({
  id,
  target: facts.target,
  name: facts.name,
  mode: 'permanent',
  relation: facts.relation,
  ...(effects[facts.target.kind] ?? { goes: [], stays: [] }),
  cautions: [],
  after: [],
  statusRaw: facts.statusRaw,
  createdAt: facts.createdAt
})

const survivor = ({ target, name }: TargetFacts, reason: Survivor['reason']): Survivor => ({
  kind: target.kind,
  id: target.id,
  name,
  reason
})

interface Chosen {
  readonly facts: TargetFacts
  readonly step: PlanStep
}

/** Every thing of the plan with its step, numbered before anything is taken out, so that choices do not renumber. */
const numbered = ({ subject, targets }: PlanFacts): readonly Chosen[] =>
  inOrder(targets)
    // A clean-up is for the versions that are there; the model itself was only named.
    .filter((one) => subject.scope !== 'cleanup' || (isVersion(one) && !isGone(one)))
    .map((facts, index) => ({ facts, step: stepOf(facts, `s${index + 1}`) }))

const unknownsOf = (facts: PlanFacts, steps: readonly PlanStep[]): PlanDraft['unknowns'] => {
  if (steps.length === 0) return facts.incomplete.length > 0 ? ['listing-incomplete'] : []
  const hasVersions = steps.some(isVersion)
  return [
    'provider-may-refuse',
    ...(hasVersions ? (['removal-takes-minutes', 'weights'] as const) : []),
    'backups',
    ...(facts.incomplete.length > 0 ? (['listing-incomplete'] as const) : [])
  ]
}

/**
 * What would be deleted, in order: versions before the model that they stand in the way of. A step that is blocked stays
 * in the plan with its reasons, is named among what survives, and is not to be run; the others may.
 */
export const planDeletion = (facts: PlanFacts, choices: PlanChoices): PlanDraft => {
  const all = numbered(facts)
  const keepingOf = keptByCleanup(facts)
  const isKept = ({ facts: target, step }: Chosen): boolean =>
    keepingOf(target) !== null ||
    choices.without.includes(step.id) ||
    choices.byKind[target.target.kind] === 'keep'
  const chosen = all.filter((one) => !isKept(one))
  const versions = chosen
    .filter(({ facts: target }) => isVersion(target))
    .map(({ facts: target, step }) => ({ ...step, cautions: [...versionCautions(target)] }))
  const running = versions.filter((step) => !blocks(step))
  const removedIds = new Set(running.map(({ target }) => target.id.toLowerCase()))
  const models = chosen
    .filter(({ facts: { target } }) => target.kind === 'model')
    .map(({ facts: target, step }) => ({
      ...step,
      cautions: [...modelCautions(target, removedIds)],
      after: running
        .filter((version) => modelOf(version.target.id) === target.target.id)
        .map(({ id }) => id)
    }))
  const files = chosen
    .filter(({ facts: { target } }) => target.kind === 'file')
    .map(({ facts: target, step }) => ({ ...step, cautions: [...fileCautions(target)] }))
  const steps = [...versions, ...models, ...files].slice(0, mostSteps)
  const blocked = new Set(steps.filter(blocks).map(({ id }) => id))
  /** Taken out because it could not go, not because it was wanted. */
  const isStuck = ({ facts: target, step }: Chosen): boolean =>
    choices.without.includes(step.id) &&
    cautionsOf(target, removedIds).some(({ level }) => level === 'blocks')
  return {
    steps,
    survives: [
      ...all
        .filter(({ step }) => blocked.has(step.id))
        .map((one) => survivor(one.facts, 'blocked')),
      ...all
        .filter(isKept)
        .map((one) =>
          survivor(one.facts, isStuck(one) ? 'blocked' : (keepingOf(one.facts) ?? 'kept'))
        ),
      ...facts.notOffered.map((evidence): Survivor => ({ ...evidence, reason: 'not-offered' }))
    ].slice(0, MOST_SURVIVORS),
    unknowns: unknownsOf(facts, steps)
  }
}
