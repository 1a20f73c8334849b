import type { HistoryBody, HistoryCheck, HistoryEvent } from '../../shared/domain/history.ts'
import { assertNever } from '../../shared/result.ts'
import { type StateTone, statusName } from './asset-words.ts'
import { countOf, exactTime, number } from './time-words.ts'

const text = (body: HistoryBody, key: string): string | null => {
  const value = body[key]
  return typeof value === 'string' && value !== '' ? value : null
}

const reasons: Readonly<Record<string, string>> = {
  'key-missing': 'the account has no key',
  'key-rejected': 'Tavus rejected the key',
  'key-changed': 'the key is another one now',
  'keychain-unavailable': 'the keychain could not be read',
  'read-only-account': 'the account is read-only',
  offline: 'no connection',
  'sample-not-started': 'the sample data did not start',
  'insecure-connection': 'the connection was not safe',
  'timed-out': 'Tavus took too long',
  'outcome-unknown': 'the answer was lost',
  'rate-limited': 'Tavus asked to slow down',
  'provider-refused': 'Tavus refused',
  'invalid-input': 'Tavus refused',
  'provider-down': 'Tavus had trouble',
  'unexpected-response': 'the answer could not be read',
  'not-found': 'Tavus does not know it',
  'storage-failed': 'it could not be stored',
  interrupted: 'the app was closed in between',
  canceled: 'called off'
}

/** ": Tavus refused, “…”", or nothing if no reason was noted. */
const because = (body: HistoryBody): string => {
  const reason = text(body, 'reason')
  const said = text(body, 'said')
  const ours = reason === null ? null : (reasons[reason] ?? reason)
  if (ours === null && said === null) return ''
  if (said === null) return `: ${ours}`
  return ours === null ? `: “${said}”` : `: ${ours}, “${said}”`
}

const howDeleted = (body: HistoryBody): string =>
  text(body, 'mode') === 'permanent' ? ' permanently' : ''

const readBack = (body: HistoryBody): string => {
  switch (text(body, 'outcome')) {
    case 'done':
    case 'already-gone':
      return 'looked up: gone'
    case 'failed':
    case 'canceled':
      return 'looked up: not deleted'
    case 'not-found':
      return 'looked up: Tavus does not know it'
    default:
      return 'looked up: still not clear'
  }
}

const answered = (body: HistoryBody): string => {
  switch (text(body, 'outcome')) {
    case 'already-gone':
      return 'was already gone when asked to delete'
    case 'not-found':
      return 'not known to Tavus; not counted as deleted'
    default:
      return text(body, 'mode') === 'permanent'
        ? 'Tavus accepted the permanent deletion'
        : 'Tavus accepted the deletion'
  }
}

const statusChanged = (body: HistoryBody): string => {
  switch (text(body, 'to')) {
    case 'ready':
      return 'training completed'
    case 'failed': {
      const reason = text(body, 'reason')
      return reason === null ? 'training failed' : `training failed: “${reason}”`
    }
    case 'training':
      return 'training began'
    case 'preview':
      return 'preview ready, tuning goes on'
    default:
      return `is now “${text(body, 'statusRaw') ?? statusName(text(body, 'to') ?? '')}”`
  }
}

/** What happened, after the name of what it happened to. */
export const eventText = ({ type, body }: HistoryEvent): string => {
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
      return 'key taken out of the keychain'
    case 'asset-first-seen':
      return 'first seen in the list'
    case 'asset-status-changed':
      return statusChanged(body)
    case 'asset-renamed':
      return `renamed elsewhere from “${text(body, 'from') ?? ''}”`
    case 'asset-vanished':
      return 'vanished from the list; not deleted by this app'
    case 'asset-returned':
      return 'is in the list again'
    case 'creation-asked':
      return `asked Tavus to train it${text(body, 'model') === null ? '' : ` with ${text(body, 'model')}`}`
    case 'creation-answered':
      return body['foundInListing'] === true ? 'found in the list: training' : 'training started'
    case 'creation-failed':
      return body['foundInListing'] === false
        ? 'not found in the list: it was not created'
        : `was not created${because(body)}`
    case 'creation-unclear':
      return `asked to create; no answer known${because(body)}`
    case 'rename-asked':
      return `asked Tavus to rename it to “${text(body, 'to') ?? ''}”`
    case 'rename-answered':
      return `renamed from “${text(body, 'from') ?? ''}”`
    case 'rename-failed':
      return `was not renamed${because(body)}`
    case 'deletion-asked':
      return `deletion confirmed${text(body, 'mode') === 'permanent' ? ', permanent' : ''}`
    case 'deletion-sent':
      return `asked Tavus to delete it${howDeleted(body)}`
    case 'deletion-answered':
      return answered(body)
    case 'deletion-failed':
      return `was not deleted${because(body)}`
    case 'deletion-unclear':
      return body['wasSent'] === false
        ? 'deletion interrupted before it was sent'
        : `asked Tavus to delete it${howDeleted(body)}; the answer was lost`
    case 'deletion-read-back':
      return readBack(body)
    case 'history-exported':
      return `${countOf(Number(body['count'] ?? 0), 'record')} exported`
    case 'database-restored':
      return 'restored from a backup'
    case 'history-cleared':
      return `${countOf(Number(body['count'] ?? 0), 'record')} cleared; kept in a file for 30 days`
    default:
      return assertNever(type)
  }
}

