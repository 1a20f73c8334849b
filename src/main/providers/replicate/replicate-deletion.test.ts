import { describe, expect, test } from 'vitest'
import {
  type Cleanup,
  factsOf,
  target
} from '../../../../test/main/providers/replicate/simulated-replicate.ts'
import type { DeletionCaution, Evidence } from '../../../shared/domain/deletion.ts'
import { type PlanChoices, planDraftSchema } from '../../../shared/domain/plan.ts'
import type { FactNote, PlanFacts, TargetFacts } from '../../ports/provider.ts'
import { planDeletion } from './replicate-deletion.ts'

const choices: PlanChoices = { mode: 'permanent', byKind: {}, without: [] }
const model = 'acme/face'
const versionId = (label: string) => `${model}:${label}`

const note = (
  code: FactNote['code'],
  finding: FactNote['finding'],
  isComplete = true,
  evidence: readonly Evidence[] = []
): FactNote => ({ code, finding, isComplete, evidence })

const versionEvidence = (...labels: readonly string[]): readonly Evidence[] =>
  labels.map((label) => ({ kind: 'version', id: versionId(label), name: label }))

/** A target about which everything was asked and nothing speaks against it. */
const free = (id: string, change: Partial<TargetFacts> = {}): TargetFacts =>
  target(id, {
    notes: [
      note('not-owner', 'does-not-hold'),
      note('not-private', 'does-not-hold'),
      ...(id.includes(':')
        ? [note('base-of-training', 'does-not-hold'), note('deployed', 'does-not-hold')]
        : [note('versions-left', 'does-not-hold')])
    ],
    ...change
  })

const withNote = (facts: TargetFacts, ...changed: readonly FactNote[]): TargetFacts => ({
  ...facts,
  notes: [
    ...facts.notes.filter(({ code }) => !changed.some((one) => one.code === code)),
    ...changed
  ]
})

const cautionOf = (facts: PlanFacts, code: DeletionCaution['code']) => {
  const [step] = planDeletion(facts, choices).steps
  const found = step?.cautions.find((one) => one.code === code)
  return found === undefined ? 'none' : `${found.sureness} ${found.level}`
}

