import { type HistoryEventType, historyEvents } from '../../shared/catalogue/history-events.ts'
import type { HistoryBody, HistoryCheck, HistoryEvent } from '../../shared/domain/history.ts'
import { assertNever } from '../../shared/result.ts'
import { type StateTone, statusName } from './asset-words.ts'
import { keeperText } from './kind-words.ts'
import { countOf, exactTime, number } from './time-words.ts'

const text = (body: HistoryBody, key: string): string | null => {
  const value = body[key]
  return typeof value === 'string' && value !== '' ? value : null
}

const reasonsOf = (who: string): Readonly<Record<string, string>> => ({
  'key-missing': 'the account has no key',
  'key-rejected': `${who} rejected the key`,
  'key-changed': 'the key is another one now',
  'account-changed': 'the account was changed meanwhile',
  'keychain-unavailable': 'the keychain could not be read',
  'read-only-account': 'the account is read-only',
  offline: 'no connection',
  'sample-not-started': 'the sample data did not start',
  'insecure-connection': 'the connection was not safe',
  'timed-out': `${who} took too long`,
  'outcome-unknown': 'the answer was lost',
  'rate-limited': `${who} asked to slow down`,
  'provider-refused': `${who} refused`,
  'invalid-input': `${who} refused`,
  'provider-down': `${who} had trouble`,
  'unexpected-response': 'the answer could not be read',
  'not-found': `${who} does not know it`,
  'storage-failed': 'it could not be stored',
  interrupted: 'the app was closed in between',
  bug: 'an error in the app',
  canceled: 'called off',
  undone: 'taken back',
  pinned: 'it is pinned',
  changed: 'something changed since it was looked at',
  restart: 'the app was closed in between',
  sleep: 'the computer went to sleep',
  person: 'by hand',
  connection: 'no connection',
  key: 'the key was refused or could not be read',
  pace: `${who} asked to slow down`,
  storage: 'it could not be stored',
  clock: 'this computer’s clock could not be trusted'
})

/** ": Tavus refused, “…”", or nothing if no reason was noted. */
const because = (body: HistoryBody, who: string): string => {
  const reason = text(body, 'reason')
  const said = text(body, 'said')
  const ours = reason === null ? null : (reasonsOf(who)[reason] ?? reason)
  if (ours === null && said === null) return ''
  if (said === null) return `: ${ours}`
  return ours === null ? `: “${said}”` : `: ${ours}, “${said}”`
}

const howDeleted = (body: HistoryBody): string =>
  text(body, 'mode') === 'permanent' ? ' permanently' : ''

/** Records of earlier versions do not say how it stood before the look. */
const wasLost = (body: HistoryBody): boolean => ['unclear', 'refused'].includes(String(body['was']))

/** " to host.example", where it is known. */
export const redirectedTo = (origin: unknown): string =>
  typeof origin === 'string' ? ` to ${origin.replace(/^https:\/\//, '')}` : ''

/** What had come in place of an answer. Records of earlier versions do not say. */
const answerBefore = (body: HistoryBody, who: string): string => {
  const { answerStatus } = body
  if (typeof answerStatus === 'number') return `${who} had answered with an error (${answerStatus})`
  switch (text(body, 'answer')) {
    case 'redirect':
      return `the request was redirected${redirectedTo(body['redirectedTo'])}; the redirect was not followed`
    case 'unexpected-response':
      return 'the answer could not be used'
    case 'bug':
      return 'the app had failed while sending it'
    default:
      return 'the answer was lost'
  }
}

const unclearReadBack = (body: HistoryBody): string => {
  switch (text(body, 'found')) {
    case 'says-deleted':
      return 'checked: it says it is deleted; whether for good is not known'
    case 'there':
      return 'checked: still there; not clear yet'
    default:
      return 'checked: not clear yet'
  }
}

const notDeleted = (body: HistoryBody): string => {
  switch (text(body, 'found')) {
    case 'there':
      return 'checked: still there; not deleted'
    case 'says-deleted':
      return unclearReadBack(body)
    default:
      return 'checked: not deleted'
  }
}

const readBack = (body: HistoryBody, who: string): string => {
  const seen = text(body, 'found') === 'says-deleted' ? 'it says it is deleted' : 'gone'
  switch (text(body, 'outcome')) {
    case 'gone':
      return `checked: ${seen}${wasLost(body) ? `; ${answerBefore(body, who)}` : ''}`
    case 'done':
    case 'already-gone':
      return `checked: ${seen}`
    case 'failed':
    case 'refused':
    case 'canceled':
      return notDeleted(body)
    case 'not-found':
      return `checked: ${who} does not know it`
    case 'accepted':
      return `checked: still there 15 minutes after ${who} accepted the deletion`
    default:
      return unclearReadBack(body)
  }
}

