import { setImmediate as nextTurn } from 'node:timers/promises'
import type { HistoryLine, HistoryTimelineQuery } from '../../shared/domain/history.ts'
import type { HistorySelection } from '../../shared/domain/history-export.ts'
import { chainOf, ownSeq } from '../../shared/history-chains.ts'
import { askedFor, unfiltered } from '../../shared/history-filter.ts'
import { singleLine } from '../../shared/single-line.ts'
import type { ExportChain, ExportContent, ReportLine } from '../ports/history-exporter.ts'
import type { HistoryWalk, Store } from '../ports/store.ts'
import { walkPage } from './history-pages.ts'

type Filter = ReturnType<typeof askedFor>
type Read = Store['read']

const pageSize = 500
/** As many records of an operation are listed in a report; the others are counted. */
const mostParts = 100

/** Numbers of records, a bit for each that there could be: a million cost 125 kB, in whatever order they come. */
class SeqSet {
  count = 0
  readonly #bits: Uint8Array
  readonly #largest: number

  constructor(largest: number) {
    this.#largest = largest
    this.#bits = new Uint8Array((largest >> 3) + 1)
  }

  /** Leaves out what is later than the largest. */
  add(seq: number): void {
    if (seq > this.#largest) return
    const byte = this.#bits[seq >> 3]
    const bit = 1 << (seq & 7)
    if (byte === undefined || (byte & bit) !== 0) return
    this.#bits[seq >> 3] = byte | bit
    this.count += 1
  }

  *[Symbol.iterator](): Generator<number> {
    for (const [index, byte] of this.#bits.entries()) {
      for (let bit = 0; byte >> bit > 0; bit += 1) {
        if ((byte >> bit) & 1) yield index * 8 + bit
      }
    }
  }
}

/** Records of all computers, each by its own count; those of a chain that came meanwhile are left out. */
class Picked {
  readonly #sets: ReadonlyMap<number, SeqSet>

  constructor(ends: readonly { readonly chain: number; readonly seq: number }[]) {
    this.#sets = new Map(ends.map(({ chain, seq }) => [chain, new SeqSet(seq)]))
  }

  add(seq: number): void {
    this.#sets.get(chainOf(seq))?.add(ownSeq(seq))
  }

  of(chain: number): SeqSet {
    return this.#sets.get(chain) ?? new SeqSet(0)
  }
}

/** A page, with all turns that others want in between. */
const pageOf = async (
  read: Read,
  query: HistoryTimelineQuery,
  signal: AbortSignal
): Promise<HistoryWalk> => {
  const walk = await walkPage(read, query, async () => {
    await nextTurn()
    return !signal.aborted
  })
  signal.throwIfAborted()
  if (walk === null) throw new DOMException('Canceled', 'AbortError')
  return walk
}

/**
 * The records of every line that the timeline shows, up to those ends. A line that something was added to meanwhile has
 * moved to the top, so what stands over the place that was the top is walked once more at the end.
 */
const shownIn = async (
  read: Read,
  filter: Filter,
  found: Picked,
  signal: AbortSignal
): Promise<void> => {
  const walk = async (untilSeq: number): Promise<void> => {
    for (let beforeSeq: number | null = null; ; ) {
      const page = await pageOf(read, { ...filter, beforeSeq, limit: pageSize }, signal)
      const { seqs, nextSeq } = read.historyMembers(page)
      for (const seq of seqs) found.add(seq)
      if (nextSeq === null || nextSeq <= untilSeq) return
      beforeSeq = nextSeq
    }
  }
  const newest = { ...askedFor(unfiltered, 0), beforeSeq: null, limit: 1 }
  const { lines } = read.historyLines(await pageOf(read, newest, signal))
  await walk(Number.NEGATIVE_INFINITY)
  await walk(lines[0]?.place ?? 0)
}

/** Stops at the end that was known when it began: what is recorded meanwhile is no part of it. */
function* recordsUntil(read: Read, chain: number, headSeq: number) {
  for (const event of read.eachHistoryEvent(undefined, chain)) {
    if (event.seq > headSeq) return
    yield event
  }
}

/** The records of a line, oldest first; of a long one the newest. */
const partsOf = (read: Read, { id, count }: HistoryLine): ReportLine['parts'] =>
  count === 1 ? [] : read.historyParts({ id, beforeSeq: null, limit: mostParts }).rows.toReversed()

async function* linesOf(
  read: Read,
  filter: Filter,
  signal: AbortSignal
): AsyncGenerator<ReportLine> {
  for (let beforeSeq: number | null = null; ; ) {
    const page = read.historyLines(
      await pageOf(read, { ...filter, beforeSeq, limit: pageSize }, signal)
    )
    for (const line of page.lines) yield { line, parts: partsOf(read, line) }
    beforeSeq = page.lines.at(-1)?.place ?? null
    if (!page.hasMore || beforeSeq === null) return
  }
}

/** In a story each record is a line, as in the pane. */
function* storyLines(records: Iterable<HistoryLine['head']>): Generator<ReportLine> {
  for (const head of records) yield { line: singleLine(head), parts: [] }
}

type Selected = Omit<ExportContent, 'about'>

/** What a selection holds now. Walks page by page, so others have their turn. Throws if the signal is aborted. */
export const selectHistory = async (
  read: Read,
  selection: HistorySelection,
  nowMs: number,
  signal: AbortSignal
): Promise<Selected> => {
  const head = read.historyHead()
  const headSeq = head?.seq ?? 0
  const histories = read.otherHistories()
  const found = new Picked([
    { chain: 0, seq: headSeq },
    ...histories.map((other) => ({ chain: other.chain, seq: other.head.seq }))
  ])
  const chosen = (chain: number): Pick<ExportChain, 'count' | 'records'> => {
    const seqs = found.of(chain)
    return { count: seqs.count, records: () => read.eachHistoryEvent(seqs, chain) }
  }
  const picked = (lines: Selected['lines']): Selected => ({
    ...chosen(0),
    head,
    isAll: false,
    others: histories
      .map(({ chain, ...other }) => ({ ...other, ...chosen(chain) }))
      .filter(({ count }) => count > 0),
    lines
  })
  switch (selection.scope) {
    case 'all':
      return {
        count: headSeq,
        head,
        isAll: true,
        records: () => recordsUntil(read, 0, headSeq),
        others: histories.map(({ chain, ...other }) => ({
          ...other,
          count: other.head.seq - other.after.seq,
          records: () => recordsUntil(read, chain, other.head.seq)
        })),
        lines: () => linesOf(read, askedFor(unfiltered, nowMs), signal)
      }
    case 'shown': {
      const filter = askedFor(selection.filter, nowMs)
      await shownIn(read, filter, found, signal)
      return picked(() => linesOf(read, filter, signal))
    }
    case 'story': {
      for (const seq of read.storyMembers(selection.ref)) found.add(seq)
      const chains = [...histories.map(({ chain }) => chain), 0]
      const told = () =>
        chains.flatMap((chain) => [...read.eachHistoryEvent(found.of(chain), chain)])
      return picked(() => storyLines(told().sort((a, b) => a.at.localeCompare(b.at))))
    }
  }
}
