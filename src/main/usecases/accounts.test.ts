import { afterEach, describe, expect, it } from 'vitest'
import {
  type DeskOptions,
  startDesk,
  type TestDesk,
  unwrap
} from '../../../test/main/desks/desk.ts'
import { trainingRequest } from '../../../test/main/providers/training-request.ts'
import { createMoodySecrets, type MoodySecrets } from '../../../test/main/secrets/moody-secrets.ts'
import { type Sandbox, startSandbox } from '../../../test/sandbox/faulty-sandbox.ts'
import type { AccountInput } from '../../shared/domain/account.ts'

const oldKey = 'canary4key7b1f9e03d5a2486c8e7f'
const newKey = 'canary5key0c7d1e94b3a6285f9d8e'
const keys = [oldKey, newKey]

let desk: TestDesk
let other: Sandbox
let secrets: MoodySecrets
let left: readonly string[]

const start = async (options: DeskOptions = {}) => {
  secrets = createMoodySecrets()
  left = []
  other = await startSandbox({ apiKeys: keys })
  desk = await startDesk({
    apiKeys: keys,
    secrets,
    onLeft: (names) => {
      left = names
    },
    ...options
  })
}
afterEach(async () => {
  await desk.close()
  await other.close()
})

const input = (change: Partial<AccountInput> = {}): AccountInput => ({
  id: desk.accountId,
  provider: 'tavus',
  name: 'Studio North',
  color: 'indigo',
  apiAddress: desk.sandbox.origin,
  isReadOnly: false,
  apiKey: null,
  keyStorage: 'keychain',
  ...change
})
const moved = () => input({ apiAddress: other.origin, apiKey: newKey })

/** Which of the two keys arrived at a server, in order. */
const arrived = (sandbox: Sandbox) => sandbox.requests.map(({ key }) => key)
const onlyOld = (sandbox: Sandbox) => arrived(sandbox).every((key) => key === 0)
const onlyNew = (sandbox: Sandbox) => arrived(sandbox).every((key) => key === 1)
const record = () => desk.store.read.account(desk.accountId)

describe('address and key changed while something is under way', () => {
  it('a listing ends, and the next one walks the new address with the new key', async () => {
    let saving: Promise<unknown> | null = null
    await start({
      seedData: { replicas: 350 },
      mutateBetweenPages: ({ list, page }) => {
        if (list === 'replicas' && page === 2) saving ??= desk.accounts.save(moved())
      }
    })
    const ended = desk.library.refresh(desk.accountId)
    await ended
    expect(unwrap((await saving) as never)).toMatchObject({ apiAddress: other.origin })
    const asked = desk.sandbox.requests.length
    expect(asked).toBeGreaterThan(1)
    expect(onlyOld(desk.sandbox)).toBe(true)
    expect(record()?.keyCheck.outcome).toBe('not-checked')
    expect(record()?.syncedAt).toBeNull()

    const status = await desk.library.refresh(desk.accountId)
    expect(status.lastError).toBeNull()
    expect(desk.sandbox.requests).toHaveLength(asked)
    expect(other.requests.length).toBeGreaterThan(0)
    expect(onlyNew(other)).toBe(true)
  })

  it('a refresh that is asked for meanwhile is one of the new address', async () => {
    let refreshed: Promise<unknown> | null = null
    await start({
      seedData: { replicas: 350 },
      mutateBetweenPages: ({ list, page }) => {
        if (list !== 'replicas' || page !== 1) return
        refreshed ??= desk.accounts.save(moved()).then(() => desk.library.refresh(desk.accountId))
      }
    })
    await desk.library.refresh(desk.accountId)
    await refreshed
    expect(other.requests.length).toBeGreaterThan(0)
    expect(onlyNew(other)).toBe(true)
    expect(onlyOld(desk.sandbox)).toBe(true)
  })

  it.each(['checkKey', 'watch', 'get', 'probe', 'rename', 'remove', 'train'] as const)(
    '%s with a connection of before sends nothing',
    async (what) => {
      await start()
      const ref = await desk.addReplica('Amara Osei')
      const before = record()
      if (before === null) throw new Error('No account')
      const connection = desk.keyRing.connect(before)
      unwrap(await desk.accounts.save(moved()))
      desk.sandbox.forgetRequests()
      const { signal } = new AbortController()
      const { tavus } = desk.providers
      const answer = await {
        checkKey: () => tavus.checkKey(connection, signal),
        watch: () => tavus.watch(connection, 'replica', [ref.id], signal),
        get: () => tavus.get(connection, 'replica', ref.id, signal),
        probe: () => tavus.probe(connection, 'replica', ref.id, signal),
        rename: () => tavus.rename(connection, 'replica', ref.id, 'Zoe', signal),
        remove: () => tavus.remove(connection, 'replica', ref.id, 'soft', signal),
        train: () => tavus.train(connection, trainingRequest({ model: 'phoenix-3' }), signal)
      }[what]()
      expect(answer).toEqual({ ok: false, error: { kind: 'account-changed' } })
      expect([...desk.sandbox.requests, ...other.requests]).toEqual([])
    }
  )

  it('what a key check was answered is not noted of another key', async () => {
    let saving: Promise<unknown> | null = null
    await start({
      mutateBetweenPages: () => {
        saving ??= desk.accounts.save(moved())
      }
    })
    await desk.accounts.check(desk.accountId)
    await saving
    expect(arrived(desk.sandbox)).toEqual([0])
    expect(record()?.keyCheck.outcome).toBe('not-checked')
  })

  it('another key alone is a change, too', async () => {
    await start()
    const before = record()
    if (before === null) throw new Error('No account')
    const connection = desk.keyRing.connect(before)
    unwrap(await desk.accounts.save(input({ apiKey: newKey, keyStorage: 'this-run' })))
    expect(await connection.readKey()).toEqual({ ok: false, error: { kind: 'account-changed' } })
  })
})

