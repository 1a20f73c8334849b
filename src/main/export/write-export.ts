import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { HistoryEvent } from '../../shared/domain/history.ts'
import type { HistoryExportFormat } from '../../shared/domain/history-export.ts'
import { t } from '../../shared/messages/messages.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { ForgottenRecords } from '../../verifier/forgotten.ts'
import {
  chainFormat,
  contentsFormat,
  extractFormat,
  headFormat
} from '../../verifier/receipt-shape.ts'
import { chainStart } from '../../verifier/record-hash.ts'
import { diskReason } from '../files/disk-reason.ts'
import { saveFile } from '../files/save-file.ts'
import type {
  ExportChain,
  ExportContent,
  ExportOrder,
  ExportWritten,
  OtherExportChain,
  WriteHistoryExport
} from '../ports/history-exporter.ts'
import { DamagedStoreError } from '../ports/store.ts'
import { countPages } from '../rules/pdf-pages.ts'
import { csvTable } from './csv-table.ts'
import {
  createFaces,
  type FaceOf,
  lineStart,
  pageEnd,
  reportBody,
  reportFoot,
  reportHead
} from './history-report.ts'

/** Between two of these the window gets its turn. */
const recordsAtATime = 100
/** A row takes several times as long as an exact record: its sentences are made. */
const rowsAtATime = 40

type Write = (bytes: Uint8Array) => Promise<void>

/** What the composition gives: only Electron prints, and only it makes pictures small. */
export interface ExportTools {
  readonly faceOf: FaceOf
  /** Prints a page of HTML; its foot says the given text. */
  readonly printPdf: (page: string, footerText: string) => Promise<Uint8Array>
}

/** What a form is written with. */
interface Pen {
  readonly write: (text: string) => Promise<void>
  readonly writeBytes: Write
  readonly content: ExportContent
  readonly tools: ExportTools
  /** In pieces; between two of them others have their turn. Throws once the signal is aborted. */
  readonly slices: <T>(
    items: Iterable<T> | AsyncIterable<T>,
    size?: number
  ) => AsyncGenerator<readonly T[]>
  readonly onProgress: ExportOrder['onProgress']
}

/** `units`: what there must be when the file is read back: records, lines of a report, pages. */
type Written = ExportWritten & { readonly units: number }

/** One way to write records, and to count what was written in a file. */
interface Form {
  readonly write: (pen: Pen) => Promise<Written>
  readonly count: (path: string) => Promise<number>
}

async function* slicesOf<T>(
  items: Iterable<T> | AsyncIterable<T>,
  size: number,
  signal: AbortSignal
): AsyncGenerator<readonly T[]> {
  let slice: T[] = []
  for await (const item of items) {
    slice.push(item)
    if (slice.length < size) continue
    yield slice
    slice = []
    await nextTurn()
    signal.throwIfAborted()
  }
  if (slice.length > 0) yield slice
}

/** Follows the chain as far as its records come one after another, and looks whether each has the hash of what it says. */
const createChainWatch = (isAll: boolean) => {
  // Of a part, what was forgotten may be told of records that are left out.
  const contents = new ForgottenRecords(() => isAll)
  let last: HistoryEvent | null = null
  let brokenSeq: number | null = null
  const bad = (seq: number): void => {
    brokenSeq = Math.min(seq, brokenSeq ?? seq)
  }
  return {
    take: (event: HistoryEvent): void => {
      if (last?.seq === event.seq - 1 && last.hash !== event.prevHash) bad(event.seq)
      for (const { seq } of contents.take(event)) bad(seq)
      last = event
    },
    last: () => last,
    brokenSeq: () => {
      for (const { seq } of contents.end()) bad(seq)
      return brokenSeq
    }
  }
}

/** Whose records follow, and on what (docs/receipts.md). */
const chainLine = ({ computer, after }: OtherExportChain): string => {
  const about = { format: chainFormat, version: 1, computer }
  return `${JSON.stringify({ ...about, afterSeq: after.seq, afterHash: after.hash })}\n`
}

