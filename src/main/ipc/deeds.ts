import type { AccountId } from '../../shared/domain/account.ts'
import type { DeletionPlan } from '../../shared/domain/plan.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { RequestName } from '../../shared/ipc/contract.ts'
import type { AccountRecord } from '../ports/store.ts'
import type { Purpose } from '../security/presses.ts'
import type { ParsedInput } from './dispatcher.ts'

/** What a deed is judged and named by; read from main's own memory and database, never from the window. */
export interface DeedFacts {
  readonly account: (
    accountId: AccountId
  ) => Pick<AccountRecord, 'name' | 'apiAddress' | 'isReadOnly'> | null
  readonly settings: () => Pick<Settings, 'holdSeconds'>
  readonly plan: (planId: string) => Pick<DeletionPlan, 'title' | 'steps'> | null
}

/** What the native box asks, and what its button that does it says. */
export interface Question {
  readonly message: string
  readonly button: string
}

/** A request that needs a person's press (docs/adr/0014-deeds.md). */
export interface Deed<N extends RequestName> {
  readonly purpose: Purpose
  /** How many of these one press is good for, where the window has to send one change in pieces. */
  readonly most?: number
  /** How old the press may be, where choosing in a list of the system comes between, whose presses no page sees. */
  readonly oldestMs?: number
  /** For a request that is a deed with some inputs only. */
  readonly isOne?: (input: ParsedInput<N>, facts: DeedFacts) => boolean
  readonly ask: (input: ParsedInput<N>, facts: DeedFacts) => Question
}

/**
 * `free`: only reads, adds, or makes something safer. `begins`: reads what a deed of the same press will need, which
 * may take longer than a press stays fresh.
 */
export type DeedRule<N extends RequestName> = Deed<N> | 'free' | 'begins'

const mostShownName = 80

/** Names come from providers: on one line, without marks that turn a line round, and cut to a readable length. */
const quoted = (name: string): string => {
  const plain = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim()
  const letters = [...plain]
  const isLong = letters.length > mostShownName
  return `“${letters.slice(0, mostShownName).join('')}${isLong ? '…' : ''}”`
}

const accountNamed = (accountId: AccountId, { account }: DeedFacts): string => {
  const found = account(accountId)
  return found === null ? 'this account' : quoted(found.name)
}

const change = <N extends RequestName>(
  message: (input: ParsedInput<N>, facts: DeedFacts) => string,
  button: string,
  isOne?: Deed<N>['isOne']
): Deed<N> => ({
  purpose: 'change',
  ...(isOne === undefined ? {} : { isOne }),
  ask: (input, facts) => ({ message: message(input, facts), button })
})

const outside = <N extends RequestName>(message: string, button: string): Deed<N> => ({
  purpose: 'outside',
  ask: () => ({ message, button })
})

const save = <N extends RequestName>(what: string): Deed<N> =>
  outside(`Choose where to save ${what}?`, 'Choose')

const deletionMessage = (
  { planId }: ParsedInput<'deletion:start'>,
  { plan }: DeedFacts
): string => {
  const found = plan(planId)
  if (found === null) return 'Start this deletion?'
  const { steps, title } = found
  const what = title === '' ? `${steps.length} items` : quoted(title)
  const isPermanent = steps.some((step) => step.mode === 'permanent')
  return isPermanent ? `Permanently delete ${what}?` : `Delete ${what}?`
}

/** A saved account that may do more afterwards, or whose key goes elsewhere. */
const changesAccess = (input: ParsedInput<'account:save'>, { account }: DeedFacts): boolean => {
  const known = input.id === null ? null : account(input.id)
  if (known === null) return false
  return (
    input.apiKey !== null ||
    input.apiAddress !== known.apiAddress ||
    (known.isReadOnly && !input.isReadOnly)
  )
}

