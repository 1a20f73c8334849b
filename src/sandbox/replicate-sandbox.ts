import { answerReplicate } from './replicate-api.ts'
import { resolveReplicateFile } from './replicate-files.ts'
import { initialReplicateData } from './replicate-made-data.ts'
import type { ReplicateKey, ReplicateOptions } from './replicate-options.ts'
import { problem, unauthenticated } from './replicate-refusals.ts'
import type { ReplicateSnapshot } from './replicate-snapshot.ts'
import { ReplicateState } from './replicate-state.ts'
import { createSandboxClock, type SandboxClock } from './sandbox-clock.ts'
import { type SimulatedServer, startSimulatedServer } from './simulated-server.ts'

/** The token that works when no other was given; of the shape of real ones. */
export const DEFAULT_REPLICATE_KEY = 'r8_SandboxSandboxSandboxSandboxSandbox00'

/** A running sandbox that plays Replicate. Its API begins at `${origin}/v1`. */
export interface ReplicateSandbox extends SimulatedServer {
  /** The first token that works. */
  readonly apiKey: string
  /** State of the first token's account. */
  readonly state: ReplicateState
  /** State of another token's account. */
  stateOf(key: string): ReplicateState
  readonly clock: SandboxClock
  /** Everything it holds, to be given back as `options.snapshot`. */
  snapshot(): ReplicateSnapshot
}

const toKey = (key: string | ReplicateKey): ReplicateKey =>
  typeof key === 'string' ? { key } : key

const accountName = (key: ReplicateKey): string => key.account ?? key.key

const createAccounts = (
  keys: readonly ReplicateKey[],
  options: ReplicateOptions,
  clock: SandboxClock
): ReadonlyMap<string, ReplicateState> => {
  const accounts = new Map<string, ReplicateState>()
  for (const key of keys) {
    const name = accountName(key)
    if (accounts.has(name)) continue
    const seedData = key.seedData ?? options.seedData ?? 'empty'
    const data = options.snapshot?.accounts[name] ?? initialReplicateData(seedData, clock.now())
    accounts.set(name, new ReplicateState(data, options, clock.now, () => options.onChange?.()))
  }
  return accounts
}

const bearerToken = (header: string | undefined): string | undefined =>
  header === undefined ? undefined : (/^Bearer (\S+)$/.exec(header)?.[1] ?? '')

/** Starts the simulated Replicate API on 127.0.0.1. */
export const startReplicateSandbox = async (
  options: ReplicateOptions = {}
): Promise<ReplicateSandbox> => {
  const keys = (options.apiKeys ?? [DEFAULT_REPLICATE_KEY]).map(toKey)
  const [firstKey] = keys
  if (firstKey === undefined) throw new Error('The sandbox needs at least one token')
  const clock = createSandboxClock(options.now ?? Date.now)
  const accounts = createAccounts(keys, options, clock)
  let origin = ''

  const nameOf = (key: string): string => {
    const known = keys.find((candidate) => candidate.key === key)
    if (known === undefined) throw new Error('The sandbox does not know this token')
    return accountName(known)
  }

  const stateOf = (key: string): ReplicateState => {
    const state = accounts.get(nameOf(key))
    if (state === undefined) throw new Error('Every token has an account')
    return state
  }

  const mediaBaseOf = (key: string): string | null =>
    options.mediaDir === undefined
      ? null
      : `${origin}/media/${[...accounts.keys()].indexOf(nameOf(key))}`

  const server = await startSimulatedServer(
    {
      keys: keys.map(({ key }) => key),
      keyIn: ({ headers }) => bearerToken(headers.authorization),
      keyRefused: unauthenticated,
      bodyRefused: problem(400, 'Malformed JSON.'),
      answer: (request, key) =>
        answerReplicate(request, {
          state: stateOf(key),
          options,
          nowMs: clock.now(),
          origin,
          mediaBase: mediaBaseOf(key),
          apiRetentionMs: options.apiRetentionMs,
          isOfficial: (id) => options.officialModels?.includes(id) === true
        }),
      resolveMedia: (path) =>
        resolveReplicateFile(path, [...accounts.values()], options, clock.now())
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
