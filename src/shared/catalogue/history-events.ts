interface EventFacts {
  /** How it is marked; `by-body`: what it holds decides. */
  readonly tone: 'quiet' | 'good' | 'warn' | 'bad' | 'by-body'
}

/** Everything the history remembers. Past tense, append-only; a type is never renamed or reused. */
export const historyEvents = {
  'account-added': { tone: 'quiet' },
  'account-changed': { tone: 'quiet' },
  'account-removed': { tone: 'quiet' },
  'key-saved': { tone: 'quiet' },
  'key-forgotten': { tone: 'quiet' },
  'asset-first-seen': { tone: 'quiet' },
  'asset-status-changed': { tone: 'by-body' },
  'asset-renamed': { tone: 'quiet' },
  'asset-vanished': { tone: 'warn' },
  'asset-returned': { tone: 'quiet' },
  'creation-asked': { tone: 'quiet' },
  'creation-answered': { tone: 'good' },
  'creation-failed': { tone: 'bad' },
  'creation-unclear': { tone: 'warn' },
  'rename-asked': { tone: 'quiet' },
  'rename-answered': { tone: 'good' },
  'rename-failed': { tone: 'bad' },
  'deletion-scheduled': { tone: 'quiet' },
  'deletion-held': { tone: 'quiet' },
  'deletion-asked': { tone: 'quiet' },
  'deletion-paused': { tone: 'quiet' },
  'deletion-resumed': { tone: 'quiet' },
  /** Written by earlier versions in place of `deletion-tried`. */
  'deletion-sent': { tone: 'quiet' },
  'deletion-tried': { tone: 'quiet' },
  'deletion-not-sent': { tone: 'quiet' },
  'deletion-rate-limited': { tone: 'quiet' },
  'deletion-accepted': { tone: 'quiet' },
  'deletion-answered': { tone: 'good' },
  'deletion-failed': { tone: 'bad' },
  'deletion-unclear': { tone: 'warn' },
  'deletion-read-back': { tone: 'by-body' },
  'deletion-canceled': { tone: 'quiet' },
  'deletion-checked': { tone: 'by-body' },
  'deletion-drifted': { tone: 'warn' },
  'asset-pinned': { tone: 'quiet' },
  'asset-unpinned': { tone: 'quiet' },
  'archive-saved': { tone: 'quiet' },
  /** Everything of a person, in a folder of their choice. */
  'person-saved': { tone: 'quiet' },
  'receipt-made': { tone: 'quiet' },
  'receipt-saved': { tone: 'quiet' },
  'receipt-key-made': { tone: 'quiet' },
  /** A local video lies in the person's bucket, and is what it is on the disk. */
  'video-uploaded': { tone: 'good' },
  /** Who has it can fetch the file. Nothing of the link itself is kept. */
  'video-link-made': { tone: 'quiet' },
  'video-removed': { tone: 'quiet' },
  'person-added': { tone: 'quiet' },
  'person-changed': { tone: 'quiet' },
  'person-removed': { tone: 'quiet' },
  'consent-noted': { tone: 'quiet' },
  'consent-note-removed': { tone: 'quiet' },
  /** A consent or the time to keep a likeness is over, of somebody whose assets are still there. */
  'person-due': { tone: 'warn' },
  'asset-assigned': { tone: 'quiet' },
  'asset-noted': { tone: 'quiet' },
  'asset-tagged': { tone: 'quiet' },
  'person-noted': { tone: 'quiet' },
  'person-tagged': { tone: 'quiet' },
  'history-exported': { tone: 'quiet' },
  /** Everything but keys, as one file. */
  'backup-saved': { tone: 'quiet' },
  /** What another computer, or this one earlier, saved came in beside what was here. */
  'backup-restored': { tone: 'quiet' },
  /** Pictures of what is gone, as the person confirmed. */
  'pictures-removed': { tone: 'quiet' },
  'database-restored': { tone: 'quiet' },
  'history-cleared': { tone: 'quiet' },
  'history-end-accepted': { tone: 'quiet' },
  /** Which records have lost names, and the hash of what is left of each; no name. */
  'names-forgotten': { tone: 'quiet' }
} as const satisfies Readonly<Record<string, EventFacts>>

export type HistoryEventType = keyof typeof historyEvents

export const historyEventTypes = Object.keys(historyEvents) as readonly HistoryEventType[]
