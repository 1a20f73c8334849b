import { stringify } from 'csv-stringify/sync'
import {
  eventSubject,
  eventText,
  factName,
  factValue,
  isOfAnother
} from '../../renderer/text/history-words.ts'
import { keeperText, kindHeading } from '../../renderer/text/kind-words.ts'
import { offsetText, toField } from '../../renderer/text/local-time.ts'
import type { HistoryBody, HistoryEvent } from '../../shared/domain/history.ts'
import { historyTone } from '../../shared/history-outcome.ts'
import { t } from '../../shared/messages/messages.ts'

/** Spreadsheets know a file's encoding by this mark alone. */
const byteOrderMark = '\uFEFF'

/** A cell that a spreadsheet could take for a formula, or that begins with a control character (security X1). */
const looksLikeFormula = /^\s*[\p{Cc}=+\-@＝＋－＠]/u

/**
 * Where a spreadsheet that splits at semicolons, tabs or lines begins another cell: it does not look at our quotes there.
 */
const laterFormula = /([;\p{Cc}][\s"]*)(?=[=+\-@＝＋－＠])/gu

const months =
  '(?:jan(?:uary?)?|feb(?:ruary?)?|mar(?:ch)?|märz|mrz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)'
const mark = "[\\s.,:/'%$€£¥-]*"

/**
 * What a spreadsheet would show as something else: an id of digits as 1.2E+11, "0012" as 12, "3-4" and "MAR1" as days,
 * "TRUE" as a truth value.
 */
const wouldChange = new RegExp(
  [
    `${mark}(?:\\d${mark})+(?:e[+-]?\\d+|[ap]m?)?`,
    `(?:\\d${mark})+${months}${mark}(?:\\d${mark})*`,
    `${months}${mark}(?:\\d${mark})+`,
    'true|false|wahr|falsch'
  ]
    .map((one) => `^(?:${one})$`)
    .join('|'),
  'iu'
)

/** An apostrophe in front keeps a spreadsheet from reading more into a text than stands there. */
const cell = (value: string | number): string | number => {
  if (typeof value === 'number') return value
  const guarded = value.replace(laterFormula, "$1'")
  return looksLikeFormula.test(value) || wouldChange.test(value.trim()) ? `'${guarded}` : guarded
}

/** By itself the library quotes a cell for the line end in use, and not for a lone CR or LF. */
const toCsv = (rows: readonly (readonly (string | number)[])[]): string =>
  stringify([...rows], { record_delimiter: '\r\n', quoted_match: /[\r\n]/ })

/** "2026-11-30 14:05:12": spreadsheets of every language read it as a time, and it sorts as text too. */
const timeCell = (day: string, at: string): string => `${day.replace('T', ' ')}:${at.slice(17, 19)}`

const outcomeText = (event: HistoryEvent): string => {
  const tone = historyTone(event)
  return tone === 'quiet' || tone === 'busy' ? '' : t(`history.filter.outcomes.${tone}`)
}

const factCell = (key: string, value: HistoryBody[string], who: string): string | number => {
  if (value === null || value === '') return ''
  if (typeof value === 'number') return value
  const isTime = typeof value === 'string' && key.endsWith('At') && !Number.isNaN(Date.parse(value))
  return isTime ? `${timeCell(value.slice(0, 16), value)} UTC` : cell(factValue(key, value, who))
}

/** Cells that are made here and hold nothing that others wrote. */
const fixedCells = (event: HistoryEvent, zone?: string): readonly (string | number)[] => {
  const { at, seq } = event
  const ms = Date.parse(at)
  return [
    seq,
    timeCell(toField(ms, zone), at),
    `UTC${offsetText(ms, zone)}`,
    timeCell(at.slice(0, 16), at)
  ]
}

/** A table of records for people: one column for each fact, times by the clock of the computer and in UTC. */
export interface CsvTable {
  readonly head: string
  /** `computer`: whose records they are; '': this computer's. */
  readonly rows: (events: readonly HistoryEvent[], computer?: string) => string
}

/**
 * `keys`: every name of a fact that a record has. `zone`: another one than the computer's. `hasOthers`: there are records of
 * other computers, so a column says whose each is.
 */
export const csvTable = (
  keys: ReadonlySet<string>,
  { zone, hasOthers = false }: { readonly zone?: string; readonly hasOthers?: boolean } = {}
): CsvTable => {
  const who = keeperText(null)
  const names = [...keys]
    .filter((key) => !isOfAnother(key))
    .map((key) => [key, factName(key, who)] as const)
  const isShared = (name: string) => names.filter(([, other]) => other === name).length > 1
  const facts = names
    .map(([key, name]) => ({ key, name: isShared(name) ? `${name} (${key})` : name }))
    .sort((a, b) => a.name.localeCompare(b.name))
  const columns = [
    t('exportTable.record'),
    t('exportTable.localTime'),
    t('exportTable.zone'),
    t('exportTable.utc'),
    t('exportTable.about'),
    t('exportTable.what'),
    t('history.filter.outcome'),
    t('exportTable.kind'),
    t('common.account'),
    t('history.id'),
    t('exportTable.operation'),
    ...(hasOthers ? [t('exportTable.computer')] : [])
  ]
  const row = (event: HistoryEvent, computer: string): readonly (string | number)[] => {
    const { assetKind, accountName, assetId, operationId, body } = event
    const keeper = keeperText(assetKind)
    return [
      ...fixedCells(event, zone),
      cell(eventSubject(event)),
      cell(eventText(event)),
      outcomeText(event),
      assetKind === null ? '' : kindHeading(assetKind, 1),
      cell(accountName ?? ''),
      cell(assetId ?? ''),
      cell(operationId ?? ''),
      ...(hasOthers ? [cell(computer)] : []),
      ...facts.map(({ key }) => factCell(key, body[key] ?? null, keeper))
    ]
  }
  return {
    head: byteOrderMark + toCsv([[...columns, ...facts.map(({ name }) => cell(name))]]),
    rows: (events, computer = '') => toCsv(events.map((event) => row(event, computer)))
  }
}
