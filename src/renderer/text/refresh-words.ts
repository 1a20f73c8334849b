import type { SyncStatus, TooLarge } from '../../shared/domain/sync.ts'
import { t } from '../../shared/messages/messages.ts'
import { allOf, clockSeconds, dayAndSeconds } from './time-words.ts'

/** A title and what it means, for a strip over the library. */
export interface RefreshWords {
  readonly title: string
  readonly text: string
}

/** "2:02:20 PM", with the day if it is another one. */
const until = (at: string, nowMs: number): string =>
  Date.parse(at) - nowMs < 12 * 3_600_000 ? clockSeconds(at) : dayAndSeconds(at, nowMs)

/** "Refreshing Studio North: 1,200 items read." `names` empty: there is only one account. */
export const runningText = (names: readonly string[], readCount: number): string =>
  names.length === 0
    ? t('refresh.running', { count: readCount })
    : t('refresh.runningIn', { names: allOf(names), count: readCount })

/** "Waiting for Tavus until 2:02:20 PM": said as soon as it asks. */
export const waitingWords = (
  who: string,
  { waitsUntilAt, state, readCount }: Pick<SyncStatus, 'waitsUntilAt' | 'state' | 'readCount'>,
  nowMs: number
): RefreshWords => ({
  title: t('refresh.waiting', { who, time: until(waitsUntilAt ?? '', nowMs) }),
  text: state === 'running' ? t('refresh.waitingText', { count: readCount }) : ''
})

/** The tries are used up: what was asked is not asked again until somebody wants it. */
export const restingWords = (who: string, waitsUntilAt: string, nowMs: number): RefreshWords => {
  const time = until(waitsUntilAt, nowMs)
  return Date.parse(waitsUntilAt) <= nowMs
    ? { title: t('refresh.waited', { who, time }), text: t('refresh.waitedText') }
    : { title: t('refresh.waiting', { who, time }), text: t('refresh.restingText') }
}

/** The person ended a refresh. */
export const stoppedWords = (readCount: number): RefreshWords => ({
  title: t('refresh.stopped'),
  text: t('refresh.stoppedText', { count: readCount })
})

/** A list went on beyond what any account holds. */
export const endlessWords = (who: string, readCount: number): RefreshWords => ({
  title: t('refresh.endless', { who }),
  text: t('refresh.endlessText', { count: readCount })
})

const placeOf = ({ list, page, position, id }: TooLarge): string => {
  if (position === null) {
    return id === null ? t('refresh.page', { list, page }) : t('refresh.pageOf', { list, page, id })
  }
  return id === null
    ? t('refresh.item', { list, page, position })
    : t('refresh.itemWithId', { list, page, position, id })
}

/** What was too large to be read, each by its place. Null: nothing was. */
export const tooLargeWords = (who: string, tooLarge: readonly TooLarge[]): RefreshWords | null => {
  const [first] = tooLarge
  if (first === undefined) return null
  return {
    title: t('refresh.tooLarge', { places: tooLarge.map(placeOf).join('; ') }),
    text: first.position === null ? t('refresh.tooLargePage', { who }) : t('refresh.tooLargeItem')
  }
}
