import type { Accounts } from '../../usecases/accounts.ts'
import type { Sample } from '../../usecases/sample.ts'
import type { Handlers } from '../dispatcher.ts'

export const accountHandlers = (
  accounts: Accounts,
  exploreSample: Sample['explore']
): Pick<
  Handlers,
  | 'account:save'
  | 'account:check'
  | 'account:remove'
  | 'account:exploreSample'
  | 'key:forget'
  | 'key:deleteUnused'
> => ({
  'account:save': (input) => accounts.save(input),
  'account:check': ({ accountId }) => accounts.check(accountId),
  'account:remove': ({ accountId }) => accounts.remove(accountId),
  'account:exploreSample': () => exploreSample(),
  'key:forget': ({ accountId }) => accounts.forgetKey(accountId),
  'key:deleteUnused': () => accounts.deleteUnusedKeys()
})
