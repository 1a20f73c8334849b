import { describe, expect, it } from 'vitest'
import {
  asked,
  done,
  mixedCase,
  newKey,
  receiptOf,
  sent
} from '../../../test/main/receipts/receipt-cases.ts'
import { fingerprintOf } from '../../verifier/keys.ts'
import type { Receipt, ReceiptRecord } from '../../verifier/receipt-shape.ts'
import { recordHash } from '../../verifier/record-hash.ts'
import { verifyReceipt } from '../../verifier/verify-receipt.ts'
import { receiptJson } from './save-receipt.ts'
import { signReceipt } from './sign-receipt.ts'

const key = newKey()
const good = receiptOf(mixedCase, key)

/** A receipt as somebody may change it: anything at any place. */
// biome-ignore lint/suspicious/noExplicitAny: edits reach everywhere on purpose
type Loose = any

const check = (content: string | Buffer, options = {}) =>
  verifyReceipt('receipt.json', Buffer.from(content), options).verdict

const codesOf = (content: string | Buffer, options = {}): readonly string[] =>
  check(content, options).findings.map(({ code }) => code)

const edited = (edit: (receipt: Loose) => void): Loose => {
  const copy: Loose = structuredClone(good)
  edit(copy)
  return copy
}

/** What somebody does who knows the format and has a key of their own: edit, then sign anew. */
const forged = (edit: (receipt: Loose) => void, forger = newKey()): Receipt => {
  const { signature: _old, ...rest } = edited(edit)
  const installation = { publicKey: forger.publicKey, fingerprint: forger.fingerprint }
  return signReceipt({ ...rest, installation }, forger)
}

const rehash = (record: Loose): void => {
  record.hash = recordHash(record as unknown as ReceiptRecord)
}

describe('a good receipt', () => {
  it('is found good, and what was checked is said', () => {
    const verdict = check(receiptJson(good))
    expect(verdict).toMatchObject({
      fileName: 'receipt.json',
      what: 'receipt',
      isGood: true,
      keyFingerprint: key.fingerprint,
      isOwnKey: null
    })
    expect(verdict.findings.map(({ code }) => code)).toEqual([
      'signature-good',
      'records-good',
      'claims-good',
      'sent-to',
      'never-sent',
      'signers-statement',
      'key-to-compare'
    ])
  })

  it('may be written without spaces and in another order', () => {
    const turned = Object.fromEntries(Object.entries(good).reverse())
    expect(check(JSON.stringify(turned)).isGood).toBe(true)
  })

  it('is held against the key expected, however it is written', () => {
    const typed = key.fingerprint.toLowerCase().replaceAll(' ', '-')
    expect(codesOf(receiptJson(good), { key: typed })).toContain('key-as-expected')
    expect(codesOf(receiptJson(good), { key: newKey().fingerprint })).toEqual(['other-key'])
  })

  it('is known as our own by the whole key', () => {
    expect(check(receiptJson(good), { ownKey: key.publicKey })).toMatchObject({ isOwnKey: true })
    expect(check(receiptJson(good), { ownKey: newKey().publicKey })).toMatchObject({
      isGood: true,
      isOwnKey: false
    })
  })

  it('holds for every outcome, and for none', () => {
    const open = receiptOf([{ name: 'Not answered', events: [asked, sent] }], key)
    expect(open.items[0]?.answer).toBeNull()
    expect(check(receiptJson(open)).isGood).toBe(true)
    expect(new Set(good.items.map(({ answer }) => answer?.outcome))).toEqual(
      new Set(['done', 'refused', 'accepted', 'canceled', 'unclear'])
    )
  })
})