describe('every restriction in its degrees', () => {
  test.each<['model' | 'version', FactNote, string]>([
    ['model', note('not-owner', 'holds'), 'certain blocks'],
    ['model', note('not-owner', 'holds', false), 'likely blocks'],
    ['model', note('not-owner', 'not-checked', false), 'unknown blocks'],
    ['model', note('not-owner', 'does-not-hold'), 'none'],
    ['version', note('not-owner', 'holds'), 'certain blocks'],
    ['version', note('not-owner', 'not-checked', false), 'unknown blocks'],
    ['version', note('not-owner', 'does-not-hold'), 'none'],
    ['model', note('not-private', 'holds'), 'certain blocks'],
    ['model', note('not-private', 'holds', false), 'likely blocks'],
    ['model', note('not-private', 'not-checked', false), 'unknown blocks'],
    ['model', note('not-private', 'does-not-hold'), 'none'],
    ['version', note('not-private', 'holds'), 'certain blocks'],
    ['version', note('not-private', 'not-checked', false), 'unknown blocks'],
    ['version', note('not-private', 'does-not-hold'), 'none'],
    ['model', note('versions-left', 'holds', true, versionEvidence('1')), 'certain blocks'],
    ['model', note('versions-left', 'holds', false, versionEvidence('1')), 'certain blocks'],
    ['model', note('versions-left', 'not-checked', false), 'unknown blocks'],
    ['model', note('versions-left', 'does-not-hold'), 'none'],
    ['version', note('others-ran-it', 'not-checked', false), 'unknown warns'],
    ['version', note('base-of-training', 'holds'), 'likely blocks'],
    ['version', note('base-of-training', 'holds', false), 'likely blocks'],
    ['version', note('base-of-training', 'not-checked', false), 'unknown blocks'],
    ['version', note('base-of-training', 'does-not-hold'), 'none'],
    ['version', note('deployed', 'holds'), 'likely blocks'],
    ['version', note('deployed', 'holds', false), 'likely blocks'],
    ['version', note('deployed', 'not-checked', false), 'unknown blocks'],
    ['version', note('deployed', 'does-not-hold'), 'none'],
    ['version', note('overridden', 'not-checked', false), 'unknown warns']
  ])('%s: %j is %s', (kind, told, expected) => {
    const facts = free(kind === 'model' ? model : versionId('1'))
    expect(cautionOf(factsOf([withNote(facts, told)]), told.code)).toBe(expected)
  })

  test.each<[string, Partial<TargetFacts>, DeletionCaution['code'], string]>([
    [model, { origin: 'own' }, 'not-owner', 'none'],
    [model, { origin: null }, 'not-owner', 'unknown warns'],
    [model, { statusRaw: 'private' }, 'not-private', 'none'],
    [model, { statusRaw: 'public' }, 'not-private', 'likely blocks'],
    [model, { statusRaw: 'secret' }, 'not-private', 'unknown warns'],
    [model, {}, 'versions-left', 'unknown warns'],
    [versionId('1'), {}, 'not-private', 'unknown warns'],
    [versionId('1'), {}, 'others-ran-it', 'unknown warns'],
    [versionId('1'), {}, 'base-of-training', 'unknown warns'],
    [versionId('1'), {}, 'deployed', 'unknown warns'],
    [versionId('1'), {}, 'overridden', 'unknown warns']
  ])('of %s, remembered as %j, %s is %s', (id, change, code, expected) => {
    expect(cautionOf(factsOf([target(id, change)]), code)).toBe(expected)
  })

  test.each<[TargetFacts['holds'][number], string]>([
    ['pinned', 'certain blocks'],
    ['read-only-account', 'certain blocks'],
    ['already-asked', 'certain blocks'],
    ['still-unclear', 'certain warns']
  ])('our own %s is %s', (hold, expected) => {
    for (const id of [model, versionId('1')]) {
      expect(cautionOf(factsOf([free(id, { holds: [hold] })]), hold)).toBe(expected)
    }
  })

  test('what is gone is not protected by what could not be read of it', () => {
    const unread = note('deployed', 'not-checked', false)
    const gone = withNote(free(versionId('1'), { status: 'deleted' }), unread)
    expect(cautionOf(factsOf([gone]), 'deployed')).toBe('unknown warns')
  })

  test('others’ runs and overrides are named whatever was found; a name may stay taken', () => {
    const codes = (id: string) =>
      planDeletion(factsOf([free(id)]), choices).steps[0]?.cautions.map(({ code }) => code)
    expect(codes(versionId('1'))).toEqual(['others-ran-it', 'overridden'])
    expect(codes(model)).toEqual(['name-stays-taken'])
  })

  test('evidence comes along, 20 pieces at most', () => {
    const labels = Array.from({ length: 30 }, (_, index) => `v${index}`)
    const told = note('versions-left', 'holds', true, versionEvidence(...labels))
    const { steps } = planDeletion(factsOf([withNote(free(model), told)]), choices)
    const found = steps[0]?.cautions.find(({ code }) => code === 'versions-left')
    expect(found?.evidence).toEqual(versionEvidence(...labels.slice(0, 20)))
  })
})

const dated = (label: string, day: number): TargetFacts =>
  free(versionId(label), {
    relation: 'version-of',
    createdAt: new Date(Date.UTC(2026, 0, day)).toISOString()
  })

const wholeModel = (...labels: readonly string[]): TargetFacts =>
  withNote(free(model), note('versions-left', 'holds', true, versionEvidence(...labels)))

const names = (steps: readonly { readonly target: { readonly id: string } }[]) =>
  steps.map(({ target: { id } }) => id.replace(`${model}:`, ''))

