import type { Account, AccountId } from '../../shared/domain/account.ts'
import type { AppError } from '../../shared/errors.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { AccountRecord, Store } from '../ports/store.ts'
import type { KeyRing } from './key-ring.ts'

/** The account as the window may see it: no key, no fingerprint. */
export const viewAccount = (record: AccountRecord, keyRing: KeyRing): Account => ({
  id: record.id,
  provider: record.provider,
  name: record.name,
  color: record.color,
  apiAddress: record.apiAddress,
  isReadOnly: record.isReadOnly,
  isSample: record.isSample,
  createdAt: record.createdAt,
  key: keyRing.status(record),
  keyCheck: record.keyCheck
})

/** The stored account, or `not-found`. */
export const findAccount = (store: Store, id: AccountId): Result<AccountRecord> => {
  const record = store.read.account(id)
  return record === null ? fail({ kind: 'not-found' }) : ok(record)
}

/** The stored account if the app may change things there, or why not. */
export const findWritableAccount = (store: Store, id: AccountId): Result<AccountRecord> => {
  const found = findAccount(store, id)
  if (!found.ok || !found.value.isReadOnly) return found
  return fail({ kind: 'read-only-account' })
}

/** What the answer to a call made with the key says about the key. */
export const keyCheckOutcome = (error: AppError): Account['keyCheck']['outcome'] => {
  switch (error.kind) {
    case 'key-rejected':
      return 'rejected'
    case 'offline':
    case 'sample-not-started':
    case 'timed-out':
    case 'insecure-connection':
      return 'unreachable'
    case 'key-missing':
    case 'key-damaged':
    case 'keychain-unavailable':
      return 'not-checked'
    default:
      return 'unclear'
  }
}
