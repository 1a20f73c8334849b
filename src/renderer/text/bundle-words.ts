import { bundleCount } from '../../shared/catalogue/history-events.ts'
import type { HistoryBundle, HistoryEvent } from '../../shared/domain/history.ts'
import { countOfKind } from './kind-words.ts'
import { countOf, number } from './time-words.ts'

/** "38 replicas and 22 videos". */
const whatText = ({ counts }: HistoryBundle): string => {
  const parts = counts.map(({ kind, count }) => countOfKind(count, kind))
  const last = parts.at(-1) ?? ''
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`
}

/** What happened to all of them, after the name of the account; `newest` is any of its records. */
export const bundleText = (newest: HistoryEvent, bundle: HistoryBundle): string => {
  const what = whatText(bundle)
  switch (newest.type) {
    case 'asset-first-seen':
      return `${what} first seen in the list`
    case 'asset-vanished':
      return `${what} vanished from the list; not deleted by this app`
    case 'asset-returned':
      return `${what} in the list again`
    case 'asset-pinned':
      return `${what} pinned: protected from deletion`
    case 'asset-unpinned':
      return `${what} unpinned`
    case 'deletion-checked':
      return `looked again ${countOf(bundleCount(bundle), 'time')}: gone, or cannot be reached any more`
    default:
      return countOf(bundleCount(bundle), 'record')
  }
}

/** The button below what is shown of an open bundle. */
export const moreText = (leftCount: number): string => `Show more (${number(leftCount)} left)`
