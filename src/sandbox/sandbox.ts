import { AccountState } from './account-state.ts'
import { resolveMediaLink } from './media-links.ts'
import { emptyData, generatedData, sampleData } from './sample-data.ts'
import { createSandboxClock, type SandboxClock } from './sandbox-clock.ts'
import type { SandboxKey, SandboxOptions, SeedData } from './sandbox-options.ts'
import { type SimulatedServer, startSimulatedServer } from './simulated-server.ts'
import type { AccountData, Snapshot } from './snapshot.ts'
import { answerApi, deletionRules } from './tavus-api.ts'

/** The key that works when no other was given. */
export const DEFAULT_SANDBOX_KEY = 'sandbox-key'

/** A running sandbox that plays Tavus. */
export interface Sandbox extends SimulatedServer {
  /** The first key that works. */
  readonly apiKey: string
  /** State of the first key's account. */
  readonly state: AccountState
  /** State of another key's account. */
  stateOf(key: string): AccountState
  readonly clock: SandboxClock
  /** Everything it holds, to be given back as `options.snapshot`. */
  snapshot(): Snapshot
}

const toKey = (key: string | SandboxKey): SandboxKey => (typeof key === 'string' ? { key } : key)

const accountName = (key: SandboxKey): string => key.account ?? key.key

const initialData = (seedData: SeedData, nowMs: number): AccountData => {
  if (seedData === 'empty') return emptyData
  if (seedData === 'sample') return sampleData(nowMs)
  const { replicas, videos = 0, stock = 0 } = seedData
  return generatedData({ replicas, videos, stock }, nowMs)
}

const createAccounts = (
  keys: readonly SandboxKey[],
  options: SandboxOptions,
  clock: SandboxClock,
  changed: () => void
): ReadonlyMap<string, AccountState> => {
  const accounts = new Map<string, AccountState>()
  for (const key of keys) {
    const name = accountName(key)
    if (accounts.has(name)) continue
    const seedData = key.seedData ?? options.seedData ?? 'empty'
    const data = options.snapshot?.accounts[name] ?? initialData(seedData, clock.now())
    const rules = deletionRules(options)
    accounts.set(name, new AccountState(name, data, rules, clock.now, changed))
  }
  return accounts
}

/** Starts the simulated Tavus API on 127.0.0.1. */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const keys = (options.apiKeys ?? [DEFAULT_SANDBOX_KEY]).map(toKey)
  const [firstKey] = keys
  if (firstKey === undefined) throw new Error('The sandbox needs at least one key')
  const clock = createSandboxClock(options.now ?? Date.now)
  const accounts = createAccounts(keys, options, clock, () => options.onChange?.())
  let origin = ''

  const nameOf = (key: string): string => {
    const known = keys.find((candidate) => candidate.key === key)
    if (known === undefined) throw new Error('The sandbox does not know this key')
    return accountName(known)
  }

  const stateOf = (key: string): AccountState => {
    const state = accounts.get(nameOf(key))
    if (state === undefined) throw new Error('Every key has an account')
    return state
  }

  const server = await startSimulatedServer(
    {
      keys: keys.map(({ key }) => key),
      keyIn: ({ headers }) => headers['x-api-key']?.toString(),
      keyRefused: { status: 401, body: { message: 'Invalid access token' } },
      bodyRefused: { status: 400, body: { error: 'Invalid JSON' } },
      answer: (request, key) =>
        answerApi(request, {
          state: stateOf(key),
          options,
          nowMs: clock.now(),
          origin,
          mediaBase: `${origin}/media/${[...accounts.keys()].indexOf(nameOf(key))}`
        }),
      resolveMedia: (path) => resolveMediaLink(path, [...accounts.values()], options, clock.now())
    },
    options,
    clock
  )
  origin = server.origin

  return {
    ...server,
    apiKey: firstKey.key,
    state: stateOf(firstKey.key),
    stateOf,
    clock,
    snapshot: () => ({
      version: 1,
      accounts: Object.fromEntries([...accounts].map(([name, state]) => [name, state.data]))
    })
  }
}
