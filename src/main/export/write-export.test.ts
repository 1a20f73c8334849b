import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { contentOf, exportTo } from '../../../test/main/export/export-cases.ts'
import { happening } from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import type { HistoryEvent } from '../../shared/domain/history.ts'
import { singleLine } from '../../shared/single-line.ts'
import { verifyFile } from '../../verifier/verify-file.ts'

let path = ''
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'export-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  path = join(folder, 'history')
})

const awkward = [
  '',
  'plain',
  'Zoë 田中 👩🏽‍🚀',
  'a "quoted"; one, with\r\nlines',
  '\u202Egnp.exe',
  'x'.repeat(500)
]

/** Real records with a real chain, over two runs. */
const events = (count = 30): readonly HistoryEvent[] => {
  const folder = temporaryFolder()
  for (const runId of ['run-1', 'run-2']) {
    const store = openIn(folder, { runId })
    store.transaction((write) => {
      for (let index = 0; index < count / 2; index += 1) {
        const text = awkward[index % awkward.length] ?? ''
        write.append(
          happening({
            assetName: text,
            accountId: index % 3 === 0 ? null : happening().accountId,
            body: { zulu: text, alpha: index, mike: null, isSo: true, half: 0.5 }
          })
        )
      }
    })
    store.close()
  }
  const store = openIn(folder)
  return [...store.read.eachHistoryEvent()]
}

const sha256 = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex')

/**
 * What somebody does who has nothing but the file, this description and SHA-256: a record's hash is that of a JSON
 * list of its fields in this order, with the hash of the record before; names and texts are in a hash of their own.
 */
const firstBadLine = (text: string): number | null => {
  let before = { seq: 0, hash: '0'.repeat(64) }
  for (const line of text.split('\n').slice(0, -1)) {
    const record = JSON.parse(line)
    const { keys, salt } = record.seal
    const facts = Object.entries(record.body).sort(([a], [b]) => (a < b ? -1 : 1))
    const hash = sha256([
      record.seq,
      record.at,
      record.monotonicMs,
      record.runId,
      record.type,
      record.operationId,
      record.accountId,
      record.assetKind,
      facts.filter(([key]) => !keys.includes(key)),
      keys,
      sha256([
        salt,
        record.accountName,
        record.assetId,
        record.assetName,
        facts.filter(([key]) => keys.includes(key))
      ]),
      record.prevHash
    ])
    const isNext = record.seq === before.seq + 1 && record.prevHash === before.hash
    if (!isNext || hash !== record.hash) return before.seq + 1
    before = record
  }
  return null
}

describe('JSON lines', () => {
  it('are exact, one record a line, and the last line tells where they end', async () => {
    const all = events()
    expect(await exportTo(path, 'jsonl', contentOf(all))).toEqual({
      ok: true,
      value: { count: 30, shortenedTo: null, brokenSeq: null }
    })
    const lines = readFileSync(path, 'utf8').split('\n')
    expect(lines.pop()).toBe('')
    expect(JSON.parse(lines.pop() ?? '')).toEqual({
      format: 'replica-desk-history-head',
      version: 1,
      headSeq: 30,
      headHash: all.at(-1)?.hash
    })
    expect(lines.map((line) => JSON.parse(line))).toEqual(all)
  })

  it.each<[string, (lines: string[]) => readonly string[], number | null]>([
    ['nothing done to it', (lines) => lines, null],
    [
      'a name edited',
      (lines) =>
        lines.map((line) => line.replace('"r1","assetName":"plain"', '"r1","assetName":"plane"')),
      2
    ],
    [
      'a body edited',
      (lines) =>
        lines.map((line, index) => (index === 6 ? line.replace('"alpha":6', '"alpha":7') : line)),
      7
    ],
    ['a line removed', (lines) => lines.filter((_line, index) => index !== 9), 10],
    ['the first removed', (lines) => lines.slice(1), 1],
    ['two swapped', ([a, b, c, ...rest]) => [a, c, b, ...rest].map(String), 2],
    ['a line twice', ([a, ...rest]) => [a, a, ...rest].map(String), 2],
    [
      'a line put in',
      ([a, b, ...rest]) => [a, b, String(b).replace('"seq":2', '"seq":3'), ...rest].map(String),
      3
    ]
  ])('can be checked from the file alone: %s', async (_what, tamper, bad) => {
    await exportTo(path, 'jsonl', contentOf(events()))
    const lines = readFileSync(path, 'utf8').split('\n').slice(0, -2)
    expect(firstBadLine(`${tamper(lines).join('\n')}\n`)).toBe(bad)
  })
})

