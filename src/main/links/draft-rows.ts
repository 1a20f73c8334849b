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

const isLink = (text: string): boolean =>
  /^(?:https?:|[a-z]:\\|[a-z][a-z0-9+.-]{1,12}:\/\/)/i.test(text)

const isColumn = (field: DraftField, name: string): boolean =>
  draftFields[field].columns.some((column) => column === name)

/** The places of the columns by their names; null if the record names none. */
const readHeader = (record: readonly string[]): Header | null => {
  if (record.some(isLink)) return null
  const names = record.map(plain)
  const places = draftFieldNames
    .map((column) => [column, names.findIndex((name) => isColumn(column, name))] as const)
    .filter(([, place]) => place !== -1)
  return places.length === 0 ? null : Object.fromEntries(places)
}

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
    values: Object.fromEntries(
      read.flatMap(({ field, value }) => (value === undefined ? [] : [[field, value] as const]))
    ),
    issues: read.flatMap(({ field, code }) =>
      code === undefined ? [] : [{ field, code, said: null }]
    )
  }
}

/**
 * What a table's records ask for, one row each; none if nothing in it is a link. With names above the columns every
 * record counts, so that none gets lost unnoticed; without them the first column with a link does.
 */
export const readRecords = (records: readonly (readonly string[])[]): readonly DraftRow[] => {
  const [first = []] = records
  const named = readHeader(first)
  const body = named === null ? records : records.slice(1)
  const place = named?.trainVideoUrl ?? linkColumn(body, named ?? {})
  const hasAnyLink = body.some((record) => isLink(record[place] ?? ''))
  if (place === -1 || !hasAnyLink) return []
  // Words above an unnamed column of links are its title.
  const isTitled = named === null && !isLink(first[place] ?? '')
  return (isTitled ? body.slice(1) : body)
    .filter((record) => record.some((text) => text !== ''))
    .map((record) => readRecord(record, { ...named, trainVideoUrl: place }))
}

/** How many of a record's cells are names of columns; to find out what separates them. */
export const countColumnNames = (record: readonly string[]): number =>
  Object.keys(readHeader(record) ?? {}).length
