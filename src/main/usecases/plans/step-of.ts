import { isStepChange } from '../../../shared/catalogue/kinds.ts'
import type { DeletionPlan, PlanStep } from '../../../shared/domain/plan.ts'
import type { AskedChange } from '../../ports/provider.ts'
import type { BatchRecord, Operation, Store } from '../../ports/store.ts'

/** The step of its plan that an operation carries out; null where the plan is not known any more. */
export const stepOf = (
  batch: Pick<BatchRecord, 'planJson'> | null,
  { stepId }: Pick<Operation, 'stepId'>
): PlanStep | null => {
  if (batch === null) return null
  const { steps } = JSON.parse(batch.planJson) as DeletionPlan
  return steps.find(({ id }) => id === stepId) ?? null
}

/** What was asked in place of a deletion; null of a deletion. Plans are read for changes alone. */
export const askedChangeOf = (
  store: Pick<Store, 'read'>,
  operation: Operation
): AskedChange | null => {
  const { mode, batchId } = operation
  if (mode === null || !isStepChange(mode)) return null
  const batch = mode === 'repoint' && batchId !== null ? store.read.batch(batchId) : null
  return { mode, repoint: stepOf(batch, operation)?.repoint }
}
