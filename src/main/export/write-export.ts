import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { stringify } from 'csv-stringify/sync'
import type { HistoryEvent } from '../../shared/domain/history.ts'
import { fail, ok, type Result } from '../../shared/result.ts'

type Format = 'csv' | 'jsonl'

/** Spreadsheets know a file's encoding by this mark alone. */
const byteOrderMark = '\uFEFF'

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
const looksLikeFormula = /^(?:\p{Cc}|\s*[=+\-@＝＋－＠])/u

const cell = (value: unknown): string | number => {
  if (typeof value === 'number') return value
  if (value === null || value === undefined) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return looksLikeFormula.test(text) ? `'${text}` : text
}

/** One record as a CSV row: RFC 4180, CRLF. */
export const csvRow = (event: HistoryEvent): string =>
  stringify([columns.map((column) => cell(event[column]))], { record_delimiter: '\r\n' })

/** One record as a JSON line: exact, so that the chain of hashes can be checked from the file alone. */
export const jsonLine = (event: HistoryEvent): string => `${JSON.stringify(event)}\n`

function* chunksOf(format: Format, events: Iterable<HistoryEvent>): Generator<[string, number]> {
  if (format === 'csv') {
    yield [byteOrderMark + stringify([[...columns]], { record_delimiter: '\r\n' }), 0]
  }
  for (const event of events) yield [format === 'csv' ? csvRow(event) : jsonLine(event), 1]
}

const hashFile = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}

const countLines = async (path: string): Promise<number> => {
  let count = 0
  for await (const _line of createInterface({ input: createReadStream(path) })) count += 1
  return count
}

/**
 * Writes the history to a new name, reads it back, and only then gives it the chosen name (security X2). Answers
 * the number of records; on failure the chosen file is as it was.
 */
export const writeExport = async (
  path: string,
  format: Format,
  events: Iterable<HistoryEvent>
): Promise<Result<number>> => {
  const temporary = `${path}.${process.pid}.partial`
  const hash = createHash('sha256')
  let count = 0
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      let buffer = ''
      const flush = async () => {
        hash.update(buffer)
        await file.writeFile(buffer)
        buffer = ''
      }
      for (const [text, records] of chunksOf(format, events)) {
        buffer += text
        count += records
        if (buffer.length > 1 << 20) await flush()
      }
      await flush()
      await file.sync()
    } finally {
      await file.close()
    }
    const isSame = (await hashFile(temporary)) === hash.digest('hex')
    const isWhole = format === 'csv' || (await countLines(temporary)) === count
    if (!isSame || !isWhole) throw new Error('The export does not read back as it was written')
    await rename(temporary, path)
    return ok(count)
  } catch (error) {
    await rm(temporary, { force: true })
    const code = error instanceof Error && 'code' in error ? error.code : ''
    const reason = code === 'ENOSPC' ? 'disk-full' : code === 'EACCES' ? 'no-access' : 'other'
    return fail({ kind: 'storage-failed', reason })
  }
}
