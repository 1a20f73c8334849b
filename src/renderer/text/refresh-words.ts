import type { SyncStatus, TooLarge } from '../../shared/domain/sync.ts'
import { clockSeconds, countOf, dayAndSeconds } from './time-words.ts'

/** A title and what it means, for a strip over the library. */
export interface RefreshWords {
  readonly title: string
  readonly text: string
}

const readSoFar = (count: number): string =>
  count === 0 ? 'nothing read yet' : `${countOf(count, 'item')} read so far`

const whose = (names: readonly string[]): string =>
  names.length === 0 ? '' : ` ${names.join(', ')}`

/** "14:02:20", with the day if it is another one. */
const until = (at: string, nowMs: number): string =>
  Date.parse(at) - nowMs < 12 * 3_600_000 ? clockSeconds(at) : dayAndSeconds(at, nowMs)

/** "Refreshing Studio North: 1,200 items read so far." `names` empty: there is only one account. */
export const runningText = (names: readonly string[], readCount: number): string =>
  `Refreshing${whose(names)}: ${readSoFar(readCount)}.`

/** "Tavus asks to wait until 14:02:20": said as soon as it asks. */
export const waitingWords = (
  who: string,
  { waitsUntilAt, state, readCount }: Pick<SyncStatus, 'waitsUntilAt' | 'state' | 'readCount'>,
  nowMs: number
): RefreshWords => ({
  title: `${who} asks to wait until ${until(waitsUntilAt ?? '', nowMs)}`,
  text: state === 'running' ? `The refresh continues then; ${readSoFar(readCount)}.` : ''
})

/** The tries are used up: what was asked is not asked again until somebody wants it. */
export const restingWords = (who: string, waitsUntilAt: string, nowMs: number): RefreshWords => {
  const isOver = Date.parse(waitsUntilAt) <= nowMs
  return {
    title: `${who} ${isOver ? 'asked' : 'asks'} to wait until ${until(waitsUntilAt, nowMs)}`,
    text: `The refresh did not finish, so what is shown may be older. ${
      isOver ? 'You can try again now.' : 'Try again after that.'
    }`
  }
}

/** Another list of the same account may have been read to its end, and then says what is gone. */
const unfinished = 'In a list that was not read to its end, nothing was marked as deleted.'

/** The person ended a refresh. */
export const stoppedWords = (readCount: number): RefreshWords => ({
  title: 'Refresh stopped',
  text:
    readCount === 0
      ? `Nothing had been read yet. ${unfinished}`
      : `${countOf(readCount, 'item')} ${readCount === 1 ? 'was' : 'were'} read before that. ${unfinished}`
})

/** A list went on beyond what any account holds. */
export const endlessWords = (who: string, readCount: number): RefreshWords => ({
  title: `The list from ${who} does not end`,
  text: `Reading stopped after ${countOf(readCount, 'item')}. They are shown. ${unfinished}`
})

const nouns = {
  replicas: 'replica',
  videos: 'video',
  trainings: 'training',
  deployments: 'deployment',
  predictions: 'prediction',
  versions: 'version'
} as const satisfies Readonly<Record<TooLarge['list'], string>>

const placeOf = ({ list, page, position, id }: TooLarge): string => {
  if (position === null) return `page ${page} of the ${list}${id === null ? '' : ` of ${id}`}`
  return `${nouns[list]} ${id ?? 'without a readable ID'} (number ${position} in the list, page ${page})`
}

/** What was too large to be read, each by its place. Null: nothing was. */
export const tooLargeWords = (who: string, tooLarge: readonly TooLarge[]): RefreshWords | null => {
  const [first] = tooLarge
  if (first === undefined) return null
  const places = tooLarge.map(placeOf).join('; ')
  return first.position === null
    ? {
        title: `Too large to read: ${places}`,
        text: `${who} does not offer smaller pages. Everything else that could be read is shown; nothing was marked as deleted.`
      }
    : {
        title: `Too large to read: ${places}`,
        text: 'All other items in the list are shown. What could not be read was not marked as deleted.'
      }
}
