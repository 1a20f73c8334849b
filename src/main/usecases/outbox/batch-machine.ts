import type { PlanChange } from '../../../shared/domain/plan.ts'
import type { WaitReason } from '../../../shared/domain/wait-reason.ts'
import { assertNever } from '../../../shared/result.ts'
import type { BatchRecord } from '../../ports/store.ts'

/** The part of a batch that events change. */
export type BatchStanding = Pick<
  BatchRecord,
  'state' | 'waitsFor' | 'waitsUntilAt' | 'heldUntilAt' | 'holdLeftMs' | 'changes' | 'endedAt'
>

/** What stops the clock of a hold. The person lets it go on. */
export type HoldPause = Extract<WaitReason, 'person' | 'restart' | 'sleep'>

/** What can happen to a batch. */
export type BatchEvent =
  | { readonly kind: 'hold-paused'; readonly leftMs: number; readonly by: HoldPause }
  | { readonly kind: 'hold-resumed'; readonly untilAt: string }
  | { readonly kind: 'hold-over' }
  /** Its scheduled time came while the app was open. */
  | { readonly kind: 'due' }
  | {
      readonly kind: 'stopped'
      readonly reason: WaitReason
      readonly untilAt: string | null
      readonly changes: readonly PlanChange[]
    }
  | { readonly kind: 'went-on' }
  /** Nothing more will happen to its items, or the person took it back whole. */
  | { readonly kind: 'ended'; readonly as: 'finished' | 'canceled'; readonly at: string }
  | { readonly kind: 'tried-again' }

const calm = { waitsFor: null, waitsUntilAt: null, heldUntilAt: null, holdLeftMs: null } as const

/** How a batch stands after an event; null if the event cannot happen there. Pure; docs/adr/0009-outbox.md draws it. */
export const nextBatch = (now: BatchStanding, event: BatchEvent): BatchStanding | null => {
  switch (event.kind) {
    case 'hold-paused':
      if (now.state !== 'held' || now.heldUntilAt === null) return null
      return { ...now, ...calm, waitsFor: event.by, holdLeftMs: event.leftMs }
    case 'hold-resumed':
      if (now.state !== 'held' || now.heldUntilAt !== null) return null
      return { ...now, ...calm, heldUntilAt: event.untilAt }
    case 'hold-over':
      if (now.state !== 'held' || now.heldUntilAt === null) return null
      return running(now)
    case 'due':
      return now.state === 'scheduled' ? running(now) : null
    case 'stopped':
      return stopped(now, event)
    case 'went-on':
      return now.state === 'waiting' ? running(now) : null
    case 'ended':
      return ended(now, event)
    case 'tried-again':
      return now.state === 'finished' ? running(now) : null
    default:
      return assertNever(event)
  }
}

const running = (now: BatchStanding): BatchStanding => ({
  ...now,
  ...calm,
  state: 'running',
  changes: [],
  endedAt: null
})

const stopped = (
  now: BatchStanding,
  { reason, untilAt, changes }: Extract<BatchEvent, { kind: 'stopped' }>
): BatchStanding | null => {
  const canWait =
    now.state === 'running' ||
    now.state === 'waiting' ||
    (now.state === 'scheduled' && (reason === 'restart' || reason === 'clock'))
  if (!canWait) return null
  return { ...now, ...calm, state: 'waiting', waitsFor: reason, waitsUntilAt: untilAt, changes }
}

/** Of what is held or scheduled nothing was sent, so it can only have been taken back. */
const ended = (
  now: BatchStanding,
  { as, at }: Extract<BatchEvent, { kind: 'ended' }>
): BatchStanding | null => {
  if (now.state === 'finished' || now.state === 'canceled') return null
  if ((now.state === 'held' || now.state === 'scheduled') && as === 'finished') return null
  return { ...now, ...calm, state: as, changes: [], endedAt: at }
}