describe('some records alone', () => {
  const some = () => {
    const all = events()
    const picked = all.filter(({ seq }) => seq % 3 !== 0)
    const head = all.at(-1) ?? null
    return { picked, content: contentOf(picked, { isAll: false, head }) }
  }

  it('say first of which history they are and how many, and our verifier finds them good', async () => {
    const { picked, content } = some()
    expect(await exportTo(path, 'jsonl', content)).toMatchObject({ value: { count: 20 } })
    const [first, ...lines] = readFileSync(path, 'utf8').trim().split('\n')
    expect(JSON.parse(first ?? '')).toEqual({
      format: 'replica-desk-history-extract',
      version: 1,
      headSeq: 30,
      headHash: content.head?.hash,
      count: 20
    })
    expect(lines.map((line) => JSON.parse(line))).toEqual(picked)
    const verdict = await verifyFile(path)
    expect(verdict).toMatchObject({ what: 'history', isGood: true })
    expect(verdict.findings.map(({ code }) => code)).toEqual(['records-good', 'extract'])
  })

  it('that do not fit their hashes are named, and written as they are', async () => {
    const { picked, content } = some()
    const changed = picked.map((event) =>
      event.seq === 11 ? { ...event, assetName: 'Somebody else' } : event
    )
    const wrong = { ...content, records: () => changed }
    expect(await exportTo(path, 'jsonl', wrong)).toMatchObject({ value: { brokenSeq: 11 } })
    expect(await verifyFile(path)).toMatchObject({ isGood: false })
  })
})

describe('CSV', () => {
  it('has a mark for spreadsheets, names, CRLF, every record, and a column for each fact', async () => {
    const all = events()
    expect(await exportTo(path, 'csv', contentOf(all))).toMatchObject({ value: { count: 30 } })
    const text = readFileSync(path, 'utf8')
    expect(text.startsWith('\uFEFFRecord,Local time,Time zone,UTC,Name,What happened,')).toBe(true)
    expect(text.endsWith('\r\n')).toBe(true)
    const rows: Record<string, string>[] = parse(text, { bom: true, columns: true })
    expect(rows.map((row) => Number(row['Record']))).toEqual(all.map(({ seq }) => seq))
    expect(rows[3]).toMatchObject({
      UTC: '2026-03-01 10:00:04',
      Name: 'a "quoted"; one, with\r\nlines',
      Alpha: '3',
      'Is so': 'Yes',
      Half: '0.5'
    })
    expect(Object.values(rows[3] ?? {}).filter((value) => value.includes('{"'))).toEqual([])
  })
})

describe('writing', () => {
  it.each(['csv', 'jsonl'] as const)('an empty history makes an empty %s', async (format) => {
    expect(await exportTo(path, format, contentOf([]))).toMatchObject({ value: { count: 0 } })
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(format === 'csv' ? 2 : 1)
  })

  it.each(['csv', 'jsonl'] as const)(
    'lets others have their turn all the while: %s',
    async (format) => {
      const [event] = events(2)
      if (event === undefined) throw new Error('No record')
      let sinceTurn = 0
      let longest = 0
      const turn = (): void => {
        sinceTurn = 0
        next = setImmediate(turn)
      }
      let next = setImmediate(turn)
      function* counting() {
        for (let index = 0; index < 5000; index += 1) {
          sinceTurn += 1
          longest = Math.max(longest, sinceTurn)
          yield event as HistoryEvent
        }
      }
      const content = contentOf([], { records: counting })
      const written = await exportTo(path, format, content)
      clearImmediate(next)
      expect(written).toMatchObject({ ok: true, value: { count: 5000 } })
      expect(longest).toBeLessThanOrEqual(400)
    }
  )

  it('takes the place of an older export, private to its owner, and leaves nothing else', async () => {
    writeFileSync(path, 'old')
    const leftover = `${path}.${process.pid}.partial`
    writeFileSync(leftover, 'left by a crash')
    expect(await exportTo(path, 'jsonl', contentOf(events(2)))).toMatchObject({ ok: true })
    expect(readdirSync(dirname(path))).toEqual(['history'])
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
  })
})

