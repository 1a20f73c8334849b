import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { about, contentOf, exportTo } from '../../../test/main/export/export-cases.ts'
import { testLine } from '../../../test/renderer/history-lines.ts'
import type { HistoryEvent, HistoryLine } from '../../shared/domain/history.ts'
import de from '../../shared/messages/de.json'
import { english } from '../../shared/messages/english.ts'
import { speak } from '../../shared/messages/messages.ts'
import type { ExportContent, ReportAbout, ReportLine } from '../ports/history-exporter.ts'
import type { ExportTools } from './write-export.ts'

let path = ''
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'report-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  path = join(folder, 'history.html')
})
afterEach(() => speak(english))

const recordOf = (seq: number, changes: Partial<HistoryEvent> = {}): HistoryEvent => ({
  seq,
  at: `2026-03-0${1 + (seq % 3)}T12:00:0${seq % 10}.000Z`,
  monotonicMs: 1,
  runId: 'run-1',
  type: 'asset-first-seen',
  operationId: null,
  accountId: 'acc_aaaaaaaa' as HistoryEvent['accountId'],
  accountName: 'Studio',
  assetKind: 'replica',
  assetId: `r${seq}`,
  assetName: `Anna ${seq}`,
  body: {},
  prevHash: '0'.repeat(64),
  hash: 'a'.repeat(64),
  ...changes
})

const deletion = (seq: number): ReportLine => {
  const ask = recordOf(seq, { type: 'deletion-asked', body: { mode: 'permanent', count: 2 } })
  const end = recordOf(seq + 1, {
    type: 'deletion-answered',
    body: { mode: 'permanent', outcome: 'done', batch: 'bat_1' }
  })
  const line: HistoryLine = testLine(end, {
    count: 2,
    outcome: 'good',
    batchId: 'bat_1',
    posterId: 'face-1',
    presence: 'gone',
    names: ['Anna', 'Ben'],
    kinds: { replica: 2 },
    standings: { deleted: 2 },
    checks: { gone: 3 }
  })
  return { line, parts: [ask, end] }
}

const singles = (count: number, changes: Partial<HistoryEvent> = {}): readonly ReportLine[] =>
  Array.from({ length: count }, (_, index) => ({
    line: testLine(recordOf(index + 1, changes), { posterId: 'face-1' }),
    parts: []
  }))

const reportOf = async (
  lines: readonly ReportLine[],
  changes: Partial<ReportAbout> = {},
  tools: Partial<ExportTools> = {}
) => {
  const content: ExportContent = contentOf([], {
    head: { seq: 812, hash: 'b'.repeat(64) },
    lines: () => lines,
    about: { ...about, ...changes }
  })
  const written = await exportTo(path, 'report', content, tools)
  return { written, page: readFileSync(path, 'utf8') }
}

/** What a reader sees, without markup. */
const textOf = (page: string): string =>
  page
    .replace(/<style>.*<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')

describe('a report', () => {
  it('says in full sentences what the timeline says, and opens to the records', async () => {
    const { written, page } = await reportOf([deletion(4)])
    expect(written).toEqual({ ok: true, value: { count: 2, shortenedTo: null, brokenSeq: null } })
    const text = textOf(page)
    expect(text).toContain('Anna and Ben 2 replicas permanently deleted')
    expect(text).toContain('checked 3 times')
    expect(text).toContain('1 operation with 2 records')
    expect(page).toContain('<details><summary>2 records</summary>')
    expect(page).toContain('class="face gone"')
  })

  it('needs nothing but itself: no script, no address, a policy that lets nothing in', async () => {
    const faceOf = async () => 'data:image/jpeg;base64,AAAA'
    const { page } = await reportOf([deletion(4), ...singles(3)], {}, { faceOf })
    expect(page).not.toMatch(/<script|<link|@import|url\(|https?:|\son\w+=/i)
    const policy = /content="(default-src[^"]*)"/.exec(page)?.[1]
    expect(policy?.replaceAll('&#39;', "'")).toMatch(
      /^default-src 'none'; img-src data:; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'$/
    )
    expect(page.trimEnd().endsWith('</html>')).toBe(true)
  })

  it('holds each face once, however often it is shown', async () => {
    let asked = 0
    const faceOf = async () => {
      asked += 1
      return 'data:image/jpeg;base64,RkFDRQ=='
    }
    const { page } = await reportOf(singles(5), {}, { faceOf })
    expect(asked).toBe(1)
    expect(page.match(/RkFDRQ==/g)).toHaveLength(1)
    expect(page.match(/<use href="#face-0"/g)).toHaveLength(4)
  })

  it('has initials where there is no face', async () => {
    const { page } = await reportOf(singles(1, { assetName: 'Anna Berg' }))
    expect(page).toContain('aria-hidden="true">AB</span>')
  })

  it('lets no name, sentence or note become markup or move the lines it is counted by', async () => {
    const hostile = `</style><script>alert(1)</script>\n<li class="op bad">\u202E"'&`
    const { written, page } = await reportOf(
      singles(2, { assetName: hostile, accountName: hostile, assetId: hostile }),
      { story: { name: hostile, posterId: null }, accountName: hostile }
    )
    expect(written.ok).toBe(true)
    expect(page).not.toMatch(/<script/)
    expect(page.match(/^<li class="op /gm)).toHaveLength(2)
  })

  it('names what was filtered by and searched for', async () => {
    const { page } = await reportOf(singles(1), {
      filter: {
        search: 'anna',
        accountId: null,
        group: 'deletions',
        personId: null,
        kind: 'replica',
        outcome: 'bad',
        by: 'here',
        fromAt: null,
        untilAt: null,
        lastDays: 30
      },
      personName: 'Anna Berg',
      accountName: 'Studio'
    })
    expect(textOf(page)).toContain(
      'Anna Berg · Studio · Deletions · Replicas · Failed · By me · Last 30 days'
    )
  })

  it('is marked where it shows sample data, and only there', async () => {
    const sampleAccounts = new Set(['Studio', 'Another'])
    expect(textOf((await reportOf(singles(1), { sampleAccounts })).page)).toContain(
      'Sample data: Studio. '
    )
    const real = singles(1, { accountName: 'Real' })
    expect((await reportOf(real, { sampleAccounts })).page).not.toContain('Sample data')
  })

  it('says so where it is only the newest, and where it is nothing', async () => {
    const { written, page } = await reportOf(singles(10_001))
    expect(written).toMatchObject({ value: { count: 10_000, shortenedTo: 10_000 } })
    expect(textOf(page)).toContain('contains the latest 10,000 operations')
    expect(textOf((await reportOf([])).page)).toContain('Nothing that matches was recorded.')
  })

  it('speaks German', async () => {
    speak({ language: 'de', locale: 'de-DE', messages: de })
    const { page } = await reportOf([deletion(4)])
    expect(page).toContain('<html lang="de">')
    expect(textOf(page)).toContain('1 Vorgang mit 2 Einträgen')
  })
})

describe('the same on paper', () => {
  it('shows all records, as nobody can open them there, and has a foot', async () => {
    const printed: [string, string][] = []
    const printPdf: ExportTools['printPdf'] = async (page, footer) => {
      printed.push([page, footer])
      return Buffer.from('%PDF-1.7\n/Type /Page \n%%EOF\n')
    }
    const content = contentOf([], { lines: () => [deletion(4)] })
    expect(await exportTo(path, 'pdf', content, { printPdf })).toMatchObject({
      value: { count: 2 }
    })
    expect(printed[0]?.[0]).toContain('<details open><summary>')
    expect(printed[0]?.[1]).toBe('Replica Desk')
  })
})
