import {
  type DraftField,
  draftFieldNames,
  draftFields,
  type LinkField,
  linkFields,
  type PlainField,
  type PlainValues,
  plainFields
} from '../../shared/catalogue/draft-fields.ts'
import type { FieldIssue } from '../../shared/errors.ts'
import { assertNever } from '../../shared/result.ts'

/** One replica as a file describes it. The links are whole and secret. */
export interface DraftRow {
  readonly links: Readonly<Partial<Record<LinkField, string>>>
  /** What the file says of the rest; the name of a replica it does not name is proposed from the link. */
  readonly values: Readonly<Partial<PlainValues>>
  /** What the file says and nobody can make sense of. */
  readonly issues: readonly FieldIssue[]
}

/** A row that gives a link and nothing else. */
export const rowOfLink = (link: string): DraftRow => ({
  links: { trainVideoUrl: link },
  values: {},
  issues: []
})

type Header = Readonly<Partial<Record<DraftField, number>>>

const plain = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '_')

/** An address, or what stands around one: markup, a formula of a spreadsheet. */
const isLink = (text: string): boolean =>
  /^(?:https?:|[a-z]:\\|[a-z][a-z0-9+.-]{1,12}:\/\/)|https?:(?:\\?\/){2}/i.test(text)

const isColumn = (field: DraftField, name: string): boolean =>
  draftFields[field].columns.some((column) => column === name)

/** The places of the columns by their names; empty if the record names none. */
const readHeader = (record: readonly string[]): Header => {
  if (record.some(isLink)) return {}
  const names = record.map(plain)
  return Object.fromEntries(
    draftFieldNames
      .map((column) => [column, names.findIndex((name) => isColumn(column, name))] as const)
      .filter(([, place]) => place !== -1)
  )
}

const countNames = (record: readonly string[]): number => Object.keys(readHeader(record)).length

/** The first column in which any record holds a link. */
const linkColumn = (records: readonly (readonly string[])[], taken: Header): number => {
  const used = new Set(Object.values(taken))
  const width = Math.max(0, ...records.map((record) => record.length))
  for (let place = 0; place < width; place += 1) {
    if (!used.has(place) && records.some((record) => isLink(record[place] ?? ''))) return place
  }
  return -1
}

const answers: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'y', 'x', '1', 'on'].map((word) => [word, true] as const),
  ...['false', 'no', 'n', '0', 'off'].map((word) => [word, false] as const)
])

/** What a cell says: undefined if nothing, with a code if not all of it can be used. */
interface Read {
  readonly value?: string | boolean
  readonly code?: 'not-understood' | 'cut-short'
}

const lookUp = (words: ReadonlyMap<string, string | boolean>, text: string): Read => {
  const word = plain(text)
  const value = words.get(word)
  if (value !== undefined) return { value }
  return word === '' ? {} : { code: 'not-understood' }
}

const cut = (text: string, longest: number): Read =>
  text.length > longest
    ? { value: text.slice(0, longest).replace(/\p{Surrogate}$/u, ''), code: 'cut-short' }
    : { value: text }

const readCell = (field: PlainField, text: string): Read => {
  if (text === '') return {}
  const facts = draftFields[field]
  switch (facts.type) {
    case 'text':
      return cut(text, facts.longest)
    case 'yes-no':
      return lookUp(answers, text)
    case 'choice':
      return lookUp(
        new Map(
          Object.entries(facts.choices).flatMap(([choice, words]: [string, readonly string[]]) =>
            words.map((word) => [word, choice] as const)
          )
        ),
        text
      )
    default:
      return assertNever(facts)
  }
}

const readRecord = (record: readonly string[], header: Header): DraftRow => {
  const cell = (column: DraftField): string => {
    const place = header[column]
    return place === undefined ? '' : (record[place] ?? '')
  }
  const read = plainFields.map((field) => ({ field, ...readCell(field, cell(field)) }))
  return {
    links: Object.fromEntries(linkFields.map((field) => [field, cell(field)])),
    values: {
      // Whoever gives a consent video means that the statement is in it, unless the file says otherwise.
      ...(cell('consentVideoUrl') === '' ? {} : { consentIn: 'consent-video' }),
      ...Object.fromEntries(
        read.flatMap(({ field, value }) => (value === undefined ? [] : [[field, value] as const]))
      )
    },
    issues: read.flatMap(({ field, code }) =>
      code === undefined ? [] : [{ field, code, said: null }]
    )
  }
}

type Table = readonly (readonly string[])[]

/** Lines above a table’s names: a title, a date, whoever wrote it. More than that is no table with names. */
const mostLinesAbove = 30

/** Where the names of the columns stand: in the record that names most, above the first one with a link. -1: nowhere. */
const headerPlace = (records: Table): number => {
  const firstLink = records.findIndex((record) => record.some(isLink))
  const above = records.slice(0, Math.min(firstLink, mostLinesAbove))
  const most = Math.max(0, ...above.map(countNames))
  return most === 0 ? -1 : above.findIndex((record) => countNames(record) === most)
}

const isEmpty = (record: readonly string[]): boolean => record.every((text) => text === '')

/** `# made by …`, `(3 rows)`, `-- end --`, `Total: 3`: said about the table, below it. */
const isRemark = (record: readonly string[]): boolean => {
  const [first = '', ...others] = record.filter((text) => text !== '')
  return (
    /^(?:#|--|\/\/|\(?\d+ rows?\)?$|(?:total|sum|count|end|eof|summe|gesamt|ende)\b)/i.test(
      first
    ) && others.every((text) => text.length < 12 && !isLink(text))
  )
}

