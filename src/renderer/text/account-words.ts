import type { KeyCheck, KeyStatus } from '../../shared/domain/account.ts'
import type { SyncStatus } from '../../shared/domain/sync.ts'
import { t } from '../../shared/messages/messages.ts'
import { assertNever } from '../../shared/result.ts'
import type { StateTone } from './asset-words.ts'
import { clockTime, timeSince, whenText } from './time-words.ts'

export interface ToneWords {
  readonly tone: StateTone
  readonly text: string
}

/** Where a key is, without showing it. */
export const keyText = (key: KeyStatus, nowMs: number): ToneWords => {
  const last4 = key.last4 ?? 'none'
  const since = key.setAt === null ? null : { last4, time: timeSince(key.setAt, nowMs) }
  switch (key.state) {
    case 'saved':
      return {
        tone: 'good',
        text: since === null ? t('key.saved', { last4 }) : t('key.savedSince', since)
      }
    case 'this-run':
      return {
        tone: 'warn',
        text: since === null ? t('key.thisRun', { last4 }) : t('key.thisRunSince', since)
      }
    case 'missing':
      return { tone: 'bad', text: t('key.missing', { last4 }) }
    case 'locked':
      return { tone: 'warn', text: t('key.locked', { last4 }) }
    case 'failed':
      return { tone: 'bad', text: t('key.failed') }
    case 'absent':
    case 'denied':
    case 'unavailable':
      return { tone: 'warn', text: t(`key.${key.state}`) }
    default:
      return assertNever(key.state)
  }
}

/** What the provider said of the key. */
export const keyCheckText = (check: KeyCheck, who: string, nowMs: number): ToneWords => {
  const time = check.checkedAt === null ? null : timeSince(check.checkedAt, nowMs)
  switch (check.outcome) {
    case 'works':
      return {
        tone: 'good',
        text: time === null ? t('keyCheck.works') : t('keyCheck.worksSince', { time })
      }
    case 'rejected':
      return {
        tone: 'bad',
        text:
          time === null
            ? t('keyCheck.rejected', { who })
            : t('keyCheck.rejectedSince', { who, time })
      }
    case 'unreachable':
      return {
        tone: 'warn',
        text:
          time === null
            ? t('keyCheck.unreachable', { who })
            : t('keyCheck.unreachableSince', { who, time })
      }
    case 'unclear':
      return {
        tone: 'warn',
        text: time === null ? t('keyCheck.unclear') : t('keyCheck.unclearSince', { time })
      }
    case 'not-checked':
      return { tone: 'quiet', text: t('keyCheck.notChecked') }
    default:
      return assertNever(check.outcome)
  }
}

/** The quiet lines at the foot of the side bar. */
export const asOfText = (asOfAt: string | null): string =>
  asOfAt === null ? t('sync.notListedYet') : t('sync.asOf', { time: clockTime(asOfAt) })

export const watchedText = (unfinished: number): string => t('sync.watched', { count: unfinished })

/** "Offline since today at 1:02 PM. You can still browse everything.": since the whole list was last asked for. */
export const offlineText = (
  sinceAt: string | null,
  names: readonly string[],
  nowMs: number
): string => {
  const named = names.length === 0 ? null : { names: names.join(', ') }
  if (sinceAt === null) {
    return named === null ? t('sync.offline') : t('sync.offlineNamed', named)
  }
  const when = whenText(sinceAt, nowMs)
  return named === null
    ? t('sync.offlineSince', { when })
    : t('sync.offlineSinceNamed', { ...named, when })
}

export const unreadableText = ({ unreadableCount }: SyncStatus): string =>
  t('sync.unreadable', { count: unreadableCount })
