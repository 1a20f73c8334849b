import { createHmac } from 'node:crypto'
import type { AccountId, KeyStatus } from '../../shared/domain/account.ts'
import type { Health } from '../../shared/domain/health.ts'
import type { AppError } from '../../shared/errors.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Connection } from '../ports/provider.ts'
import type { SecretAnswer, SecretStore } from '../ports/secret-store.ts'
import type { AccountRecord, Store } from '../ports/store.ts'
import type { Supervisor } from '../ports/supervisor.ts'
import { checkKeyShape } from '../rules/key-shape.ts'
import { createKeyEntries } from './key-entries.ts'

type KeychainFailure = Exclude<SecretAnswer<unknown>['kind'], 'ok' | 'absent'>

/** What saving a key changes in the account's record. */
export type SavedKey = Pick<AccountRecord, 'savedKey' | 'keyFingerprint'>

/** A key that was put where it will be kept. Nothing uses it before the account's record says so. */
export interface NewKey {
  readonly saved: SavedKey
  /** To be called in the same turn in which the account's record was stored with `saved`. */
  readonly adopt: () => void
  /** Takes the key away again: the record was not stored, and the old key stays in use. */
  readonly discard: () => Promise<void>
}

/**
 * Where keys are kept and read, account by account: the keychain, or memory for this run. Only this file and the
 * stores behind it ever hold a key, and only for the length of a call (security C10).
 */
export interface KeyRing {
  status(account: AccountRecord): KeyStatus
  /**
   * The first half of a save: writes the key, beside the one in use. Nothing of the account may be written unless this
   * answers ok (security C4). `keychain-unavailable`, `storage-failed`.
   */
  prepare(
    account: Pick<AccountRecord, 'id' | 'name'>,
    key: string,
    storage: 'keychain' | 'this-run'
  ): Promise<Result<NewKey>>
  /** Lets go of what is in memory for an account; what lies in the keychain goes with the next `sweep`. */
  drop(accountId: AccountId): void
  /** Deletes the keys that no account uses any more from the keychain, as far as it lets them go. */
  sweep(): Promise<void>
  /** The same without waiting for it. */
  sweepSoon(): void
  /**
   * What a provider needs to call for the account: its address and key as they are in this record. As soon as the
   * stored account has another address or key, nothing more is sent with it (`account-changed`). With `askedWith`, a key
   * of another fingerprint is refused as `key-changed` (security R9).
   */
  connect(account: AccountRecord, askedWith?: string | null): Connection
  fingerprint(key: string): string
}

export interface KeyRingDeps {
  readonly store: Pick<Store, 'read' | 'transaction'>
  readonly secrets: SecretStore
  readonly clock: Clock
  readonly supervisor: Pick<Supervisor, 'start'>
  /** Random text of this installation; fingerprints mean nothing without it. */
  readonly fingerprintSalt: string
  readonly onKeychain: (state: Health['keychain']) => void
  /** Told of each answer of a provider, by the account that asked. */
  readonly onAnswered?: (accountId: AccountId) => void
  /** Told when a provider asks an account's request to wait, and until when; what it answers is called after the wait. */
  readonly onWait?: (accountId: AccountId, untilAt: string) => () => void
  /** Told the accounts whose unused keys are still in the keychain. */
  readonly onLeft: (accountNames: readonly string[]) => void
}

/** Four characters of a short key would be too much of it. */
const shortestHinted = 8
const lastFour = (key: string): string => (key.length < shortestHinted ? '' : key.slice(-4))

/** Proving that an entry is missing may open the system's prompt, so not again soon after it did not work. */
const betweenProofsMs = 10 * 60_000

const unavailable = (state: KeychainFailure): { readonly ok: false; readonly error: AppError } =>
  fail({ kind: 'keychain-unavailable', state })

const noWait = (): void => undefined

