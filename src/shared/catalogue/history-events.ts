interface EventFacts {
  /** How it is marked; `by-body`: what it holds decides. */
  readonly tone: 'quiet' | 'good' | 'warn' | 'bad' | 'by-body'
  /** It comes in floods and says the same each time, so neighbours are shown as one. What needs an eye stands alone. */
  readonly comesInFloods: boolean
}

/** Everything the history remembers. Past tense, append-only; a type is never renamed or reused. */
export const historyEvents = {
  'account-added': { tone: 'quiet', comesInFloods: false },
  'account-changed': { tone: 'quiet', comesInFloods: false },
  'account-removed': { tone: 'quiet', comesInFloods: false },
  'key-saved': { tone: 'quiet', comesInFloods: false },
  'key-forgotten': { tone: 'quiet', comesInFloods: false },
  'asset-first-seen': { tone: 'quiet', comesInFloods: true },
  'asset-status-changed': { tone: 'by-body', comesInFloods: false },
  'asset-renamed': { tone: 'quiet', comesInFloods: false },
  'asset-vanished': { tone: 'warn', comesInFloods: true },
  'asset-returned': { tone: 'quiet', comesInFloods: true },
  'creation-asked': { tone: 'quiet', comesInFloods: false },
  'creation-answered': { tone: 'good', comesInFloods: false },
  'creation-failed': { tone: 'bad', comesInFloods: false },
  'creation-unclear': { tone: 'warn', comesInFloods: false },
  'rename-asked': { tone: 'quiet', comesInFloods: false },
  'rename-answered': { tone: 'good', comesInFloods: false },
  'rename-failed': { tone: 'bad', comesInFloods: false },
  'deletion-scheduled': { tone: 'quiet', comesInFloods: false },
  'deletion-held': { tone: 'quiet', comesInFloods: false },
  'deletion-asked': { tone: 'quiet', comesInFloods: false },
  'deletion-paused': { tone: 'quiet', comesInFloods: false },
  'deletion-resumed': { tone: 'quiet', comesInFloods: false },
  /** Written by earlier versions in place of `deletion-tried`. */
  'deletion-sent': { tone: 'quiet', comesInFloods: false },
  'deletion-tried': { tone: 'quiet', comesInFloods: false },
  'deletion-not-sent': { tone: 'quiet', comesInFloods: false },
  'deletion-rate-limited': { tone: 'quiet', comesInFloods: false },
  'deletion-accepted': { tone: 'quiet', comesInFloods: false },
  'deletion-answered': { tone: 'good', comesInFloods: false },
  'deletion-failed': { tone: 'bad', comesInFloods: false },
  'deletion-unclear': { tone: 'warn', comesInFloods: false },
  'deletion-read-back': { tone: 'by-body', comesInFloods: false },
  'deletion-canceled': { tone: 'quiet', comesInFloods: false },
  'deletion-checked': { tone: 'by-body', comesInFloods: true },
  'deletion-drifted': { tone: 'warn', comesInFloods: false },
  'asset-pinned': { tone: 'quiet', comesInFloods: true },
  'asset-unpinned': { tone: 'quiet', comesInFloods: true },
  'archive-saved': { tone: 'quiet', comesInFloods: false },
  /** Everything of a person, in a folder of their choice. */
  'person-saved': { tone: 'quiet', comesInFloods: false },
  'receipt-made': { tone: 'quiet', comesInFloods: false },
  'receipt-saved': { tone: 'quiet', comesInFloods: false },
  'receipt-key-made': { tone: 'quiet', comesInFloods: false },
  /** A local video lies in the person's bucket, and is what it is on the disk. */
  'video-uploaded': { tone: 'good', comesInFloods: false },
  /** Who has it can fetch the file. Nothing of the link itself is kept. */
  'video-link-made': { tone: 'quiet', comesInFloods: false },
  'video-removed': { tone: 'quiet', comesInFloods: false },
  'person-added': { tone: 'quiet', comesInFloods: false },
  'person-changed': { tone: 'quiet', comesInFloods: false },
  'person-removed': { tone: 'quiet', comesInFloods: false },
  'consent-noted': { tone: 'quiet', comesInFloods: false },
  'consent-note-removed': { tone: 'quiet', comesInFloods: false },
  'asset-assigned': { tone: 'quiet', comesInFloods: false },
  'history-exported': { tone: 'quiet', comesInFloods: false },
  'database-restored': { tone: 'quiet', comesInFloods: false },
  'history-cleared': { tone: 'quiet', comesInFloods: false },
  'history-end-accepted': { tone: 'quiet', comesInFloods: false }
} as const satisfies Readonly<Record<string, EventFacts>>

export type HistoryEventType = keyof typeof historyEvents

export const historyEventTypes = Object.keys(historyEvents) as readonly HistoryEventType[]

/** How many records a bundle of neighbours is made of. */
export const bundleCount = ({
  counts
}: {
  readonly counts: readonly { readonly count: number }[]
}): number => counts.reduce((sum, { count }) => sum + count, 0)