const failed = (body: HistoryBody, who: string): string =>
  text(body, 'outcome') === 'refused-for-now'
    ? `was not deleted yet${because(body, who)}; another request follows while versions are being removed`
    : `was not deleted${because(body, who)}`

const answered = (body: HistoryBody, who: string): string => {
  switch (text(body, 'outcome')) {
    case 'not-known':
      return `${who} answered that it does not know it`
    case 'already-gone':
      return 'was already gone when asked to delete'
    case 'not-found':
      return `not known to ${who}; not counted as deleted`
    default:
      return text(body, 'mode') === 'permanent'
        ? `${who} accepted the permanent deletion`
        : `${who} accepted the deletion`
  }
}

/** What the provider does with it until it is ready. */
const makingOf = (kind: HistoryEvent['assetKind']): string =>
  kind === 'video' ? 'rendering' : 'training'

const firstSeen = (body: HistoryBody, kind: HistoryEvent['assetKind']): string => {
  const reason = text(body, 'reason')
  return reason === null
    ? 'first seen in the list'
    : `first seen in the list; ${makingOf(kind)} had failed: “${reason}”`
}

const statusChanged = (body: HistoryBody, kind: HistoryEvent['assetKind']): string => {
  switch (text(body, 'to')) {
    case 'ready':
      return kind === 'video' ? 'video ready' : 'training completed'
    case 'failed': {
      const reason = text(body, 'reason')
      const failed = `${makingOf(kind)} failed`
      return reason === null ? failed : `${failed}: “${reason}”`
    }
    case 'training':
      return `${makingOf(kind)} started`
    case 'preview':
      return 'preview ready, tuning goes on'
    default:
      return `is now “${text(body, 'statusRaw') ?? statusName(text(body, 'to') ?? '')}”`
  }
}

/** Whoever asked for its deletion before cannot say that it was somebody else's doing. */
const vanished = (body: HistoryBody): string => {
  if (body['wasAsked'] !== true) return 'vanished from the list; not deleted by this app'
  switch (text(body, 'answer')) {
    case 'accepted':
      return 'vanished from the list; its deletion had been requested and accepted'
    case 'refused':
      return 'vanished from the list; its deletion had been requested and refused'
    default:
      return 'vanished from the list; its deletion had been requested, without a clear answer'
  }
}

const toOrigin = (body: HistoryBody): string => {
  const origin = text(body, 'origin')
  return origin === null ? '' : ` to ${origin.replace(/^https:\/\//, '')}`
}

type DeletionEventType = Extract<HistoryEventType, `deletion-${string}`>

const items = (body: HistoryBody): string =>
  typeof body['count'] === 'number' ? ` of ${countOf(body['count'], 'item')}` : ''

/** What became of a deletion, in the order in which it can happen. */
const deletionText = (type: DeletionEventType, body: HistoryBody, who: string): string => {
  const runAt = text(body, 'runAt')
  switch (type) {
    case 'deletion-scheduled':
      return `permanent deletion${items(body)} scheduled${runAt === null ? '' : ` for ${exactTime(runAt)}`}`
    case 'deletion-held':
      return `deletion${items(body)} held; nothing sent yet`
    case 'deletion-asked':
      return `deletion${items(body)} confirmed${text(body, 'mode') === 'permanent' ? ', permanent' : ''}`
    case 'deletion-paused':
      return `deletion${items(body)} paused${because(body, who)}`
    case 'deletion-resumed':
      return `deletion${items(body)} resumed`
    case 'deletion-sent':
      return `asked ${who} to delete it${howDeleted(body)}`
    case 'deletion-tried':
      return `sending the request to delete it${howDeleted(body)}${toOrigin(body)}`
    case 'deletion-not-sent':
      return `the request was not sent${because(body, who)}`
    case 'deletion-rate-limited':
      return `${who} refused the request for its rate; another one follows`
    case 'deletion-accepted':
      return `${who} accepted the deletion; removal takes a few minutes`
    case 'deletion-answered':
      return answered(body, who)
    case 'deletion-failed':
      return failed(body, who)
    case 'deletion-unclear':
      return unclear(body, who)
    case 'deletion-read-back':
      return readBack(body, who)
    case 'deletion-canceled':
      return canceled(body, who)
    case 'deletion-checked':
      return checked(body)
    case 'deletion-drifted':
      return `found again after its deletion${linkOf(body)}`
    default:
      return assertNever(type)
  }
}

