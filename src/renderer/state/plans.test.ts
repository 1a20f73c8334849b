import { describe, expect, it } from 'vitest'
import { testPlan, testStep } from '../../../test/renderer/plan.ts'
import {
  cautionsOf,
  choiceOf,
  groupsOf,
  isSamePlan,
  isTokenFresh,
  otherSurvivors,
  withKindChoice,
  withoutSteps,
  withStep
} from './plans.ts'

const ofKind = (kind: 'video' | 'persona', id: string) => {
  const step = testStep(id)
  return { ...step, target: { ...step.target, kind } }
}

describe('isSamePlan', () => {
  it('looks past the confirmation and the times, at what would happen', () => {
    const plan = testPlan()
    expect(isSamePlan(plan, { ...plan, token: 'u'.repeat(43), planId: 'plan_00000002' })).toBe(true)
    expect(isSamePlan(plan, { ...plan, steps: [testStep('r1', { mode: 'soft' })] })).toBe(false)
    expect(isSamePlan(plan, { ...plan, unknowns: ['backups'] })).toBe(false)
  })
})

describe('isTokenFresh', () => {
  it('leaves time to send it', () => {
    const plan = testPlan({ expiresAt: '2026-11-22T10:01:00.000Z' })
    expect(isTokenFresh(plan, Date.parse('2026-11-22T10:00:50.000Z'))).toBe(true)
    expect(isTokenFresh(plan, Date.parse('2026-11-22T10:00:57.000Z'))).toBe(false)
  })
})

describe('choices', () => {
  it('name only what departs from the mode', () => {
    const all = { mode: 'permanent', byKind: {}, without: [] } as const
    const kept = withKindChoice({ ...all, without: [] }, 'video', 'keep')
    expect(choiceOf(kept, 'video')).toBe('keep')
    expect(withKindChoice(kept, 'video', 'permanent').byKind).toEqual({})
  })

  it('take steps out once and put them back', () => {
    const all = { mode: 'soft' as const, byKind: {}, without: ['s1'] }
    expect(withoutSteps(all, ['s1', 's2']).without).toEqual(['s1', 's2'])
    expect(withStep(all, 's1').without).toEqual([])
  })
})

describe('groupsOf', () => {
  const plan = testPlan({
    choices: { mode: 'permanent', byKind: { persona: 'keep' }, without: ['s-v2'] },
    steps: [ofKind('video', 'v1'), testStep('r1')],
    survives: [
      { kind: 'persona', id: 'p1', name: 'Front desk', reason: 'kept' },
      { kind: 'video', id: 'v2', name: 'Second', reason: 'kept' },
      { kind: 'deployment', id: null, name: null, reason: 'not-known' }
    ]
  })

  it('keeps the order of the steps, with what is kept by its kind at the end', () => {
    expect(groupsOf(plan).map(({ kind, choice }) => `${kind} ${choice}`)).toEqual([
      'video permanent',
      'replica permanent',
      'persona keep'
    ])
  })

  it('leaves the rest of the survivors to be told elsewhere, once', () => {
    expect(otherSurvivors(plan, []).map(({ kind }) => kind)).toEqual(['video', 'deployment'])
    expect(otherSurvivors(plan, [ofKind('video', 'v2')]).map(({ kind }) => kind)).toEqual([
      'deployment'
    ])
  })
})

describe('cautionsOf', () => {
  it('tells each reason once, with all it concerns, what blocks first', () => {
    const warns = { code: 'training-running', level: 'warns', sureness: 'certain' } as const
    const blocks = { code: 'pinned', level: 'blocks', sureness: 'certain' } as const
    const steps = [
      testStep('r1', { cautions: [{ ...warns, evidence: [] }] }),
      testStep('r2', {
        cautions: [
          { ...warns, evidence: [] },
          { ...blocks, evidence: [] }
        ]
      })
    ]
    expect(
      cautionsOf(steps).map(({ caution, steps: concerned }) => [caution.code, concerned.length])
    ).toEqual([
      ['pinned', 1],
      ['training-running', 2]
    ])
  })

  it('joins what several rest on, without counts that are of one alone', () => {
    const deployment = (name: string) => ({ kind: 'deployment', id: name, name }) as const
    const count = (id: string, name: string) => ({ kind: 'prediction', id, name }) as const
    const warns = { code: 'others-ran-it', level: 'warns', sureness: 'unknown' } as const
    const steps = ['a', 'b'].map((name) =>
      testStep(name, {
        cautions: [{ ...warns, evidence: [deployment(name), count('own_of_version', '2')] }]
      })
    )
    expect(cautionsOf(steps).map(({ evidence }) => evidence)).toEqual([
      [deployment('a'), deployment('b')]
    ])
    expect(cautionsOf(steps.slice(0, 1)).map(({ evidence }) => evidence.length)).toEqual([2])
  })
})
