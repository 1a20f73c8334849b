import type { HistoryEventType } from '../../shared/catalogue/history-events.ts'
import { stepModes } from '../../shared/catalogue/kinds.ts'
import { providerIds, providerName } from '../../shared/catalogue/providers.ts'
import type { HistoryBody, HistoryCheck, HistoryEvent } from '../../shared/domain/history.ts'
import { t } from '../../shared/messages/messages.ts'
import { assertNever } from '../../shared/result.ts'
import { type StateTone, statusName } from './asset-words.ts'
import { redirectText } from './batch-words.ts'
import { keeperText } from './kind-words.ts'
import { exactTime, number, shortDate } from './time-words.ts'

const text = (body: HistoryBody, key: string): string | null => {
  const value = body[key]
  return typeof value === 'string' && value !== '' ? value : null
}

const isOneOf = <Code extends string>(code: string, codes: readonly Code[]): code is Code =>
  (codes as readonly string[]).includes(code)

const reasons = [
  'account-changed',
  'bug',
  'canceled',
  'changed',
  'clock',
  'connection',
  'insecure-connection',
  'interrupted',
  'invalid-input',
  'key',
  'key-changed',
  'key-missing',
  'key-rejected',
  'keychain-unavailable',
  'not-found',
  'offline',
  'outcome-unknown',
  'pace',
  'person',
  'pinned',
  'provider-down',
  'provider-refused',
  'rate-limited',
  'read-only-account',
  'restart',
  'sample-not-started',
  'sleep',
  'storage',
  'storage-failed',
  'timed-out',
  'undone',
  'unexpected-response'
] as const

const reasonText = (reason: string, who: string): string =>
  isOneOf(reason, reasons) ? t(`history.reason.${reason}`, { who }) : reason

/** "not deleted: Tavus refused, “…”", or the text alone if no reason was noted. */
const because = (what: string, body: HistoryBody, who: string): string => {
  const reason = text(body, 'reason')
  const said = text(body, 'said')
  const ours = reason === null ? null : reasonText(reason, who)
  if (said === null) return ours === null ? what : t('history.why', { what, why: ours })
  return ours === null
    ? t('history.whySaid', { what, said })
    : t('history.whyBoth', { what, why: ours, said })
}

/** Records of earlier versions do not say what was known before the check. */
const wasLost = (body: HistoryBody): boolean => ['unclear', 'refused'].includes(String(body['was']))

/** What had come in place of an answer, as a sentence. Records of earlier versions do not say. */
const answerBefore = (body: HistoryBody, who: string): string => {
  const { answerStatus } = body
  if (typeof answerStatus === 'number') {
    return t('answer.error', { who, status: String(answerStatus) })
  }
  switch (text(body, 'answer')) {
    case 'redirect':
      return redirectText(body['redirectedTo'])
    case 'unexpected-response':
      return t('answer.unusable')
    case 'bug':
      return t('answer.failed')
    default:
      return t('answer.lost')
  }
}

const unclearReadBack = (body: HistoryBody): string => {
  switch (text(body, 'found')) {
    case 'says-deleted':
      return t('history.checked.saysDeleted')
    case 'there':
      return t('history.checked.unclearListed')
    default:
      return t('history.checked.unclear')
  }
}

const notDeleted = (body: HistoryBody): string => {
  switch (text(body, 'found')) {
    case 'there':
      return t('history.checked.notDeletedListed')
    case 'says-deleted':
      return unclearReadBack(body)
    default:
      return t('history.checked.notDeleted')
  }
}

const goneReadBack = (body: HistoryBody, who: string): string => {
  const says = text(body, 'found') === 'says-deleted'
  if (!wasLost(body) || text(body, 'outcome') !== 'gone') {
    return says ? t('history.checked.listedAsDeleted') : t('history.checked.gone')
  }
  const lost = answerBefore(body, who)
  return says
    ? t('history.checked.listedAsDeletedLost', { lost })
    : t('history.checked.goneLost', { lost })
}

const readBack = (body: HistoryBody, who: string): string => {
  switch (text(body, 'outcome')) {
    case 'gone':
    case 'done':
    case 'already-gone':
      return goneReadBack(body, who)
    case 'failed':
    case 'refused':
    case 'canceled':
      return notDeleted(body)
    case 'not-found':
      return t('history.checked.notFound', { who })
    case 'accepted':
      return t('history.checked.accepted', { who })
    default:
      return unclearReadBack(body)
  }
}