describe('an edit without the key', () => {
  it.each<[string, (receipt: Loose) => void, string]>([
    ['a name', (r) => (r.items[0].target.name = 'Other'), 'signature-wrong'],
    ['an outcome', (r) => (r.items[1].answer.outcome = 'done'), 'claim-differs'],
    ['an answer made up', (r) => (r.items[1].answer = r.items[0].answer), 'claim-differs'],
    ['a status', (r) => (r.items[0].answer.httpStatus = 200), 'claim-differs'],
    ['what was said', (r) => (r.items[1].answer.said = 'Fine'), 'claim-differs'],
    ['a time', (r) => (r.items[0].sentAt = r.items[0].askedAt), 'claim-differs'],
    ['how often it was sent', (r) => (r.items[0].timesSent = 2), 'claim-differs'],
    ['a check', (r) => (r.items[0].checks[2].result = 'unreachable'), 'claim-differs'],
    ['a check taken away', (r) => r.items[0].checks.pop(), 'claim-differs'],
    ['an item taken away', (r) => r.items.pop(), 'record-of-nothing'],
    ['an item twice', (r) => r.items.push(r.items[0]), 'item-twice'],
    ['items in another order', (r) => r.items.reverse(), 'signature-wrong'],
    ['a survivor taken away', (r) => r.survives.pop(), 'signature-wrong'],
    ['the account', (r) => (r.accounts[0].name = 'Somebody'), 'account-differs'],
    ['a record', (r) => (r.records[2].body.outcome = 'done!'), 'record-changed'],
    ['a record with its hash', (r) => rehash(edit(r.records[1])), 'link-broken'],
    ['a record taken away', (r) => r.records.splice(1, 1), 'claim-differs'],
    ['all records of an item', (r) => r.records.splice(0, 7), 'item-without-record'],
    ['the last record', (r) => r.records.pop(), 'statement-missing'],
    ['records in another order', (r) => r.records.reverse(), 'record-out-of-order'],
    ['a record twice', (r) => r.records.splice(1, 0, r.records[0]), 'record-repeated'],
    ['the head', (r) => (r.chain.headHash = 'a'.repeat(64)), 'signature-wrong'],
    ['the head, too early', (r) => (r.chain.headSeq = 3), 'head-too-early'],
    ['a claim', (r) => (r.claims[1] = 'It shows that all was deleted.'), 'claims-unknown'],
    ['a claim more', (r) => r.claims.push('And more.'), 'claims-unknown'],
    ['the mode', (r) => (r.asked.mode = 'soft'), 'claim-differs'],
    ['the time asked', (r) => (r.asked.askedAt = r.madeAt), 'claim-differs'],
    ['a schedule', (r) => (r.asked.by = 'schedule'), 'claim-differs'],
    ['the signature', (r) => (r.signature.value = flipped(r.signature.value)), 'signature-wrong'],
    ['a short signature', (r) => (r.signature.value = 'AAAA'), 'signature-malformed'],
    ['another key', (r) => (r.signature.publicKey = newKey().publicKey), 'two-keys'],
    ['a key that is none', (r) => (r.signature.publicKey = 'AAAA'), 'bad-key'],
    ['the fingerprint', (r) => (r.installation.fingerprint = 'FFFF'), 'fingerprint-wrong'],
    ['a field taken away', (r) => delete r.items[0].checks, 'missing-field'],
    ['the signature taken away', (r) => delete r.signature, 'missing-field'],
    ['a field put in', (r) => (r.isCertified = true), 'unknown-field'],
    ['a prototype', (r) => Object.defineProperty(r, '__proto__', own({})), 'unknown-field'],
    ['a text for a number', (r) => (r.chain.headSeq = '9'), 'wrong-field'],
    ['half a character', (r) => (r.asked.title = '\ud83d'), 'wrong-field'],
    ['a time that is none', (r) => (r.madeAt = 'yesterday'), 'wrong-field'],
    ['another algorithm', (r) => (r.signature.algorithm = 'none'), 'wrong-field'],
    ['a later version', (r) => (r.version = 4), 'wrong-version'],
    ['another format', (r) => (r.format = 'receipt'), 'not-ours']
  ])('%s is refused', (_what, edit, code) => {
    const text = JSON.stringify(edited(edit))
    expect(text).not.toBe(JSON.stringify(good))
    expect(check(text).isGood).toBe(false)
    expect(codesOf(text)).toContain(code)
  })
})

const edit = (record: Loose): Loose => Object.assign(record, { assetName: 'Other' })
const own = (value: unknown) => ({ value, enumerable: true })
const flipped = (base64: string): string => {
  const bytes = Buffer.from(base64, 'base64')
  bytes[0] = (bytes[0] ?? 0) ^ 1
  return bytes.toString('base64')
}

