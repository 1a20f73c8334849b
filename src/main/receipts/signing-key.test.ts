import { describe, expect, it } from 'vitest'
import { mixedCase, receiptOf } from '../../../test/main/receipts/receipt-cases.ts'
import { createMemorySecretStore } from '../../../test/main/secrets/memory-secret-store.ts'
import { fail, ok } from '../../shared/result.ts'
import { verifyReceipt } from '../../verifier/verify-receipt.ts'
import type { SecretAnswer, SecretStore } from '../ports/secret-store.ts'
import { receiptJson } from './save-receipt.ts'
import { createSigningKeys, type MadeKey, type SigningKeyDeps } from './signing-key.ts'

/** A real store that notes what is asked of it. */
const listening = (secrets: SecretStore = createMemorySecretStore()) => {
  const calls: string[] = []
  const values: string[] = []
  const store: SecretStore = {
    get: (name, options) => {
      calls.push(`get ${options.isExpected ? 'expected' : 'not expected'}`)
      return secrets.get(name, options)
    },
    getProven: (name) => {
      calls.push('get proven')
      return secrets.getProven(name)
    },
    set: (name, value) => {
      calls.push(`set ${name}`)
      values.push(value)
      return secrets.set(name, value)
    },
    delete: (name) => {
      calls.push(`delete ${name}`)
      return secrets.delete(name)
    },
    close: () => secrets.close()
  }
  return { store, calls, values }
}

const setUp = (secrets: SecretStore, remembered: string | null = null) => {
  const meta = { text: remembered }
  const made: MadeKey[] = []
  const deps: SigningKeyDeps = {
    secrets,
    recall: () => meta.text,
    remember: (text, change) => {
      meta.text = text
      made.push(change)
      return ok(null)
    }
  }
  return { meta, made, keys: createSigningKeys(deps) }
}

const value = async <T>(result: Promise<{ ok: boolean; value?: T }>): Promise<T> => {
  const { value: found } = await result
  if (found === undefined) throw new Error('No value')
  return found
}

describe('the key of an installation', () => {
  it('is made once, kept in the keychain, and found again after a restart', async () => {
    const { store, calls, values } = listening()
    const { meta, keys } = setUp(store)
    expect(keys.publicKeys()).toEqual([])
    const made = await value(keys.get())
    expect(keys.publicKeys()).toEqual([made.publicKey])
    expect(meta.text).not.toContain(values[0])
    const later = await value(setUp(store, meta.text).keys.get())
    expect(later.publicKey).toBe(made.publicKey)
    expect(calls.map((call) => call.replace(/[0-9a-f]{24}/, 'FINGERPRINT'))).toEqual([
      'set receipt-key-FINGERPRINT',
      'get proven'
    ])
    const receipt = receiptOf(mixedCase, later)
    const { verdict } = verifyReceipt('r', Buffer.from(receiptJson(receipt)), {
      ownKey: made.publicKey
    })
    expect(verdict).toMatchObject({ isGood: true, isOwnKey: true })
  })

  it('fits what every keychain takes', async () => {
    const { store, values } = listening()
    await setUp(store).keys.get()
    expect(values).toHaveLength(1)
    expect(values[0]).toMatch(/^[\x21-\x7e]{1,512}$/)
  })

  it('is one, however many ask at once', async () => {
    const { store, values } = listening()
    const { keys } = setUp(store)
    const all = await Promise.all(Array.from({ length: 5 }, () => value(keys.get())))
    expect(new Set(all.map(({ publicKey }) => publicKey)).size).toBe(1)
    expect(values).toHaveLength(1)
  })

  it('is known from before others were remembered with it', async () => {
    const secrets = createMemorySecretStore()
    const { meta, keys } = setUp(secrets)
    const { publicKey } = await value(keys.get())
    const { entry } = JSON.parse(meta.text ?? '')
    const older = setUp(secrets, JSON.stringify({ entry, publicKey })).keys
    expect(older.publicKeys()).toEqual([publicKey])
    expect((await value(older.get())).publicKey).toBe(publicKey)
  })
})

