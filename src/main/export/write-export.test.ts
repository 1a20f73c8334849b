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
import { happening } from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import type { HistoryEvent } from '../../shared/domain/history.ts'
import { csvRows, writeExport } from './write-export.ts'

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
    expect(await writeExport(path, 'jsonl', all)).toEqual({ ok: true, value: 30 })
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
    await writeExport(path, 'jsonl', events())
    const lines = readFileSync(path, 'utf8').split('\n').slice(0, -2)
    expect(firstBadLine(`${tamper(lines).join('\n')}\n`)).toBe(bad)
  })
})

describe('CSV', () => {
  it('has a mark for spreadsheets, names, CRLF, and every record', async () => {
    const all = events()
    expect(await writeExport(path, 'csv', all)).toEqual({ ok: true, value: 30 })
    const text = readFileSync(path, 'utf8')
    expect(text.startsWith('\uFEFFseq,at,type,accountName,')).toBe(true)
    expect(text.endsWith('\r\n')).toBe(true)
    const rows: Record<string, string>[] = parse(text, { bom: true, columns: true })
    expect(rows.map(({ seq, assetName, hash }) => [Number(seq), assetName, hash])).toEqual(
      all.map(({ seq, assetName, hash }) => [seq, assetName, hash])
    )
    expect(JSON.parse(rows[3]?.['body'] ?? '')).toEqual(all[3]?.body)
  })

  it.each<[string, string]>([
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
    ['x'.repeat(32_768), 'x'.repeat(32_768)],
    ['\u202Egnp.exe', '\u202Egnp.exe']
  ])('a cell of %j reads %j', (name, shown) => {
    const [event] = events(2)
    if (event === undefined) throw new Error('No record')
    const [row] = parse(csvRows([{ ...event, assetName: name }])) as string[][]
    expect(row?.[6]).toBe(shown)
    expect(row).toHaveLength(14)
  })

  it.each([';', '\t'])('holds no formula for a spreadsheet that splits at %j', (separator) => {
    const [event] = events(2)
    if (event === undefined) throw new Error('No record')
    const text = `x${separator}=1+1`
    const rows = csvRows([
      { ...event, assetName: text, accountName: `"${text}"`, body: { said: text } }
    ])
    const cells = rows.split(/[\r\n]+/).flatMap((line) => line.split(separator))
    expect(cells.filter((part) => /^[\s"]*[=+\-@]/.test(part))).toEqual([])
  })

  it('leaves the numbers we make alone', () => {
    const [event] = events(2)
    if (event === undefined) throw new Error('No record')
    const [row] = parse(csvRows([{ ...event, monotonicMs: -1.5 }])) as string[][]
    expect(row?.[11]).toBe('-1.5')
  })
})

describe('writing', () => {
  it.each(['csv', 'jsonl'] as const)('an empty history makes an empty %s', async (format) => {
    expect(await writeExport(path, format, [])).toEqual({ ok: true, value: 0 })
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
      const written = await writeExport(path, format, counting())
      clearImmediate(next)
      expect(written).toEqual({ ok: true, value: 5000 })
      expect(longest).toBeLessThanOrEqual(400)
    }
  )

  it('takes the place of an older export, private to its owner, and leaves nothing else', async () => {
    writeFileSync(path, 'old')
    const leftover = `${path}.${process.pid}.partial`
    writeFileSync(leftover, 'left by a crash')
    expect(await writeExport(path, 'jsonl', events(2))).toMatchObject({ ok: true })
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
      throw new Error('The database is damaged')
    }
    expect(await writeExport(path, 'jsonl', broken())).toEqual({
      ok: false,
      error: { kind: 'storage-failed', reason: 'other' }
    })
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
    expect(await writeExport(path, 'jsonl', store.read.eachHistoryEvent())).toEqual({
      ok: false,
      error: { kind: 'storage-failed', reason: 'damaged' }
    })
    expect(told).toEqual(['damaged'])
    unchanged()
  })

  it('when a folder has the name', async () => {
    mkdirSync(path)
    expect(await writeExport(path, 'csv', events(2))).toMatchObject({ ok: false })
    expect(readdirSync(dirname(path))).toEqual(['history'])
  })

  it('when the folder is gone', async () => {
    expect(await writeExport(join(path, 'gone', 'x'), 'csv', [])).toEqual({
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
