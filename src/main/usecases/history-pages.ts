import type { HistoryTimeline, HistoryTimelineQuery } from '../../shared/domain/history.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { HistoryWalk, Store } from '../ports/store.ts'
import { createTurns, type TurnsDeps } from './turns.ts'

type Read = Pick<Store['read'], 'historyWalk' | 'historyStep'>

export interface HistoryPagesDeps extends TurnsDeps {
  readonly store: { readonly read: Read & Pick<Store['read'], 'historyLines'> }
}

/** Looks for a page of the timeline to its end. `goOn` is awaited before each step; false: nobody wants it any more. */
export const walkPage = async (
  read: Read,
  query: HistoryTimelineQuery,
  goOn: () => Promise<boolean>
): Promise<HistoryWalk | null> => {
  let walk = read.historyWalk(query)
  for (let next: HistoryWalk | null = walk; next !== null; next = read.historyStep(walk)) {
    walk = next
    if (!(await goOn())) return null
  }
  return walk
}

/**
 * Pages of the timeline, found in slices between which everything else has its turn. A page of another filter, or another
 * letter of what is searched for, ends what is still being looked for: `canceled`.
 */
export const createHistoryPages = ({ store, clock, rest }: HistoryPagesDeps) => {
  const restIfDue = createTurns({ clock, rest })
  let newest = ''

  return async (query: HistoryTimelineQuery): Promise<Result<HistoryTimeline>> => {
    const { beforeSeq: _beforeSeq, limit: _limit, ...filter } = query
    const mine = JSON.stringify(filter)
    newest = mine
    const isWanted = () => mine === newest
    // Letters that are typed while main is busy wait here together, and the last of them is looked for alone.
    if (query.search !== '') await rest()
    const walk = isWanted()
      ? await walkPage(store.read, query, async () => {
          await restIfDue()
          return isWanted()
        })
      : null
    return walk === null ? fail({ kind: 'canceled' }) : ok(store.read.historyLines(walk))
  }
}
