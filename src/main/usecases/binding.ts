import type { AccountRecord, Binding } from '../ports/store.ts'

/** What whatever is asked for the account now is bound to. */
export const bindingOf = (account: AccountRecord): Binding => ({
  provider: account.provider,
  origin: new URL(account.apiAddress).origin,
  keyFingerprint: account.keyFingerprint
})
