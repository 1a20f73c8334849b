import type { ItemState } from '../../shared/catalogue/item-states.ts'
import type { Batch } from '../../shared/domain/batch.ts'

/** Nothing more will happen to it by itself, except later looks. */
export const isEnded = ({ state }: Pick<Batch, 'state'>): boolean =>
  state === 'finished' || state === 'canceled'

const unsent: readonly ItemState[] = ['planned', 'held', 'queued', 'canceled']

const sumOf = ({ counts }: Pick<Batch, 'counts'>, states: readonly ItemState[]): number =>
  states.reduce((sum, state) => sum + counts[state], 0)

/** How many requests have left this computer. */
export const sentCount = (batch: Pick<Batch, 'counts' | 'total'>): number =>
  batch.total - sumOf(batch, unsent)

/** How many have an end that is known; what was accepted counts, as the provider goes on alone. */
export const settledCount = (batch: Pick<Batch, 'counts'>): number =>
  sumOf(batch, ['done', 'gone', 'accepted', 'already-gone', 'not-found', 'refused', 'canceled'])

/**
 * What can be tried again once a batch has ended: what was refused, accepted without an end, or held back at the last
 * moment for a reason that is not the person's.
 */
export const canRetry = ({ counts, lastError }: Pick<Batch, 'counts' | 'lastError'>): boolean =>
  counts.refused > 0 || counts.accepted > 0 || (counts.canceled > 0 && lastError !== null)

/** How many may still be taken back by canceling. */
export const unsentCount = (batch: Pick<Batch, 'counts'>): number =>
  sumOf(batch, ['planned', 'held', 'queued'])

/** True while Undo takes all of it back. */
export const isUndoable = (batch: Batch): boolean =>
  batch.mode === 'soft' &&
  (batch.state === 'held' || batch.state === 'waiting') &&
  sentCount(batch) === 0

/** Held by its clock, kept from the last run of the app, or waiting unsent: worth a word over every screen. */
export const needsToast = (batch: Batch): boolean =>
  batch.state === 'held' ||
  (batch.state === 'waiting' && (batch.waitsFor === 'restart' || isOutOfReach(batch)))

/** Nothing was sent for want of a connection or a key, so Undo stays at hand. */
const isOutOfReach = (batch: Batch): boolean =>
  isUndoable(batch) && (batch.waitsFor === 'connection' || batch.waitsFor === 'key')

/** What the Undo key takes back: the newest of what is held. */
export const newestUndoable = (batches: readonly Batch[]): Batch | null =>
  batches.filter((batch) => isUndoable(batch) && needsToast(batch)).at(-1) ?? null

/** Puts a batch in its place, or at the end if it is new; one that was put away goes. */
export const putBatch = (batches: readonly Batch[], batch: Batch): readonly Batch[] => {
  if (batch.isDismissed) return batches.filter(({ id }) => id !== batch.id)
  return batches.some(({ id }) => id === batch.id)
    ? batches.map((held) => (held.id === batch.id ? batch : held))
    : [...batches, batch]
}

export const openBatches = (batches: readonly Batch[]): readonly Batch[] =>
  batches.filter((batch) => !isEnded(batch))

/** What is left of the hold; null if it has no clock. */
export const holdLeftMs = (
  { heldUntilAt, holdLeftMs: paused }: Pick<Batch, 'heldUntilAt' | 'holdLeftMs'>,
  nowMs: number
): number | null => (heldUntilAt === null ? paused : Math.max(0, Date.parse(heldUntilAt) - nowMs))

/** What became different between two states of a batch, as far as the person should be told. */
export type BatchTurn = 'none' | 'ended' | 'undone' | 'waits'

/** How many have ended without it being known how. */
const unsettled = ({ counts }: Pick<Batch, 'counts'>): number => counts.unclear + counts.accepted

export const turnOf = (before: Batch | null, now: Batch): BatchTurn => {
  if (before === null) return 'none'
  // What was not clear, or only accepted, when it ended is told once it is settled.
  if (isEnded(before)) return unsettled(before) > 0 && unsettled(now) === 0 ? 'ended' : 'none'
  if (now.state === 'canceled' && sentCount(now) === 0) return 'undone'
  if (isEnded(now)) return 'ended'
  const isNews = now.state === 'waiting' && before.waitsFor !== now.waitsFor
  const isTold = ['key', 'changed', 'storage', 'clock'].includes(now.waitsFor ?? '')
  return isNews && isTold ? 'waits' : 'none'
}