/** Whom or what a record is about. */
export const eventSubject = (event: HistoryEvent): string => {
  if (event.assetName !== null && event.assetName.trim() !== '') return event.assetName
  if (event.assetId !== null) return event.assetId
  if (event.type.startsWith('creation')) return 'Replica without a name'
  if (event.accountName !== null) return event.accountName
  return event.type === 'history-exported' || event.type === 'history-cleared'
    ? 'History'
    : 'Database'
}

export const eventTone = (event: HistoryEvent): StateTone => {
  switch (event.type) {
    case 'deletion-failed':
    case 'creation-failed':
    case 'rename-failed':
      return 'bad'
    case 'deletion-unclear':
    case 'creation-unclear':
    case 'asset-vanished':
      return 'warn'
    case 'deletion-read-back':
      return ['done', 'already-gone'].includes(String(event.body['outcome'])) ? 'good' : 'warn'
    case 'asset-status-changed':
      if (event.body['to'] === 'failed') return 'bad'
      return event.body['to'] === 'ready' ? 'good' : 'busy'
    case 'deletion-answered':
    case 'creation-answered':
    case 'rename-answered':
      return 'good'
    case 'account-added':
    case 'account-changed':
    case 'account-removed':
    case 'key-saved':
    case 'key-forgotten':
    case 'asset-first-seen':
    case 'asset-renamed':
    case 'asset-returned':
    case 'creation-asked':
    case 'rename-asked':
    case 'deletion-asked':
    case 'deletion-sent':
    case 'history-exported':
    case 'database-restored':
    case 'history-cleared':
      return 'quiet'
    default:
      return assertNever(event.type)
  }
}

const factNames: Readonly<Record<string, string>> = {
  mode: 'Kind of deletion',
  outcome: 'Outcome',
  httpStatus: 'Answer',
  reason: 'Reason',
  said: 'Tavus said',
  from: 'Before',
  to: 'After',
  status: 'State',
  statusRaw: 'Tavus’s word',
  createdAt: 'Created',
  lastSeenAt: 'Last seen',
  model: 'Model',
  provider: 'Provider',
  apiAddress: 'API address',
  isReadOnly: 'Read-only',
  isKept: 'In the keychain',
  isSample: 'Sample data',
  wasSent: 'Was sent',
  foundInListing: 'Found in the list',
  format: 'Format',
  count: 'Records',
  keptAs: 'Kept in the file',
  lastHash: 'Chain hash of the last one',
  subject: 'Who is it'
}

/** "trainVideoHost" becomes "Train video host", for facts that have no name of their own yet. */
const spelledOut = (key: string): string => {
  const spaced = key.replace(/[A-Z0-9]+/g, (letters) => ` ${letters.toLowerCase()}`)
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

const factValue = (key: string, value: string | number | boolean): string => {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'number') return key === 'httpStatus' ? String(value) : number(value)
  if (key.endsWith('At') && !Number.isNaN(Date.parse(value))) return exactTime(value)
  if (key === 'reason') return reasons[value] ?? value
  return value
}

export interface Fact {
  readonly name: string
  readonly value: string
}

export const factsOf = (body: HistoryBody): readonly Fact[] =>
  Object.entries(body).flatMap(([key, value]) =>
    value === null || value === ''
      ? []
      : [{ name: factNames[key] ?? spelledOut(key), value: factValue(key, value) }]
  )

export interface CheckWords {
  readonly tone: StateTone
  readonly title: string
  readonly text: string
}

const claim =
  'Changes to past records would show. Records cut off at the end would not, except against the end that the keychain remembers.'

/** What a walk over the chain showed, claiming no more than it can (security F8). */
export const checkText = (check: HistoryCheck): CheckWords => {
  const count = countOf(check.checkedCount, 'record')
  if (!check.isIntact) {
    return {
      tone: 'bad',
      title: 'A past record was changed',
      text: `The chain breaks at record ${number(check.firstBadSeq ?? 0)}. Records before it are unchanged.`
    }
  }
  switch (check.remembered) {
    case 'matches':
      return {
        tone: 'good',
        title: `${count} checked, none changed`,
        text: `The end is the one that the keychain remembers. ${claim}`
      }
    case 'behind':
      return {
        tone: 'warn',
        title: 'Records are missing at the end',
        text: `${count} hang together, but the keychain remembers a later one than the last. It is so after a backup was restored, and if records were cut off.`
      }
    case 'mismatch':
      return {
        tone: 'bad',
        title: 'The end is not the one that was remembered',
        text: `${count} hang together, but the keychain remembers another end. Records may have been cut off or replaced.`
      }
    case 'none':
      return {
        tone: 'good',
        title: `${count} checked, none changed`,
        text: `The keychain remembers no end yet. ${claim}`
      }
    default:
      return assertNever(check.remembered)
  }
}

export const shortHash = (hash: string): string => `${hash.slice(0, 4)}…${hash.slice(-4)}`