/** The records without what comes after the end: below the last link nothing that follows an empty line is a row. */
const untilEnd = (records: Table): Table => {
  const lastLink = records.findLastIndex((record) => record.some(isLink))
  const gap = records.findIndex((record, at) => at > lastLink && isEmpty(record))
  return gap === -1 ? records : records.slice(0, gap)
}

const endsAsFile = (text: string): boolean => /\.[a-z0-9]{2,4}$|\?/i.test(text)

/** A link that holds the separator and was not quoted fell into several cells; the others have their usual number. */
const rejoined = (
  record: readonly string[],
  place: number,
  width: number,
  separator: string
): readonly string[] => {
  const extra = record.length - width
  const first = record[place] ?? ''
  if (extra <= 0 || !isLink(first) || endsAsFile(first)) return record
  const whole = record.slice(place, place + extra + 1).join(separator)
  return endsAsFile(whole)
    ? [...record.slice(0, place), whole, ...record.slice(place + extra + 1)]
    : record
}

/**
 * What a table's records ask for, one row each; none if nothing in it is a link. With names above the columns every
 * record counts, so that none gets lost unnoticed; without them the first column with a link does.
 */
const readRecords = (records: Table, separator: string): readonly DraftRow[] => {
  const names = headerPlace(records)
  const head = names === -1 ? null : (records[names] ?? [])
  const named = head === null ? {} : readHeader(head)
  const body = untilEnd(records.slice(names + 1))
  const place = named.trainVideoUrl ?? linkColumn(body, named)
  const places = [place, named.trainImageUrl ?? -1]
  if (!body.some((record) => places.some((at) => isLink(record[at] ?? '')))) return []
  // Words above an unnamed column of links are its title.
  const isTitled = head === null && !isLink(body[0]?.[place] ?? '')
  const isRepeated = (record: readonly string[]): boolean =>
    head !== null &&
    record.length === head.length &&
    countNames(record) === countNames(head) &&
    countNames(record) > 1
  return (isTitled ? body.slice(1) : body)
    .filter((record) => !isEmpty(record) && !isRemark(record) && !isRepeated(record))
    .map((record) => {
      const cells = head === null ? record : rejoined(record, place, head.length, separator)
      return readRecord(cells, { ...named, trainVideoUrl: place })
    })
}

/** Names above the columns count for most, then columns. */
const byLikelihood = (one: Table, other: Table): number => {
  const names = (table: Table): number =>
    Math.max(0, ...table.slice(0, mostLinesAbove).map(countNames))
  const width = (table: Table): number => table.find((record) => record.some(isLink))?.length ?? 0
  return names(other) - names(one) || width(other) - width(one)
}

const separators = [',', ';', '\t', '|'] as const

/** `sep=;` in the first line is for spreadsheets, and says what separates the cells. */
const SEPARATOR_LINE = /^"?sep=(.)"?[ \t,;]*(?:\r\n|\n|\r)/i

/** Lines that hold one cell each: below one name, or with nothing but a link. */
const asOneColumn = (text: string): Table | null => {
  const lines = text
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim().replace(/^"(.*)"$/, '$1'))
    .filter((line) => line !== '')
  const [first = '', ...others] = lines
  const isAlone = !/[,;\t|]/.test(first) && !isLink(first)
  const areLinks = (isAlone ? others : lines).every((line) => /^https?:/i.test(line))
  const isNamed = isAlone && countNames([first]) > 0
  // Without a name above it, a link with a comma may as well be two cells.
  const isPlain = isAlone || !lines.some((line) => /[,;\t|]/.test(line))
  return isNamed || (areLinks && isPlain && lines.length > 0) ? lines.map((line) => [line]) : null
}

/** `isNamed`: the columns have names. Null for a file that no table can be made of. */
interface DraftTable {
  readonly isNamed: boolean
  readonly rows: readonly DraftRow[]
}

/** Reads a table of drafts, whatever separates its cells. The parser is loaded with the first such file. */
export const readTable = async (content: string): Promise<DraftTable | null> => {
  const { CsvError, parse } = await import('csv-parse/sync')
  const said = SEPARATOR_LINE.exec(content)
  const below = said === null ? content : content.slice(said[0].length)
  // What DOS programs end a file with.
  const [text = ''] = below.split('\u001a')
  const tableOf = (delimiter: string): Table | null => {
    try {
      return parse(text, {
        bom: true,
        delimiter,
        record_delimiter: ['\r\n', '\n', '\r'],
        relax_column_count: true,
        relax_quotes: true,
        trim: true
      })
    } catch (error) {
      // Between quotation marks another separator makes no sense; that speaks against it alone.
      if (error instanceof CsvError) return null
      throw error
    }
  }
  const column = said === null ? asOneColumn(text) : null
  if (column !== null)
    return { isNamed: headerPlace(column) !== -1, rows: readRecords(column, ',') }
  const [likeliest] = (said === null ? separators : [said[1] ?? ','])
    .flatMap((separator) => {
      const table = tableOf(separator)
      return table === null ? [] : [{ separator, table }]
    })
    .sort((one, other) => byLikelihood(one.table, other.table))
  if (likeliest === undefined) return null
  const { table, separator } = likeliest
  return { isNamed: headerPlace(table) !== -1, rows: readRecords(table, separator) }
}

/** An empty table with the name of every field that a file may give, to be filled in and dropped. */
export const draftTemplate = (): string => {
  const names = draftFieldNames.flatMap((field) => draftFields[field].columns.slice(0, 1))
  // The mark is for spreadsheets, which take the text for another encoding without it.
  return `\uFEFF${names.join(',')}\r\n`
}
