import { bundleCount } from '../../shared/catalogue/history-events.ts'
import type { HistoryBundle, HistoryEvent } from '../../shared/domain/history.ts'
import { t } from '../../shared/messages/messages.ts'
import { countOfKind } from './kind-words.ts'
import { allOf } from './time-words.ts'

/** What happened to all of them, after the name of the account; `newest` is any of its records. */
export const bundleText = (newest: HistoryEvent, bundle: HistoryBundle): string => {
  const items = allOf(bundle.counts.map(({ kind, count }) => countOfKind(count, kind)))
  switch (newest.type) {
    case 'asset-first-seen':
    case 'asset-vanished':
    case 'asset-returned':
    case 'asset-pinned':
    case 'asset-unpinned':
      return t(`history.bundle.${newest.type}`, { items })
    case 'deletion-checked':
      return t('history.bundle.deletion-checked', { count: bundleCount(bundle) })
    default:
      return t('history.bundle.other', { count: bundleCount(bundle) })
  }
}

/** The button below what is shown of an open bundle. */
export const moreText = (leftCount: number): string => t('history.bundle.more', { left: leftCount })
