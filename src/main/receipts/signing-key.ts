import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import * as z from 'zod'
import { fail, ok, type Result } from '../../shared/result.ts'
import { fingerprintOf } from '../../verifier/keys.ts'
import type { SecretStore } from '../ports/secret-store.ts'

/** Signs receipts of this installation; the private half stays inside. */
export interface SigningKey {
  /** Base64 of the DER form. */
  readonly publicKey: string
  /** Short form, to compare by eye. */
  readonly fingerprint: string
  readonly privateKey: KeyObject
}

export interface SigningKeyDeps {
  readonly secrets: SecretStore
  /** What `remember` was last given; null before. Kept with the database. */
  readonly recall: () => string | null
  /** Stores the text and that a key was made, or neither. */
  readonly remember: (text: string, made: MadeKey) => Result<unknown>
}

/** Fingerprints of a key that was made, and of the one that signed before; null for the first. */
export interface MadeKey {
  readonly from: string | null
  readonly to: string
}

export interface SigningKeys {
  /** This installation's key, made at the first call. `keychain-unavailable`, `signing-key-lost`, `storage-failed`. */
  get(): Promise<Result<SigningKey>>
  /** Public halves of the keys so far, without asking the keychain; the last is the one that signs now. */
  publicKeys(): readonly string[]
  /**
   * Makes another key if the present one is lost, on the person's word alone; if it can be read after all, answers that.
   * The new one has a name of its own: nothing is overwritten, and receipts of the old key stay good. Fails as `get`
   * does, but for `signing-key-lost`.
   */
  renew(): Promise<Result<SigningKey>>
}

const rememberedSchema = z.strictObject({
  entry: z.string(),
  publicKey: z.string(),
  /** Public halves of the keys before, oldest first. */
  earlier: z.array(z.string()).default([])
})
type Remembered = z.infer<typeof rememberedSchema>

const signingKey = (privateKey: KeyObject): SigningKey => {
  const publicKey = createPublicKey(privateKey)
    .export({ format: 'der', type: 'spki' })
    .toString('base64')
  return { publicKey, fingerprint: fingerprintOf(publicKey), privateKey }
}

/** Null if the text is no Ed25519 key. */
const readPrivateKey = (text: string): SigningKey | null => {
  try {
    const privateKey = createPrivateKey({
      key: Buffer.from(text, 'base64'),
      format: 'der',
      type: 'pkcs8'
    })
    return privateKey.asymmetricKeyType === 'ed25519' ? signingKey(privateKey) : null
  } catch {
    // Whatever the library says about it, it is not a key.
    return null
  }
}

/**
 * The Ed25519 key of this installation. Its name in the keychain holds its fingerprint, so no key ever takes the place
 * of another; a new one is made only while none is remembered, or when the person asks for one in the place of a lost
 * one (security C3, C5).
 */
export const createSigningKeys = (deps: SigningKeyDeps): SigningKeys => {
  const { secrets } = deps
  let underWay: Promise<Result<SigningKey>> | null = null

  const remembered = (): Remembered | null => {
    const text = deps.recall()
    return text === null ? null : rememberedSchema.parse(JSON.parse(text))
  }

  const make = async (before: Remembered | null): Promise<Result<SigningKey>> => {
    const key = signingKey(generateKeyPairSync('ed25519').privateKey)
    const entry = `receipt-key-${key.fingerprint.replaceAll(' ', '').toLowerCase()}`
    const stored = await secrets.set(
      entry,
      key.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
    )
    if (stored.kind !== 'ok') {
      const state = stored.kind === 'absent' ? 'failed' : stored.kind
      return fail({ kind: 'keychain-unavailable', state })
    }
    const earlier = before === null ? [] : [...before.earlier, before.publicKey]
    const noted = deps.remember(JSON.stringify({ entry, publicKey: key.publicKey, earlier }), {
      from: before === null ? null : fingerprintOf(before.publicKey),
      to: key.fingerprint
    })
    return noted.ok ? ok(key) : noted
  }

  const read = async ({ entry, publicKey }: Remembered): Promise<Result<SigningKey>> => {
    const lost = (how: 'absent' | 'damaged') =>
      fail({ kind: 'signing-key-lost', how, fingerprint: fingerprintOf(publicKey) })
    const answer = await secrets.getProven(entry)
    if (answer.kind === 'absent') return lost('absent')
    if (answer.kind !== 'ok') return fail({ kind: 'keychain-unavailable', state: answer.kind })
    const key = readPrivateKey(answer.value)
    return key?.publicKey === publicKey ? ok(key) : lost('damaged')
  }

  /** Two receipts at once must not make two keys. */
  const oneAtATime = (work: () => Promise<Result<SigningKey>>): Promise<Result<SigningKey>> => {
    const before = underWay ?? Promise.resolve()
    const next = before.then(work)
    underWay = next
    return next
  }

  const get = (): Promise<Result<SigningKey>> => {
    const known = remembered()
    return known === null ? make(null) : read(known)
  }

  const renew = async (): Promise<Result<SigningKey>> => {
    const present = await get()
    const isLost = !present.ok && present.error.kind === 'signing-key-lost'
    return isLost ? make(remembered()) : present
  }

  return {
    get: () => oneAtATime(get),
    publicKeys: () => {
      const known = remembered()
      return known === null ? [] : [...known.earlier, known.publicKey]
    },
    renew: () => oneAtATime(renew)
  }
}
