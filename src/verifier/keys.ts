import { sha256 } from './json.ts'
import type { Finding } from './verdict.ts'

/** What stands before the 32 bytes of every Ed25519 public key in DER (RFC 8410). */
const keyPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/** The prime of the curve's field and the order of its base point (RFC 8032, 5.1). */
const fieldPrime = 2n ** 255n - 19n
const baseOrder = 2n ** 252n + 27742317777372353535851937790883648493n

/** Second coordinates of the eight points of small order: of order 1, 2, 4 and (the last two) 8. */
const order8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n
const smallOrderYs = new Set([1n, fieldPrime - 1n, 0n, order8, fieldPrime - order8])

/** `bytes`: 32 of them, the least significant first */
const wholeNumber = (bytes: Uint8Array) =>
  BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`)

/**
 * What is wrong with a point as it is encoded; null if nothing is. A key of small order has signatures that fit any
 * text and that anybody can make; of a point that is encoded in two ways there would be two fingerprints.
 * `bytes`: 32 of them
 */
const pointTrouble = (bytes: Uint8Array): 'not-canonical' | 'small-order' | null => {
  const encoded = wholeNumber(bytes)
  const isOdd = encoded >> 255n === 1n
  const y = encoded & (2n ** 255n - 1n)
  if (smallOrderYs.has(y % fieldPrime)) return 'small-order'
  return y >= fieldPrime || (isOdd && (y === 1n || y === fieldPrime - 1n)) ? 'not-canonical' : null
}

/**
 * What is wrong with a public key, whatever it signed; null if nothing is.
 * `publicKey`: base64 of the key in DER
 */
export const keyTrouble = (publicKey: string): Finding | null => {
  const bytes = Buffer.from(publicKey, 'base64')
  const isShaped =
    bytes.length === keyPrefix.length + 32 &&
    bytes.subarray(0, keyPrefix.length).equals(keyPrefix) &&
    bytes.toString('base64') === publicKey
  const trouble = isShaped ? pointTrouble(bytes.subarray(keyPrefix.length)) : 'not-canonical'
  if (trouble === 'small-order') {
    return {
      code: 'weak-key',
      text: 'Its key is one of those with which anybody can sign anything (a point of small order).'
    }
  }
  return trouble === null
    ? null
    : { code: 'bad-key', text: 'What stands as its key is no Ed25519 public key.' }
}

/**
 * Whether 64 bytes have the one form that a signature has: R a point of the usual kind, S smaller than the base
 * point's order. Otherwise one signature could be turned into others that fit as well.
 */
export const isCanonicalSignature = (value: Buffer) =>
  value.length === 64 &&
  pointTrouble(value.subarray(0, 32)) === null &&
  wholeNumber(value.subarray(32)) < baseOrder

/**
 * Short form of a public key, to be compared by eye: the first 24 hex digits of its SHA-256, in groups of four.
 * `publicKey`: base64 of the key in DER
 */
export const fingerprintOf = (publicKey: string) =>
  (sha256(Buffer.from(publicKey, 'base64')).slice(0, 24).toUpperCase().match(/.{4}/g) ?? []).join(
    ' '
  )

export const bare = (fingerprint: string) => fingerprint.replace(/[\s:-]/g, '').toUpperCase()

export const isFingerprint = (text: string) => /^[0-9A-F]{24}$/.test(bare(text))