describe('taking a model down', () => {
  const facts = factsOf(
    [wholeModel('a', 'b', 'c'), dated('c', 3), dated('b', 2), dated('a', 1)],
    'teardown'
  )

  test('versions, the oldest first, then the model after all of them', () => {
    const draft = planDeletion(facts, choices)
    expect(planDraftSchema.parse(draft)).toEqual(draft)
    expect(names(draft.steps)).toEqual(['a', 'b', 'c', model])
    expect(draft.steps.map(({ id, after }) => [id, after])).toEqual([
      ['s1', []],
      ['s2', []],
      ['s3', []],
      ['s4', ['s1', 's2', 's3']]
    ])
    expect(draft.steps.map(({ cautions }) => cautions.map(({ level }) => level))).toEqual([
      ['warns', 'warns'],
      ['warns', 'warns'],
      ['warns', 'warns'],
      ['warns']
    ])
    expect(draft.survives).toEqual([])
    expect(draft.unknowns).toEqual([
      'provider-may-refuse',
      'removal-takes-minutes',
      'weights',
      'backups'
    ])
  })

  test('is always permanent, whatever was chosen', () => {
    const soft = planDeletion(facts, { ...choices, mode: 'soft', byKind: { version: 'soft' } })
    expect(new Set(soft.steps.map(({ mode }) => mode))).toEqual(new Set(['permanent']))
    expect(soft.steps[0]?.goes).toEqual(['version', 'predictions-and-files'])
    expect(soft.steps[3]?.goes).toEqual(['model', 'model-page'])
  })

  test('a blocked version leaves the model standing, and the others may go', () => {
    const deployed = note('deployed', 'holds', true, [
      { kind: 'deployment', id: 'acme/live', name: 'acme/live' }
    ])
    const targets = facts.targets.map((one) =>
      one.target.id === versionId('b') ? withNote(one, deployed) : one
    )
    const draft = planDeletion({ ...facts, targets }, choices)
    const blocking = draft.steps.filter(({ cautions }) =>
      cautions.some(({ level }) => level === 'blocks')
    )
    expect(names(blocking)).toEqual(['b', model])
    expect(blocking[1]?.cautions[0]).toEqual({
      code: 'versions-left',
      level: 'blocks',
      sureness: 'certain',
      evidence: versionEvidence('b')
    })
    expect(draft.steps[3]?.after).toEqual(['s1', 's3'])
    expect(draft.survives.map(({ id, reason }) => [id, reason])).toEqual([
      [versionId('b'), 'blocked'],
      [model, 'blocked']
    ])
  })

  test('what the person takes out stays, and blocks the model; ids do not change', () => {
    const draft = planDeletion(facts, { ...choices, without: ['s2'] })
    expect(draft.steps.map(({ id }) => id)).toEqual(['s1', 's3', 's4'])
    expect(draft.steps[2]?.cautions[0]).toMatchObject({
      code: 'versions-left',
      evidence: versionEvidence('b')
    })
    expect(draft.survives.map(({ id, reason }) => [id, reason])).toEqual([
      [model, 'blocked'],
      [versionId('b'), 'kept']
    ])
  })

  test('what was left out because it is blocked survives as blocked, and so does its model', () => {
    const deployed = note('deployed', 'holds', true, [])
    const targets = facts.targets.map((one) =>
      one.target.id === versionId('b') ? withNote(one, deployed) : one
    )
    const draft = planDeletion({ ...facts, targets }, { ...choices, without: ['s2', 's4'] })
    expect(names(draft.steps)).toEqual(['a', 'c'])
    expect(draft.survives.map(({ id, reason }) => [id, reason])).toEqual([
      [versionId('b'), 'blocked'],
      [model, 'blocked']
    ])
  })

  test('a model that is kept is not in the way of its versions', () => {
    const draft = planDeletion(facts, { ...choices, byKind: { model: 'keep' } })
    expect(names(draft.steps)).toEqual(['a', 'b', 'c'])
    expect(draft.survives).toEqual([{ kind: 'model', id: model, name: model, reason: 'kept' }])
  })

  test('versions that could not be listed whole are never taken for none', () => {
    const partly = withNote(
      free(model),
      note('versions-left', 'holds', false, versionEvidence('a'))
    )
    const draft = planDeletion(
      { ...factsOf([partly, dated('a', 1)], 'teardown'), incomplete: ['version'] },
      choices
    )
    expect(draft.steps[1]?.cautions[0]).toMatchObject({
      code: 'versions-left',
      level: 'blocks',
      sureness: 'unknown'
    })
    expect(draft.unknowns).toContain('listing-incomplete')
  })

  test('trainings stay, for nobody can delete one', () => {
    const training: Evidence = { kind: 'training', id: 't1', name: versionId('a') }
    const draft = planDeletion({ ...facts, notOffered: [training] }, choices)
    expect(draft.survives).toEqual([{ ...training, reason: 'not-offered' }])
  })
})