/** Which histories the file holds, so that one cut off its end is missed (docs/receipts.md). */
const contentsLine = ({ others, ...own }: ExportContent): string => {
  const histories = [{ ...own, computer: null }, ...others].map(({ computer, head, count }) => {
    const { headSeq, headHash } = headOf(head)
    return { computer, count, headSeq, headHash }
  })
  return `${JSON.stringify({ format: contentsFormat, version: 1, histories })}\n`
}

const headOf = (head: ExportChain['head']) => ({
  headSeq: head?.seq ?? 0,
  headHash: head?.hash ?? chainStart
})

/** Some records alone say first which history they are of, and how many they are (docs/receipts.md). */
const extractLine = ({ head, count }: ExportChain): string => {
  const about = { format: extractFormat, version: 1, ...headOf(head), count }
  return `${JSON.stringify(about)}\n`
}

/** Which record is the last, said once more, so that records cut off the end are missed (security F8). */
const headLine = ({ seq, hash }: HistoryEvent): string =>
  `${JSON.stringify({ format: headFormat, version: 1, headSeq: seq, headHash: hash })}\n`

/** Exact records, so that the chain of hashes can be checked from the file alone. */
const writeJsonLines = async (pen: Pen): Promise<Written> => {
  const { isAll, others, ...own } = pen.content
  let count = 0
  let units = 0
  let brokenSeq: number | null = null
  const say = async (line: string): Promise<void> => {
    await pen.write(line)
    units += 1
  }
  const writeChain = async (part: ExportChain): Promise<void> => {
    const chain = createChainWatch(isAll)
    if (!isAll) await say(extractLine(part))
    for await (const slice of pen.slices(part.records())) {
      for (const event of slice) chain.take(event)
      await pen.write(slice.map((event) => `${JSON.stringify(event)}\n`).join(''))
      count += slice.length
      units += slice.length
      pen.onProgress('writing', count)
    }
    const last = chain.last()
    if (isAll && last !== null) await say(headLine(last))
    brokenSeq ??= chain.brokenSeq()
  }
  if (others.length > 0) await say(contentsLine(pen.content))
  await writeChain(own)
  for (const other of others) {
    await say(chainLine(other))
    await writeChain(other)
  }
  return { count, units, shortenedTo: null, brokenSeq }
}

const countJsonLines = async (path: string): Promise<number> => {
  let lines = 0
  for await (const chunk of createReadStream(path)) {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1
  }
  return lines
}

/** Which columns there are is known once every record was looked at, so they are walked twice. */
const writeCsv = async (pen: Pen): Promise<Written> => {
  const { others, ...own } = pen.content
  const parts = [{ ...own, computer: '' }, ...others]
  const keys = new Set<string>()
  let seen = 0
  for (const { records } of parts) {
    for await (const slice of pen.slices(records())) {
      for (const { body } of slice) for (const key of Object.keys(body)) keys.add(key)
      seen += slice.length
      pen.onProgress('preparing', seen)
    }
  }
  const table = csvTable(keys, { hasOthers: others.length > 0 })
  let count = 0
  await pen.write(table.head)
  for (const { records, computer } of parts) {
    for await (const slice of pen.slices(records(), rowsAtATime)) {
      await pen.write(table.rows(slice, computer))
      count += slice.length
      pen.onProgress('writing', count)
    }
  }
  return { count, units: count, shortenedTo: null, brokenSeq: null }
}

/** Records may hold line breaks, so rows are counted as a reader of CSV sees them. */
const countRows = async (path: string): Promise<number> => {
  const { parse } = await import('csv-parse')
  let count = 0
  const rows = createReadStream(path).pipe(parse({ bom: true, from: 2 }))
  for await (const _row of rows) count += 1
  return count
}

