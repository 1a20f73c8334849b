import { describe, expect, it } from 'vitest'
import { verifyReceipt } from '../../../resources/verify-receipt.mjs'
import { fail, ok } from '../../shared/result.ts'
import type { SecretAnswer, SecretStore } from '../ports/secret-store.ts'
import { createMemorySecretStore } from '../secrets/memory-secret-store.ts'
import { receiptJson } from './save-receipt.ts'
import { createSigningKeys, type SigningKeyDeps } from './signing-key.ts'
import { mixedCase, receiptOf } from './test-kit-receipts.ts'

/** A real store that notes what is asked of it. */
const listening = (secrets: SecretStore = createMemorySecretStore()) => {
  const calls: string[] = []
  const values: string[] = []
  const store: SecretStore = {
    get: (name, options) => {
      calls.push(`get ${options.isExpected ? 'expected' : 'not expected'}`)
      return secrets.get(name, options)
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
  const deps: SigningKeyDeps = {
    secrets,
    recall: () => meta.text,
    remember: (text) => {
      meta.text = text
      return ok(null)
    }
  }
  return { meta, keys: createSigningKeys(deps) }
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
    expect(keys.publicKey()).toBeNull()
    const made = await value(keys.get())
    expect(keys.publicKey()).toBe(made.publicKey)
    expect(meta.text).not.toContain(values[0])
    const later = await value(setUp(store, meta.text).keys.get())
    expect(later.publicKey).toBe(made.publicKey)
    expect(calls.map((call) => call.replace(/[0-9a-f]{24}/, 'FINGERPRINT'))).toEqual([
      'set receipt-key-FINGERPRINT',
      'get expected'
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

  it('is another one only on the person’s word, and the old one stays', async () => {
    const { store, calls } = listening()
    const { keys } = setUp(store)
    const first = await value(keys.get())
    const second = await value(keys.renew())
    expect(second.publicKey).not.toBe(first.publicKey)
    expect((await value(keys.get())).publicKey).toBe(second.publicKey)
    const names = calls.filter((call) => call.startsWith('set'))
    expect(new Set(names).size).toBe(2)
    expect(calls.some((call) => call.startsWith('delete'))).toBe(false)
  })
})

describe('trouble', () => {
  const answering = (answer: SecretAnswer<never>): SecretStore => ({
    ...createMemorySecretStore(),
    get: async () => answer,
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
      expect(again.meta.text).toBe(known.meta.text)
      expect(values).toHaveLength(1)
    }
  )

  it('a keychain that holds nothing where a key was counts as locked', async () => {
    const known = setUp(createMemorySecretStore())
    await known.keys.get()
    const { store, values } = listening()
    expect(await setUp(store, known.meta.text).keys.get()).toEqual(
      fail({ kind: 'keychain-unavailable', state: 'locked' })
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
    await keys.get()
    const { entry } = JSON.parse(meta.text ?? '')
    await spoil(entry, secrets)
    const { store, values } = listening(secrets)
    expect(await setUp(store, meta.text).keys.get()).toEqual(fail({ kind: 'key-damaged' }))
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
