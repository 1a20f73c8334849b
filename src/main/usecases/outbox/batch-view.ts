import { type ItemState, isUnsent, noItems } from '../../../shared/catalogue/item-states.ts'
import type { Batch, BatchItem, ProofCheck } from '../../../shared/domain/batch.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { BatchRecord, Operation, ProofRecord } from '../../ports/store.ts'

const mostNames = 3
const mostAccounts = 50
/** Fewer tell nothing of how fast it goes. */
const fewestEnded = 3

export const countStates = (
  items: Iterable<Pick<Operation, 'state'>>
): Record<ItemState, number> => {
  const counts = { ...noItems }
  for (const { state } of items) counts[state] += 1
  return counts
}

const newest = (items: readonly Operation[]): Operation | null =>
  items.reduce<Operation | null>(
    (last, item) =>
      last === null || (item.finishedAt ?? '') >= (last.finishedAt ?? '') ? item : last,
    null
  )

/** A refusal tells more than what was held back because of it; of what is gone no error matters any more. */
const lastErrorOf = (items: readonly Operation[]): AppError | null => {
  const failed = items.filter(({ state, error }) => error !== null && state !== 'gone')
  const refused = failed.filter(({ state }) => state !== 'canceled')
  return newest(refused.length > 0 ? refused : failed)?.error ?? null
}

/** From the pace so far; null before there is one. */
export const timeLeftMs = (
  items: Iterable<Pick<Operation, 'state'>>,
  pace: { readonly sinceMs: number; readonly ended: number } | null,
  nowMs: number
): number | null => {
  if (pace === null || pace.ended < fewestEnded) return null
  let left = 0
  for (const { state } of items) if (isUnsent(state) || state === 'sent') left += 1
  return Math.round(((nowMs - pace.sinceMs) / pace.ended) * left)
}

/** The batch as the window shows it. */
export const viewBatch = (
  record: BatchRecord,
  items: readonly Operation[],
  leftMs: number | null
): Batch => ({
  id: record.id,
  scope: record.scope,
  mode: record.mode,
  title: record.title,
  state: record.state,
  waitsFor: record.waitsFor,
  waitsUntilAt: record.waitsUntilAt,
  heldUntilAt: record.heldUntilAt,
  holdLeftMs: record.holdLeftMs,
  runAt: record.runAt,
  askedAt: record.askedAt,
  endedAt: record.endedAt,
  changes: [...record.changes],
  total: items.length,
  counts: countStates(items),
  timeLeftMs: record.state === 'running' ? leftMs : null,
  accountIds: [...new Set(items.map(({ accountId }) => accountId))].slice(0, mostAccounts),
  names: items.slice(0, mostNames).map(({ assetName }) => assetName),
  lastError: lastErrorOf(items),
  isDismissed: record.isDismissed
})

const toCheck = ({ what, dueAt, checkedAt, result }: ProofRecord): ProofCheck => ({
  what,
  dueAt,
  checkedAt,
  result
})

/** One deletion as the window shows it. */
export const viewItem = (item: Operation, proofs: readonly ProofRecord[]): BatchItem => ({
  operationId: item.id,
  // Only deletions are shown, and these always name their target.
  target: {
    accountId: item.accountId,
    kind: item.assetKind,
    id: item.assetId as BatchItem['target']['id']
  },
  name: item.assetName,
  mode: item.mode ?? 'soft',
  state: item.state,
  askedAt: item.askedAt,
  sentAt: item.sentAt,
  finishedAt: item.finishedAt,
  httpStatus: item.httpStatus,
  error: item.error,
  found: item.found,
  checks: proofs.slice(0, 50).map(toCheck)
})
