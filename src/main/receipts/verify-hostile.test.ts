import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  asked,
  done,
  factsOf,
  madeOf,
  mixedCase,
  newKey,
  receiptOf,
  sent
} from '../../../test/main/receipts/receipt-cases.ts'
import { shown } from '../../verifier/shown.ts'
import { verifyHistory } from '../../verifier/verify-history.ts'
import { verifyReceipt } from '../../verifier/verify-receipt.ts'
import { makeReceipt } from './make-receipt.ts'
import { receiptJson } from './save-receipt.ts'
import { signReceipt } from './sign-receipt.ts'

const verifier = fileURLToPath(new URL('../../../resources/verify-receipt.mjs', import.meta.url))
const key = newKey()
const receipt = receiptOf(mixedCase, key)

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const run = (folder: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, [...args], { cwd: folder, encoding: 'utf8' })

describe('a file that costs more than a receipt does', () => {
  const megabyte = 1024 * 1024
  it.each<[string, () => Buffer, string]>([
    ['60 MB of [', () => Buffer.alloc(60 * megabyte, '['), 'too-large'],
    ['40 MB of [', () => Buffer.alloc(40 * megabyte, '['), 'too-deep'],
    ['40 MB of {"a":', () => Buffer.alloc(40 * megabyte, '{"a":'), 'too-deep'],
    [
      '12 million values',
      () => Buffer.concat([Buffer.from('[{}'), Buffer.alloc(36 * megabyte, ',{}')]),
      'too-large'
    ],
    ['a number of 40 MB', () => Buffer.alloc(40 * megabyte, '1'), 'too-long'],
    [
      'a text of 40 MB',
      () => Buffer.concat([Buffer.from('"'), Buffer.alloc(40 * megabyte, 'x')]),
      'too-long'
    ],
    [
      'a text of escapes alone',
      () => Buffer.concat([Buffer.from('"'), Buffer.alloc(40 * megabyte, '\\"')]),
      'too-long'
    ]
  ])('is refused with little memory: %s', (_what, content, code) => {
    const folder = newFolder()
    writeFileSync(join(folder, 'file.json'), content())
    const small = ['--max-old-space-size=48', verifier, 'file.json']
    const { status, stdout } = run(folder, ...small)
    expect(stdout).toContain(`[${code}]`)
    expect(status).toBe(1)
  })

  it('is refused as a receipt to hold against, too', () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'file.json'), Buffer.alloc(40 * megabyte, '['))
    const args = ['--max-old-space-size=48', verifier, 'none', '--against', 'file.json']
    const { status, stderr } = run(folder, ...args)
    expect(stderr).toContain('[too-deep]')
    expect(status).toBe(1)
  })

  it('is refused in memory, too, and in a line of a history', async () => {
    const deep = Buffer.from('['.repeat(1000))
    expect(verifyReceipt('r', deep).verdict.findings).toMatchObject([{ code: 'too-deep' }])
    const line = `{"seq":1,"prevHash":${'['.repeat(100_000)}\n`
    const verdict = await verifyHistory(
      'h',
      (async function* () {
        yield Buffer.from(line)
      })()
    )
    expect(verdict.findings).toMatchObject([{ code: 'too-deep' }])
  })

  it('is not confused with a large receipt', () => {
    const many = Array.from({ length: 2000 }, (_, index) => ({
      name: `Number ${index}`,
      events: [asked, sent, done]
    }))
    const { verdict } = verifyReceipt('r', Buffer.from(receiptJson(receiptOf(many, key))))
    expect(verdict.isGood).toBe(true)
  })
})

it.skipIf(process.platform === 'win32')('what is no file is not read: a device, a pipe', () => {
  const folder = newFolder()
  for (const path of ['/dev/zero', '/dev/null']) {
    const { status, stderr } = run(folder, verifier, path)
    expect(stderr).toContain('not a regular file')
    expect(status).toBe(2)
  }
  spawnSync('mkfifo', [join(folder, 'pipe')])
  expect(run(folder, verifier, 'pipe').status).toBe(2)
  expect(run(folder, verifier, 'none', '--against', 'pipe').status).toBe(2)
})

/** Anything that a terminal does not show as a sign of its own. */
const unseen = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

const nastyNames = [
  'x\u001b[2K\rGOOD  receipt x.json',
  'x\nGOOD  receipt x.json\n',
  'x\u009b2JGOOD',
  '\u202ENOSJ.DOOG',
  '\u2066x\u2069\u200b\ufeff',
  `x.json${' '.repeat(120)}GOOD  receipt x.json`,
  `x${'\u3164'.repeat(60)}GOOD`,
  `x\u2028GOOD\u0085`,
  `${'x'.repeat(70)}GOOD  receipt x.json`
]

