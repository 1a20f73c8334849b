import { createHash, randomBytes } from 'node:crypto'
import type { DeletionPlan } from '../../../shared/domain/plan.ts'
import type { Clock } from '../../ports/clock.ts'

/** What a confirmation is bound to (security I5): these steps, in this order, each with its mode. */
export type Confirmable = Pick<DeletionPlan, 'planId' | 'steps' | 'choices'>

const lifetimeMs = 60_000
const mostOpen = 200

const bindingOf = ({ planId, steps, choices }: Confirmable): string => {
  const exactly = steps.map(({ id, target, mode, after }) => [
    id,
    target.accountId,
    target.kind,
    target.id,
    mode,
    after
  ])
  return createHash('sha256')
    .update(JSON.stringify([planId, choices.mode, exactly]))
    .digest('hex')
}

/**
 * One-time confirmations for plans, minted and checked in main (security I5). Time is the monotonic one, so changing
 * the clock prolongs nothing.
 */
export const createConfirmations = (clock: Clock) => {
  const open = new Map<string, { readonly binding: string; readonly untilMs: number }>()

  const forgetOld = (): void => {
    for (const [token, { untilMs }] of open) {
      if (untilMs < clock.monotonicMs() || open.size >= mostOpen) open.delete(token)
    }
  }

  return {
    /** Whether one of them can still be used. */
    hasOpen: (): boolean =>
      [...open.values()].some(({ untilMs }) => untilMs >= clock.monotonicMs()),
    mint: (plan: Confirmable): { readonly token: string; readonly expiresAt: string } => {
      forgetOld()
      const token = randomBytes(32).toString('base64url')
      open.set(token, { binding: bindingOf(plan), untilMs: clock.monotonicMs() + lifetimeMs })
      const expiresAt = new Date(Date.parse(clock.nowAt()) + lifetimeMs).toISOString()
      return { token, expiresAt }
    },
    /** Uses the token up. False if it is unknown, used, out of time, or was minted for anything else. */
    use: (token: string, plan: Confirmable | null): boolean => {
      const entry = open.get(token)
      open.delete(token)
      if (entry === undefined || plan === null || entry.untilMs < clock.monotonicMs()) return false
      return entry.binding === bindingOf(plan)
    }
  }
}
export type Confirmations = ReturnType<typeof createConfirmations>