const unclear = (body: HistoryBody, who: string): string => {
  const httpStatus = body['httpStatus']
  switch (text(body, 'reason')) {
    case 'interrupted':
      return 'the app ended before an answer came; whether the request was sent is not known'
    case 'provider-down':
      return `${who} answered with an error (${String(httpStatus)}); what happened is not known`
    case 'unexpected-response':
      return 'the answer could not be used; what happened is not known'
    case 'redirect':
      return `the request was redirected${redirectedTo(body['redirectedTo'])}, the redirect was not followed; what happened is not known`
    case 'bug':
      return `the app failed while sending it (reference ${text(body, 'reference') ?? ''}); what happened is not known`
    default:
      return body['wasSent'] === false
        ? 'deletion interrupted before it was sent'
        : 'the request was sent, the answer was lost'
  }
}

/** By hand or because the app ended it was taken back; for any other reason it was held back. */
const canceled = (body: HistoryBody, who: string): string => {
  const reason = text(body, 'reason') ?? 'undo'
  if (body['wasSent'] === true) {
    return `deletion canceled: ${who} had refused the request`
  }
  if (byHand.has(reason)) return `deletion${items(body)} taken back before it was sent`
  return reason === 'invalid-input'
    ? 'deletion held back before it was sent'
    : `deletion held back before it was sent${because(body, who)}`
}

const byHand: ReadonlySet<string> = new Set(['undo', 'undone', 'person', 'cancel', 'canceled'])

const lookedAt: Readonly<Record<string, string>> = {
  thumbnail: ', by its thumbnail link',
  download: ', by its download link',
  stream: ', by its stream link',
  hosted: ', by its page link'
}

const linkOf = (body: HistoryBody): string => lookedAt[text(body, 'what') ?? ''] ?? ''

const checkedResults: Readonly<Record<string, string>> = {
  gone: 'gone',
  'says-deleted': 'says that it is deleted',
  'still-there': 'still there',
  reachable: 'can still be reached',
  unreachable: 'cannot be reached any more'
}

/** A later look: what was looked at and what it showed. */
const checked = (body: HistoryBody): string =>
  `looked again${linkOf(body)}: ${checkedResults[text(body, 'result') ?? ''] ?? 'could not be told'}`

const archiveSaved = (body: HistoryBody): string => {
  const count = body['count'] ?? body['files']
  return typeof count === 'number'
    ? `a copy of ${countOf(count, 'file')} saved before the deletion`
    : 'a copy saved before the deletion'
}

const assigned = (body: HistoryBody): string => {
  const name = text(body, 'person')
  return name === null ? 'unassigned' : `assigned to ${name}`
}

/** What happened, after the name of what it happened to. */
export const eventText = (event: HistoryEvent): string => {
  const { type, body } = event
  const who = keeperText(event.assetKind)
  switch (type) {
    case 'account-added':
      return 'account added'
    case 'account-changed':
      return 'account changed'
    case 'account-removed':
      return 'account removed; its history stays'
    case 'key-saved':
      return body['isKept'] === false
        ? 'key kept for one run of the app'
        : 'key saved in the keychain'
    case 'key-forgotten':
      return 'key forgotten'
    case 'asset-first-seen':
      return firstSeen(body, event.assetKind)
    case 'asset-status-changed':
      return statusChanged(body, event.assetKind)
    case 'asset-renamed':
      return `renamed elsewhere from “${text(body, 'from') ?? ''}”`
    case 'asset-vanished':
      return vanished(body)
    case 'asset-returned':
      return 'is in the list again'
    case 'creation-asked':
      return `asked Tavus to train it${text(body, 'model') === null ? '' : ` with ${text(body, 'model')}`}`
    case 'creation-answered':
      return body['foundInListing'] === true ? 'found in the list: training' : 'training started'
    case 'creation-failed':
      return body['foundInListing'] === false
        ? 'not found in the list: it was not created'
        : `was not created${because(body, who)}`
    case 'creation-unclear':
      return `asked to create; no answer known${because(body, who)}`
    case 'rename-asked':
      return `asked ${who} to rename it to “${text(body, 'to') ?? ''}”`
    case 'rename-answered':
      return `renamed from “${text(body, 'from') ?? ''}”`
    case 'rename-failed':
      return `was not renamed${because(body, who)}`
    case 'deletion-scheduled':
    case 'deletion-held':
    case 'deletion-asked':
    case 'deletion-paused':
    case 'deletion-resumed':
    case 'deletion-sent':
    case 'deletion-tried':
    case 'deletion-not-sent':
    case 'deletion-rate-limited':
    case 'deletion-accepted':
    case 'deletion-answered':
    case 'deletion-failed':
    case 'deletion-unclear':
    case 'deletion-read-back':
    case 'deletion-canceled':
    case 'deletion-checked':
    case 'deletion-drifted':
      return deletionText(type, body, who)
    case 'asset-pinned':
      return 'pinned: protected from deletion'
    case 'asset-unpinned':
      return 'unpinned'
    case 'archive-saved':
      return archiveSaved(body)
    case 'receipt-made':
      return 'receipt made'
    case 'receipt-saved':
      return `receipt saved${text(body, 'format') === null ? '' : ` as ${String(body['format']).toUpperCase()}`}`
    case 'receipt-key-made':
      return text(body, 'from') === null
        ? 'made; it signs receipts'
        : 'made anew; receipts saved before keep the old one'
    case 'person-added':
      return 'person added'
    case 'person-changed':
      return 'person changed'
    case 'person-removed':
      return 'person removed; the assets stay'
    case 'asset-assigned':
      return assigned(body)
    case 'history-exported':
      return `${countOf(Number(body['count'] ?? 0), 'record')} exported`
    case 'database-restored':
      return 'restored from a backup'
    case 'history-end-accepted':
      return 'accepted as it is; the keychain remembered another end'
    case 'history-cleared':
      return `${countOf(Number(body['count'] ?? 0), 'record')} cleared; kept in a file for 30 days`
    default:
      return assertNever(type)
  }
}

