import type { AccountRecord, Binding, Operation } from '../ports/store.ts'

/** What whatever is asked for the account now is bound to. */
export const bindingOf = (account: AccountRecord): Binding => ({
  provider: account.provider,
  origin: new URL(account.apiAddress).origin,
  keyFingerprint: account.keyFingerprint
})

/**
 * What of the account has changed since the operation was asked for (security R9): the same id may be somebody else's
 * there. An account without a key is just that.
 */
export const changedBinding = (
  operation: Pick<Operation, 'origin' | 'keyFingerprint'>,
  account: AccountRecord
): 'address' | 'key' | null => {
  const now = bindingOf(account)
  if (operation.origin !== null && operation.origin !== now.origin) return 'address'
  const isOtherKey =
    operation.keyFingerprint !== null &&
    now.keyFingerprint !== null &&
    operation.keyFingerprint !== now.keyFingerprint
  return isOtherKey ? 'key' : null
}
