import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it, onTestFinished } from 'vitest'
import { unwrap } from '../../../test/main/desks/desk.ts'
import { about, exportTo } from '../../../test/main/export/export-cases.ts'
import { happening } from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import type { HistoryExportFormat, HistorySelection } from '../../shared/domain/history-export.ts'
import { unfiltered } from '../../shared/history-filter.ts'
import { verifyFile } from '../../verifier/verify-file.ts'
import type { Store } from '../ports/store.ts'
import { selectHistory } from '../usecases/history-selection.ts'

const never = new AbortController().signal

const computerWith = (name: string, count: number, folder = temporaryFolder()): Store => {
  const store = openIn(folder, { runId: `run-${name}` })
  onTestFinished(() => store.close())
  unwrap(
    store.transaction((write) => {
      for (let index = 0; index < count; index += 1) {
        write.append(happening({ assetId: `${name}${index}`, assetName: `Face ${name}` }))
      }
    })
  )
  return store
}

const takeIn = async (here: Store, there: Store): Promise<void> => {
  const { file } = unwrap(await there.copyWithoutKeys(never))
  const copy = join(temporaryFolder(), 'library.sqlite')
  copyFileSync(file, copy)
  unwrap(await here.takeInBackup(copy, never))
}

const saved = async (
  store: Store,
  format: HistoryExportFormat = 'jsonl',
  selection: HistorySelection = { scope: 'all' }
) => {
  const folder = mkdtempSync(join(tmpdir(), 'export-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'history')
  const selected = await selectHistory(store.read, selection, 0, never)
  const written = unwrap(await exportTo(path, format, { ...selected, about }))
  return { path, written, text: readFileSync(path, 'utf8') }
}

/** What the verifier finds once somebody has been at the lines. */
const found = async (path: string, change: (lines: string[]) => readonly string[]) => {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  writeFileSync(path, `${change(lines).join('\n')}\n`)
  const { isGood, findings } = await verifyFile(path)
  return { isGood, findings }
}

const both = async (): Promise<Store> => {
  const here = computerWith('here', 4)
  await takeIn(here, computerWith('there', 3))
  return here
}

describe('the histories of two computers', () => {
  it('are in one file, and each verifies', async () => {
    const here = await both()
    const { path, written, text } = await saved(here)
    expect(written).toMatchObject({ count: 7, brokenSeq: null })
    const [other] = here.read.otherHistories()
    expect(JSON.parse(text.split('\n')[6] ?? '')).toEqual({
      format: 'replica-desk-history-chain',
      version: 1,
      computer: other?.computer,
      afterSeq: 0,
      afterHash: '0'.repeat(64)
    })
    const verdict = await verifyFile(path)
    expect(verdict).toMatchObject({ what: 'history', isGood: true })
    expect(verdict.findings.map(({ code }) => code)).toEqual([
      'records-good',
      'end-as-said',
      'records-good',
      'end-as-said',
      'histories-as-said'
    ])
    expect(verdict.findings[2]?.text).toContain(`Of computer ${other?.computer}: 3 records`)
  })

  it('do not verify once a record of the other computer was changed, left out or cut off', async () => {
    const here = await both()
    const cases: readonly [string, (lines: string[]) => readonly string[]][] = [
      ['record-changed', (lines) => lines.map((line) => line.replace('there1', 'nobody'))],
      ['record-removed', (lines) => lines.filter((line) => !line.includes('"there1"'))],
      ['begins-late', (lines) => lines.filter((line) => !line.includes('"there0"'))],
      ['cut-at-end', (lines) => lines.filter((line) => !line.includes('"there2"'))]
    ]
    for (const [code, change] of cases) {
      const { path } = await saved(here)
      const { isGood, findings } = await found(path, change)
      expect(isGood).toBe(false)
      expect(findings.map((finding) => finding.code)).toContain(code)
      for (const { text } of findings) expect(text).toMatch(/^Of computer /)
    }
  })

  it('are missed when all of one is cut off, or all after a place within it, or one is put in', async () => {
    const here = await both()
    const computer = here.read.otherHistories()[0]?.computer
    const shown = { scope: 'shown', filter: { ...unfiltered, search: 'face' } } as const
    const isOther = (line: string): boolean => line.includes('replica-desk-history-chain')
    for (const selection of [{ scope: 'all' } as const, shown]) {
      const { path, text } = await saved(here, 'jsonl', selection)
      const cut = await found(path, (lines) => lines.slice(0, lines.findIndex(isOther)))
      expect(cut).toEqual({
        isGood: false,
        findings: [
          {
            code: 'history-missing',
            text: `Of computer ${computer}: All of its records are missing: the first line tells of 3, of a history that reached record 3.`
          }
        ]
      })
      writeFileSync(path, text)
      const own = await found(path, ([first = '', ...lines]) => [
        first,
        ...lines.slice(lines.findIndex(isOther))
      ])
      expect(own).toMatchObject({ isGood: false, findings: [{ code: 'history-missing' }] })
      writeFileSync(path, text)
      const twice = await found(path, (lines) => [
        ...lines,
        ...lines.slice(lines.findIndex(isOther))
      ])
      expect(twice).toMatchObject({ isGood: false, findings: [{ code: 'history-added' }] })
    }
    const { path } = await saved(here)
    expect(await found(path, (lines) => lines.slice(0, -2))).toMatchObject({
      isGood: false,
      findings: [
        {
          code: 'cut-at-end',
          text: `Of computer ${computer}: It ends with record 2, but its first line knows of record 3: the end was cut off.`
        }
      ]
    })
  })

  it('verify as before in an export of an earlier version, which does not say which there are', async () => {
    const { path } = await saved(await both())
    const older = await found(path, ([, ...lines]) => lines)
    expect(older).toMatchObject({ isGood: true })
    expect(older.findings.map(({ code }) => code)).toEqual([
      'records-good',
      'end-as-said',
      'records-good',
      'end-as-said'
    ])
  })

  it('are not told of in the export of a computer that has its own alone', async () => {
    const { text } = await saved(computerWith('alone', 2))
    expect(text.split('\n')[0]).toMatch(/^\{"seq":1,/)
  })

  it('are in a part of what is shown, each with its own count', async () => {
    const filter = { ...unfiltered, search: 'face' }
    const { path, written, text } = await saved(await both(), 'jsonl', { scope: 'shown', filter })
    expect(written.count).toBe(7)
    const counts = text.match(/"count":\d+/g)
    expect(counts).toEqual([4, 3, 4, 3].map((count) => `"count":${count}`))
    expect(await verifyFile(path)).toMatchObject({ isGood: true })
    const fewer = await found(path, (lines) => lines.filter((line) => !line.includes('"there1"')))
    expect(fewer).toMatchObject({ isGood: false, findings: [{ code: 'record-removed' }] })
  })

  it('leave out the other where nothing of it is chosen', async () => {
    const filter = { ...unfiltered, search: 'here0' }
    const { written, text } = await saved(await both(), 'jsonl', { scope: 'shown', filter })
    expect(written.count).toBe(1)
    expect(text).not.toContain('replica-desk-history-chain')
  })

  it('that begin alike hold what is common once', async () => {
    const folder = temporaryFolder()
    const first = computerWith('common', 2, folder)
    const { file } = unwrap(await first.copyWithoutKeys(never))
    const elsewhere = temporaryFolder()
    copyFileSync(file, join(elsewhere, 'library.sqlite'))
    const second = computerWith('second', 2, elsewhere)
    unwrap(first.transaction((write) => write.append(happening({ assetId: 'first' }))))
    await takeIn(first, second)
    const { path, written, text } = await saved(first)
    expect(written.count).toBe(5)
    expect(text).toContain('"afterSeq":2,')
    expect(await verifyFile(path)).toMatchObject({ isGood: true })
  })

  it('are in one table, which says whose each record is', async () => {
    const here = await both()
    const rows: Record<string, string>[] = parse((await saved(here, 'csv')).text, {
      bom: true,
      columns: true
    })
    const computer = here.read.otherHistories()[0]?.computer
    expect(rows.map((row) => [row['Record'], row['Computer']])).toEqual([
      ...['1', '2', '3', '4'].map((seq) => [seq, '']),
      ...['1', '2', '3'].map((seq) => [seq, computer])
    ])
    expect((await saved(computerWith('alone', 1), 'csv')).text).not.toContain('Computer')
  })
})
