import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { stringify } from 'csv-stringify/sync'
import type { HistoryEvent } from '../../shared/domain/history.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { headFormat } from '../../verifier/receipt-shape.ts'
import { diskReason } from '../files/disk-reason.ts'
import { saveFile } from '../files/save-file.ts'
import { DamagedStoreError } from '../ports/store.ts'

type Format = 'csv' | 'jsonl'

/** Spreadsheets know a file's encoding by this mark alone. */
const byteOrderMark = '\uFEFF'

/** Between two of these the window gets its turn. */
const recordsAtATime = 200

const columns = [
  'seq',
  'at',
  'type',
  'accountName',
  'assetKind',
  'assetId',
  'assetName',
  'body',
  'operationId',
  'accountId',
  'runId',
  'monotonicMs',
  'prevHash',
  'hash'
] as const satisfies readonly (keyof HistoryEvent)[]

/** A cell that a spreadsheet could take for a formula, or that begins with a control character (security X1). */
const looksLikeFormula = /^\s*[\p{Cc}=+\-@＝＋－＠]/u

/**
 * Where a spreadsheet that splits at semicolons, tabs or lines begins another cell: it does not look at our quotes there.
 */
const laterFormula = /([;\p{Cc}][\s"]*)(?=[=+\-@＝＋－＠])/gu

const cell = (value: unknown): string | number => {
  if (typeof value === 'number') return value
  if (value === null || value === undefined) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const guarded = text.replace(laterFormula, "$1'")
  return looksLikeFormula.test(text) ? `'${guarded}` : guarded
}

/** By itself the library quotes a cell for the line end in use, and not for a lone CR or LF. */
const toCsv = (rows: readonly (readonly (string | number)[])[]): string =>
  stringify([...rows], { record_delimiter: '\r\n', quoted_match: /[\r\n]/ })

/** Records as CSV rows: RFC 4180, CRLF. */
export const csvRows = (events: readonly HistoryEvent[]): string =>
  toCsv(events.map((event) => columns.map((column) => cell(event[column]))))

/** Records as JSON lines: exact, so that the chain of hashes can be checked from the file alone. */
const jsonLines = (events: readonly HistoryEvent[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join('')

const writers = { csv: csvRows, jsonl: jsonLines } as const
const beginnings = { csv: byteOrderMark + toCsv([[...columns]]), jsonl: '' } as const

/** Which record is the last, said once more, so that records cut off the end are missed (security F8). */
const headLine = (last: HistoryEvent | null): string => {
  if (last === null) return ''
  const head = { format: headFormat, version: 1, headSeq: last.seq, headHash: last.hash }
  return `${JSON.stringify(head)}\n`
}

const endings = { csv: () => '', jsonl: headLine } as const

function* inSlices(events: Iterable<HistoryEvent>): Generator<readonly HistoryEvent[]> {
  let slice: HistoryEvent[] = []
  for (const event of events) {
    slice.push(event)
    if (slice.length < recordsAtATime) continue
    yield slice
    slice = []
  }
  if (slice.length > 0) yield slice
}

/** Writes all records and answers how many there were. */
const writeAll = async (
  write: (bytes: Uint8Array) => Promise<void>,
  format: Format,
  events: Iterable<HistoryEvent>
): Promise<number> => {
  const writeText = (text: string): Promise<void> => write(Buffer.from(text, 'utf8'))
  let count = 0
  let last: HistoryEvent | null = null
  await writeText(beginnings[format])
  for (const slice of inSlices(events)) {
    await writeText(writers[format](slice))
    count += slice.length
    last = slice.at(-1) ?? last
    await nextTurn()
  }
  await writeText(endings[format](last))
  return count
}

/** Every line is a record, but for the one that tells the last. */
const countLines = async (path: string): Promise<number> => {
  let count = 0
  for await (const _line of createInterface({ input: createReadStream(path) })) count += 1
  return Math.max(0, count - 1)
}

/** Records may hold line breaks, so rows are counted as a reader of CSV sees them. */
const countRows = async (path: string): Promise<number> => {
  const { parse } = await import('csv-parse')
  let count = 0
  const rows = createReadStream(path).pipe(parse({ bom: true, from: 2 }))
  for await (const _row of rows) count += 1
  return count
}

const counters = { csv: countRows, jsonl: countLines } as const

const failureOf = (error: unknown): Result<never> => {
  if (error instanceof DamagedStoreError) return fail({ kind: 'storage-failed', reason: 'damaged' })
  return fail({ kind: 'storage-failed', reason: diskReason(error) ?? 'other' })
}

/**
 * Writes the history to a new name, reads it back and counts, and only then gives it the chosen name (security X2).
 * Answers the number of records; on failure the chosen file is as it was.
 */
export const writeExport = async (
  path: string,
  format: Format,
  events: Iterable<HistoryEvent>
): Promise<Result<number>> => {
  let count = 0
  try {
    const saved = await saveFile(
      path,
      async (write) => {
        count = await writeAll(write, format, events)
      },
      { isWhole: async (partial) => (await counters[format](partial)) === count }
    )
    return saved === null ? fail({ kind: 'storage-failed', reason: 'other' }) : ok(count)
  } catch (error) {
    return failureOf(error)
  }
}
