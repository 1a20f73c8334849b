import { providers } from '../../shared/catalogue/providers.ts'
import type { Account } from '../../shared/domain/account.ts'

/** Accounts that a replica can be made with: their provider trains, and they may be changed. */
export const trainingAccounts = (accounts: readonly Account[]): readonly Account[] =>
  accounts.filter(({ provider, isReadOnly }) => providers[provider].trains && !isReadOnly)
