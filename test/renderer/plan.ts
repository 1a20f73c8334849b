import type { TargetRef } from '../../src/shared/domain/asset.ts'
import type { DeletionPlan, PlanStep } from '../../src/shared/domain/plan.ts'

/** One step of a plan for tests; what a test is about it says itself. */
export const testStep = (id: string, changes: Partial<PlanStep> = {}): PlanStep => ({
  id: `s-${id}`,
  target: { accountId: 'acc_00000001', kind: 'replica', id } as TargetRef,
  name: 'Amara',
  mode: 'permanent',
  relation: 'asked',
  goes: ['replica'],
  stays: [],
  cautions: [],
  after: [],
  statusRaw: null,
  createdAt: null,
  ...changes
})

/** A plan of one step whose confirmation is fresh for an hour. */
export const testPlan = (changes: Partial<DeletionPlan> = {}): DeletionPlan => ({
  planId: 'plan_00000001',
  token: 't'.repeat(43),
  expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  madeAt: '2026-11-22T10:00:00.000Z',
  subject: { scope: 'assets', refs: [] },
  choices: { mode: 'permanent', byKind: {}, without: [] },
  title: 'Amara',
  steps: [testStep('r1')],
  survives: [],
  unknowns: [],
  canRun: true,
  ...changes
})
