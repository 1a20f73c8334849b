import type { KeyCheck, KeyStatus } from '../../shared/domain/account.ts'
import type { SyncStatus } from '../../shared/domain/sync.ts'
import { assertNever } from '../../shared/result.ts'
import type { StateTone } from './asset-words.ts'
import { clockTime, countOf, dayHeading, timeSince } from './time-words.ts'

export interface ToneWords {
  readonly tone: StateTone
  readonly text: string
}

const dots = (last4: string | null): string => (last4 === null ? '' : ` ····${last4}`)

/** Where a key is, without showing it. */
export const keyText = (key: KeyStatus, nowMs: number): ToneWords => {
  const since = key.setAt === null ? '' : `, set ${timeSince(key.setAt, nowMs)}`
  switch (key.state) {
    case 'saved':
      return { tone: 'good', text: `In the keychain${dots(key.last4)}${since}` }
    case 'this-run':
      return { tone: 'warn', text: `For this run only${dots(key.last4)}${since}` }
    case 'absent':
      return { tone: 'warn', text: 'No key' }
    case 'missing':
      return { tone: 'bad', text: `Not in the keychain any more${dots(key.last4)}` }
    case 'locked':
      return { tone: 'warn', text: `In the keychain, which is locked${dots(key.last4)}` }
    case 'denied':
      return { tone: 'warn', text: 'The keychain refused access' }
    case 'unavailable':
      return { tone: 'warn', text: 'No keychain on this system' }
    case 'failed':
      return { tone: 'bad', text: 'The keychain is not answering' }
    default:
      return assertNever(key.state)
  }
}

/** What the provider said of the key. */
export const keyCheckText = (check: KeyCheck, who: string, nowMs: number): ToneWords => {
  const when = check.checkedAt === null ? '' : `, ${timeSince(check.checkedAt, nowMs)}`
  switch (check.outcome) {
    case 'works':
      return { tone: 'good', text: `Works${when}` }
    case 'rejected':
      return { tone: 'bad', text: `Rejected by ${who}${when}` }
    case 'unreachable':
      return { tone: 'warn', text: `${who} cannot be reached${when}` }
    case 'unclear':
      return { tone: 'warn', text: `The answer could not be read${when}` }
    case 'not-checked':
      return { tone: 'quiet', text: 'Not checked yet' }
    default:
      return assertNever(check.outcome)
  }
}

/** The quiet lines at the foot of the side bar. */
export const asOfText = (asOfAt: string | null): string =>
  asOfAt === null ? 'Not listed yet' : `As of ${clockTime(asOfAt)}`

export const watchedText = (unfinished: number): string =>
  `${countOf(unfinished, 'training')} watched`

/** "Offline since 13:02. Everything here is readable.": since the last time the whole list could be asked for. */
export const offlineText = (
  sinceAt: string | null,
  names: readonly string[],
  nowMs: number
): string => {
  const whose = names.length === 0 ? '' : ` (${names.join(', ')})`
  if (sinceAt === null) return `Offline${whose}. Nothing has been listed yet.`
  const day = dayHeading(sinceAt, nowMs)
  const since =
    day === 'Today'
      ? clockTime(sinceAt)
      : `${day.replace('Yesterday', 'yesterday')}, ${clockTime(sinceAt)}`
  return `Offline since ${since}${whose}. Everything here is readable.`
}

export const unreadableText = (status: SyncStatus): string =>
  `${countOf(status.unreadableCount, 'entry', 'entries')} of the list could not be read and ${
    status.unreadableCount === 1 ? 'was' : 'were'
  } left out.`