const subjects: Readonly<Partial<Record<HistoryEventType, string>>> = {
  'deletion-scheduled': 'Several',
  'deletion-held': 'Several',
  'deletion-asked': 'Several',
  'deletion-paused': 'Several',
  'deletion-resumed': 'Several',
  'deletion-canceled': 'Several',
  'archive-saved': 'Archive',
  'receipt-made': 'Receipt',
  'receipt-saved': 'Receipt',
  'receipt-key-made': 'Signing key',
  'person-added': 'Person',
  'person-changed': 'Person',
  'person-removed': 'Person'
}

/** Whom or what a record is about. */
export const eventSubject = (event: HistoryEvent): string => {
  if (event.assetName !== null && event.assetName.trim() !== '') return event.assetName
  if (event.assetId !== null) return event.assetId
  if (event.type.startsWith('creation')) return 'Replica without a name'
  if (event.accountName !== null) return event.accountName
  const called = text(event.body, 'title') ?? text(event.body, 'person')
  if (called !== null) return called
  return event.type === 'database-restored' ? 'Database' : (subjects[event.type] ?? 'History')
}

const checkedTone = (body: HistoryBody): StateTone => {
  const result = String(body['result'])
  if (result === 'still-there' || result === 'reachable') return 'warn'
  return Object.hasOwn(checkedResults, result) ? 'good' : 'quiet'
}

const statusTone = (body: HistoryBody): StateTone => {
  if (body['to'] === 'failed') return 'bad'
  return body['to'] === 'ready' ? 'good' : 'busy'
}

export const eventTone = ({ type, body }: HistoryEvent): StateTone => {
  const { tone } = historyEvents[type]
  if (tone !== 'by-body') return tone
  if (type === 'asset-status-changed') return statusTone(body)
  if (type === 'deletion-checked') return checkedTone(body)
  return ['done', 'gone', 'already-gone'].includes(String(body['outcome'])) ? 'good' : 'warn'
}

const factNames: Readonly<Record<string, string>> = {
  mode: 'Kind of deletion',
  outcome: 'Outcome',
  httpStatus: 'Answer',
  reason: 'Reason',
  from: 'Before',
  to: 'After',
  status: 'State',
  createdAt: 'Created',
  lastSeenAt: 'Last seen',
  model: 'Model',
  provider: 'Provider',
  apiAddress: 'API address',
  isReadOnly: 'Read-only',
  isKept: 'In the keychain',
  isSample: 'Sample data',
  wasSent: 'Was sent',
  sent: 'Was sent',
  attempt: 'Attempt',
  was: 'Before the check',
  found: 'Check showed',
  reference: 'Reference in the log',
  origin: 'Server',
  foundInListing: 'Found in the list',
  format: 'Format',
  count: 'Records',
  keptAs: 'Kept in the file',
  lastHash: 'Chain hash of the last one',
  subject: 'Who is it',
  runAt: 'Runs at',
  result: 'Found',
  what: 'Looked at',
  batch: 'Deletion',
  person: 'Person',
  keptSeq: 'Last record remembered',
  keptHash: 'Its chain hash',
  receipt: 'Receipt',
  statement: 'Hash of what it says',
  folderName: 'Folder',
  files: 'Files',
  gaps: 'Not saved',
  untilAt: 'Until',
  dueAt: 'Was due',
  planId: 'Plan'
}

