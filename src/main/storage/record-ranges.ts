import { chainBase } from '../../shared/history-chains.ts'
import type { HistoryStretch } from '../ports/store.ts'
import { type Chain, lastSeqOf, otherChains, ownChain } from './other-chains.ts'
import type { Sql } from './sql.ts'

/**
 * The first record from a time on, among those from one number until right before another; the latter: there is none. In a
 * chain, numbers go up with time, so halving finds it; where a clock was set back, it finds one of the records of that time.
 */
const firstSince = (sql: Sql, { from, until }: HistoryStretch, at: string): number => {
  let low = from
  let high = until
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const found = sql.first<{ at: string }>('SELECT at FROM history WHERE seq = ?', middle)
    if (found !== null && found.at < at) low = middle + 1
    else high = middle
  }
  return low
}

const numbersOf = (sql: Sql, chain: Chain): HistoryStretch => {
  const base = chainBase(chain.id)
  return { from: base + chain.firstSeq, until: base + lastSeqOf(sql, chain) + 1 }
}

/**
 * The numbers of the records that were written from a time on until right before another, null being no bound, chain by
 * chain, in the order in which a search shows them.
 */
export const recordRanges = (
  sql: Sql,
  fromAt: string | null,
  untilAt: string | null
): readonly HistoryStretch[] =>
  [ownChain(''), ...otherChains(sql)]
    .map((chain) => {
      const all = numbersOf(sql, chain)
      return {
        from: fromAt === null ? all.from : firstSince(sql, all, fromAt),
        until: untilAt === null ? all.until : firstSince(sql, all, untilAt)
      }
    })
    .filter(({ from, until }) => from < until)
    .sort((one, other) => other.from - one.from)
