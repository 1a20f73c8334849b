import {
  type DraftField,
  draftFieldNames,
  draftFields
} from '../../shared/catalogue/draft-fields.ts'
import type { Draft } from '../../shared/domain/draft.ts'
import type { FieldIssue } from '../../shared/errors.ts'

/** One replica as a file describes it. The links are whole and secret. */
export interface DraftRow {
  readonly trainVideoUrl: string
  readonly consentVideoUrl: string
  readonly callbackUrl: string
  /** Null: the file does not say, so the name is proposed from the link. */
  readonly replicaName: string | null
  readonly model: string | null
  readonly subject: Draft['subject'] | null
  readonly hasGreenScreen: boolean | null
  /** What the file says and nobody can make sense of. */
  readonly issues: readonly FieldIssue[]
}

/** A row that gives a link and nothing else. */
export const rowOfLink = (link: string): DraftRow => ({
  trainVideoUrl: link,
  consentVideoUrl: '',
  callbackUrl: '',
  replicaName: null,
  model: null,
  subject: null,
  hasGreenScreen: null,
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

const subjects: Readonly<Record<string, Draft['subject']>> = {
  personal: 'personal',
  human: 'personal',
  person: 'personal',
  non_human: 'non-human',
  nonhuman: 'non-human'
}
const answers: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  y: true,
  x: true,
  1: true,
  on: true,
  false: false,
  no: false,
  n: false,
  0: false,
  off: false
}

const issue = (field: DraftField, code: string): FieldIssue => ({ field, code, said: null })

const lookUp = <T>(
  words: Readonly<Record<string, T>>,
  text: string,
  field: DraftField
): { readonly value: T | null; readonly issues: readonly FieldIssue[] } => {
  const word = plain(text)
  if (word === '') return { value: null, issues: [] }
  return Object.hasOwn(words, word)
    ? { value: words[word] ?? null, issues: [] }
    : { value: null, issues: [issue(field, 'not-understood')] }
}

const cut = (
  text: string,
  length: number,
  field: DraftField
): { readonly value: string | null; readonly issues: readonly FieldIssue[] } =>
  text.length > length
    ? {
        value: text.slice(0, length).replace(/\p{Surrogate}$/u, ''),
        issues: [issue(field, 'cut-short')]
      }
    : { value: text === '' ? null : text, issues: [] }

const longestName = 200
const longestModel = 100

const readRecord = (record: readonly string[], header: Header): DraftRow => {
  const cell = (column: DraftField): string => {
    const place = header[column]
    return place === undefined ? '' : (record[place] ?? '')
  }
  const replicaName = cut(cell('replicaName'), longestName, 'replicaName')
  const model = cut(cell('model'), longestModel, 'model')
  const subject = lookUp(subjects, cell('subject'), 'subject')
  const hasGreenScreen = lookUp(answers, cell('hasGreenScreen'), 'hasGreenScreen')
  return {
    trainVideoUrl: cell('trainVideoUrl'),
    consentVideoUrl: cell('consentVideoUrl'),
    callbackUrl: cell('callbackUrl'),
    replicaName: replicaName.value,
    model: model.value,
    subject: subject.value,
    hasGreenScreen: hasGreenScreen.value,
    issues: [replicaName, model, subject, hasGreenScreen].flatMap(({ issues }) => issues)
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