describe('a save that does not go through', () => {
  it('on a full disk: the old key stays in use, and the new one is nowhere', async () => {
    await start()
    desk.setDiskFull(true)
    expect(await desk.accounts.save(moved())).toMatchObject({
      ok: false,
      error: { kind: 'storage-failed' }
    })
    expect([...secrets.entries.values()]).toEqual([oldKey])
    desk.setDiskFull(false)
    await desk.library.refresh(desk.accountId)
    expect(onlyOld(desk.sandbox)).toBe(true)
    expect(other.requests).toEqual([])
  })

  it('on a disk that fills between the two halves: the same, and no new account leaves an entry', async () => {
    await start()
    for (const change of [moved(), { ...moved(), id: null }]) {
      desk.setDiskFull('after-next')
      expect((await desk.accounts.save(change)).ok).toBe(false)
      expect([...secrets.entries.values()]).toEqual([oldKey])
      desk.setDiskFull(false)
    }
    expect(desk.accounts.all()).toHaveLength(1)
    await desk.library.refresh(desk.accountId)
    expect(desk.sandbox.requests.length).toBeGreaterThan(0)
    expect(onlyOld(desk.sandbox)).toBe(true)
    expect(other.requests).toEqual([])
  })

  it('with the app killed between the two halves: the next start takes the new key away', async () => {
    await start()
    const halved = unwrap(
      await desk.keyRing.prepare({ id: desk.accountId, name: 'Studio North' }, newKey, 'keychain')
    )
    expect(halved.saved.savedKey?.entry).not.toBe(record()?.savedKey?.entry)
    expect([...secrets.entries.values()]).toEqual([oldKey, newKey])
    await desk.newKeyRing().sweep()
    expect([...secrets.entries.values()]).toEqual([oldKey])
    expect(desk.store.read.keyEntries()).toHaveLength(1)
  })

  it('into a keychain that hangs: a write that lands later is never used, and goes at the next start', async () => {
    await start()
    secrets.mood = 'hangs'
    expect(await desk.accounts.save(moved())).toMatchObject({
      ok: false,
      error: { kind: 'keychain-unavailable', state: 'failed' }
    })
    secrets.mood = 'ok'
    await desk.keyRing.sweep()
    secrets.land()
    expect([...secrets.entries.values()]).toEqual([oldKey, newKey])
    await desk.library.refresh(desk.accountId)
    expect(desk.sandbox.requests.length).toBeGreaterThan(0)
    expect(onlyOld(desk.sandbox)).toBe(true)
    expect(other.requests).toEqual([])

    await desk.newKeyRing().sweep()
    expect([...secrets.entries.values()]).toEqual([oldKey])
    expect(desk.store.read.keyEntries()).toHaveLength(1)
  })

  it('something else in the place of the key is never sent', async () => {
    await start()
    const entry = record()?.savedKey?.entry ?? ''
    secrets.entries.set(entry, newKey)
    const status = await desk.library.refresh(desk.accountId)
    expect(status.lastError).toEqual({ kind: 'key-damaged' })
    expect(desk.sandbox.requests).toEqual([])
  })
})

