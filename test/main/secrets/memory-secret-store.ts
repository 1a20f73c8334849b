import type { SecretAnswer, SecretStore } from '../../../src/main/ports/secret-store.ts'

/** Keeps keys for this run only: nothing is written anywhere, and closing forgets them (security C6). */
export const createMemorySecretStore = (): SecretStore => {
  const entries = new Map<string, string>()
  const get = async (name: string): Promise<SecretAnswer<string>> => {
    const value = entries.get(name)
    return value === undefined ? { kind: 'absent' } : { kind: 'ok', value }
  }
  return {
    get,
    getProven: get,
    set: async (name, secret) => {
      entries.set(name, secret)
      return { kind: 'ok', value: null }
    },
    delete: async (name) => {
      entries.delete(name)
      return { kind: 'ok', value: null }
    },
    close: () => entries.clear()
  }
}