describe('an edit signed with a key of the forger’s own', () => {
  it.each<[string, (receipt: Loose) => void, string]>([
    ['an outcome', (r) => (r.items[1].answer.outcome = 'done'), 'claim-differs'],
    [
      'an outcome with its record',
      (r) => {
        r.records[5].type = 'deletion-answered'
        r.records[5].body.outcome = 'done'
      },
      'record-changed'
    ],
    [
      'a record with its hash',
      (r) => {
        r.records[4].at = r.records[3].at
        rehash(r.records[4])
      },
      'link-broken'
    ],
    ['when one was asked', (r) => (r.items[3].askedAt = r.madeAt), 'claim-differs'],
    ['how often one was sent', (r) => (r.items[3].timesSent = 1), 'claim-differs'],
    ['the name of one', (r) => (r.items[3].target.name = 'Other'), 'claim-differs'],
    ['which records tell of one', (r) => (r.items[3].history.lastSeq += 1), 'claim-differs'],
    ['the account', (r) => (r.accounts[0].name = 'Other'), 'account-differs'],
    ['the target', (r) => (r.items[0].target.id = 'v1'), 'claim-differs'],
    ['the mode of one', (r) => (r.items[0].target.mode = 'soft'), 'claim-differs'],
    ['the head’s hash', (r) => (r.chain.headHash = 'a'.repeat(64)), 'head-differs'],
    ['a record of another deletion', (r) => (r.items[0].operationId = 'op_x'), 'record-of-nothing'],
    ['the claims', (r) => r.claims.splice(1, 1), 'claims-unknown']
  ])('%s is refused', (_what, change, code) => {
    expect(codesOf(receiptJson(forged(change)))).toContain(code)
  })

  it('of something that no record tells is known by its key alone', () => {
    const text = receiptJson(receiptOf(mixedCase, newKey(), { survives: [] }))
    expect(codesOf(text)).toContain('key-to-compare')
    expect(codesOf(text, { key: key.fingerprint })).toEqual(['other-key'])
    expect(check(text, { ownKey: key.publicKey }).isOwnKey).toBe(false)
  })
})

describe('a file that is not as it was saved', () => {
  const text = receiptJson(good)
  it.each<[string, string | Buffer, string]>([
    ['is empty', '', 'empty-file'],
    ['holds spaces alone', ' \n', 'empty-file'],
    ['was cut', text.slice(0, -200), 'not-json'],
    ['is no JSON', 'Receipt', 'not-json'],
    ['has more after it', `${text}{}`, 'not-json'],
    ['begins with a mark', `\ufeff${text}`, 'byte-order-mark'],
    ['is UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le'), 'byte-order-mark'],
    ['has the line ends of Windows', text.replaceAll('\n', '\r\n'), 'crlf'],
    ['ends in NULs', `${text}${'\0'.repeat(512)}`, 'nul-tail'],
    ['is NULs alone', '\0'.repeat(64), 'nul-tail'],
    ['holds a NUL', text.replace('Amara', 'Ama\0ra'), 'nul-inside'],
    ['is not UTF-8', Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d]), 'not-utf8'],
    ['says a thing twice', text.replace('{', '{"version":3,'), 'duplicate-name'],
    ['says it twice, spelled otherwise', text.replace('{', '{"\\u0069d":"x",'), 'duplicate-name'],
    ['has a number written oddly', text.replace('"version": 3', '"version": 3.0'), 'odd-number'],
    ['has a number too large', text.replace('"version": 3', '"version": 3e400'), 'odd-number'],
    ['is nested without end', '['.repeat(100_000) + ']'.repeat(100_000), 'too-deep'],
    ['is a list', '[]', 'not-ours'],
    ['is null', 'null', 'not-ours']
  ])('and %s is refused', (_what, content, code) => {
    expect(codesOf(content)).toEqual([code])
  })
})

describe('the shape', () => {
  /** Every place in the receipt, as a way down to it. What a record's facts may be called is left open. */
  const places = (value: unknown, way: readonly string[] = []): readonly (readonly string[])[] =>
    typeof value !== 'object' || value === null || way.at(-1) === 'body'
      ? [way]
      : [way, ...Object.entries(value).flatMap(([name, part]) => places(part, [...way, name]))]

  const shapeCodes = ['missing-field', 'unknown-field', 'wrong-field', 'wrong-version', 'not-ours']

  it('refuses whatever is missing, of another kind or too long, wherever it stands', () => {
    const small = receiptOf([{ name: 'One', events: [asked, sent, done] }], key)
    const ways = places(small).filter((way) => way.length > 0)
    expect(ways.length).toBeGreaterThan(100)
    const taken = ways.flatMap((way) =>
      [undefined, [], 'x'.repeat(2000)].flatMap((put) => {
        const copy: Loose = structuredClone(small)
        const last = way.at(-1) ?? ''
        const holder = way.slice(0, -1).reduce((at, name) => at[name], copy)
        if (put === undefined && Array.isArray(holder)) return []
        if (Array.isArray(put) && Array.isArray(holder[last])) return []
        if (put === undefined) delete holder[last]
        else holder[last] = put
        return codesOf(JSON.stringify(copy)).some((code) => shapeCodes.includes(code))
          ? []
          : [`${way.join('.')} = ${JSON.stringify(put)?.slice(0, 20)}`]
      })
    )
    expect(taken).toEqual([])
  })
})

it('the fingerprint is 24 hex digits in groups', () => {
  expect(fingerprintOf(key.publicKey)).toMatch(/^([0-9A-F]{4} ){5}[0-9A-F]{4}$/)
})