describe('keys that are not used any more', () => {
  const runOver = async () =>
    unwrap(await desk.accounts.save(input({ apiKey: newKey, keyStorage: 'this-run' })))

  it('a key for this run takes the saved one out of the keychain', async () => {
    await start()
    await runOver()
    await desk.keyRing.sweep()
    expect([...secrets.entries.values()]).toEqual([])
    expect(desk.store.read.keyEntries()).toEqual([])
  })

  it.each(['forgetKey', 'remove'] as const)(
    '%s leaves no key behind, not even one that another hid',
    async (what) => {
      await start()
      secrets.mood = 'keeps'
      await runOver()
      await desk.keyRing.sweep()
      expect(left).toEqual(['Studio North'])
      secrets.mood = 'ok'
      expect((await desk.accounts[what](desk.accountId)).ok).toBe(true)
      expect([...secrets.entries.values()]).toEqual([])
      expect(left).toEqual([])
    }
  )

  it.each(['forgetKey', 'remove'] as const)(
    '%s with a locked keychain says that the key is left, and a later start deletes it',
    async (what) => {
      await start()
      unwrap(await desk.accounts.save(input({ name: 'Studio South' })))
      secrets.mood = 'locked'
      expect((await desk.accounts[what](desk.accountId)).ok).toBe(true)
      expect(left).toEqual(['Studio South'])
      expect(desk.accounts.all().map(({ key }) => key.state)).toEqual(
        what === 'remove' ? [] : ['absent']
      )
      await desk.newKeyRing().sweep()
      expect(left).toEqual(['Studio South'])
      secrets.mood = 'ok'
      await desk.newKeyRing().sweep()
      expect(left).toEqual([])
      expect(secrets.entries.size).toBe(0)
      expect(desk.store.read.keyEntries()).toEqual([])
    }
  )

  it('nothing is told where there is no keychain', async () => {
    await start()
    unwrap(await desk.accounts.remove(desk.accountId))
    secrets.mood = 'unavailable'
    const added = input({ id: null, apiKey: newKey })
    expect((await desk.accounts.save(added)).ok).toBe(false)
    expect(unwrap(await desk.accounts.save({ ...added, keyStorage: 'this-run' })).key.state).toBe(
      'this-run'
    )
    await desk.keyRing.sweep()
    expect(left).toEqual([])
  })

  it('where nothing is left, the keychain is not asked at a start', async () => {
    await start()
    secrets.calls.length = 0
    await desk.newKeyRing().sweep()
    expect(secrets.calls).toEqual([])
  })
})

describe('a key that is gone from the keychain', () => {
  const stateAfterRefresh = async () => {
    await desk.library.refresh(desk.accountId)
    return desk.accounts.all()[0]?.key.state
  }

  it('is told as missing', async () => {
    await start()
    secrets.entries.clear()
    expect(await stateAfterRefresh()).toBe('missing')
    expect(desk.library.status(desk.accountId).lastError).toEqual({ kind: 'key-missing' })
    expect(desk.sandbox.requests).toEqual([])
  })

  it('is told as locked where nothing else is proven, without asking for a proof each time', async () => {
    await start()
    secrets.entries.clear()
    secrets.mood = 'locked'
    expect(await stateAfterRefresh()).toBe('locked')
    expect(await stateAfterRefresh()).toBe('locked')
    expect(secrets.calls.filter((call) => call === 'getProven')).toHaveLength(1)
  })

  it('is told as saved again once the keychain is open', async () => {
    await start()
    secrets.mood = 'locked'
    expect(await stateAfterRefresh()).toBe('locked')
    secrets.mood = 'ok'
    expect(await stateAfterRefresh()).toBe('saved')
  })
})

