import { copyFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { unwrap } from '../../../test/main/desks/desk.ts'
import { createMemorySecretStore } from '../../../test/main/secrets/memory-secret-store.ts'
import {
  appendMany,
  openIn,
  tamper,
  temporaryFolder
} from '../../../test/main/storage/temporary-store.ts'
import type { Health } from '../../shared/domain/health.ts'
import { systemClock } from '../clock.ts'
import type { SecretStore } from '../ports/secret-store.ts'
import type { Store } from '../ports/store.ts'
import { createHistory, type History } from './history.ts'

type Checked = NonNullable<Health['history']>

const never = new AbortController().signal
const stores: Store[] = []
afterEach(() => {
  for (const store of stores.splice(0)) store.close()
})

/** A keychain whose entries can be looked at and counted. */
const keychain = () => {
  const secrets = createMemorySecretStore()
  const names = new Set<string>()
  const writes: string[] = []
  const watched: SecretStore = {
    ...secrets,
    set: (name, secret) => {
      names.add(name)
      writes.push(name)
      return secrets.set(name, secret)
    },
    delete: (name) => {
      names.delete(name)
      return secrets.delete(name)
    }
  }
  const read = async (name: string) => {
    const answer = await secrets.get(name, { isExpected: false })
    return answer.kind === 'ok' ? answer.value : null
  }
  return { secrets: watched, names, writes, read }
}

interface Start {
  readonly folder: string
  readonly store: Store
  readonly history: History
  readonly told: Checked[]
}

/** A start of the app on a data folder. */
const start = (
  folder: string,
  secrets: SecretStore,
  { isKeychainOpen = true, clock = systemClock } = {}
): Start => {
  const store = openIn(folder)
  stores.push(store)
  const told: Checked[] = []
  const history = createHistory({
    store,
    secrets,
    clock,
    isKeychainOpen: () => isKeychainOpen,
    onChecked: (checked) => told.push(checked)
  })
  return { folder, store, history, told }
}

const quit = async ({ store, history }: Start): Promise<void> => {
  await history.rememberHead(null)
  store.close()
}

const rememberedBy = async ({ history }: Start) => unwrap(await history.check()).remembered

/** Twenty records, remembered, and the app ended. */
const used = async (secrets: SecretStore): Promise<string> => {
  const folder = temporaryFolder()
  const first = start(folder, secrets)
  appendMany(first.store, 20)
  await quit(first)
  return folder
}

const entryOf = (store: Store): string => `history-end-${store.read.lineage()}`

describe('records cut off at the end', () => {
  it('are told however often the app starts and ends, and what was remembered is kept', async () => {
    const { secrets, read } = keychain()
    const folder = await used(secrets)
    tamper(folder, 'DELETE FROM history WHERE seq > 10')
    for (const round of [1, 2, 3]) {
      const next = start(folder, secrets)
      appendMany(next.store, round)
      expect(await read(entryOf(next.store))).toMatch(/^20 /)
      expect(['behind', 'mismatch']).toContain(await rememberedBy(next))
      const entry = entryOf(next.store)
      await quit(next)
      expect(await read(entry)).toMatch(/^20 /)
    }
  })

  it('are told by themselves, in words of the health', async () => {
    const { secrets } = keychain()
    const folder = await used(secrets)
    tamper(folder, 'DELETE FROM history WHERE seq > 10')
    const next = start(folder, secrets)
    await next.history.rememberHead(never)
    expect(next.told.map(({ check }) => check)).toMatchObject([
      { isIntact: true, checkedCount: 10, remembered: 'behind' }
    ])
    await next.history.rememberHead(never)
    expect(next.told).toHaveLength(1)
  })

  it('are told where others took their place', async () => {
    const { secrets } = keychain()
    const folder = await used(secrets)
    tamper(folder, 'DELETE FROM history WHERE seq > 10')
    const next = start(folder, secrets)
    appendMany(next.store, 15)
    expect(await rememberedBy(next)).toBe('mismatch')
  })

  it('are let go of once the person accepts that, which is recorded', async () => {
    const { secrets, read } = keychain()
    const folder = await used(secrets)
    tamper(folder, 'DELETE FROM history WHERE seq > 10')
    const next = start(folder, secrets)
    const kept = await read(entryOf(next.store))
    unwrap(await next.history.acceptEnd())
    expect([...next.store.read.eachHistoryEvent()].at(-1)).toMatchObject({
      type: 'history-end-accepted',
      body: { found: 'behind', keptSeq: 20, keptHash: kept?.split(' ')[1] }
    })
    expect(next.told.at(-1)?.check).toMatchObject({ isIntact: true, remembered: 'matches' })
    expect(await next.history.acceptEnd()).toMatchObject({ error: { kind: 'not-found' } })
  })
})

describe('a history that only went on', () => {
  it('matches, and its end is remembered anew', async () => {
    const { secrets, read } = keychain()
    const folder = await used(secrets)
    const next = start(folder, secrets)
    appendMany(next.store, 5)
    expect(await rememberedBy(next)).toBe('matches')
    await next.history.rememberHead(never)
    expect(await read(entryOf(next.store))).toMatch(/^25 /)
    expect(next.told).toHaveLength(1)
  })

  it('of another data folder is remembered beside it, without a false alarm', async () => {
    const { secrets, names } = keychain()
    const one = await used(secrets)
    const two = await used(secrets)
    expect(names.size).toBe(2)
    for (const folder of [one, two]) {
      expect(await rememberedBy(start(folder, secrets))).toBe('matches')
    }
  })
})

describe('a restored backup', () => {
  const restored = async (secrets: SecretStore): Promise<Start> => {
    const folder = temporaryFolder()
    const first = start(folder, secrets)
    appendMany(first.store, 12)
    await first.store.maintain(never)
    appendMany(first.store, 8)
    await quit(first)
    truncateSync(join(folder, 'library.sqlite'), 3000)
    const next = start(folder, secrets)
    expect(next.store.health().state).toBe('damaged')
    unwrap(next.store.restoreBackup())
    return next
  }

  it('is told as what it is, stays visible until it is accepted, and is recorded', async () => {
    const { secrets, read } = keychain()
    const next = await restored(secrets)
    await next.history.rememberHead(never)
    expect(next.told.map(({ check }) => check.remembered)).toEqual(['restored'])
    expect(await read(entryOf(next.store))).toMatch(/^20 /)
    expect([...next.store.read.eachHistoryEvent()].at(-1)?.type).toBe('database-restored')
    unwrap(await next.history.acceptEnd())
    expect(await rememberedBy(next)).toBe('matches')
  })

  it('does not explain records that are cut off later', async () => {
    const { secrets } = keychain()
    const next = await restored(secrets)
    unwrap(await next.history.acceptEnd())
    appendMany(next.store, 20)
    await quit(next)
    tamper(next.folder, 'DELETE FROM history WHERE seq > 25')
    expect(await rememberedBy(start(next.folder, secrets))).toBe('behind')
  })

  it('is not what an older copy of the folder is', async () => {
    const { secrets } = keychain()
    const folder = await used(secrets)
    const copy = join(temporaryFolder(), 'copy.sqlite')
    copyFileSync(join(folder, 'library.sqlite'), copy)
    const next = start(folder, secrets)
    appendMany(next.store, 9)
    await quit(next)
    copyFileSync(copy, join(folder, 'library.sqlite'))
    expect(await rememberedBy(start(folder, secrets))).toBe('behind')
  })
})

describe('a history that was cleared', () => {
  it('follows on what was remembered, by its first record', async () => {
    const { secrets, read } = keychain()
    const folder = await used(secrets)
    const next = start(folder, secrets)
    appendMany(next.store, 3)
    unwrap(await next.history.clear(23))
    expect(await read(entryOf(next.store))).toMatch(/^1 /)
    expect(await rememberedBy(next)).toBe('matches')
  })

  it('while the keychain was not asked is told as what it is', async () => {
    const { secrets, read } = keychain()
    const folder = await used(secrets)
    const next = start(folder, secrets, { isKeychainOpen: false })
    appendMany(next.store, 3)
    unwrap(await next.history.clear(23))
    expect(await rememberedBy(next)).toBe('cleared')
    const entry = entryOf(next.store)
    await quit(next)
    expect(await read(entry)).toMatch(/^20 /)
  })

  it('does not explain records that are cut off later', async () => {
    const { secrets } = keychain()
    const folder = await used(secrets)
    const next = start(folder, secrets)
    unwrap(await next.history.clear(20))
    appendMany(next.store, 9)
    await quit(next)
    tamper(folder, 'DELETE FROM history WHERE seq > 4')
    expect(await rememberedBy(start(folder, secrets))).toBe('behind')
  })
})

describe('the one end that earlier versions kept', () => {
  const shared = 'history-head'

  it('is taken over where it is one of this history', async () => {
    const { secrets, read, names } = keychain()
    const folder = temporaryFolder()
    const next = start(folder, secrets)
    appendMany(next.store, 20)
    const hash = next.store.read.historyHash(15)
    await secrets.set(shared, `15 ${hash}`)
    expect(await rememberedBy(next)).toBe('matches')
    await next.history.rememberHead(never)
    expect(await read(entryOf(next.store))).toMatch(/^20 /)
    expect(names).not.toContain(shared)
  })

  it('is left and told where it is none of this history, until that is accepted', async () => {
    const { secrets, read } = keychain()
    const folder = temporaryFolder()
    const next = start(folder, secrets)
    appendMany(next.store, 20)
    const other = `30 ${'a'.repeat(64)}`
    await secrets.set(shared, other)
    await next.history.rememberHead(never)
    expect(await rememberedBy(next)).toBe('other-database')
    expect(await read(shared)).toBe(other)
    expect(await read(entryOf(next.store))).toMatch(/^20 /)
    unwrap(await next.history.acceptEnd())
    expect(await rememberedBy(next)).toBe('matches')
    expect(await read(shared)).toBe(other)
  })
})

describe('a keychain that does not let itself be read', () => {
  it('is not written to: what is locked reads as nothing', async () => {
    const { secrets, writes } = keychain()
    const folder = await used(secrets)
    const locked: SecretStore = {
      ...secrets,
      get: async () => ({ kind: 'absent' }),
      getProven: async () => ({ kind: 'locked' })
    }
    const before = writes.length
    const next = start(folder, locked)
    appendMany(next.store, 3)
    await next.history.rememberHead(never)
    expect(writes).toHaveLength(before)
  })

  it('is told, and nothing in the place of an end is overwritten', async () => {
    const { secrets, read } = keychain()
    const folder = await used(secrets)
    const next = start(folder, secrets)
    await secrets.set(entryOf(next.store), 'something else')
    expect(await rememberedBy(next)).toBe('mismatch')
    appendMany(next.store, 3)
    await next.history.rememberHead(never)
    expect(await read(entryOf(next.store))).toBe('something else')
    const failing: SecretStore = { ...secrets, get: async () => ({ kind: 'failed' }) }
    expect(await rememberedBy(start(folder, failing))).toBe('not-asked')
  })
})

describe('the check in the background', () => {
  it('walks the whole chain in pieces with rests between, without asking a closed keychain', async () => {
    const folder = await used(keychain().secrets)
    const rests: number[] = []
    const clock = {
      ...systemClock,
      wait: async (ms: number) => {
        rests.push(ms)
      }
    }
    const asked: string[] = []
    const watched: SecretStore = {
      ...keychain().secrets,
      get: async (name) => {
        asked.push(name)
        return { kind: 'absent' }
      }
    }
    const next = start(folder, watched, { isKeychainOpen: false, clock })
    appendMany(next.store, 980)
    tamper(folder, `UPDATE history SET asset_name = 'Other' WHERE seq = 990`)
    await next.history.checkInBackground(never)
    expect(next.told.map(({ check }) => check)).toMatchObject([
      { isIntact: false, firstBadSeq: 990, checkedCount: 1000, remembered: 'not-asked' }
    ])
    expect(rests.length).toBeGreaterThanOrEqual(5)
    expect(rests.every((ms) => ms > 0)).toBe(true)
    expect(asked).toEqual([])
  })

  it('ends with the app and then tells nothing', async () => {
    const { secrets } = keychain()
    const folder = await used(secrets)
    const stopping = new AbortController()
    const next = start(folder, secrets)
    appendMany(next.store, 400)
    const checking = next.history.checkInBackground(stopping.signal)
    stopping.abort()
    await checking
    expect(next.told).toEqual([])
  })
})
