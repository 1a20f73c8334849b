import { setImmediate as nextTurn } from 'node:timers/promises'
import type { HistoryLine, HistoryTimelineQuery } from '../../shared/domain/history.ts'
import type { HistorySelection } from '../../shared/domain/history-export.ts'
import { askedFor, unfiltered } from '../../shared/history-filter.ts'
import { singleLine } from '../../shared/single-line.ts'
import type { ExportContent, ReportLine } from '../ports/history-exporter.ts'
import type { Store } from '../ports/store.ts'

type Filter = ReturnType<typeof askedFor>
type Read = Store['read']

const pageSize = 500
/** As many records of an operation are listed in a report; the others are counted. */
const mostParts = 100

/** Numbers of records, a bit for each that there could be: a million cost 125 kB, in whatever order they come. */
class SeqSet {
  count = 0
  readonly #bits: Uint8Array

  constructor(largest: number) {
    this.#bits = new Uint8Array((largest >> 3) + 1)
  }

  /** Leaves out what is later than the largest, and records of other computers, which are below 0. */
  add(seq: number): void {
    if (seq < 1) return
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

/**
 * The records of every line that the timeline shows, up to `headSeq`. A line that something was added to meanwhile has
 * moved to the top, so what stands over the place that was the top is walked once more at the end.
 */
const shownIn = async (
  read: Read,
  filter: Filter,
  headSeq: number,
  signal: AbortSignal
): Promise<SeqSet> => {
  const found = new SeqSet(headSeq)
  const walk = async (untilSeq: number): Promise<void> => {
    for (let beforeSeq: number | null = null; ; ) {
      const query: HistoryTimelineQuery = { ...filter, beforeSeq, limit: pageSize }
      const { seqs, nextSeq } = read.historyMembers(query)
      for (const seq of seqs) if (seq <= headSeq) found.add(seq)
      if (nextSeq === null || nextSeq <= untilSeq) return
      beforeSeq = nextSeq
      await nextTurn()
      signal.throwIfAborted()
    }
  }
  const newest = { ...askedFor(unfiltered, 0), beforeSeq: null, limit: 1 }
  const topPlace = read.historyTimeline(newest).lines[0]?.place ?? 0
  await walk(Number.NEGATIVE_INFINITY)
  await walk(topPlace)
  return found
}

/** Stops at the end that was known when it began: what is recorded meanwhile is no part of it. */
function* recordsUntil(read: Read, headSeq: number) {
  for (const event of read.eachHistoryEvent()) {
    if (event.seq > headSeq) return
    yield event
  }
}

/** The records of a line, oldest first; of a long one the newest. */
const partsOf = (read: Read, { id, count }: HistoryLine): ReportLine['parts'] =>
  count === 1 ? [] : read.historyParts({ id, beforeSeq: null, limit: mostParts }).rows.toReversed()

function* linesOf(read: Read, filter: Filter): Generator<ReportLine> {
  for (let beforeSeq: number | null = null; ; ) {
    const page = read.historyTimeline({ ...filter, beforeSeq, limit: pageSize })
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
  const picked = (seqs: SeqSet, lines: Selected['lines']): Selected => ({
    count: seqs.count,
    head,
    isAll: false,
    records: () => read.eachHistoryEvent(seqs),
    lines
  })
  switch (selection.scope) {
    case 'all':
      return {
        count: headSeq,
        head,
        isAll: true,
        records: () => recordsUntil(read, headSeq),
        lines: () => linesOf(read, askedFor(unfiltered, nowMs))
      }
    case 'shown': {
      const filter = askedFor(selection.filter, nowMs)
      const seqs = await shownIn(read, filter, headSeq, signal)
      return picked(seqs, () => linesOf(read, filter))
    }
    case 'story': {
      const seqs = new SeqSet(headSeq)
      for (const seq of read.storyMembers(selection.ref)) seqs.add(seq)
      return picked(seqs, () => storyLines(read.eachHistoryEvent(seqs)))
    }
  }
}