describe('clearing old versions away', () => {
  const deployed = note('deployed', 'holds', true, [
    { kind: 'deployment', id: 'acme/live', name: 'acme/live' }
  ])
  const targets = [
    wholeModel('a', 'b', 'c', 'd'),
    dated('d', 4),
    dated('c', 3),
    withNote(dated('b', 2), deployed),
    dated('a', 1)
  ]
  const cleanup: Cleanup = {
    scope: 'cleanup',
    keepNewest: 1,
    keepDeployed: true,
    createdBeforeAt: null
  }
  const plan = (change: Partial<Cleanup> = {}, more = targets) =>
    planDeletion(factsOf(more, { ...cleanup, ...change }), choices)

  test('keeps the newest and what is deployed; the model is no part of it', () => {
    const draft = plan()
    expect(names(draft.steps)).toEqual(['a', 'c'])
    expect(draft.survives.map(({ id, reason }) => [id, reason])).toEqual([
      [versionId('b'), 'kept'],
      [versionId('d'), 'kept']
    ])
  })

  test('what is deployed is blocked if it was not to be kept', () => {
    const draft = plan({ keepDeployed: false, keepNewest: 0 })
    expect(names(draft.steps)).toEqual(['a', 'b', 'c', 'd'])
    expect(draft.survives).toMatchObject([{ id: versionId('b'), reason: 'blocked' }])
  })

  test('keeps what is not older, and what is of unknown age', () => {
    const ageless = { ...dated('e', 1), createdAt: null }
    const draft = plan({ keepNewest: 0, createdBeforeAt: '2026-01-03T00:00:00.000Z' }, [
      ...targets,
      ageless
    ])
    expect(names(draft.steps)).toEqual(['a'])
    expect(draft.survives.map(({ id, reason }) => [id, reason])).toEqual([
      [versionId('e'), 'not-readable'],
      [versionId('b'), 'kept'],
      [versionId('c'), 'kept'],
      [versionId('d'), 'kept']
    ])
  })

  test('keeps what may be deployed, where nobody can say that it is not', () => {
    const unread = note('deployed', 'not-checked', false)
    const draft = plan(
      {},
      targets.map((one) => withNote(one, unread))
    )
    expect(draft.steps).toEqual([])
    expect(draft.survives.map(({ reason }) => reason)).toEqual([
      'not-readable',
      'not-readable',
      'not-readable',
      'kept'
    ])
  })

  test('keeps all of a list that was not read whole: nobody can say which are the newest', () => {
    const facts = { ...factsOf(targets, cleanup), incomplete: ['version'] as const }
    const draft = planDeletion(facts, choices)
    expect(draft.steps).toEqual([])
    expect(draft.unknowns).toEqual(['listing-incomplete'])
  })

  test('what is gone already is not among the newest, and nothing is asked for it', () => {
    const [whole, newest, ...rest] = targets
    if (whole === undefined || newest === undefined) throw new Error('There are five')
    const draft = plan({}, [whole, { ...newest, status: 'deleted' }, ...rest])
    expect(names(draft.steps)).toEqual(['a'])
    expect(draft.survives.map(({ id }) => id)).toEqual(['b', 'c'].map((label) => versionId(label)))
  })

  test('more than there are leaves nothing to do', () => {
    expect(plan({ keepNewest: 9 })).toMatchObject({ steps: [], unknowns: [] })
  })
})