/** More would be a page that no browser likes, and a PDF that nobody reads. The other forms hold everything. */
const mostLines = { report: 10_000, pdf: 2_000 } as const
/** A line can have a hundred parts. */
const linesAtATime = 20

interface Report {
  readonly pieces: readonly string[]
  readonly written: ExportWritten
  readonly lines: number
}

const makeReport = async (pen: Pen, as: keyof typeof mostLines): Promise<Report> => {
  const { content, onProgress } = pen
  const faces = createFaces(pen.tools.faceOf)
  const body = await reportBody(
    pen.slices(content.lines(), linesAtATime),
    faces,
    mostLines[as],
    { isOpen: as === 'pdf', isStory: content.about.story !== null },
    (records) => onProgress('writing', records)
  )
  const { lines, records } = body.tally
  return {
    pieces: [await reportHead(content, body, faces), ...body.markup, reportFoot()],
    lines,
    written: { count: records, shortenedTo: body.isShortened ? lines : null, brokenSeq: null }
  }
}

const writeReport = async (pen: Pen): Promise<Written> => {
  const { pieces, written, lines } = await makeReport(pen, 'report')
  for await (const slice of pen.slices(pieces)) await pen.write(slice.join(''))
  return { ...written, units: lines }
}

/** Names and sentences hold no line ends by the time they are in a page, so each line of it is what it begins as. */
const countReportLines = async (path: string): Promise<number> => {
  let count = 0
  let last = ''
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (line.startsWith(lineStart)) count += 1
    last = line
  }
  return last === pageEnd ? count : -1
}

const writePdf = async (pen: Pen): Promise<Written> => {
  const { pieces, written } = await makeReport(pen, 'pdf')
  const pdf = await pen.tools.printPdf(pieces.join(''), t('app.name'))
  await pen.writeBytes(pdf)
  return { ...written, units: countPages(Buffer.from(pdf)) }
}

/** A PDF without a page, or without its end, is none. */
const countPdfPages = async (path: string): Promise<number> => {
  const pdf = await readFile(path)
  const isPdf = pdf.subarray(0, 5).toString() === '%PDF-' && pdf.subarray(-32).includes('%%EOF')
  return isPdf ? countPages(pdf) || -1 : -1
}

const forms: Readonly<Record<HistoryExportFormat, Form>> = {
  jsonl: { write: writeJsonLines, count: countJsonLines },
  csv: { write: writeCsv, count: countRows },
  report: { write: writeReport, count: countReportLines },
  pdf: { write: writePdf, count: countPdfPages }
}

const failureOf = (error: unknown, signal: AbortSignal): Result<never> => {
  if (signal.aborted) return fail({ kind: 'canceled' })
  if (error instanceof DamagedStoreError) return fail({ kind: 'storage-failed', reason: 'damaged' })
  const reason = diskReason(error)
  if (reason === null) throw error
  return fail({ kind: 'storage-failed', reason })
}

/** What writes exports; see `WriteHistoryExport`. */
export const createExportWriter =
  (tools: ExportTools): WriteHistoryExport =>
  async ({ path, format, content, onProgress }, signal) => {
    const { write, count } = forms[format]
    let written: Written | null = null
    const fill = async (writeBytes: Write): Promise<void> => {
      written = await write({
        write: (text) => writeBytes(Buffer.from(text, 'utf8')),
        writeBytes,
        content,
        tools,
        slices: (items, size = recordsAtATime) => slicesOf(items, size, signal),
        onProgress
      })
      onProgress('checking', written.count)
    }
    const isWhole = async (partial: string): Promise<boolean> => {
      const found = await count(partial)
      signal.throwIfAborted()
      return found === written?.units
    }
    try {
      const saved = await saveFile(path, fill, { isWhole })
      if (saved === null || written === null) {
        return fail({ kind: 'storage-failed', reason: 'other' })
      }
      const { units: _units, ...told }: Written = written
      return ok(told)
    } catch (error) {
      return failureOf(error, signal)
    }
  }
