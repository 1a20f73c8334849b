import type { HistoryEvent, HistoryFilter, HistoryLine } from '../../shared/domain/history.ts'
import type { HistoryExportFormat } from '../../shared/domain/history-export.ts'
import type { Result } from '../../shared/result.ts'

/** What a report says of itself. */
export interface ReportAbout {
  readonly madeAt: string
  readonly appVersion: string
  /** Of what the story is told; null: it is no story. */
  readonly story: { readonly name: string; readonly posterId: string | null } | null
  /** What was filtered by and searched for; null: nothing. */
  readonly filter: HistoryFilter | null
  /** What the filter names, as it is called now. */
  readonly personName: string | null
  readonly accountName: string | null
  /** Names of the accounts that hold sample data. */
  readonly sampleAccounts: ReadonlySet<string>
}

/** A line of a report: an operation with its records, as many as are shown, oldest first. */
export interface ReportLine {
  readonly line: HistoryLine
  readonly parts: readonly HistoryEvent[]
}

/** Records of one computer. */
export interface ExportChain {
  /** How many records there are. */
  readonly count: number
  /** The end of the history that they are of; null: it is empty. */
  readonly head: { readonly seq: number; readonly hash: string } | null
  /** Oldest first, as that computer wrote them; each call begins anew. */
  readonly records: () => Iterable<HistoryEvent>
}

/** Those of another computer, as a backup brought them. `after`: what its first record here follows. */
export interface OtherExportChain extends ExportChain {
  readonly computer: string
  readonly after: { readonly seq: number; readonly hash: string }
}

/** What is exported. Reading it can end with `DamagedStoreError`. */
export interface ExportContent extends ExportChain {
  /** Whether these are all records, one after another. */
  readonly isAll: boolean
  readonly others: readonly OtherExportChain[]
  /** Newest first, as the timeline shows them; those of a story oldest first. */
  readonly lines: () => Iterable<ReportLine> | AsyncIterable<ReportLine>
  readonly about: ReportAbout
}

export interface ExportOrder {
  readonly path: string
  readonly format: HistoryExportFormat
  readonly content: ExportContent
  readonly onProgress: (state: 'preparing' | 'writing' | 'checking', done: number) => void
}

export interface ExportWritten {
  readonly count: number
  readonly shortenedTo: number | null
  readonly brokenSeq: number | null
}

/**
 * Writes an export under a passing name, reads it back and counts, and only then gives it its name (security X2). Others
 * have their turn all the while. `storage-failed` and `canceled` (the signal was aborted) leave the chosen file as it was.
 */
export type WriteHistoryExport = (
  order: ExportOrder,
  signal: AbortSignal
) => Promise<Result<ExportWritten>>
