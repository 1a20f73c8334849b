import type { HistoryEvent, HistoryQuery } from '../../shared/domain/history.ts'
import type { Store } from '../ports/store.ts'

const pageSize = 500

/** Every record that a search of the history finds and that is wanted, newest first, however many there are. */
export const historyRecords = (
  { read }: Pick<Store, 'read'>,
  about: Pick<HistoryQuery, 'search' | 'accountId' | 'asset'>,
  isWanted: (event: HistoryEvent) => boolean
): readonly HistoryEvent[] => {
  const found: HistoryEvent[] = []
  for (let beforeSeq: number | null = null; ; ) {
    const page = read.history({ ...about, group: 'all', beforeSeq, limit: pageSize })
    found.push(...page.rows.filter(isWanted))
    beforeSeq = page.rows.at(-1)?.seq ?? null
    if (!page.hasMore) return found
  }
}
