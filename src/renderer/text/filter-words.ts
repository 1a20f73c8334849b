import { t } from '../../shared/messages/messages.ts'
import { allOf } from './time-words.ts'

/** One thing that a list is narrowed by, in words. */
export interface Narrowing {
  readonly by: 'state' | 'account' | 'model' | 'age' | 'parent' | 'person' | 'tag' | 'search'
  readonly text: string
}

const narrowingText = ({ by, text }: Narrowing): string => t(`filter.${by}`, { text })

/** "Nothing matches status “Failed” and “amara”.": which filters leave nothing. */
export const inTheWay = (narrowings: readonly Narrowing[]): string =>
  t('filter.noResults', { filters: allOf(narrowings.map(narrowingText)) })

/** "Remove “amara”": takes one filter away. */
export const withoutText = (narrowing: Narrowing): string =>
  t('filter.remove', { filter: narrowingText(narrowing) })
