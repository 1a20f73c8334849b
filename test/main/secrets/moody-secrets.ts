import type { SecretAnswer, SecretStore } from '../../../src/main/ports/secret-store.ts'

/**
 * How a keychain can be. `hangs`: calls end as after their deadline, and what was written lands when `land` is called.
 * `keeps`: reads and writes, and lets nothing be deleted.
 */
type Mood = 'ok' | 'locked' | 'denied' | 'unavailable' | 'failed' | 'hangs' | 'keeps'

/** A keychain that a test can put into every state, and whose entries it can see. */
export interface MoodySecrets extends SecretStore {
  readonly entries: Map<string, string>
  mood: Mood
  /** The calls that were made, by kind. */
  readonly calls: string[]
  /** Lets the writes land that were given up for lost. */
  land(): void
}

export const createMoodySecrets = (): MoodySecrets => {
  const entries = new Map<string, string>()
  const late: (() => void)[] = []
  const calls: string[] = []
  const ok = { kind: 'ok', value: null } as const
  const trouble = (): Exclude<SecretAnswer<never>, { kind: 'ok' | 'absent' }> | null => {
    if (store.mood === 'ok' || store.mood === 'keeps') return null
    return { kind: store.mood === 'hangs' ? 'failed' : store.mood }
  }
  const read = (name: string): SecretAnswer<string> => {
    const value = entries.get(name)
    return value === undefined ? { kind: 'absent' } : { kind: 'ok', value }
  }
  const store: MoodySecrets = {
    entries,
    mood: 'ok',
    calls,
    land: () => {
      for (const write of late.splice(0)) write()
    },
    get: async (name, { isExpected }) => {
      calls.push('get')
      // As on Linux: a locked keychain reads as an empty one.
      if (store.mood === 'locked') return { kind: isExpected ? 'locked' : 'absent' }
      return trouble() ?? read(name)
    },
    getProven: async (name) => {
      calls.push('getProven')
      return trouble() ?? read(name)
    },
    set: async (name, secret) => {
      calls.push('set')
      const write = (): void => void entries.set(name, secret)
      if (store.mood === 'hangs') late.push(write)
      const refused = trouble()
      if (refused !== null) return refused
      write()
      return ok
    },
    delete: async (name) => {
      calls.push('delete')
      if (store.mood === 'keeps') return { kind: 'denied' }
      const refused = trouble()
      if (refused !== null) return refused
      entries.delete(name)
      return ok
    },
    close: () => undefined
  }
  return store
}
