import type { ProviderId } from '../../shared/catalogue/providers.ts'
import type { Account, AccountId, AccountInput } from '../../shared/domain/account.ts'
import type { SyncStatus } from '../../shared/domain/sync.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Result } from '../../shared/result.ts'
import type { Slice } from './app-state.ts'

export interface AccountForm {
  /** Null: a new account. */
  readonly accountId: AccountId | null
  /** What a link filled in for a new one. */
  readonly given?: { readonly provider: ProviderId | null; readonly name: string }
}

export interface AccountsSlice {
  readonly accounts: readonly Account[]
  readonly sync: ReadonlyMap<AccountId, SyncStatus>
  readonly accountForm: AccountForm | null
  readonly checking: ReadonlySet<AccountId>
  readonly isStartingSample: boolean
  readonly noteSync: (status: SyncStatus) => void
  readonly openAccountForm: (accountId: AccountId | null) => void
  readonly openGivenAccountForm: (given: NonNullable<AccountForm['given']>) => void
  readonly closeAccountForm: () => void
  /** Asks the provider about a key before it is stored. */
  readonly tryAccount: (input: AccountInput) => Promise<Result<unknown>>
  readonly saveAccount: (input: AccountInput) => Promise<Result<Account>>
  readonly checkAccount: (accountId: AccountId) => Promise<void>
  readonly forgetKey: (accountId: AccountId) => Promise<void>
  readonly removeAccount: (accountId: AccountId) => Promise<void>
  readonly exploreSample: () => Promise<void>
}

/** Puts an account in its place, or at the end if it is new. */
export const putAccount = (accounts: readonly Account[], account: Account): readonly Account[] =>
  accounts.some((held) => held.id === account.id)
    ? accounts.map((held) => (held.id === account.id ? account : held))
    : [...accounts, account]

/** The oldest "as of" of the accounts in view: nothing on the screen is older than it says. */
export const oldestAsOf = (
  sync: ReadonlyMap<AccountId, SyncStatus>,
  accountId: AccountId | null
): string | null => {
  const times = [...sync.values()]
    .filter((status) => accountId === null || status.accountId === accountId)
    .map((status) => status.asOfAt)
  const known = times.filter((at): at is string => at !== null)
  return known.sort()[0] ?? null
}

export interface SyncTrouble {
  readonly accountId: AccountId
  readonly error: AppError
}

/** Accounts in view whose last listing did not complete. */
export const syncTroubles = (
  sync: ReadonlyMap<AccountId, SyncStatus>,
  accountId: AccountId | null
): readonly SyncTrouble[] =>
  [...sync.values()].flatMap((status) =>
    status.lastError !== null && (accountId === null || status.accountId === accountId)
      ? [{ accountId: status.accountId, error: status.lastError }]
      : []
  )

const without = <T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> =>
  new Set([...set].filter((held) => held !== item))

export const createAccountsSlice =
  (bridge: Bridge): Slice<AccountsSlice> =>
  (set, get) => ({
    accounts: [],
    sync: new Map(),
    accountForm: null,
    checking: new Set(),
    isStartingSample: false,
    noteSync: (status) =>
      set((state) => ({ sync: new Map(state.sync).set(status.accountId, status) })),
    openAccountForm: (accountId) => set({ accountForm: { accountId } }),
    openGivenAccountForm: (given) => {
      // What the person is filling in stays.
      if (get().accountForm === null) set({ accountForm: { accountId: null, given } })
    },
    closeAccountForm: () => set({ accountForm: null }),
    tryAccount: (input) => bridge.accountTry(input),
    saveAccount: async (input) => {
      const answer = await bridge.accountSave(input)
      if (answer.ok) {
        set((state) => ({ accounts: putAccount(state.accounts, answer.value) }))
        get().leaveEmptyPlace()
      }
      return answer
    },
    checkAccount: async (accountId) => {
      set((state) => ({ checking: new Set(state.checking).add(accountId) }))
      const answer = await bridge.accountCheck({ accountId })
      set((state) => ({ checking: without(state.checking, accountId) }))
      if (answer.ok) set((state) => ({ accounts: putAccount(state.accounts, answer.value) }))
      else get().tellFailure('check-key', answer.error, accountId)
    },
    forgetKey: async (accountId) => {
      const answer = await bridge.keyForget({ accountId })
      if (answer.ok) set((state) => ({ accounts: putAccount(state.accounts, answer.value) }))
      else get().tellFailure('forget-key', answer.error, accountId)
    },
    removeAccount: async (accountId) => {
      const answer = await bridge.accountRemove({ accountId })
      if (!answer.ok) {
        get().tellFailure('remove-account', answer.error, accountId)
        return
      }
      set((state) => ({ accounts: state.accounts.filter(({ id }) => id !== accountId) }))
      get().forgetAccountInViews(accountId)
      get().leaveEmptyPlace()
    },
    exploreSample: async () => {
      set({ isStartingSample: true })
      const answer = await bridge.accountExploreSample({})
      set({ isStartingSample: false })
      if (!answer.ok) {
        get().tellFailure('explore-sample', answer.error)
        return
      }
      // Main lists what the accounts hold; to ask for it again would list it twice.
      set((state) => ({ accounts: putAccount(state.accounts, answer.value), place: 'replicas' }))
    }
  })
