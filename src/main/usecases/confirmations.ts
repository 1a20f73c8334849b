import { randomBytes } from 'node:crypto'
import type { AssetRef } from '../../shared/domain/asset.ts'
import type { DeletionMode } from '../../shared/domain/deletion.ts'
import type { Clock } from '../ports/clock.ts'

/** What a confirmation is bound to: exactly these assets, this mode, and the keys they were looked at with. */
export interface Confirmed {
  readonly refs: readonly AssetRef[]
  readonly mode: DeletionMode
  /** Fingerprint of each account's key when the plan was shown. */
  readonly fingerprints: ReadonlyMap<string, string | null>
}

const lifetimeMs = 60_000
const mostOpen = 200

const nameOf = (refs: readonly AssetRef[], mode: DeletionMode): string =>
  JSON.stringify([mode, refs.map(({ accountId, kind, id }) => `${accountId}/${kind}/${id}`).sort()])

/**
 * One-time confirmations for deletions, minted and checked in main (security I5). Time is the monotonic one, so
 * changing the clock prolongs nothing.
 */
export const createConfirmations = (clock: Clock) => {
  const open = new Map<string, { readonly confirmed: Confirmed; readonly untilMs: number }>()

  const forgetOld = (): void => {
    for (const [token, { untilMs }] of open) {
      if (untilMs < clock.monotonicMs() || open.size >= mostOpen) open.delete(token)
    }
  }

  return {
    mint: (confirmed: Confirmed): { readonly token: string; readonly expiresAt: string } => {
      forgetOld()
      const token = randomBytes(32).toString('base64url')
      open.set(token, { confirmed, untilMs: clock.monotonicMs() + lifetimeMs })
      const expiresAt = new Date(Date.parse(clock.nowAt()) + lifetimeMs).toISOString()
      return { token, expiresAt }
    },
    /** Uses the token up. Null if it is unknown, used, out of time, or was minted for anything else. */
    use: (token: string, refs: readonly AssetRef[], mode: DeletionMode): Confirmed | null => {
      const entry = open.get(token)
      open.delete(token)
      if (entry === undefined || entry.untilMs < clock.monotonicMs()) return null
      const isSame = nameOf(entry.confirmed.refs, entry.confirmed.mode) === nameOf(refs, mode)
      return isSame ? entry.confirmed : null
    }
  }
}
export type Confirmations = ReturnType<typeof createConfirmations>
