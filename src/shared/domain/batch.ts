import * as z from 'zod'
import { itemStateNames } from '../catalogue/item-states.ts'
import { appErrorSchema } from '../errors.ts'
import { accountIdSchema } from './account.ts'
import { targetRefSchema } from './asset.ts'
import { stepModeSchema } from './deletion.ts'
import { planChangeSchema } from './plan.ts'
import { waitReasonSchema } from './wait-reason.ts'

/** Id of one confirmed plan on its way. */
export const batchIdSchema = z.string().regex(/^bat_[a-z0-9]{8,32}$/)

export const itemStateSchema = z.enum(itemStateNames)

/**
 * Where the whole stands. `held`: nothing was sent yet, and Undo takes it all back. `scheduled`: runs at `runAt`.
 * `waiting`: see `waitsFor`.
 */
export const batchStateSchema = z.enum([
  'scheduled',
  'held',
  'running',
  'waiting',
  'finished',
  'canceled'
])
export type BatchState = z.infer<typeof batchStateSchema>

const count = z.number().int().nonnegative()

/** A confirmed plan on its way, as the window shows it. Times ISO 8601 UTC. */
export const batchSchema = z.strictObject({
  id: batchIdSchema,
  scope: z.enum(['assets', 'likeness', 'teardown', 'cleanup', 'person']),
  /** The strongest mode among its items; a change only where nothing is deleted. */
  mode: stepModeSchema,
  /** The subject's name; empty for several. */
  title: z.string().max(500),
  state: batchStateSchema,
  waitsFor: waitReasonSchema.nullable(),
  waitsUntilAt: z.iso.datetime().nullable(),
  /** End of the hold; null while the hold is paused or over. */
  heldUntilAt: z.iso.datetime().nullable(),
  /** Milliseconds that were left when the hold was paused. */
  holdLeftMs: count.nullable(),
  runAt: z.iso.datetime().nullable(),
  askedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  changes: z.array(planChangeSchema).max(50),
  total: count,
  counts: z.record(itemStateSchema, count),
  /** How many of the done and the gone ones were changes and no deletions; absent where none was. */
  changed: z.strictObject({ done: count, gone: count }).optional(),
  /** Worked out from the pace so far; null before there is one, and after. */
  timeLeftMs: count.nullable(),
  accountIds: z.array(accountIdSchema),
  /** Up to three names, for a line of text. */
  names: z.array(z.string().max(500)).max(3),
  /** Why the last item that failed did so. */
  lastError: appErrorSchema.nullable(),
  /** True once the person has put the finished batch away. */
  isDismissed: z.boolean()
})
export type Batch = z.infer<typeof batchSchema>

/** What a later look found: the asset by its own address, or one of its links. */
export const proofCheckSchema = z.strictObject({
  what: z.enum(['asset', 'thumbnail', 'download', 'stream', 'hosted']),
  dueAt: z.iso.datetime(),
  /** Null until it was looked. */
  checkedAt: z.iso.datetime().nullable(),
  result: z
    .enum(['gone', 'says-deleted', 'still-there', 'reachable', 'unreachable', 'unknown'])
    .nullable()
})
export type ProofCheck = z.infer<typeof proofCheckSchema>

/** One deletion of a batch, with everything that is known of it. */
export const batchItemSchema = z.strictObject({
  operationId: z.string().max(40),
  target: targetRefSchema,
  name: z.string().max(500),
  mode: stepModeSchema,
  state: itemStateSchema,
  askedAt: z.iso.datetime(),
  sentAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  httpStatus: z.number().int().nullable(),
  error: appErrorSchema.nullable(),
  /** What the app's own last look showed, where the answer did not settle it. */
  found: z.enum(['gone', 'says-deleted', 'there']).nullable(),
  checks: z.array(proofCheckSchema).max(50)
})
export type BatchItem = z.infer<typeof batchItemSchema>