describe('two accounts with one key', () => {
  it.each([
    ['at the same address', (origin: string) => origin],
    [
      'by another name of this computer',
      (origin: string) => origin.replace('127.0.0.1', 'localhost')
    ]
  ])('%s are refused at the key', async (_, spell) => {
    await start()
    const twin = input({ id: null, name: 'Twin', apiAddress: spell(desk.sandbox.origin) })
    expect(await desk.accounts.save({ ...twin, apiKey: oldKey })).toMatchObject({
      ok: false,
      error: { kind: 'invalid-input', issues: [{ field: 'apiKey', code: 'used-by-other-account' }] }
    })
    expect([...secrets.entries.values()]).toEqual([oldKey])
    expect(unwrap(await desk.accounts.save({ ...twin, apiKey: newKey })).name).toBe('Twin')
  })

  it('are refused when the second gets the key or the address of the first later', async () => {
    await start()
    const second = unwrap(
      await desk.accounts.save(input({ id: null, apiAddress: other.origin, apiKey: oldKey }))
    )
    const twin = input({ id: second.id, apiKey: oldKey })
    expect((await desk.accounts.save(twin)).ok).toBe(false)
    expect((await desk.accounts.save({ ...twin, apiKey: newKey })).ok).toBe(true)
    expect((await desk.accounts.save(twin)).ok).toBe(false)
    expect((await desk.accounts.save(input({ name: 'Renamed' }))).ok).toBe(true)
  })
})

describe('a key that was typed and is not stored', () => {
  const typed = (apiKey: string | null) =>
    input({ id: null, name: 'Typed', apiAddress: other.origin, apiKey })
  const expectUntouched = () => {
    expect(desk.accounts.all()).toHaveLength(1)
    expect([...secrets.entries.values()]).toEqual([oldKey])
  }

  it('is tried at the address of the form, and nothing is stored', async () => {
    await start()
    expect(await desk.accounts.tryOut(typed(newKey))).toEqual({ ok: true, value: {} })
    expect(onlyNew(other)).toBe(true)
    expect(other.requests.length).toBe(1)
    expectUntouched()
  })

  it('is answered with what the provider says of it', async () => {
    await start()
    expect(await desk.accounts.tryOut(typed('no-key-of-anyone'))).toMatchObject({
      error: { kind: 'key-rejected' }
    })
    await other.setReachable(false)
    expect(await desk.accounts.tryOut(typed(newKey))).toMatchObject({ error: { kind: 'offline' } })
    expectUntouched()
  })

  it('is not waited for longer than a person would', async () => {
    await start()
    const headers = { 'retry-after': '300' }
    const asked = { kind: 'answer', status: 429, headers, body: {} } as const
    other.faults.add({ match: { method: 'GET' }, effect: asked })
    expect(await desk.accounts.tryOut(typed(newKey))).toMatchObject({
      error: { kind: 'rate-limited' }
    })
    expect(other.requests).toHaveLength(1)
    other.faults.clear()
    other.faults.add({ match: { method: 'GET' }, effect: { kind: 'hang' } })
    expect(await desk.accounts.tryOut(typed(newKey))).toMatchObject({
      error: { kind: 'timed-out' }
    })
  })

  it('is refused as by saving, before anybody is asked', async () => {
    await start()
    expect(await desk.accounts.tryOut(typed(null))).toMatchObject({
      error: { kind: 'invalid-input', issues: [{ field: 'apiKey', code: 'empty' }] }
    })
    expect(await desk.accounts.tryOut(input())).toEqual({ ok: true, value: {} })
    expect(other.requests).toEqual([])
  })
})