/** "trainVideoHost" becomes "Train video host", for facts that have no name of their own yet. */
const spelledOut = (key: string): string => {
  const spaced = key.replace(/[A-Z0-9]+/g, (letters) => ` ${letters.toLowerCase()}`)
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

const sentWords: Readonly<Record<string, string>> = {
  yes: 'Yes',
  no: 'No',
  unknown: 'Not known'
}

const factValue = (key: string, value: string | number | boolean, who: string): string => {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'number') return key === 'httpStatus' ? String(value) : number(value)
  if (key.endsWith('At') && !Number.isNaN(Date.parse(value))) return exactTime(value)
  if (key === 'reason') return reasonsOf(who)[value] ?? value
  if (key === 'sent') return sentWords[value] ?? value
  return value
}

export interface Fact {
  readonly name: string
  readonly value: string
}

const factName = (key: string, who: string): string => {
  if (key === 'said') return `${who} said`
  if (key === 'statusRaw') return `${who}’s word`
  return factNames[key] ?? spelledOut(key)
}

export const factsOf = (body: HistoryBody, who: string): readonly Fact[] =>
  Object.entries(body).flatMap(([key, value]) =>
    value === null || value === ''
      ? []
      : [{ name: factName(key, who), value: factValue(key, value, who) }]
  )

export interface CheckWords {
  readonly tone: StateTone
  readonly title: string
  readonly text: string
}

const claim =
  'Changes to past records would show. Records cut off at the end would not, except against the end that the keychain remembers.'

const kept =
  'The keychain keeps the end it remembers until you accept this one; both are then recorded.'

/** What a walk over the chain showed, claiming no more than it can (security F8). */
export const checkText = (check: HistoryCheck): CheckWords => {
  const count = countOf(check.checkedCount, 'record')
  const good = (text: string): CheckWords => ({
    tone: 'good',
    title: `${count} checked, none changed`,
    text: `${text} ${claim}`
  })
  if (!check.isIntact) {
    return {
      tone: 'bad',
      title: 'A past record was changed',
      text: `The chain breaks at record ${number(check.firstBadSeq ?? 0)}. Records before it are unchanged.`
    }
  }
  switch (check.remembered) {
    case 'matches':
      return good('The end is the one that the keychain remembers.')
    case 'behind':
      return {
        tone: 'bad',
        title: 'Records are missing from the end of the history',
        text: `${count} form an unbroken chain, but the keychain remembers a later record than the last one here. Records were deleted, or an older copy of the data folder was put in its place. ${kept}`
      }
    case 'mismatch':
      return {
        tone: 'bad',
        title: 'The history ends differently than the keychain remembers',
        text: `${count} form an unbroken chain, but it does not contain the record that the keychain remembers. Records were deleted or replaced. ${kept}`
      }
    case 'restored':
      return {
        tone: 'warn',
        title: 'The history is from a restored backup',
        text: `${count} form an unbroken chain. Records that were added after the backup was made are missing, as the history itself records. ${kept}`
      }
    case 'cleared':
      return {
        tone: 'warn',
        title: 'The history was cleared',
        text: `${count} form an unbroken chain that begins with the record of clearing it. ${kept}`
      }
    case 'other-database':
      return {
        tone: 'warn',
        title: `${count} checked, none changed`,
        text: 'An earlier version remembered a single end for all data folders. The one in the keychain is not from this history: it belongs to another data folder, or records were deleted here before the update.'
      }
    case 'none':
      return good('The keychain remembers no end yet.')
    case 'not-asked':
      return good('The end was not compared: the keychain was not available.')
    default:
      return assertNever(check.remembered)
  }
}

const differing: readonly HistoryCheck['remembered'][] = [
  'behind',
  'mismatch',
  'restored',
  'cleared'
]

/** Whether the person should know wherever they are: it is then told over every screen. */
export const isHistoryAlarm = ({ isIntact, remembered }: HistoryCheck): boolean =>
  !isIntact || differing.includes(remembered)

export const shortHash = (hash: string): string => `${hash.slice(0, 4)}…${hash.slice(-4)}`
