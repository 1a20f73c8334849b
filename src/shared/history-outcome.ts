import { historyEvents } from './catalogue/history-events.ts'
import type { HistoryEvent } from './domain/history.ts'

/** How a record is marked: what it means for the person, beside its words. */
export type HistoryTone = 'quiet' | 'busy' | 'good' | 'warn' | 'bad'

type Told = Pick<HistoryEvent, 'type' | 'body'>

const goodOutcomes: readonly unknown[] = ['done', 'gone', 'already-gone']
const awayResults: readonly unknown[] = ['gone', 'says-deleted', 'unreachable']

const isThere = (result: unknown): boolean => result === 'still-there' || result === 'reachable'

const checkedTone = (result: unknown): HistoryTone => {
  if (isThere(result)) return 'warn'
  return awayResults.includes(result) ? 'good' : 'quiet'
}

const statusTone = (to: unknown): HistoryTone => {
  if (to === 'failed') return 'bad'
  return to === 'ready' ? 'good' : 'busy'
}

export const historyTone = ({ type, body }: Told): HistoryTone => {
  const { tone } = historyEvents[type]
  if (tone !== 'by-body') return tone
  if (type === 'asset-status-changed') return statusTone(body['to'])
  if (type === 'deletion-checked') return checkedTone(body['result'])
  return goodOutcomes.includes(body['outcome']) ? 'good' : 'warn'
}

/** Where one deletion of a plan stands, as far as its records say. */
export type ItemStanding = 'open' | 'accepted' | 'deleted' | 'kept' | 'unclear' | 'canceled'

/** A follow-up check of one of its links, and not of the thing itself. */
const isOfLink = ({ what = 'asset' }: Told['body']): boolean => what !== 'asset'

const isGoneCheck = (body: Told['body']): boolean => !isOfLink(body) && isSaidGone(body)

const isSaidGone = ({ result }: Told['body']): boolean =>
  result === 'gone' || result === 'says-deleted'

const readBackStanding = (outcome: unknown): ItemStanding => {
  if (goodOutcomes.includes(outcome)) return 'deleted'
  if (outcome === 'accepted') return 'accepted'
  return outcome === 'refused' || outcome === 'failed' ? 'kept' : 'unclear'
}

/** What a record says about where its deletion stands; null: nothing new. */
export const standingAfter = ({ type, body }: Told): ItemStanding | null => {
  switch (type) {
    case 'deletion-asked':
    case 'deletion-held':
    case 'deletion-scheduled':
      return 'open'
    case 'deletion-answered':
      return ['not-found', 'not-known'].includes(String(body['outcome'])) ? 'unclear' : 'deleted'
    case 'deletion-accepted':
      return 'accepted'
    case 'deletion-checked':
      return isGoneCheck(body) ? 'deleted' : null
    case 'deletion-failed':
      return body['outcome'] === 'refused-for-now' ? null : 'kept'
    case 'deletion-unclear':
    case 'deletion-drifted':
      return 'unclear'
    case 'deletion-read-back':
      return readBackStanding(body['outcome'])
    case 'deletion-canceled':
      return 'canceled'
    default:
      return null
  }
}

/** Which link a follow-up check found online, or not any more; null: it was of something else, or came to nothing. */
export const linkAfter = ({ type, body }: Told): { link: string; isOnline: boolean } | null => {
  if (type !== 'deletion-checked' && type !== 'deletion-drifted') return null
  const { what, result } = body
  if (typeof what !== 'string' || what === 'asset') return null
  if (isThere(result)) return { link: what, isOnline: true }
  return awayResults.includes(result) ? { link: what, isOnline: false } : null
}

/**
 * Whether it only confirms or documents what was known, or came to nothing: it leaves an operation where it stands in the
 * timeline.
 */
export const isAftermath = ({ type, body }: Told): boolean =>
  type === 'receipt-made' ||
  type === 'receipt-saved' ||
  (type === 'asset-vanished' && body['wasAsked'] === true && body['answer'] === 'accepted') ||
  (type === 'deletion-checked' && (isOfLink(body) || !isThere(body['result'])))
