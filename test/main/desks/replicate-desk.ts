import type { Batch } from '../../../src/shared/domain/batch.ts'
import type { DeletionPlan, PlanSubject } from '../../../src/shared/domain/plan.ts'
import type { ReplicateOptions } from '../../sandbox/faulty-replicate.ts'
import { type ReplicateSandbox, startReplicateSandbox } from '../../sandbox/faulty-replicate.ts'
import { unwrap } from './desk.ts'
import { createTestTime } from './test-time.ts'
import { permanently, startTimedDesk, type TimedDesk } from './timed-desk.ts'

/** The use cases for one account at a simulated Replicate. */
export interface ReplicateDesk extends Omit<TimedDesk<ReplicateSandbox>, 'plan'> {
  plan(
    subject: PlanSubject,
    without?: (plan: DeletionPlan) => readonly string[]
  ): Promise<DeletionPlan>
  /** Confirms a plan and answers its batch as soon as it is so. */
  run(plan: DeletionPlan, isSo?: (batch: Batch) => boolean): Promise<Batch>
  /** Paths that were asked for deletion, in order. */
  deletes(): readonly string[]
}

export const isOver = ({ state }: Batch): boolean => state === 'finished' || state === 'canceled'

/** Steps that something stands against. */
export const blockedSteps = ({ steps }: DeletionPlan): readonly string[] =>
  steps
    .filter(({ cautions }) => cautions.some(({ level }) => level === 'blocks'))
    .map(({ id }) => id)

export const startReplicateDesk = async (
  options: ReplicateOptions = {}
): Promise<ReplicateDesk> => {
  let sandbox: ReplicateSandbox | null = null
  const time = createTestTime(() => sandbox?.requests ?? [])
  sandbox = await startReplicateSandbox({
    seedData: 'sample',
    now: time.clock.nowMs,
    ...options
  })
  const pace = { parallel: 1, gapMs: 1_000 }
  const desk = await startTimedDesk({ provider: 'replicate', sandbox, time, pace })
  await desk.done(desk.library.refresh(desk.accountId))
  const { requests } = sandbox
  // The desk's own parts are read through it, since a restart replaces them.
  return Object.assign(Object.create(desk) as TimedDesk<ReplicateSandbox>, {
    plan: async (subject: PlanSubject, without?: (plan: DeletionPlan) => readonly string[]) => {
      const made = unwrap(await desk.plan(subject))
      const left = without?.(made) ?? []
      return left.length === 0
        ? made
        : unwrap(desk.choose(made.planId, { ...permanently, without: [...left] }))
    },
    run: (plan: DeletionPlan, isSo: (batch: Batch) => boolean = isOver) =>
      desk.until(desk.start(plan).id, isSo),
    deletes: () => requests.filter(({ method }) => method === 'DELETE').map(({ path }) => path)
  })
}
