import { createExportWriter, type ExportTools } from '../../../src/main/export/write-export.ts'
import type {
  ExportContent,
  ExportOrder,
  ReportAbout
} from '../../../src/main/ports/history-exporter.ts'
import type { HistoryEvent } from '../../../src/shared/domain/history.ts'
import type { HistoryExportFormat } from '../../../src/shared/domain/history-export.ts'
import { singleLine } from '../../../src/shared/single-line.ts'

export const about: ReportAbout = {
  madeAt: '2026-03-02T09:30:00.000Z',
  appVersion: '1.2.3',
  story: null,
  filter: null,
  personName: null,
  accountName: null,
  sampleAccounts: new Set()
}

/** These records as all that there is; as a report each is a line of its own. */
export const contentOf = (
  events: Iterable<HistoryEvent>,
  changes: Partial<ExportContent> = {}
): ExportContent => {
  const all = Array.isArray(events) ? (events as readonly HistoryEvent[]) : null
  const last = all?.at(-1)
  return {
    count: all?.length ?? 0,
    head: last === undefined ? null : { seq: last.seq, hash: last.hash },
    isAll: true,
    records: () => events,
    others: [],
    lines: () => [...events].map((head) => ({ line: singleLine(head), parts: [] })),
    about,
    ...changes
  }
}

/** Stands in for what only Electron can do. */
export const tools: ExportTools = {
  faceOf: async () => null,
  printPdf: async (page) => Buffer.from(`%PDF-1.7\n/Type /Page ${page.length}\n%%EOF\n`)
}

/** Exports to a path as the app does. */
export const exportTo = (
  path: string,
  format: HistoryExportFormat,
  content: ExportContent,
  {
    signal = new AbortController().signal,
    onProgress = () => undefined,
    ...others
  }: Partial<ExportTools> & {
    readonly signal?: AbortSignal
    readonly onProgress?: ExportOrder['onProgress']
  } = {}
) => createExportWriter({ ...tools, ...others })({ path, format, content, onProgress }, signal)