describe('a failure leaves what was there, and nothing half', () => {
  const unchanged = (): void => {
    expect(readFileSync(path, 'utf8')).toBe('old')
    expect(readdirSync(dirname(path))).toEqual(['history'])
  }

  it('when the records cannot be read to the end', async () => {
    writeFileSync(path, 'old')
    function* broken() {
      yield* events(2)
      throw new Error('broken')
    }
    await expect(exportTo(path, 'jsonl', contentOf([], { records: broken }))).rejects.toThrow(
      'broken'
    )
    unchanged()
  })

  it('when the database turns out to be damaged on the way, which is then told', async () => {
    writeFileSync(path, 'old')
    const folder = temporaryFolder()
    const first = openIn(folder)
    first.transaction((write) => {
      for (let index = 1; index <= 3000; index += 1) {
        write.append(happening({ assetName: `Anna number ${index}`, body: {} }))
      }
    })
    first.close()
    const file = join(folder, 'library.sqlite')
    const bytes = readFileSync(file)
    const place = bytes.indexOf('Anna number 2900')
    expect(place).toBeGreaterThan(0)
    bytes[place] = 0xff
    writeFileSync(file, bytes)

    const store = openIn(folder)
    expect(store.health()).toEqual({ state: 'ok' })
    const told: string[] = []
    store.onHealth(({ state }) => told.push(state))
    const content = contentOf([], { records: () => store.read.eachHistoryEvent() })
    expect(await exportTo(path, 'jsonl', content)).toEqual({
      ok: false,
      error: { kind: 'storage-failed', reason: 'damaged' }
    })
    expect(told).toEqual(['damaged'])
    unchanged()
  })

  it.each(['csv', 'jsonl', 'report', 'pdf'] as const)('when it is canceled: %s', async (format) => {
    writeFileSync(path, 'old')
    const stop = new AbortController()
    const all = events(2)
    function* many() {
      for (let index = 0; index < 1000; index += 1) {
        if (index === 500) stop.abort()
        yield all[0] as HistoryEvent
      }
    }
    const content = contentOf([], {
      records: many,
      lines: function* () {
        for (const head of many()) yield { line: singleLine(head), parts: [] }
      }
    })
    expect(await exportTo(path, format, content, { signal: stop.signal })).toEqual({
      ok: false,
      error: { kind: 'canceled' }
    })
    unchanged()
  })

  it.each([
    ['nothing', ''],
    ['no PDF', '<html>'],
    ['half a PDF', '%PDF-1.7\n/Type /Page\n'],
    ['a PDF without pages', '%PDF-1.7\n%%EOF\n']
  ])('when what was printed is %s', async (_what, printed) => {
    writeFileSync(path, 'old')
    const printPdf = async () => Buffer.from(printed)
    expect(await exportTo(path, 'pdf', contentOf(events(2)), { printPdf })).toEqual({
      ok: false,
      error: { kind: 'storage-failed', reason: 'other' }
    })
    unchanged()
  })

  it('when a folder has the name', async () => {
    mkdirSync(path)
    expect(await exportTo(path, 'csv', contentOf(events(2)))).toMatchObject({ ok: false })
    expect(readdirSync(dirname(path))).toEqual(['history'])
  })

  it('when the folder is gone', async () => {
    expect(await exportTo(join(path, 'gone', 'x'), 'csv', contentOf([]))).toEqual({
      ok: false,
      error: { kind: 'storage-failed', reason: 'no-access' }
    })
    expect(existsSync(path)).toBe(false)
  })

  const kit = new URL('../../../test/main/export/plain-user-export.ts', import.meta.url).pathname
  const exportAsPlainUser = (count: number, wrap: readonly string[] = []): unknown => {
    const command = [...wrap, process.execPath, '--import', 'tsx', kit, path, String(count)]
    return JSON.parse(execFileSync(command[0] ?? '', command.slice(1), { encoding: 'utf8' }))
  }
  const giveAway = (mode: number): void => {
    writeFileSync(path, 'old')
    if (process.getuid?.() === 0) chownSync(dirname(path), 65_534, 65_534)
    chmodSync(dirname(path), mode)
    onTestFinished(() => {
      if (existsSync(dirname(path))) chmodSync(dirname(path), 0o700)
    })
  }

  it.skipIf(process.platform === 'win32')('when the folder may not be written', () => {
    giveAway(0o555)
    expect(exportAsPlainUser(3)).toEqual({
      ok: false,
      error: { kind: 'storage-failed', reason: 'no-access' }
    })
    unchanged()
  })

  it.skipIf(process.platform === 'win32')('when there is no room for it', () => {
    giveAway(0o755)
    const limited = ['sh', '-c', 'ulimit -f 64; exec "$@"', 'sh']
    expect(exportAsPlainUser(10, limited)).toMatchObject({ ok: true })
    writeFileSync(path, 'old')
    expect(exportAsPlainUser(5000, limited)).toEqual({
      ok: false,
      error: { kind: 'storage-failed', reason: 'disk-full' }
    })
    unchanged()
  })
})
