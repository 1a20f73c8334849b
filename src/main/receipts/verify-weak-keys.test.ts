import { createPublicKey, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { mixedCase, newKey, receiptOf } from '../../../test/main/receipts/receipt-cases.ts'
import { canonicalJson } from '../../verifier/json.ts'
import { fingerprintOf } from '../../verifier/keys.ts'
import type { Receipt } from '../../verifier/receipt-shape.ts'
import { verifyReceipt } from '../../verifier/verify-receipt.ts'

const prime = 2n ** 255n - 19n
const baseOrder = 2n ** 252n + 27742317777372353535851937790883648493n
/** Second coordinate of half the points of order 8; that of the others is its negative. */
const eighth = 55188659117513257062467267217118295137698188065244968500265048394206261417927n

const encoded = (y: bigint, sign: 0n | 1n): Buffer =>
  Buffer.from((y + (sign << 255n)).toString(16).padStart(64, '0'), 'hex').reverse()

const der = (point: Buffer): string =>
  Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), point]).toString('base64')

const smallOrder: readonly (readonly [string, Buffer])[] = [
  ['order 1', encoded(1n, 0n)],
  ['order 2', encoded(prime - 1n, 0n)],
  ['order 4', encoded(0n, 0n)],
  ['order 4, the other', encoded(0n, 1n)],
  ['order 8', encoded(eighth, 0n)],
  ['order 8, the second', encoded(eighth, 1n)],
  ['order 8, the third', encoded(prime - eighth, 0n)],
  ['order 8, the fourth', encoded(prime - eighth, 1n)],
  ['order 1 with a sign', encoded(1n, 1n)],
  ['order 1 past the prime', encoded(prime + 1n, 0n)],
  ['order 1 past the prime with a sign', encoded(prime + 1n, 1n)],
  ['order 2 with a sign', encoded(prime - 1n, 1n)],
  ['order 4 past the prime', encoded(prime, 0n)],
  ['order 4 past the prime with a sign', encoded(prime, 1n)]
]

const key = newKey()
const good = receiptOf(mixedCase, key)

/** R is the base point and S is 1, so it fits whatever is signed once the key counts for nothing. */
const anySignature = Buffer.concat([
  encoded((4n * inverse(5n)) % prime, 0n),
  Buffer.from('01'.padEnd(64, '0'), 'hex')
])

function inverse(value: bigint): bigint {
  let [result, power] = [1n, value]
  for (let exponent = prime - 2n; exponent > 0n; exponent >>= 1n) {
    if ((exponent & 1n) === 1n) result = (result * power) % prime
    power = (power * power) % prime
  }
  return result
}

const withKey = (
  receipt: Receipt,
  point: Buffer,
  value = anySignature.toString('base64')
): Receipt => {
  const publicKey = der(point)
  return {
    ...receipt,
    installation: { publicKey, fingerprint: fingerprintOf(publicKey) },
    signature: { algorithm: 'Ed25519', publicKey, value }
  }
}

const codesOf = (receipt: Receipt, options = {}): readonly string[] =>
  verifyReceipt('r', Buffer.from(JSON.stringify(receipt)), options).verdict.findings.map(
    ({ code }) => code
  )

const renamed = (count: number): readonly Receipt[] =>
  Array.from({ length: count }, (_, index) => ({ ...good, appVersion: `0.1.${index}` }))

/** What the library alone says of a signature. */
const fits = ({ signature, ...signed }: Receipt): boolean =>
  verify(
    null,
    Buffer.from(canonicalJson(signed)),
    createPublicKey({
      key: Buffer.from(signature.publicKey, 'base64'),
      format: 'der',
      type: 'spki'
    }),
    Buffer.from(signature.value, 'base64')
  )

describe('a key with which anybody can sign', () => {
  it.each(smallOrder)('of %s is refused, whatever else is said of it', (_what, point) => {
    for (const receipt of renamed(20)) {
      const forged = withKey(receipt, point)
      const { fingerprint } = forged.installation
      expect(codesOf(forged)).toContain('weak-key')
      expect(codesOf(forged, { key: fingerprint })).toContain('weak-key')
      expect(codesOf(forged, { ownKey: forged.signature.publicKey })).toContain('weak-key')
    }
  })

  it('would be taken by the library: one signature fits forty receipts', () => {
    const forged = renamed(40).map((receipt) => withKey(receipt, encoded(1n, 0n)))
    expect(forged.filter(fits)).toHaveLength(40)
    expect(forged.filter((receipt) => !codesOf(receipt).includes('weak-key'))).toEqual([])
  })
})

it.each(
  [2n, 3n, 4n, 5n, 6n, 9n, 18n].flatMap((y) => [encoded(prime + y, 0n), encoded(prime + y, 1n)])
)('a key that is not encoded as it must be is refused: %#', (point) => {
  expect(codesOf(withKey(good, point))).toContain('bad-key')
})

describe('a signature of a good receipt in another form', () => {
  const value = Buffer.from(good.signature.value, 'base64')
  const resigned = (changed: Buffer): Receipt => ({
    ...good,
    signature: { ...good.signature, value: changed.toString('base64') }
  })
  const [r, s] = [value.subarray(0, 32), value.subarray(32)]
  const higher = (by: bigint): Buffer =>
    encoded(BigInt(`0x${Buffer.from(s).reverse().toString('hex')}`) + by, 0n)

  it('is refused where S is not the smallest', () => {
    for (const by of [baseOrder, 2n * baseOrder, 8n * baseOrder]) {
      expect(codesOf(resigned(Buffer.concat([r, higher(by)])))).toContain('signature-malformed')
    }
  })

  it.each([...smallOrder, ['past the prime', encoded(prime + 3n, 0n)] as const])(
    'is refused where R is of %s',
    (_what, point) => {
      expect(codesOf(resigned(Buffer.concat([point, s])))).toContain('signature-malformed')
    }
  )
})

it('keys and signatures as they are made are taken', () => {
  for (let round = 0; round < 20; round += 1) {
    expect(codesOf(receiptOf(mixedCase, newKey()))).toContain('signature-good')
  }
})
