import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import {
  historyOf,
  mixedCase,
  newKey,
  receiptOf
} from '../../../test/main/receipts/receipt-cases.ts'
import { receiptJson } from './save-receipt.ts'

const verifier = fileURLToPath(new URL('../../../resources/verify-receipt.mjs', import.meta.url))
const key = newKey()
const receipt = receiptOf(mixedCase, key)
const history = historyOf(mixedCase, key).map((one) => `${JSON.stringify(one)}\n`)

/** Alone in a folder, as somebody gets it who has nothing else. */
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verify-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  copyFileSync(verifier, join(folder, 'verify-receipt.mjs'))
  writeFileSync(join(folder, 'good.json'), receiptJson(receipt))
  writeFileSync(join(folder, 'bad.json'), receiptJson(receipt).replace('Amara', 'Amira'))
  writeFileSync(join(folder, 'history.jsonl'), history.join(''))
  writeFileSync(join(folder, 'cut.jsonl'), history.slice(0, -1).join(''))
})

const run = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['verify-receipt.mjs', ...args], {
    cwd: folder,
    encoding: 'utf8'
  })
  return { status, stdout, stderr }
}

describe('the command', () => {
  it('answers 0 and says what was checked', () => {
    const { status, stdout } = run('good.json', 'history.jsonl')
    expect(status).toBe(0)
    expect(stdout).toContain('GOOD  receipt good.json')
    expect(stdout).toContain(key.fingerprint)
    expect(stdout).toContain('GOOD  exported history history.jsonl')
  })

  it('answers 1 if one of them is refused', () => {
    const { status, stdout } = run('good.json', 'bad.json')
    expect(status).toBe(1)
    expect(stdout).toContain('REFUSED  receipt bad.json')
    expect(stdout).toContain('[signature-wrong]')
  })

  it.each<[string, readonly string[]]>([
    ['no file', []],
    ['an unknown option', ['--force', 'good.json']],
    ['a key that is none', ['good.json', '--key', 'ABCD']],
    ['an option without its value', ['good.json', '--key']],
    ['a file that is not there', ['good.json', 'gone.json']],
    ['a receipt to hold against that is not there', ['history.jsonl', '--against', 'gone.json']],
    ['a folder', ['folder']]
  ])('answers 2 for %s', (_what, args) => {
    mkdirSync(join(folder, 'folder'))
    const { status, stderr } = run(...args)
    expect(status).toBe(2)
    expect(stderr).not.toBe('')
    expect(stderr).not.toContain('    at ')
  })

  it('holds a history against a receipt', () => {
    expect(run('history.jsonl', '--against', 'good.json').status).toBe(0)
    expect(run('cut.jsonl').status).toBe(0)
    const { status, stdout } = run('cut.jsonl', '--against', 'good.json')
    expect(status).toBe(1)
    expect(stdout).toContain('[cut-at-end]')
    expect(run('history.jsonl', '--against', 'bad.json').status).toBe(1)
  })

  it('wants the key it was told', () => {
    expect(run('good.json', '--key', key.fingerprint).status).toBe(0)
    expect(run('good.json', '--key', newKey().fingerprint).stdout).toContain('[other-key]')
  })

  it('prints its verdicts as JSON', () => {
    const { status, stdout } = run('--json', 'good.json', 'cut.jsonl')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject([
      { fileName: 'good.json', what: 'receipt', isGood: true, keyFingerprint: key.fingerprint },
      { fileName: 'cut.jsonl', what: 'history', isGood: true }
    ])
  })

  it('helps', () => {
    expect(run('--help')).toMatchObject({ status: 0, stderr: '' })
  })

  it('refuses a line of 100 MB with little memory', () => {
    writeFileSync(join(folder, 'long.jsonl'), `${history[0]}${'x'.repeat(100 * 1024 * 1024)}\n`)
    const { status, stdout } = spawnSync(
      process.execPath,
      ['--max-old-space-size=32', 'verify-receipt.mjs', 'long.jsonl'],
      { cwd: folder, encoding: 'utf8' }
    )
    expect(stdout).toContain('[line-too-long]')
    expect(status).toBe(1)
  })

  it('refuses a file too large for a receipt without reading it', () => {
    writeFileSync(join(folder, 'large.json'), Buffer.alloc(65 * 1024 * 1024, ' '))
    expect(run('large.json').stdout).toContain('[too-large]')
  })

  it.skipIf(process.platform === 'win32')('follows a link to a file, and to itself', () => {
    symlinkSync('good.json', join(folder, 'link.json'))
    symlinkSync('verify-receipt.mjs', join(folder, 'verify.mjs'))
    const { status } = spawnSync(process.execPath, ['verify.mjs', 'link.json'], { cwd: folder })
    expect(status).toBe(0)
  })
})
