/**
 * What the history can be narrowed to, beside what came up elsewhere, which its type alone does not tell. An operation keeps
 * them as bits by their place here: none is ever moved, and a new one comes last.
 */
export const historyTopics = [
  'deletions',
  'creations',
  'uploads',
  'renames',
  'checks',
  'accounts',
  'people',
  'notes',
  /** Seen for the first time, not seen any more, or back. */
  'sightings',
  /** Saved outside the app: receipts, exports, folders, backups. */
  'files',
  /** What the app keeps: restored, cleared, forgotten. */
  'data'
] as const
export type HistoryTopic = (typeof historyTopics)[number]

interface EventFacts {
  /** How it is marked; `by-body`: what it holds decides. */
  readonly tone: 'quiet' | 'good' | 'warn' | 'bad' | 'by-body'
  /** What it is found under. */
  readonly topics: readonly [HistoryTopic, ...HistoryTopic[]]
}

/** Everything the history remembers. Past tense, append-only; a type is never renamed or reused. */
export const historyEvents = {
  'account-added': { tone: 'quiet', topics: ['accounts'] },
  'account-changed': { tone: 'quiet', topics: ['accounts'] },
  'account-removed': { tone: 'quiet', topics: ['accounts'] },
  'key-saved': { tone: 'quiet', topics: ['accounts'] },
  'key-forgotten': { tone: 'quiet', topics: ['accounts'] },
  'asset-first-seen': { tone: 'quiet', topics: ['sightings'] },
  'asset-status-changed': { tone: 'by-body', topics: ['creations'] },
  'asset-renamed': { tone: 'quiet', topics: ['renames'] },
  'asset-vanished': { tone: 'warn', topics: ['sightings'] },
  'asset-returned': { tone: 'quiet', topics: ['sightings'] },
  'creation-asked': { tone: 'quiet', topics: ['creations'] },
  'creation-answered': { tone: 'good', topics: ['creations'] },
  'creation-failed': { tone: 'bad', topics: ['creations'] },
  'creation-unclear': { tone: 'warn', topics: ['creations'] },
  'rename-asked': { tone: 'quiet', topics: ['renames'] },
  'rename-answered': { tone: 'good', topics: ['renames'] },
  'rename-failed': { tone: 'bad', topics: ['renames'] },
  'deletion-scheduled': { tone: 'quiet', topics: ['deletions'] },
  'deletion-held': { tone: 'quiet', topics: ['deletions'] },
  'deletion-asked': { tone: 'quiet', topics: ['deletions'] },
  'deletion-paused': { tone: 'quiet', topics: ['deletions'] },
  'deletion-resumed': { tone: 'quiet', topics: ['deletions'] },
  /** Written by earlier versions in place of `deletion-tried`. */
  'deletion-sent': { tone: 'quiet', topics: ['deletions'] },
  'deletion-tried': { tone: 'quiet', topics: ['deletions'] },
  'deletion-not-sent': { tone: 'quiet', topics: ['deletions'] },
  'deletion-rate-limited': { tone: 'quiet', topics: ['deletions'] },
  'deletion-accepted': { tone: 'quiet', topics: ['deletions'] },
  'deletion-answered': { tone: 'good', topics: ['deletions'] },
  'deletion-failed': { tone: 'bad', topics: ['deletions'] },
  'deletion-unclear': { tone: 'warn', topics: ['deletions'] },
  'deletion-read-back': { tone: 'by-body', topics: ['deletions', 'checks'] },
  'deletion-canceled': { tone: 'quiet', topics: ['deletions'] },
  'deletion-checked': { tone: 'by-body', topics: ['deletions', 'checks'] },
  'deletion-drifted': { tone: 'warn', topics: ['deletions', 'checks'] },
  'asset-pinned': { tone: 'quiet', topics: ['notes'] },
  'asset-unpinned': { tone: 'quiet', topics: ['notes'] },
  'archive-saved': { tone: 'quiet', topics: ['files'] },
  /** Everything of a person, in a folder of their choice. */
  'person-saved': { tone: 'quiet', topics: ['people', 'files'] },
  'receipt-made': { tone: 'quiet', topics: ['files'] },
  'receipt-saved': { tone: 'quiet', topics: ['files'] },
  'receipt-key-made': { tone: 'quiet', topics: ['accounts'] },
  /** A local video lies in the person's bucket, and is what it is on the disk. */
  'video-uploaded': { tone: 'good', topics: ['uploads'] },
  /** Who has it can fetch the file. Nothing of the link itself is kept. */
  'video-link-made': { tone: 'quiet', topics: ['uploads'] },
  'video-removed': { tone: 'quiet', topics: ['uploads'] },
  'person-added': { tone: 'quiet', topics: ['people'] },
  'person-changed': { tone: 'quiet', topics: ['people'] },
  'person-removed': { tone: 'quiet', topics: ['people'] },
  'consent-noted': { tone: 'quiet', topics: ['people'] },
  'consent-note-removed': { tone: 'quiet', topics: ['people'] },
  /** A consent or the time to keep a likeness is over, of somebody whose assets are still there. */
  'person-due': { tone: 'warn', topics: ['people'] },
  'asset-assigned': { tone: 'quiet', topics: ['people'] },
  'asset-noted': { tone: 'quiet', topics: ['notes'] },
  'asset-tagged': { tone: 'quiet', topics: ['notes'] },
  'person-noted': { tone: 'quiet', topics: ['people', 'notes'] },
  'person-tagged': { tone: 'quiet', topics: ['people', 'notes'] },
  'history-exported': { tone: 'quiet', topics: ['files'] },
  /** Everything but keys, as one file. */
  'backup-saved': { tone: 'quiet', topics: ['files'] },
  /** What another computer, or this one earlier, saved came in beside what was here. */
  'backup-restored': { tone: 'quiet', topics: ['data'] },
  /** Some of what is kept is older than the person wants to keep. */
  'keep-due': { tone: 'warn', topics: ['data'] },
  /** Pictures of what is gone, as the person confirmed. */
  'pictures-removed': { tone: 'quiet', topics: ['data'] },
  'database-restored': { tone: 'quiet', topics: ['data'] },
  'history-cleared': { tone: 'quiet', topics: ['data'] },
  'history-end-accepted': { tone: 'quiet', topics: ['data'] },
  /** Which records have lost names, and the hash of what is left of each; no name. */
  'names-forgotten': { tone: 'quiet', topics: ['people', 'data'] }
} as const satisfies Readonly<Record<string, EventFacts>>

export type HistoryEventType = keyof typeof historyEvents

export const historyEventTypes = Object.keys(historyEvents) as readonly HistoryEventType[]

export const eventTypesOf = (topic: HistoryTopic): readonly HistoryEventType[] =>
  historyEventTypes.filter((type) => historyEvents[type].topics.some((one) => one === topic))

/** The number that stands for a topic in an operation's `topics`. */
export const topicBit = (topic: HistoryTopic): number => 1 << historyTopics.indexOf(topic)

export const topicBitsOf = (type: HistoryEventType): number =>
  historyEvents[type].topics.reduce((bits, topic) => bits | topicBit(topic), 0)
