import type { AccountId } from '../../shared/domain/account.ts'
import type { BucketId } from '../../shared/domain/bucket.ts'
import type { DeletionPlan } from '../../shared/domain/plan.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { RequestName } from '../../shared/ipc/contract.ts'
import { type PlainMessageId, t } from '../../shared/messages/messages.ts'
import type { AccountRecord, BucketRecord } from '../ports/store.ts'
import type { Purpose } from '../security/presses.ts'
import type { ParsedInput } from './dispatcher.ts'

/** What a deed is judged and named by; read from main's own memory and database, never from the window. */
export interface DeedFacts {
  readonly account: (
    accountId: AccountId
  ) => Pick<AccountRecord, 'name' | 'apiAddress' | 'isReadOnly'> | null
  readonly bucket: (
    bucketId: BucketId
  ) => Pick<BucketRecord, 'name' | 'endpoint' | 'accessKeyId'> | null
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
const shownName = (name: string): string => {
  const plain = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim()
  const letters = [...plain]
  const isLong = letters.length > mostShownName
  return `${letters.slice(0, mostShownName).join('')}${isLong ? '…' : ''}`
}

const accountNamed = (accountId: AccountId | null, { account }: DeedFacts) => {
  const found = accountId === null ? null : account(accountId)
  return { known: found === null ? 'no' : 'yes', name: shownName(found?.name ?? '') }
}

const change = <N extends RequestName>(
  message: (input: ParsedInput<N>, facts: DeedFacts) => string,
  button: PlainMessageId,
  isOne?: Deed<N>['isOne']
): Deed<N> => ({
  purpose: 'change',
  ...(isOne === undefined ? {} : { isOne }),
  ask: (input, facts) => ({ message: message(input, facts), button: t(button) })
})

const outside = <N extends RequestName>(
  message: PlainMessageId,
  button: PlainMessageId
): Deed<N> => ({
  purpose: 'outside',
  ask: () => ({ message: t(message), button: t(button) })
})

const deletionMessage = (
  { planId }: ParsedInput<'deletion:start'>,
  { plan }: DeedFacts
): string => {
  const found = plan(planId)
  if (found === null) return t('deed.deleteUnknown')
  const { steps, title } = found
  const mode = steps.some((step) => step.mode === 'permanent') ? 'permanent' : 'soft'
  return title === ''
    ? t('deed.deleteCount', { mode, count: steps.length })
    : t('deed.deleteNamed', { mode, title: shownName(title) })
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

const bucketNamed = (bucketId: BucketId | null, { bucket }: DeedFacts) => {
  const found = bucketId === null ? null : bucket(bucketId)
  return { known: found === null ? 'no' : 'yes', name: shownName(found?.name ?? '') }
}

/** A saved connection whose secret is another afterwards, or goes elsewhere. */
const changesBucket = (input: ParsedInput<'bucket:save'>, { bucket }: DeedFacts): boolean => {
  const known = input.id === null ? null : bucket(input.id)
  if (known === null) return false
  return (
    input.secretKey !== null ||
    input.endpoint !== known.endpoint ||
    input.accessKeyId !== known.accessKeyId
  )
}

/** For every request of the contract, whether a person must have pressed something just before it. */
export const deeds: { readonly [N in RequestName]: DeedRule<N> } = {
  'app:bootstrap': 'free',
  'account:save': change(
    ({ id }, facts) => t('deed.changeAccount', accountNamed(id, facts)),
    'deed.changeAccountButton',
    changesAccess
  ),
  'account:try': 'free',
  'account:check': 'free',
  'account:remove': change(
    ({ accountId }, facts) => t('deed.removeAccount', accountNamed(accountId, facts)),
    'accounts.remove'
  ),
  'account:exploreSample': 'free',
  'key:deleteUnused': 'free',
  'key:forget': change(
    ({ accountId }, facts) => t('deed.forgetKey', accountNamed(accountId, facts)),
    'accounts.forget'
  ),
  'firstScreen:note': 'free',
  'asset:list': 'free',
  'asset:prepareSearch': 'free',
  'asset:place': 'free',
  'asset:typed': 'free',
  'asset:get': 'free',
  'training:outlook': 'free',
  'voice:uses': 'free',
  'pal:pages': 'free',
  'transcript:get': outside('deed.readTranscript', 'deed.read'),
  'transcript:save': outside('deed.saveTranscript', 'deed.choose'),
  'asset:count': 'free',
  'asset:rename': 'free',
  'asset:copyLink': outside('deed.copyLink', 'deed.copy'),
  // The system takes nothing along without a pointer that is held.
  'asset:startDrag': 'free',
  'picture:keepSmall': 'free',
  'library:refresh': 'free',
  'library:stop': 'free',
  'plan:make': 'begins',
  'plan:choose': 'begins',
  'plan:local': 'free',
  'plan:export': outside('deed.savePlan', 'deed.choose'),
  'plan:archive': outside('deed.saveArchive', 'deed.choose'),
  'deletion:start': change(deletionMessage, 'deed.deleteButton'),
  'batch:list': 'free',
  'batch:past': 'free',
  'batch:items': 'free',
  'batch:undo': 'free',
  'batch:pause': 'free',
  'batch:resume': change(() => t('deed.resumeDeletion'), 'batches.resume'),
  'batch:cancel': 'free',
  'batch:retry': change(() => t('deed.retryDeletion'), 'dialog.tryAgain'),
  'batch:dismiss': 'free',
  'batch:putBack': 'free',
  'asset:deletions': 'free',
  'asset:pin': {
    ...change(
      ({ refs }) => t('deed.unpin', { count: refs.length }),
      'library.actions.unpin',
      ({ isPinned }) => !isPinned
    ),
    most: 8
  },
  'asset:openPage': outside('deed.openPage', 'deed.open'),
  'asset:add': 'free',
  'receipt:save': outside('deed.saveReceipt', 'deed.choose'),
  'receipt:verify': outside('deed.verifyReceipt', 'deed.choose'),
  'receiptKey:get': 'free',
  'receiptKey:renew': change(() => t('deed.renewKey'), 'deed.renewKeyButton'),
  'person:list': 'free',
  'person:save': 'free',
  'note:get': 'free',
  'note:set': 'free',
  'note:tags': 'free',
  'person:remove': change(() => t('deed.removePerson'), 'deed.removePersonButton'),
  'person:assign': 'free',
  'person:saveAll': outside('deed.savePerson', 'deed.choose'),
  'person:saving': 'free',
  'person:conversations': 'free',
  'person:stopSaving': 'free',
  'person:showSaved': outside('deed.showSaved', 'deed.show'),
  'consent:list': 'free',
  'consent:add': 'free',
  'consent:remove': change(() => t('deed.removeConsentNote'), 'consent.remove'),
  'consent:chooseClip': outside('deed.chooseClip', 'deed.choose'),
  'consent:draftClip': 'free',
  'consent:export': outside('deed.saveConsents', 'deed.choose'),
  'draft:add': 'free',
  'draft:again': 'free',
  'draft:reopen': 'free',
  'draft:update': 'free',
  'draft:mendLink': 'free',
  'draft:applyToAll': 'free',
  'draft:discard': 'free',
  'draft:restore': 'free',
  'draft:saveTemplate': outside('deed.saveTemplate', 'deed.choose'),
  'draft:create': 'free',
  'video:check': 'free',
  'video:fit': outside('deed.fitVideo', 'deed.choose'),
  'video:cancelFit': 'free',
  'video:preview': 'free',
  'bucket:list': 'free',
  'bucket:try': 'free',
  'bucket:save': change(
    ({ id }, facts) => t('deed.changeBucket', bucketNamed(id, facts)),
    'deed.changeBucketButton',
    changesBucket
  ),
  'bucket:remove': change(
    ({ bucketId }, facts) => t('deed.removeBucket', bucketNamed(bucketId, facts)),
    'buckets.remove'
  ),
  'bucket:test': 'free',
  'draft:addVideoFiles': 'free',
  'draft:chooseVideoFile': outside('deed.chooseVideo', 'deed.choose'),
  'upload:list': 'free',
  'upload:start': 'free',
  'upload:pause': 'free',
  'upload:resume': 'free',
  'upload:cancel': 'free',
  'upload:leftovers': 'free',
  'upload:removeFile': change(() => t('deed.removeUploaded'), 'deed.removeUploadedButton'),
  'upload:removeUnfinished': change(
    ({ ids }) => t('deed.removeUnfinished', { count: ids.length }),
    'deed.removeUploadedButton'
  ),
  'agenda:list': 'free',
  'agenda:pause': 'free',
  'agenda:resume': change(() => t('deed.resumeAll'), 'agenda.resume'),
  'history:list': 'free',
  'history:timeline': 'free',
  'history:parts': 'free',
  'history:story': 'free',
  'history:countNew': 'free',
  'inbox:list': 'free',
  'inbox:mark': 'free',
  'history:acknowledge': 'free',
  'history:chart': 'free',
  'news:take': 'free',
  'history:check': 'free',
  'history:acceptEnd': change(() => t('deed.acceptHistory'), 'deed.accept'),
  'history:export': outside('deed.saveHistory', 'deed.choose'),
  'history:exporting': 'free',
  'history:stopExport': 'free',
  'history:showExport': outside('deed.showExport', 'deed.show'),
  'history:clear': change(() => t('deed.clearHistory'), 'settings.clearConfirm'),
  'names:preview': 'free',
  'names:forget': change(() => t('deed.forgetNames'), 'forget.confirm'),
  'keychain:stopWaiting': 'free',
  'settings:update': {
    ...change(
      ({ holdSeconds }) => t(holdSeconds === 0 ? 'deed.noHold' : 'deed.shorterHold'),
      'deed.changeSetting',
      ({ holdSeconds }, { settings }) =>
        holdSeconds !== undefined && holdSeconds < settings().holdSeconds
    ),
    oldestMs: 60_000
  },
  'settings:chooseExportFolder': outside('deed.chooseExportFolder', 'deed.choose'),
  'diagnostics:save': outside('deed.saveDiagnostics', 'deed.choose'),
  'update:get': 'free',
  'update:check': 'free',
  'update:install': change(() => t('deed.installUpdate'), 'updates.restart'),
  'update:openPage': outside('deed.openReleases', 'deed.open'),
  'whatsNew:take': 'free',
  'whatsNew:get': 'free',
  'link:open': outside('deed.openLink', 'deed.open'),
  'data:reveal': outside('deed.revealData', 'deed.show'),
  'data:restore': change(() => t('deed.restoreBackup'), 'deed.restore'),
  'backup:make': outside('deed.saveBackup', 'deed.choose'),
  'backup:current': 'free',
  'backup:stop': 'free',
  'backup:show': outside('deed.showBackup', 'deed.show'),
  'restore:open': outside('deed.openBackup', 'deed.choose'),
  'restore:current': 'free',
  'restore:begin': change(() => t('deed.restoreFile'), 'deed.restore'),
  'restore:close': 'free',
  'keeping:count': 'free',
  'keeping:removePictures': change(() => t('deed.removePictures'), 'keeping.removeConfirm')
}
