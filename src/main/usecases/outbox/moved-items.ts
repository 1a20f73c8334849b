import { isUnsent } from '../../../shared/catalogue/item-states.ts'
import type { PlanChange } from '../../../shared/domain/plan.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { AccountRecord, Operation, Store } from '../../ports/store.ts'
import { bindingOf } from '../binding.ts'

type Moved = 'address' | 'key'

/** A deletion whose account has another address or key than when it was confirmed (security R9). */
export interface MovedItem {
  readonly item: Operation
  readonly what: Moved
  readonly account: AccountRecord
}

/** What of the account is another now. The same id may be somebody else's there. An account without a key is just that. */
export const movedPart = (item: Operation, account: AccountRecord): Moved | null => {
  const now = bindingOf(account)
  if (item.origin !== null && item.origin !== now.origin) return 'address'
  const isOtherKey =
    item.keyFingerprint !== null &&
    now.keyFingerprint !== null &&
    item.keyFingerprint !== now.keyFingerprint
  return isOtherKey ? 'key' : null
}

/** Those among unsent deletions. */
export const movedItems = (store: Store, items: Iterable<Operation>): readonly MovedItem[] =>
  [...items].flatMap((item) => {
    const account = isUnsent(item.state) ? store.read.account(item.accountId) : null
    const what = account === null ? null : movedPart(item, account)
    return account === null || what === null ? [] : [{ item, what, account }]
  })

/** Each account once, for the person to read. */
export const movedChanges = (moved: readonly MovedItem[]): readonly PlanChange[] => [
  ...new Map(
    moved.map(({ item, what, account }) => [
      `${account.id} ${what}`,
      {
        what,
        kind: item.assetKind,
        name: account.name,
        detail: what === 'address' ? bindingOf(account).origin : null
      } satisfies PlanChange
    ])
  ).values()
]

export const movedError = (what: Moved): AppError => ({
  kind: what === 'key' ? 'key-changed' : 'account-changed'
})
