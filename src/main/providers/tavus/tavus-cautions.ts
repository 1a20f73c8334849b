import type { TargetRef } from '../../../shared/domain/asset.ts'
import type { DeletionCaution, Evidence, StepMode } from '../../../shared/domain/deletion.ts'
import type { PlanFacts, TargetFacts } from '../../ports/provider.ts'

/** Failed less than this ago, a training may still be refunded; deleting it can stop that (reference: Tavus's replica FAQ). */
const refundWindowMs = 24 * 60 * 60 * 1000
const mostEvidence = 20

export const nameOfTarget = ({ kind, id }: Pick<TargetRef, 'kind' | 'id'>): string =>
  `${kind}/${id}`

export const toEvidence = ({ target, name }: TargetFacts): Evidence => ({
  kind: target.kind,
  id: target.id,
  name
})

const ours: Readonly<Record<TargetFacts['holds'][number], DeletionCaution['level']>> = {
  pinned: 'blocks',
  'read-only-account': 'blocks',
  'already-asked': 'blocks',
  'still-unclear': 'warns',
  'not-gone-yet': 'warns'
}

/** When it failed is not told, only when the row last changed; without even that nobody can say. */
const failedRecently = (
  { status, updatedAt, createdAt }: TargetFacts,
  madeAt: string
): readonly DeletionCaution[] => {
  if (status !== 'failed') return []
  const changedAt = updatedAt ?? createdAt
  const isOld = changedAt !== null && Date.parse(madeAt) - Date.parse(changedAt) >= refundWindowMs
  if (isOld) return []
  const sureness = changedAt === null ? 'unknown' : 'likely'
  return [{ code: 'failed-recently', level: 'warns', sureness, evidence: [] }]
}

/** A conversation that is under way itself. */
const isSpoken = ({ target, statusRaw }: TargetFacts): boolean =>
  target.kind === 'conversation' && statusRaw?.trim().toLowerCase() === 'active'

/**
 * A replica that somebody speaks with right now. A permanent deletion is held back while such a conversation is not
 * itself part of what goes; Tavus does not say what it does to one that is under way.
 */
const spokenWith = (
  facts: TargetFacts,
  mode: StepMode,
  goes: ReadonlySet<string>
): readonly DeletionCaution[] =>
  facts.notes
    .filter(({ code, finding }) => code === 'active-conversation' && finding === 'holds')
    .map(({ evidence, isComplete }) => {
      const stays = evidence.filter(
        ({ kind, id }) => id === null || kind !== 'conversation' || !goes.has(`${kind}/${id}`)
      )
      return {
        code: 'active-conversation',
        level: mode === 'permanent' && stays.length > 0 ? 'blocks' : 'warns',
        sureness: isComplete ? 'certain' : 'likely',
        evidence: evidence.slice(0, mostEvidence)
      } as const
    })

/** A caution that stands on a note of the same name. */
const noted = (
  { notes }: TargetFacts,
  code: DeletionCaution['code']
): TargetFacts['notes'][number] | undefined => notes.find((note) => note.code === code)

/** Tavus deletes no voice that a replica or persona refers to; those that go before it do not count. */
const usedVoice = (facts: TargetFacts, goes: ReadonlySet<string>): readonly DeletionCaution[] => {
  const note = noted(facts, 'voice-in-use')
  if (note === undefined) return []
  const evidence = note.evidence.filter(({ kind, id }) => id === null || !goes.has(`${kind}/${id}`))
  if (note.finding === 'holds' && evidence.length > 0) {
    return [{ code: note.code, level: 'blocks', sureness: 'certain', evidence }]
  }
  return note.finding === 'not-checked' || !note.isComplete
    ? [{ code: note.code, level: 'warns', sureness: 'unknown', evidence: [] }]
    : []
}

/** What goes on using a PAL that is deleted: talks that are under way, and pages that stay on the web. */
const usedPal = (
  facts: TargetFacts,
  mode: StepMode,
  goes: ReadonlySet<string>
): readonly DeletionCaution[] => {
  const note = mode === 'repoint' ? undefined : noted(facts, 'pal-in-use')
  if (note === undefined) return []
  const evidence = note.evidence.filter(({ kind, id }) => id === null || !goes.has(`${kind}/${id}`))
  if (evidence.length > 0) {
    return [{ code: note.code, level: 'warns', sureness: 'certain', evidence }]
  }
  return note.isComplete
    ? []
    : [{ code: note.code, level: 'warns', sureness: 'unknown', evidence: [] }]
}

/** Nobody tells whose a voice is, so what is not certain about it is said. */
const joinedVoice = (facts: TargetFacts): readonly DeletionCaution[] => {
  const note = noted(facts, 'perhaps-not-its-voice')
  if (note === undefined || note.finding === 'does-not-hold') return []
  const sureness = note.finding === 'holds' ? 'likely' : 'unknown'
  return [{ code: note.code, level: 'warns', sureness, evidence: [...note.evidence] }]
}

const certain = (
  code: DeletionCaution['code'],
  level: DeletionCaution['level'],
  holds: boolean
): readonly DeletionCaution[] => (holds ? [{ code, level, sureness: 'certain', evidence: [] }] : [])

const stockCode = (kind: TargetFacts['target']['kind']): DeletionCaution['code'] =>
  kind === 'voice' || kind === 'persona' ? `stock-${kind}` : 'stock-replica'

/** What speaks against deleting one thing. `goes`: names of everything that the plan would delete. */
export const cautionsOf = (
  target: TargetFacts,
  mode: StepMode,
  facts: PlanFacts,
  goes: ReadonlySet<string>
): DeletionCaution[] => [
  ...target.holds.flatMap((code) => certain(code, ours[code], true)),
  ...certain(stockCode(target.target.kind), 'blocks', target.origin === 'stock'),
  ...certain('training-running', 'warns', target.status === 'training'),
  ...certain('active-conversation', 'warns', isSpoken(target)),
  ...failedRecently(target, facts.madeAt),
  ...spokenWith(target, mode, goes),
  ...usedVoice(target, goes),
  ...usedPal(target, mode, goes),
  ...joinedVoice(target)
]