/** For every request of the contract, whether a person must have pressed something just before it. */
export const deeds: { readonly [N in RequestName]: DeedRule<N> } = {
  'app:bootstrap': 'free',
  'account:save': change(
    ({ id }, facts) =>
      id === null ? 'Change this account?' : `Change the account ${accountNamed(id, facts)}?`,
    'Change account',
    changesAccess
  ),
  'account:check': 'free',
  'account:remove': change(
    ({ accountId }, facts) => `Remove the account ${accountNamed(accountId, facts)}?`,
    'Remove account'
  ),
  'account:exploreSample': 'free',
  'key:deleteUnused': 'free',
  'key:forget': change(
    ({ accountId }, facts) => `Forget the key of ${accountNamed(accountId, facts)}?`,
    'Forget key'
  ),
  'asset:list': 'free',
  'asset:place': 'free',
  'asset:get': 'free',
  'asset:count': 'free',
  'asset:rename': 'free',
  'asset:copyLink': outside('Copy a link to the clipboard?', 'Copy'),
  // The system takes nothing along without a pointer that is held.
  'asset:startDrag': 'free',
  'library:refresh': 'free',
  'library:stop': 'free',
  'plan:make': 'begins',
  'plan:choose': 'begins',
  'plan:local': 'free',
  'plan:export': save('the plan'),
  'plan:archive': save('copies of what would be deleted'),
  'deletion:start': change(deletionMessage, 'Delete'),
  'batch:list': 'free',
  'batch:past': 'free',
  'batch:items': 'free',
  'batch:undo': 'free',
  'batch:pause': 'free',
  'batch:resume': change(() => 'Resume this deletion?', 'Resume'),
  'batch:cancel': 'free',
  'batch:retry': change(() => 'Try this deletion again?', 'Try again'),
  'batch:dismiss': 'free',
  'asset:deletions': 'free',
  'asset:pin': {
    ...change(
      ({ refs }) => `Unpin ${refs.length === 1 ? '1 item' : `${refs.length} items`}?`,
      'Unpin',
      ({ isPinned }) => !isPinned
    ),
    most: 8
  },
  'asset:openPage': outside('Open the provider’s website in your browser?', 'Open'),
  'asset:add': 'free',
  'receipt:save': save('the receipt'),
  'receipt:verify': outside('Choose a receipt to verify?', 'Choose'),
  'receiptKey:get': 'free',
  'receiptKey:renew': change(() => 'Make a new key for signing receipts?', 'Make new key'),
  'person:list': 'free',
  'person:save': 'free',
  'person:remove': change(() => 'Remove this person?', 'Remove person'),
  'person:assign': 'free',
  'draft:add': 'free',
  'draft:again': 'free',
  'draft:reopen': 'free',
  'draft:update': 'free',
  'draft:discard': 'free',
  'draft:create': 'free',
  'history:list': 'free',
  'history:timeline': 'free',
  'news:take': 'free',
  'history:check': 'free',
  'history:acceptEnd': change(() => 'Accept the history as it is now?', 'Accept'),
  'history:export': save('the history'),
  'history:clear': change(() => 'Clear the history?', 'Clear history'),
  'keychain:stopWaiting': 'free',
  'settings:update': {
    ...change(
      ({ holdSeconds }) =>
        holdSeconds === 0
          ? 'Send deletions at once, without time to undo?'
          : 'Shorten the time in which a deletion can be undone?',
      'Change setting',
      ({ holdSeconds }, { settings }) =>
        holdSeconds !== undefined && holdSeconds < settings().holdSeconds
    ),
    oldestMs: 60_000
  },
  'settings:chooseExportFolder': outside('Choose a folder for exports?', 'Choose'),
  'diagnostics:save': save('a file for a bug report'),
  'link:open': outside('Open a website in your browser?', 'Open'),
  'data:reveal': outside('Show the data folder?', 'Show'),
  'data:restore': change(() => 'Restore the backup?', 'Restore')
}