const failed = (body: HistoryBody, who: string): string =>
  because(
    text(body, 'outcome') === 'refused-for-now'
      ? t('history.text.refusedForNow')
      : t('history.text.notDeleted'),
    body,
    who
  )

const answered = (body: HistoryBody, who: string): string => {
  switch (text(body, 'outcome')) {
    case 'not-known':
      return t('history.text.notKnown', { who })
    case 'already-gone':
      return t('history.text.alreadyGone')
    case 'not-found':
      return t('history.text.notFound', { who })
    default:
      return t('history.text.answered', { who, mode: modeOf(body) })
  }
}

const modeOf = (body: HistoryBody): string => text(body, 'mode') ?? 'soft'

const kindOf = (kind: HistoryEvent['assetKind']): string => kind ?? 'other'

const firstSeen = (body: HistoryBody, kind: HistoryEvent['assetKind']): string => {
  const reason = text(body, 'reason')
  return reason === null
    ? t('history.text.firstSeen')
    : t('history.text.firstSeenFailed', { kind: kindOf(kind), reason })
}

const statusChanged = (body: HistoryBody, assetKind: HistoryEvent['assetKind']): string => {
  const kind = kindOf(assetKind)
  switch (text(body, 'to')) {
    case 'ready':
      return t('history.text.ready', { kind })
    case 'failed': {
      const reason = text(body, 'reason')
      const what = t('history.text.makingFailed', { kind })
      return reason === null ? what : t('history.whySaid', { what, said: reason })
    }
    case 'training':
      return t('history.text.started', { kind })
    case 'preview':
      return t('history.text.preview')
    default:
      return t('history.text.status', {
        status: text(body, 'statusRaw') ?? statusName(text(body, 'to') ?? '')
      })
  }
}

/** Whoever asked for its deletion before cannot say that it was somebody else's doing. */
const vanished = (body: HistoryBody): string => {
  if (body['wasAsked'] !== true) return t('history.text.vanished')
  switch (text(body, 'answer')) {
    case 'accepted':
      return t('history.text.vanishedAccepted')
    case 'refused':
      return t('history.text.vanishedRefused')
    default:
      return t('history.text.vanishedUnclear')
  }
}