describe('another key', () => {
  it('is made on the person’s word where the old one is lost, and both are remembered', async () => {
    const old = setUp(createMemorySecretStore())
    const first = await value(old.keys.get())
    const { store, calls } = listening()
    const { keys, made } = setUp(store, old.meta.text)
    const second = await value(keys.renew())
    expect(second.publicKey).not.toBe(first.publicKey)
    expect(made).toEqual([{ from: first.fingerprint, to: second.fingerprint }])
    expect((await value(keys.get())).publicKey).toBe(second.publicKey)
    expect(keys.publicKeys()).toEqual([first.publicKey, second.publicKey])
    expect(calls.filter((call) => call.startsWith('set'))).toHaveLength(1)
    expect(calls.some((call) => call.startsWith('delete'))).toBe(false)
  })

  it('is not made while the old one can be read', async () => {
    const { store, values } = listening()
    const { keys, made } = setUp(store)
    const first = await value(keys.get())
    expect((await value(keys.renew())).publicKey).toBe(first.publicKey)
    expect(values).toHaveLength(1)
    expect(made).toHaveLength(1)
  })

  it('is one, however many ask at once', async () => {
    const old = setUp(createMemorySecretStore())
    await old.keys.get()
    const { keys, made } = setUp(createMemorySecretStore(), old.meta.text)
    const all = await Promise.all([value(keys.renew()), value(keys.renew()), value(keys.get())])
    expect(new Set(all.map(({ publicKey }) => publicKey)).size).toBe(1)
    expect(made).toHaveLength(1)
  })

  it('leaves a damaged entry where it is', async () => {
    const { store, calls } = listening()
    const { meta, keys } = setUp(store)
    await keys.get()
    const { entry } = JSON.parse(meta.text ?? '')
    await store.set(entry, 'not a key')
    await value(keys.renew())
    expect(await store.get(entry, { isExpected: true })).toEqual({ kind: 'ok', value: 'not a key' })
    expect(calls.filter((call) => call === `set ${entry}`)).toHaveLength(2)
  })
})

describe('trouble', () => {
  const answering = (answer: SecretAnswer<never>): SecretStore => ({
    ...createMemorySecretStore(),
    get: async () => answer,
    getProven: async () => answer,
    set: async () => answer
  })

  it.each(['locked', 'denied', 'unavailable', 'failed'] as const)(
    'a keychain that is %s makes no key, now or later',
    async (kind) => {
      const { store, values } = listening(answering({ kind }))
      const fresh = setUp(store)
      const unavailable = fail({ kind: 'keychain-unavailable', state: kind })
      expect(await fresh.keys.get()).toEqual(unavailable)
      expect(fresh.meta.text).toBeNull()
      expect(values).toHaveLength(1)

      const known = setUp(createMemorySecretStore())
      await known.keys.get()
      const again = setUp(store, known.meta.text)
      expect(await again.keys.get()).toEqual(unavailable)
      expect(await again.keys.renew()).toEqual(unavailable)
      expect(again.meta.text).toBe(known.meta.text)
      expect(values).toHaveLength(1)
    }
  )

  it('a keychain that was proven to hold nothing where a key was has lost it', async () => {
    const known = setUp(createMemorySecretStore())
    const { fingerprint } = await value(known.keys.get())
    const { store, values } = listening()
    expect(await setUp(store, known.meta.text).keys.get()).toEqual(
      fail({ kind: 'signing-key-lost', how: 'absent', fingerprint })
    )
    expect(values).toEqual([])
  })

  it.each<[string, (entry: string, secrets: SecretStore) => Promise<unknown>]>([
    ['junk', (entry, secrets) => secrets.set(entry, 'not a key')],
    [
      'another key',
      async (entry, secrets) => {
        const other = listening()
        await setUp(other.store).keys.get()
        return secrets.set(entry, other.values[0] ?? '')
      }
    ]
  ])('an entry that holds %s is neither used nor replaced', async (_what, spoil) => {
    const secrets = createMemorySecretStore()
    const { meta, keys } = setUp(secrets)
    const { fingerprint } = await value(keys.get())
    const { entry } = JSON.parse(meta.text ?? '')
    await spoil(entry, secrets)
    const { store, values } = listening(secrets)
    expect(await setUp(store, meta.text).keys.get()).toEqual(
      fail({ kind: 'signing-key-lost', how: 'damaged', fingerprint })
    )
    expect(values).toEqual([])
  })

  it('a key that could not be remembered is not used', async () => {
    const storage = fail({ kind: 'storage-failed', reason: 'disk-full' })
    const keys = createSigningKeys({
      secrets: createMemorySecretStore(),
      recall: () => null,
      remember: () => storage
    })
    expect(await keys.get()).toEqual(storage)
  })
})
