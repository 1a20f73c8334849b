import { describe, expect, it } from 'vitest'
import type { AssetKind } from '../../../shared/catalogue/kinds.ts'
import { targetRefSchema } from '../../../shared/domain/asset.ts'
import type { DeletionMode } from '../../../shared/domain/deletion.ts'
import type { PlanStep } from '../../../shared/domain/plan.ts'
import { type Confirmable, createConfirmations } from './confirmations.ts'

const step = (id: string, mode: DeletionMode, kind: AssetKind = 'replica'): PlanStep => ({
  id,
  target: targetRefSchema.parse({ accountId: 'acc_0123456789abcdef', kind, id: `r${id}` }),
  name: id,
  mode,
  relation: 'asked',
  goes: [],
  stays: [],
  cautions: [],
  after: [],
  statusRaw: null,
  createdAt: null
})

const planOf = (steps: readonly PlanStep[], change: Partial<Confirmable> = {}): Confirmable => ({
  planId: 'plan_0123456789abcdef',
  steps: [...steps],
  choices: { mode: 'soft', byKind: {}, without: [] },
  ...change
})
const plan = planOf([step('a', 'soft'), step('b', 'soft')])

const setUp = () => {
  const time = { ms: 0, wall: Date.parse('2026-01-01T00:00:00Z') }
  const confirmations = createConfirmations({
    nowAt: () => new Date(time.wall).toISOString(),
    monotonicMs: () => time.ms,
    wait: async () => undefined
  })
  const { token } = confirmations.mint(plan)
  return { time, confirmations, token }
}

describe('a confirmation', () => {
  it('works once, for what it was minted for', () => {
    const { confirmations, token } = setUp()
    expect(confirmations.hasOpen()).toBe(true)
    expect(confirmations.use(token, planOf([step('a', 'soft'), step('b', 'soft')]))).toBe(true)
    expect(confirmations.hasOpen()).toBe(false)
    expect(confirmations.use(token, plan)).toBe(false)
  })

  it.each<[string, Confirmable | null]>([
    ['no plan', null],
    ['another plan', planOf(plan.steps, { planId: 'plan_fedcba9876543210' })],
    ['fewer steps', planOf([step('a', 'soft')])],
    ['more steps', planOf([...plan.steps, step('c', 'soft')])],
    ['another thing', planOf([step('a', 'soft'), step('c', 'soft')])],
    ['a thing of another kind', planOf([step('a', 'soft'), step('b', 'soft', 'video')])],
    ['one step in another mode', planOf([step('a', 'soft'), step('b', 'permanent')])],
    ['another order', planOf([step('b', 'soft'), step('a', 'soft')])],
    ['another wait', planOf([step('a', 'soft'), { ...step('b', 'soft'), after: ['a'] }])],
    [
      'another choice of mode',
      planOf(plan.steps, { choices: { mode: 'permanent', byKind: {}, without: [] } })
    ]
  ])('is refused for %s, and is used up by the try', (_what, other) => {
    const { confirmations, token } = setUp()
    expect(confirmations.use(token, other)).toBe(false)
    expect(confirmations.use(token, plan)).toBe(false)
  })

  it.each([
    [60_000, true],
    [60_001, false]
  ])('after %i ms it still works: %s', (ms, works) => {
    const { confirmations, token, time } = setUp()
    time.ms = ms
    expect(confirmations.hasOpen()).toBe(works)
    expect(confirmations.use(token, plan)).toBe(works)
  })

  it('is neither shortened nor prolonged by a change of the clock', () => {
    const { confirmations, token, time } = setUp()
    time.wall += 365 * 86_400_000
    expect(confirmations.use(token, plan)).toBe(true)
  })

  it('cannot be guessed from another', () => {
    const { confirmations } = setUp()
    const tokens = new Set(Array.from({ length: 100 }, () => confirmations.mint(plan).token))
    expect(tokens.size).toBe(100)
    expect([...tokens].every((token) => /^[A-Za-z0-9_-]{43}$/.test(token))).toBe(true)
  })
})
