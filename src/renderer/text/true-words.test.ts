import { describe, expect, it } from 'vitest'
import { testBatch } from '../../../test/renderer/batch.ts'
import { testPlan, testStep } from '../../../test/renderer/plan.ts'
import { providers } from '../../shared/catalogue/providers.ts'
import type { PersonId } from '../../shared/domain/person.ts'
import { leftOfModel, partOfPlan } from '../state/plans.ts'
import { batchHeading, batchSubject, holdSpoken, stillHoldText, whoOf } from './batch-words.ts'
import { whoKeepsAll } from './kind-words.ts'
import { batchNotice } from './notice-words.ts'
import { planTitle } from './plan-words.ts'
import { anyOf } from './time-words.ts'

describe('a name', () => {
  const named = testBatch({ names: ['way-0'] })
  it('is written as its owner writes it, wherever it stands', () => {
    expect(batchHeading(named, 'replica')).toBe('way-0')
    expect(batchSubject(named, 'replica')).toBe('way-0')
    const undone = testBatch({ names: ['way-0'], counts: { canceled: 1 } })
    expect(batchNotice('undone', undone, 'replica', 'Tavus').title).toBe('Deletion of way-0 undone')
    const held = { waitsFor: 'person', heldUntilAt: null } as const
    const names = { subject: 'way-0', heading: batchHeading(named, 'replica') }
    expect(stillHoldText(held, names, true)).toBe('Deletion of way-0 paused')
  })

  it('is led by words that begin a line', () => {
    expect(batchHeading(testBatch({ scope: 'likeness', title: 'way-0' }), null)).toBe(
      'The likeness of way-0'
    )
  })
})

describe('who it is about', () => {
  const both = whoOf(['tavus', 'replicate'])
  it('is the one provider, or any of them where there are several', () => {
    expect(whoOf(['replicate', 'replicate'])).toBe('Replicate')
    expect(whoKeepsAll(['model', 'version'])).toBe('Replicate')
    expect(whoKeepsAll(['replica', 'version'])).toBe(both)
    expect(whoKeepsAll([])).toBe(anyOf(Object.values(providers).map(({ name }) => name)))
    expect(both).toBe('Tavus or Replicate')
  })
})

describe('what stands still', () => {
  const names = { subject: 'Amara', heading: 'Amara' }
  const restart = { waitsFor: 'restart', heldUntilAt: null } as const
  it('is read out as it is written', () => {
    expect(stillHoldText(restart, names, true)).toBe('Deletion of Amara paused when the app closed')
    expect(stillHoldText(restart, names, false)).toBe(
      'Deletion of Amara was in progress when the app closed'
    )
    expect(stillHoldText({ waitsFor: 'sleep', heldUntilAt: null }, names, true)).toBe(
      'Deletion of Amara paused when the computer went to sleep'
    )
    expect(
      stillHoldText({ waitsFor: null, heldUntilAt: '2026-11-22T10:00:10.000Z' }, names, true)
    ).toBeNull()
    expect(holdSpoken('Amara', 10_000)).toContain('Deleting Amara in 10 seconds')
  })
})

describe('the title of a teardown', () => {
  const version = (id: string) =>
    testStep(id, { target: { ...testStep(id).target, kind: 'version' } })
  const model = testStep('m', { target: { ...testStep('m').target, kind: 'model' } })
  const subject = { scope: 'teardown', ref: { ...testStep('m').target, kind: 'model' } } as const
  const titleOf = (
    steps: readonly ReturnType<typeof testStep>[],
    takenOut: readonly ReturnType<typeof testStep>[]
  ) =>
    planTitle({
      subject,
      kind: 'model',
      count: 1,
      name: 'portrait-lora',
      left: leftOfModel({
        subject,
        takenOut,
        plan: { kind: 'ready', value: testPlan({ subject, steps: [...steps] }) }
      })
    })
  const [a, b, c] = [version('a'), version('b'), version('c')]

  it('names what is left of it', () => {
    expect(titleOf([a, b, c, model], [])).toBe('Delete model portrait-lora with all versions')
    expect(titleOf([a, b], [c, model])).toBe('Delete 2 of 3 versions of portrait-lora')
    expect(titleOf([a, b, c], [model])).toBe('Delete 3 versions of portrait-lora')
    expect(titleOf([], [a, b, c, model])).toBe('Nothing of portrait-lora is left to delete')
  })
})

describe('the title of a plan that some of was excluded from', () => {
  const [one, two, three] = [testStep('a'), testStep('b'), testStep('c')]
  const titleOf = (scope: 'assets' | 'person', takenOut: readonly ReturnType<typeof testStep>[]) =>
    planTitle({
      subject:
        scope === 'assets' ? { scope, refs: [] } : { scope, personId: 'per_00000001' as PersonId },
      kind: 'replica',
      count: 3,
      name: 'Mia Chen',
      part: partOfPlan({
        plan: {
          kind: 'ready',
          value: testPlan({ steps: takenOut.length === 0 ? [one, two, three] : [one, two] })
        },
        takenOut
      })
    })

  it('says how many are left', () => {
    expect(titleOf('assets', [])).toBe('Delete 3 replicas permanently')
    expect(titleOf('assets', [three])).toBe('Delete 2 of 3 replicas permanently')
    expect(titleOf('person', [three])).toBe(
      'Delete everything with Mia Chen’s likeness: 2 of 3 items'
    )
  })
})