describe('what is printed', () => {
  it.skipIf(process.platform === 'win32')(
    'holds nothing of a name that could pass for a verdict',
    () => {
      const folder = newFolder()
      for (const name of nastyNames) writeFileSync(join(folder, name), '{}')
      const missing = nastyNames.map((name) => `${name}?`)
      for (const args of [[], ['--json']]) {
        const { stdout, stderr } = run(folder, verifier, ...args, ...nastyNames, ...missing)
        const printed = stdout + stderr
        expect(printed).not.toMatch(unseen)
        expect(printed).not.toMatch(/^GOOD| {3}GOOD/m)
        const titles = printed.split('\n').filter((line) => /^(REFUSED|NOT READ)/.test(line))
        expect(titles).toHaveLength(nastyNames.length * (args.length === 0 ? 2 : 1))
        expect(titles.filter((line) => line.length >= 80)).toEqual([])
      }
    }
  )

  it('holds nothing of a receipt that could pass for a verdict', () => {
    for (const nasty of nastyNames) {
      const changed = JSON.parse(receiptJson(receipt))
      changed.accounts[0].name = nasty
      changed.items[0].target.name = nasty
      changed[nasty] = 1
      const content = Buffer.from(JSON.stringify(changed))
      delete changed[nasty]
      for (const one of [content, Buffer.from(JSON.stringify(changed))]) {
        const { verdict } = verifyReceipt(nasty, one)
        expect(verdict.isGood).toBe(false)
        expect(JSON.stringify(verdict)).not.toMatch(unseen)
        expect(JSON.stringify(verdict)).not.toContain('\\n')
      }
    }
  })

  it.each([
    'Amara Osei',
    'مرحبا بالعالم',
    'नमस्ते',
    '👩🏽‍🚀 lab',
    'می‌خواهم',
    'Ünï “quoted” – 東京',
    'C:\\users\\x'
  ])('shows a name of any script as it is: %s', (name) => {
    expect(shown(name)).toBe(name)
  })

  it('cannot be made to look escaped already', () => {
    expect(shown('\\u{1b}')).toBe('\\u{5c}u{1b}')
    expect(shown('\u001b')).toBe('\\u{1b}')
  })
})

describe('a receipt held against another', () => {
  const folderWith = (other: unknown): string => {
    const folder = newFolder()
    writeFileSync(join(folder, 'one.json'), receiptJson(receipt))
    writeFileSync(join(folder, 'other.json'), JSON.stringify(other))
    return folder
  }
  const codes = (folder: string): string =>
    run(folder, verifier, 'other.json', '--against', 'one.json').stdout

  it('of the same history agrees', () => {
    const facts = factsOf(mixedCase, key)
    const first = madeOf(facts)
    const later = {
      ...facts,
      receiptId: 'rcp_00000001',
      records: [...facts.records, first],
      history: [...facts.history, first]
    }
    const folder = folderWith(signReceipt(makeReceipt(later, madeOf(later)), key))
    expect(codes(folder)).toContain('[receipt-agrees]')
  })

  it('of another history is refused', () => {
    const folder = folderWith(receiptOf([{ name: 'One', events: [asked, sent, done] }], newKey()))
    expect(codes(folder)).toContain('REFUSED')
    expect(codes(folder)).toContain('[receipt-differs]')
  })

  it('with which it has nothing in common says so', () => {
    const case_ = (name: string) => ({ name, events: [asked, sent, done] })
    const one = receiptOf([case_('One')], key)
    const all = ['Before', 'Then', 'Two'].map(case_)
    const facts = factsOf(all, key)
    const only = {
      items: facts.items.slice(2),
      records: facts.records.filter(({ operationId }) => operationId === 'op_2')
    }
    const two = receiptOf(all, key, only)
    const early = new Set(one.records.map(({ seq }) => seq))
    const disjoint = two.records.some(({ seq }) => early.has(seq))
    expect(disjoint).toBe(false)
    const folder = newFolder()
    writeFileSync(join(folder, 'one.json'), JSON.stringify(one))
    writeFileSync(join(folder, 'other.json'), JSON.stringify(two))
    expect(codes(folder)).toContain('[nothing-in-common]')
    expect(codes(folder)).toContain('REFUSED')
  })
})
