import type { HistoryEventType } from './history-events.ts'

/** Facts of a record that hold codes, ids, times and sums of the app's own or of a provider. */
const plainFacts: ReadonlySet<string> = new Set([
  'answer',
  'apiAddress',
  'backupMadeAt',
  'batch',
  'by',
  'clipSha256',
  'computer',
  'consentAgreedOn',
  'consentIn',
  'consentUntilOn',
  'createdAt',
  'dueAt',
  'endsOn',
  'format',
  'found',
  'from',
  'givenOn',
  'host',
  'keptAs',
  'keptHash',
  'keptUntilAt',
  'lastHash',
  'lastSeenAt',
  'manifestSha256',
  'mode',
  'model',
  'note',
  'origin',
  'outcome',
  'place',
  'planId',
  'provider',
  'reason',
  'receipt',
  'redirectedTo',
  'reference',
  'result',
  'runAt',
  'sample',
  'sent',
  'setAsideAs',
  'statement',
  'status',
  'statusRaw',
  'sumsSha256',
  'to',
  'untilAt',
  'untilOn',
  'videoHost',
  'videoLinkSha256',
  'videoLinkValidUntilAt',
  'videoWarnings',
  'was',
  'what',
  'why'
])

/** Facts that are plain elsewhere. */
const personalIn: Readonly<Partial<Record<HistoryEventType, readonly string[]>>> = {
  'asset-first-seen': ['reason'],
  'asset-status-changed': ['reason'],
  'asset-renamed': ['from', 'to'],
  'rename-asked': ['to'],
  'rename-answered': ['from', 'to'],
  'consent-noted': ['statement'],
  'asset-noted': ['note'],
  'person-noted': ['note']
}

/**
 * Whether a fact of a record, if it is a text, tells of people or may quote what somebody wrote. What is not known is taken
 * for personal.
 */
export const isPersonalFact = (type: HistoryEventType, key: string): boolean =>
  (personalIn[type]?.includes(key) ?? false) ||
  !(plainFacts.has(key) || (type === 'names-forgotten' && /^record\d+$/.test(key)))
