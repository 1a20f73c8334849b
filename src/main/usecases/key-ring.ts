import { createHmac } from 'node:crypto'
import type { AccountId, KeyStatus } from '../../shared/domain/account.ts'
import type { Health } from '../../shared/domain/health.ts'
import type { AppError } from '../../shared/errors.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Connection } from '../ports/provider.ts'
import type { SecretAnswer, SecretStore } from '../ports/secret-store.ts'
import type { AccountRecord } from '../ports/store.ts'
import { checkKeyShape } from '../rules/key-shape.ts'

type Trouble = Exclude<SecretAnswer<unknown>['kind'], 'ok' | 'absent'>

/** What saving a key changes in the account's record. */
export type SavedKey = Pick<AccountRecord, 'savedKey' | 'keyFingerprint'>

/**
 * Where keys are kept and read, account by account: the keychain, or memory for this run. Only this file and the
 * store behind it ever hold a key, and only for the length of a call (security C10).
 */
export interface KeyRing {
  status(account: AccountRecord): KeyStatus
  /** Saves; nothing of the account may be written unless this answers ok (security C4). */
  save(
    accountId: AccountId,
    key: string,
    storage: 'keychain' | 'this-run'
  ): Promise<Result<SavedKey>>
  forget(account: AccountRecord): Promise<Result<null>>
  /**
   * What a provider needs to call for the account. With `askedWith`, a key of another fingerprint is refused as
   * `key-changed` (security R9).
   */
  connect(account: AccountRecord, askedWith?: string | null): Connection
  fingerprint(key: string): string
}

export interface KeyRingDeps {
  readonly secrets: SecretStore
  readonly clock: Clock
  /** Random text of this installation; fingerprints mean nothing without it. */
  readonly fingerprintSalt: string
  readonly onKeychain: (state: Health['keychain']) => void
}

/** Four characters of a short key would be too much of it. */
const shortestHinted = 8
const lastFour = (key: string): string => (key.length < shortestHinted ? '' : key.slice(-4))

const unavailable = (state: Trouble): { readonly ok: false; readonly error: AppError } =>
  fail({ kind: 'keychain-unavailable', state })

export const createKeyRing = (deps: KeyRingDeps): KeyRing => {
  const thisRun = new Map<AccountId, { readonly key: string; readonly setAt: string }>()
  const troubles = new Map<AccountId, Trouble>()

  const fingerprint = (key: string): string =>
    createHmac('sha256', deps.fingerprintSalt).update(key).digest('hex').slice(0, 32)

  const note = (accountId: AccountId, answer: SecretAnswer<unknown>): void => {
    if (answer.kind === 'ok' || answer.kind === 'absent') {
      troubles.delete(accountId)
      deps.onKeychain('ok')
    } else {
      troubles.set(accountId, answer.kind)
      deps.onKeychain(answer.kind)
    }
  }

  const readStored = async (account: AccountRecord): Promise<Result<string>> => {
    const kept = thisRun.get(account.id)
    if (kept !== undefined) return ok(kept.key)
    if (account.savedKey === null) return fail({ kind: 'key-missing' })
    const answer = await deps.secrets.get(account.id, { isExpected: true })
    note(account.id, answer)
    if (answer.kind === 'absent') return fail({ kind: 'key-missing' })
    if (answer.kind !== 'ok') return unavailable(answer.kind)
    const shape = checkKeyShape(answer.value, account.provider)
    return shape.ok ? ok(shape.key) : fail({ kind: 'key-damaged' })
  }

  return {
    fingerprint,
    status: (account) => {
      const kept = thisRun.get(account.id)
      if (kept !== undefined) {
        return { state: 'this-run', last4: lastFour(kept.key) || null, setAt: kept.setAt }
      }
      if (account.savedKey === null) return { state: 'absent', last4: null, setAt: null }
      const { last4, setAt } = account.savedKey
      return { state: troubles.get(account.id) ?? 'saved', last4: last4 || null, setAt }
    },
    save: async (accountId, key, storage) => {
      const setAt = deps.clock.nowAt()
      if (storage === 'this-run') {
        thisRun.set(accountId, { key, setAt })
        return ok({ savedKey: null, keyFingerprint: fingerprint(key) })
      }
      const answer = await deps.secrets.set(accountId, key)
      note(accountId, answer)
      if (answer.kind === 'absent') return unavailable('failed')
      if (answer.kind !== 'ok') return unavailable(answer.kind)
      thisRun.delete(accountId)
      return ok({
        savedKey: { last4: lastFour(key), setAt },
        keyFingerprint: fingerprint(key)
      })
    },
    forget: async (account) => {
      thisRun.delete(account.id)
      if (account.savedKey === null) return ok(null)
      const answer = await deps.secrets.delete(account.id)
      note(account.id, answer)
      if (answer.kind === 'ok' || answer.kind === 'absent') {
        troubles.delete(account.id)
        return ok(null)
      }
      return unavailable(answer.kind)
    },
    connect: (account, askedWith = null) => ({
      apiAddress: account.apiAddress,
      readKey: async () => {
        const key = await readStored(account)
        const isOther = key.ok && askedWith !== null && fingerprint(key.value) !== askedWith
        return isOther ? fail({ kind: 'key-changed' }) : key
      }
    })
  }
}