const tried = (body: HistoryBody): string => {
  const origin = text(body, 'origin')
  const mode = modeOf(body)
  return origin === null
    ? t('history.text.sending', { mode })
    : t('history.text.sendingTo', { mode, host: origin.replace(/^https:\/\//, '') })
}

type DeletionEventType = Extract<HistoryEventType, `deletion-${string}`>

/** 0: the record does not say. */
const itemsOf = (body: HistoryBody): number => Number(body['count'] ?? 0)

/** What became of a deletion, in the order in which it can happen. */
const deletionText = (type: DeletionEventType, body: HistoryBody, who: string): string => {
  const count = itemsOf(body)
  const mode = modeOf(body)
  const runAt = text(body, 'runAt')
  switch (type) {
    case 'deletion-scheduled':
      return runAt === null
        ? t('history.text.scheduled', { count })
        : t('history.text.scheduledFor', { count, time: exactTime(runAt) })
    case 'deletion-held':
      return t('history.text.held', { count })
    case 'deletion-asked':
      return t('history.text.asked', { count, mode })
    case 'deletion-paused':
      return because(t('history.text.paused', { count }), body, who)
    case 'deletion-resumed':
      return t('history.text.resumed', { count })
    case 'deletion-sent':
      return t('history.text.sent', { who, mode })
    case 'deletion-tried':
      return tried(body)
    case 'deletion-not-sent':
      return because(t('history.text.notSent'), body, who)
    case 'deletion-rate-limited':
      return t('history.text.rateLimited', { who })
    case 'deletion-accepted':
      return t('history.text.accepted', { who })
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
      return found(body)
    default:
      return assertNever(type)
  }
}

const unclear = (body: HistoryBody, who: string): string => {
  const lost = (answer: string) => t('history.text.unknownOutcome', { lost: answer })
  switch (text(body, 'reason')) {
    case 'interrupted':
      return t('history.text.interrupted')
    case 'provider-down':
      return lost(t('answer.error', { who, status: String(body['httpStatus']) }))
    case 'unexpected-response':
      return lost(t('answer.unusable'))
    case 'redirect':
      return lost(redirectText(body['redirectedTo']))
    case 'bug':
      return lost(t('answer.bug', { reference: text(body, 'reference') ?? '' }))
    default:
      return body['wasSent'] === false
        ? t('history.text.interruptedUnsent')
        : t('history.text.sentLost')
  }
}

/** By hand or because the app closed it was undone; for any other reason it was held back. */
const canceled = (body: HistoryBody, who: string): string => {
  const reason = text(body, 'reason') ?? 'undo'
  if (body['wasSent'] === true) return t('history.text.canceledLate', { who })
  if (byHand.has(reason)) return t('history.text.undone', { count: itemsOf(body) })
  const what = t('history.text.blocked')
  return reason === 'invalid-input' ? what : because(what, body, who)
}

const byHand: ReadonlySet<string> = new Set(['undo', 'undone', 'person', 'cancel', 'canceled'])

const checkedThings = ['asset', 'thumbnail', 'download', 'stream', 'hosted'] as const

const checkedResults = ['gone', 'says-deleted', 'still-there', 'reachable', 'unreachable'] as const

/** What was checked; records of the listing alone do not say. */
const thingOf = (body: HistoryBody): (typeof checkedThings)[number] => {
  const what = text(body, 'what') ?? ''
  return isOneOf(what, checkedThings) ? what : 'asset'
}

/** A follow-up check: what was checked and what it showed. */
const checked = (body: HistoryBody): string => {
  const result = text(body, 'result') ?? ''
  const isOffline = result === 'says-deleted' && text(body, 'mode') === 'offline'
  const outcome = isOffline
    ? t('checks.result.offline')
    : t(`checks.result.${isOneOf(result, checkedResults) ? result : 'unknown'}`)
  const what = thingOf(body)
  return what === 'asset'
    ? t('history.text.rechecked', { result: outcome })
    : t('history.text.recheckedLink', { what: t(`checks.what.${what}`), result: outcome })
}

const found = (body: HistoryBody): string => {
  const what = thingOf(body)
  return what === 'asset'
    ? t('history.text.drifted')
    : t('history.text.driftedLink', { what: t(`checks.what.${what}`) })
}

const archiveSaved = (body: HistoryBody): string => {
  const count = body['count'] ?? body['files']
  return typeof count === 'number'
    ? t('history.text.archivedFiles', { count })
    : t('history.text.archived')
}

const itemCount = (body: HistoryBody, name: 'files' | 'gaps' | 'pictures' | 'records'): number =>
  Number(body[name] ?? 0)

const assigned = (body: HistoryBody): string => {
  const name = text(body, 'person')
  return name === null ? t('history.text.unassigned') : t('history.text.assigned', { name })
}

const noted = (body: HistoryBody): string => {
  const note = text(body, 'note') ?? ''
  return note === '' ? t('history.text.noteRemoved') : t('history.text.noted', { note })
}

const tagged = (body: HistoryBody): string => {
  const tags = text(body, 'tags') ?? ''
  return tags === '' ? t('history.text.tagsRemoved') : t('history.text.tagged', { tags })
}

const creationAsked = (body: HistoryBody): string => {
  const model = text(body, 'model')
  return model === null
    ? t('history.text.creationAsked')
    : t('history.text.creationAskedWith', { model })
}

const receiptSaved = (body: HistoryBody): string => {
  const format = text(body, 'format')
  return format === null
    ? t('history.text.receiptSaved')
    : t('history.text.receiptSavedAs', { format: format.toUpperCase() })
}

const linkMade = (body: HistoryBody): string => {
  const untilAt = text(body, 'untilAt')
  const time = untilAt === null ? '' : exactTime(untilAt)
  return t('history.text.video-link-made', { time })
}

const isDeletion = (type: HistoryEventType): type is DeletionEventType =>
  type.startsWith('deletion-')

/** What happened, after the name of what it happened to. */
export const eventText = (event: HistoryEvent): string => {
  const { type, body, assetKind } = event
  const who = keeperText(assetKind)
  if (isDeletion(type)) return deletionText(type, body, who)
  switch (type) {
    case 'key-saved':
      return body['isKept'] === false ? t('history.text.keyKeptOnce') : t('history.text.key-saved')
    case 'asset-first-seen':
      return firstSeen(body, assetKind)
    case 'asset-status-changed':
      return statusChanged(body, assetKind)
    case 'asset-renamed':
      return t('history.text.asset-renamed', { from: text(body, 'from') ?? '' })
    case 'asset-vanished':
      return vanished(body)
    case 'creation-asked':
      return creationAsked(body)
    case 'creation-answered':
      return body['foundInListing'] === true
        ? t('history.text.foundTraining')
        : t('history.text.trainingStarted')
    case 'creation-failed':
      return body['foundInListing'] === false
        ? t('history.text.notInListing')
        : because(t('history.text.notCreated'), body, who)
    case 'creation-unclear':
      return because(t('history.text.creation-unclear'), body, who)
    case 'rename-asked':
      return t('history.text.rename-asked', { who, to: text(body, 'to') ?? '' })
    case 'rename-answered':
      return t('history.text.rename-answered', {
        from: text(body, 'from') ?? '',
        to: text(body, 'to') ?? ''
      })
    case 'rename-failed':
      return because(t('history.text.rename-failed'), body, who)
    case 'archive-saved':
      return archiveSaved(body)
    case 'person-saved':
      return t('history.text.person-saved', {
        files: itemCount(body, 'files'),
        gaps: itemCount(body, 'gaps')
      })
    case 'video-uploaded':
    case 'video-removed':
      return t(`history.text.${type}`, { bucket: text(body, 'bucket') ?? '' })
    case 'video-link-made':
      return linkMade(body)
    case 'receipt-saved':
      return receiptSaved(body)
    case 'receipt-key-made':
      return text(body, 'from') === null
        ? t('history.text.receipt-key-made')
        : t('history.text.receiptKeyReplaced')
    case 'asset-assigned':
      return assigned(body)
    case 'person-due':
      return t('history.text.person-due', { why: text(body, 'why') ?? '' })
    case 'keep-due':
      return t('history.text.keep-due', {
        pictures: itemCount(body, 'pictures'),
        records: itemCount(body, 'records')
      })
    case 'asset-noted':
    case 'person-noted':
      return noted(body)
    case 'asset-tagged':
    case 'person-tagged':
      return tagged(body)
    case 'history-exported':
    case 'pictures-removed':
    case 'history-cleared':
    case 'names-forgotten':
      return t(`history.text.${type}`, { count: itemsOf(body) })
    default:
      return t(`history.text.${type}`)
  }
}

/** Whom or what a record is about. */
export const eventSubject = (event: HistoryEvent): string => {
  const { type, body } = event
  if (event.assetName !== null && event.assetName.trim() !== '') return event.assetName
  if (event.assetId !== null) return event.assetId
  if (type.startsWith('creation')) return t('history.subject.replica')
  if (event.accountName !== null) return event.accountName
  const called = text(body, 'title') ?? text(body, 'person') ?? text(body, 'file')
  if (called !== null) return called
  if (isDeletion(type)) return t('history.several')
  switch (type) {
    case 'keep-due':
      return t('history.subject.keeping')
    case 'pictures-removed':
      return t('history.subject.pictures')
    case 'backup-saved':
    case 'backup-restored':
      return t('history.subject.backup')
    case 'database-restored':
      return t('history.subject.database')
    case 'archive-saved':
      return t('history.subject.archive')
    case 'receipt-made':
    case 'receipt-saved':
      return t('history.subject.receipt')
    case 'receipt-key-made':
      return t('history.subject.key')
    case 'person-added':
    case 'person-changed':
    case 'person-removed':
    case 'person-saved':
    case 'person-noted':
    case 'person-tagged':
    case 'consent-noted':
    case 'consent-note-removed':
    case 'person-due':
      return t('history.subject.person')
    case 'video-uploaded':
    case 'video-link-made':
    case 'video-removed':
      return t('history.subject.file')
    default:
      return t('history.title')
  }
}

const factKeys = [
  'apiAddress',
  'attempt',
  'batch',
  'before',
  'bucket',
  'bytes',
  'count',
  'createdAt',
  'dueAt',
  'file',
  'files',
  'folderName',
  'format',
  'found',
  'foundInListing',
  'from',
  'gaps',
  'host',
  'httpStatus',
  'isKept',
  'isReadOnly',
  'isSample',
  'keptAs',
  'keptHash',
  'keptSeq',
  'lastHash',
  'lastSeenAt',
  'mode',
  'model',
  'note',
  'origin',
  'outcome',
  'person',
  'pictures',
  'planId',
  'provider',
  'reason',
  'receipt',
  'records',
  'reference',
  'result',
  'runAt',
  'said',
  'sent',
  'statement',
  'status',
  'statusRaw',
  'subject',
  'tags',
  'to',
  'untilAt',
  'was',
  'wasSent',
  'what'
] as const

/** "trainVideoHost" becomes "Train video host", for facts that have no name of their own yet. */
const spelledOut = (key: string): string => {
  const spaced = key.replace(/[A-Z0-9]+/g, (letters) => ` ${letters.toLowerCase()}`)
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

const yesNo = (value: boolean): string => (value ? t('history.value.yes') : t('history.value.no'))

/** What a fact of a record is called. */
export const factName = (key: string, who: string): string =>
  isOneOf(key, factKeys) ? t(`history.fact.${key}`, { who }) : spelledOut(key)

export const factValue = (key: string, value: string | number | boolean, who: string): string => {
  if (typeof value === 'boolean') return yesNo(value)
  if (typeof value === 'number') return key === 'httpStatus' ? String(value) : number(value)
  if (key.endsWith('At') && !Number.isNaN(Date.parse(value))) return exactTime(value)
  if (key === 'reason') return reasonText(value, who)
  if (key === 'provider' && isOneOf(value, providerIds)) return providerName(value)
  if (key === 'mode' && isOneOf(value, stepModes)) return t(`history.value.${value}`)
  if (key === 'sent' && isOneOf(value, ['yes', 'no', 'unknown'])) return t(`history.value.${value}`)
  return value
}

export interface Fact {
  readonly name: string
  readonly value: string
}

/** What a record tells of the rest of another is for the check of the chain. */
export const isOfAnother = (key: string): boolean => /^record\d+$/.test(key)

export const factsOf = (body: HistoryBody, who: string): readonly Fact[] =>
  Object.entries(body).flatMap(([key, value]) => {
    if (value === null || value === '' || isOfAnother(key)) return []
    return [{ name: factName(key, who), value: factValue(key, value, who) }]
  })

export interface CheckWords {
  readonly tone: StateTone
  readonly title: string
  readonly text: string
}

const otherChain = (other: HistoryCheck['others'][number]): string =>
  other.isIntact
    ? t('history.check.others', { computer: other.computer, count: other.checkedCount })
    : t('history.check.othersChanged', {
        computer: other.computer,
        count: other.checkedCount,
        seq: other.firstBadSeq ?? 0
      })

/** What a walk over every chain showed, claiming no more than it can (security F8). */
export const checkText = (check: HistoryCheck): CheckWords => {
  const own = ownCheckText(check)
  const isWhole = check.others.every(({ isIntact }) => isIntact)
  const { forgottenCount: count, forgottenAt } = check
  const unseen =
    !check.isIntact || forgottenAt === null
      ? []
      : [t('history.verified.forgotten', { count, day: shortDate(forgottenAt) })]
  return {
    tone: isWhole ? own.tone : 'bad',
    title: own.title,
    text: [own.text, ...unseen, ...check.others.map(otherChain)].join(' ')
  }
}

const ownCheckText = (check: HistoryCheck): CheckWords => {
  const { remembered } = check
  const count = check.checkedCount - check.forgottenCount
  if (!check.isIntact) {
    return {
      tone: 'bad',
      title: t('history.verified.changedTitle'),
      text: t('history.verified.changed', { seq: check.firstBadSeq ?? 0 })
    }
  }
  switch (remembered) {
    case 'matches':
    case 'none':
    case 'not-asked':
      return {
        tone: 'good',
        title: t('history.verified.title', { count }),
        text: t(`history.verified.${remembered}`)
      }
    case 'behind':
    case 'mismatch':
    case 'restored':
    case 'cleared':
      return {
        tone: remembered === 'behind' || remembered === 'mismatch' ? 'bad' : 'warn',
        title: t(`history.verified.${remembered}Title`),
        text: t(`history.verified.${remembered}`, { count })
      }
    case 'other-database':
      return {
        tone: 'warn',
        title: t('history.verified.title', { count }),
        text: t('history.verified.other-database')
      }
    default:
      return assertNever(remembered)
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
