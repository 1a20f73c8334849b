import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import * as z from 'zod'
import { fingerprintOf } from '../../../resources/verify-receipt.mjs'
import { fail, ok, type Result } from '../../shared/result.ts'
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
  readonly remember: (text: string) => Result<unknown>
}

export interface SigningKeys {
  /** This installation's key, made at the first call. `keychain-unavailable`, `key-damaged`, `storage-failed`. */
  get(): Promise<Result<SigningKey>>
  /** The public half without asking the keychain; null before a key was made. */
  publicKey(): string | null
  /**
   * Makes another key under a name of its own, on the person's word alone: for a computer whose keychain never held the
   * old one. Nothing is overwritten, and receipts of the old key stay good.
   */
  renew(): Promise<Result<SigningKey>>
}

const rememberedSchema = z.strictObject({ entry: z.string(), publicKey: z.string() })
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
 * of another; a new one is made only while none is remembered (security C3, C5).
 */
export const createSigningKeys = (deps: SigningKeyDeps): SigningKeys => {
  const { secrets } = deps
  let underWay: Promise<Result<SigningKey>> | null = null

  const remembered = (): Remembered | null => {
    const text = deps.recall()
    return text === null ? null : rememberedSchema.parse(JSON.parse(text))
  }

  const make = async (): Promise<Result<SigningKey>> => {
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
    const noted = deps.remember(JSON.stringify({ entry, publicKey: key.publicKey }))
    return noted.ok ? ok(key) : noted
  }

  const read = async ({ entry, publicKey }: Remembered): Promise<Result<SigningKey>> => {
    const answer = await secrets.get(entry, { isExpected: true })
    if (answer.kind !== 'ok') {
      const state = answer.kind === 'absent' ? 'locked' : answer.kind
      return fail({ kind: 'keychain-unavailable', state })
    }
    const key = readPrivateKey(answer.value)
    return key?.publicKey === publicKey ? ok(key) : fail({ kind: 'key-damaged' })
  }

  /** Two receipts at once must not make two keys. */
  const oneAtATime = (work: () => Promise<Result<SigningKey>>): Promise<Result<SigningKey>> => {
    const before = underWay ?? Promise.resolve()
    const next = before.then(work)
    underWay = next
    return next
  }

  return {
    get: () =>
      oneAtATime(() => {
        const known = remembered()
        return known === null ? make() : read(known)
      }),
    publicKey: () => remembered()?.publicKey ?? null,
    renew: () => oneAtATime(make)
  }
}
