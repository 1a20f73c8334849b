import type { AssetKind } from '../../shared/catalogue/kinds.ts'
import { mostSteps } from '../../shared/catalogue/limits.ts'
import { t } from '../../shared/messages/messages.ts'
import { countOfKind } from './kind-words.ts'

/** How much is selected, and that it is not all where no more can be. */
export const selectedText = (count: number, kind: AssetKind, total: number): string => {
  const items = countOfKind(count, kind)
  return count >= mostSteps && total > count
    ? t('library.selectedMost', { items, rest: total - count })
    : t('library.selected', { items })
}

/** The button takes as many as can be. */
export const selectAllText = (total: number): string =>
  total > mostSteps
    ? t('library.selectFirst', { count: mostSteps })
    : t('library.selectAll', { count: total })
