import type { Health } from '../../shared/domain/health.ts'
import type { HistoryCheck } from '../../shared/domain/history.ts'
import type { RequestOutput } from '../../shared/ipc/contract.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { SecretStore } from '../ports/secret-store.ts'
import { DamagedStoreError, type Store } from '../ports/store.ts'
import { createHistoryEnd, isDiffering } from './history-end.ts'

export interface HistoryDeps {
  readonly store: Store
  readonly secrets: SecretStore
  /** False while asking the keychain could open a prompt that nobody expects. */
  readonly isKeychainOpen: () => boolean
  readonly clock: Pick<Clock, 'nowAt' | 'wait'>
  /** Told of each check, asked for or not. */
  readonly onChecked: (checked: NonNullable<Health['history']>) => void
}

/** A third of a percent of a second of work, then a rest: nobody waits for it. */
const backgroundRecords = 200
const backgroundRestMs = 25

/** Checking, clearing and remembering the end of the history. */
export const createHistory = (deps: HistoryDeps) => {
  const { store, clock } = deps
  const end = createHistoryEnd(deps)

  let told: HistoryCheck['remembered'] | null = null

  const conclude = (check: HistoryCheck): HistoryCheck => {
    told = check.remembered
    deps.onChecked({ checkedAt: clock.nowAt(), check })
    return check
  }

  /** As a person asked for it. */
  const check = async (): Promise<Result<HistoryCheck>> => {
    const remembered = await end.compare()
    try {
      return ok(conclude({ ...(await store.checkHistory(null)), remembered }))
    } catch (error) {
      if (error instanceof DamagedStoreError) {
        return fail({ kind: 'storage-failed', reason: 'damaged' })
      }
      throw error
    }
  }

  /** Slowly, and without a prompt of the keychain. Damage is told by the store itself. */
  const checkInBackground = async (stopping: AbortSignal): Promise<void> => {
    const remembered = deps.isKeychainOpen() ? await end.compare() : 'not-asked'
    const rest = async (): Promise<boolean> => {
      await clock.wait(backgroundRestMs, stopping)
      return !stopping.aborted
    }
    try {
      const pace = { recordsAtOnce: backgroundRecords, rest }
      const found = await store.checkHistory(null, pace)
      if (found !== null) conclude({ ...found, remembered })
    } catch (error) {
      if (!(error instanceof DamagedStoreError)) throw error
    }
  }

  /**
   * Keeps the chain's end in the keychain, so that records cut off the end can be noticed. One that differs is kept, and
   * told once the chain was walked; not while the app ends, as the next start will.
   */
  const rememberHead = async (stopping: AbortSignal | null): Promise<void> => {
    const remembered = await end.remember()
    if (remembered === null || !isDiffering(remembered) || remembered === told) return
    if (stopping !== null) await checkInBackground(stopping)
  }

  const acceptEnd = async (): Promise<Result<null>> => {
    const accepted = await end.accept()
    if (accepted.ok) await check()
    return accepted
  }

  /** The end is remembered before and after: the first record of the new chain then proves that it follows on the old. */
  const clear = async (headSeq: number): Promise<Result<RequestOutput<'history:clear'>>> => {
    if (deps.isKeychainOpen()) await rememberHead(null)
    const cleared = await store.clearHistory(headSeq)
    if (cleared.ok && deps.isKeychainOpen()) await rememberHead(null)
    return cleared
  }

  return { check, checkInBackground, acceptEnd, rememberHead, clear }
}
export type History = ReturnType<typeof createHistory>
