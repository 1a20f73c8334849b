import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newKey } from '../../../test/main/receipts/receipt-cases.ts'
import { fingerprintOf } from '../../verifier/keys.ts'
import { verifyHistory } from '../../verifier/verify-history.ts'
import { verifyReceipt } from '../../verifier/verify-receipt.ts'
import { signReceipt } from './sign-receipt.ts'

/** Saved by the app before the second format, against the sandbox. */
const folder = join(import.meta.dirname, 'test-data')
const bytes = readFileSync(join(folder, 'receipt-version-1.json'))
const fingerprint = 'B24C E012 F2D6 E064 8F59 7021'

// biome-ignore lint/suspicious/noExplicitAny: edits reach everywhere on purpose
type Loose = any
const read = (): Loose => JSON.parse(bytes.toString('utf8'))

/** Edited by somebody who knows the format and has a key of their own. */
const forged = (edit: (receipt: Loose) => void): Buffer => {
  const { signature: _old, ...receipt } = read()
  edit(receipt)
  const key = newKey()
  receipt.installation = { publicKey: key.publicKey, fingerprint: fingerprintOf(key.publicKey) }
  return Buffer.from(JSON.stringify(signReceipt(receipt, key)))
}

const codesOf = (content: Buffer): readonly string[] =>
  verifyReceipt('r', content).verdict.findings.map(({ code }) => code)

describe('a receipt of the first format', () => {
  const { verdict, receipt } = verifyReceipt('r', bytes, { key: fingerprint })
  const text = verdict.findings.map((finding) => finding.text).join('\n')

  it('is still good, as what it is', () => {
    expect(verdict).toMatchObject({ isGood: true, what: 'receipt', keyFingerprint: fingerprint })
    expect(verdict.findings.map(({ code }) => code)).toEqual([
      'signature-good',
      'records-good',
      'claims-good',
      'earlier-version',
      'address-not-recorded',
      'address-on-this-computer',
      'signers-statement',
      'key-as-expected'
    ])
    expect(text).toContain('2 done, 1 refused, 1 already-gone')
  })

  it('is told as one that does not know where it was sent', () => {
    expect(text).toContain('Where it went was not recorded')
    expect(text).toContain('on this computer (loopback)')
    expect(text).not.toContain('official')
  })

  it('is not told to be official where its account was given the official address later', () => {
    const changed = forged((one) => (one.accounts[0].apiAddress = 'https://tavusapi.com'))
    const { findings, isGood } = verifyReceipt('r', changed).verdict
    expect(isGood).toBe(true)
    expect(JSON.stringify(findings)).not.toContain('official')
    expect(findings.map(({ code }) => code)).toContain('address-not-recorded')
  })

  it('agrees with the history it comes from', async () => {
    const history = join(folder, 'history-version-1.jsonl')
    const found = await verifyHistory('h', createReadStream(history), { against: receipt })
    expect(found).toMatchObject({ isGood: true })
  })

  it.each<[string, (receipt: Loose) => void, string]>([
    ['an outcome', (r) => (r.items[1].answer.outcome = 'done'), 'claim-differs'],
    ['how often it was sent', (r) => (r.items[0].timesSent = 2), 'claim-differs'],
    ['a look', (r) => (r.items[0].checks[0].result = 'still-listed'), 'claim-differs'],
    ['a look at another thing', (r) => (r.items[0].checks[1].what = 'download'), 'claim-differs'],
    [
      'a look at another time',
      (r) => (r.items[0].checks[0].at = '2026-11-30T19:55:56.314Z'),
      'claim-differs'
    ],
    ['a look taken away', (r) => r.items[0].checks.pop(), 'claim-differs'],
    ['a look put in', (r) => (r.items[1].checks = r.items[0].checks), 'claim-differs'],
    ['a look twice', (r) => r.items[0].checks.push(r.items[0].checks[0]), 'claim-differs'],
    ['a claim', (r) => (r.claims[1] = 'All is gone.'), 'claims-unknown'],
    ['the account', (r) => (r.accounts[0].name = 'Somebody'), 'account-differs'],
    ['a field of the second format', (r) => (r.sample = 'none'), 'unknown-field'],
    ['the version', (r) => (r.version = 2), 'missing-field']
  ])('with %s changed is refused', (_what, edit, code) => {
    expect(codesOf(forged(edit))).toContain(code)
  })

  it('may hold a look that found nothing out, of an account that was removed meanwhile', () => {
    const look = { kind: 'link', what: 'stream', at: '2026-11-29T19:55:57.000Z', result: 'unknown' }
    expect(
      verifyReceipt(
        'r',
        forged((r) => r.items[0].checks.push(look))
      ).verdict.isGood
    ).toBe(true)
  })
})