export const createKeyRing = (deps: KeyRingDeps): KeyRing => {
  const thisRun = new Map<AccountId, { readonly key: string; readonly setAt: string }>()
  const failures = new Map<AccountId, KeychainFailure | 'missing'>()
  let noProofBeforeMs = Number.NEGATIVE_INFINITY

  const fingerprint = (key: string): string =>
    createHmac('sha256', deps.fingerprintSalt).update(key).digest('hex').slice(0, 32)

  const onAnswer = (kind: SecretAnswer<unknown>['kind']): void =>
    deps.onKeychain(kind === 'absent' ? 'ok' : kind)

  const entries = createKeyEntries({ ...deps, onAnswer })

  const note = (accountId: AccountId, { kind }: SecretAnswer<unknown>): void => {
    if (kind === 'ok') failures.delete(accountId)
    else failures.set(accountId, kind === 'absent' ? 'missing' : kind)
    onAnswer(kind)
  }

  /** A locked keychain reads as an empty one, so nothing is called missing without proof. */
  const readEntry = async (entry: string): Promise<SecretAnswer<string>> => {
    const found = await deps.secrets.get(entry, { isExpected: false })
    if (found.kind !== 'absent') return found
    if (deps.clock.monotonicMs() < noProofBeforeMs) return { kind: 'locked' }
    const proven = await deps.secrets.getProven(entry)
    if (proven.kind !== 'ok' && proven.kind !== 'absent') {
      noProofBeforeMs = deps.clock.monotonicMs() + betweenProofsMs
    }
    return proven
  }

  const readStored = async (account: AccountRecord): Promise<Result<string>> => {
    const kept = thisRun.get(account.id)
    if (kept !== undefined) return ok(kept.key)
    if (account.savedKey === null) return fail({ kind: 'key-missing' })
    const answer = await readEntry(account.savedKey.entry)
    note(account.id, answer)
    if (answer.kind === 'absent') return fail({ kind: 'key-missing' })
    if (answer.kind !== 'ok') return unavailable(answer.kind)
    const shape = checkKeyShape(answer.value, account.provider)
    return shape.ok ? ok(shape.key) : fail({ kind: 'key-damaged' })
  }

  const changeOf = (account: AccountRecord): AppError | null => {
    const now = deps.store.read.account(account.id)
    if (now === null) return { kind: 'not-found' }
    const isSame =
      now.provider === account.provider &&
      now.apiAddress === account.apiAddress &&
      now.keyFingerprint === account.keyFingerprint
    return isSame ? null : { kind: 'account-changed' }
  }

  /** The key that the record is about, unless the account changed before it was read or while. */
  const readBound = async (account: AccountRecord): Promise<Result<string>> => {
    const before = changeOf(account)
    if (before !== null) return fail(before)
    const key = await readStored(account)
    const since = changeOf(account)
    if (since !== null) return fail(since)
    if (!key.ok) return key
    return fingerprint(key.value) === account.keyFingerprint ? key : fail({ kind: 'key-damaged' })
  }

  const forThisRun = (accountId: AccountId, key: string): NewKey => ({
    saved: { savedKey: null, keyFingerprint: fingerprint(key) },
    adopt: () => {
      thisRun.set(accountId, { key, setAt: deps.clock.nowAt() })
      failures.delete(accountId)
    },
    discard: async () => undefined
  })

  const inKeychain = (accountId: AccountId, key: string, entry: string): NewKey => ({
    saved: {
      savedKey: { entry, last4: lastFour(key), setAt: deps.clock.nowAt() },
      keyFingerprint: fingerprint(key)
    },
    adopt: () => {
      entries.release(entry)
      thisRun.delete(accountId)
      failures.delete(accountId)
    },
    discard: () => {
      entries.release(entry)
      return entries.sweep()
    }
  })

  return {
    fingerprint,
    sweep: entries.sweep,
    sweepSoon: entries.sweepSoon,
    drop: (accountId) => {
      thisRun.delete(accountId)
      failures.delete(accountId)
    },
    status: (account) => {
      const kept = thisRun.get(account.id)
      if (kept !== undefined) {
        return { state: 'this-run', last4: lastFour(kept.key) || null, setAt: kept.setAt }
      }
      if (account.savedKey === null) return { state: 'absent', last4: null, setAt: null }
      const { last4, setAt } = account.savedKey
      return { state: failures.get(account.id) ?? 'saved', last4: last4 || null, setAt }
    },
    prepare: async (account, key, storage) => {
      if (storage === 'this-run') return ok(forThisRun(account.id, key))
      const written = await entries.write(account, key)
      if (!written.ok) return written
      const { name, answer } = written.value
      if (answer.kind === 'ok') return ok(inKeychain(account.id, key, name))
      return unavailable(answer.kind === 'absent' ? 'failed' : answer.kind)
    },
    connect: (account, askedWith = null) => ({
      apiAddress: account.apiAddress,
      onAnswered: () => deps.onAnswered?.(account.id),
      onWait: (untilAt) => deps.onWait?.(account.id, untilAt) ?? noWait,
      objection: () => changeOf(account),
      readKey: () => {
        const isOther = askedWith !== null && askedWith !== account.keyFingerprint
        return isOther ? Promise.resolve(fail({ kind: 'key-changed' })) : readBound(account)
      }
    })
  }
}
