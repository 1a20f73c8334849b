import type { Batch } from '../../src/shared/domain/batch.ts'

const noneCounted: Batch['counts'] = {
  planned: 0,
  held: 0,
  queued: 0,
  sent: 0,
  accepted: 0,
  done: 0,
  gone: 0,
  'already-gone': 0,
  'not-found': 0,
  refused: 0,
  unclear: 0,
  canceled: 0
}

type Changes = Partial<Omit<Batch, 'counts'>> & { readonly counts?: Partial<Batch['counts']> }

/** A soft deletion of whatever is counted, for tests; the total is the sum of the counts. */
export const testBatch = ({ counts = { held: 1 }, ...changes }: Changes = {}): Batch => ({
  id: 'bat_00000001',
  scope: 'assets',
  mode: 'soft',
  title: '',
  state: 'running',
  waitsFor: null,
  waitsUntilAt: null,
  heldUntilAt: null,
  holdLeftMs: null,
  runAt: null,
  askedAt: '2026-11-22T10:00:00.000Z',
  endedAt: null,
  changes: [],
  counts: { ...noneCounted, ...counts },
  total: Object.values(counts).reduce((sum, count) => sum + count, 0),
  timeLeftMs: null,
  accountIds: [],
  names: ['Amara Osei'],
  lastError: null,
  isDismissed: false,
  ...changes
})
