import { randomUUID } from 'node:crypto'
import type { SecretAnswer, SecretStore } from '../ports/secret-store.ts'
import { type KeychainCallOptions, KeychainCalls, type KeychainOutcome } from './keychain-calls.ts'

/** The name all entries are kept under, for ever: another name would be another set of keys (security C9). */
const service = 'app.replica-desk'

const failureOr = <T>(
  outcome: KeychainOutcome,
  onValue: (value: string | boolean | null) => SecretAnswer<T>
): SecretAnswer<T> => ('trouble' in outcome ? { kind: outcome.trouble } : onValue(outcome.value))

/**
 * Keys in the system's keychain, through a process of its own.
 *
 * Calls wait for one another. When one runs out of time, those behind it fail with it, as they would only meet the
 * same silence. `close` is also the way to give up waiting for a prompt.
 */
export const createKeytarSecretStore = (options: KeychainCallOptions): SecretStore => {
  let lane: Promise<unknown> = Promise.resolve()
  let generation = 0
  const dropQueue = (): void => {
    generation += 1
  }
  const calls = new KeychainCalls(options, dropQueue)

  const inTurn = <T>(work: () => Promise<SecretAnswer<T>>): Promise<SecretAnswer<T>> => {
    const joined = generation
    const turn = lane.then(
      (): Promise<SecretAnswer<T>> =>
        joined === generation ? work() : Promise.resolve({ kind: 'failed' })
    )
    lane = turn
    return turn
  }

  const read = (name: string) => calls.call({ call: 'get', service, name })
  const write = (name: string, secret: string) => calls.call({ call: 'set', service, name, secret })
  const erase = (name: string) => calls.call({ call: 'delete', service, name })

  /**
   * Tells an empty keychain from a locked one, which both read as nothing: only into the first can be written.
   * The entry carries no secret and is taken away at once.
   */
  const probe = async (): Promise<SecretAnswer<null>> => {
    const name = `probe-${randomUUID()}`
    const written = await write(name, 'probe')
    if ('trouble' in written) return { kind: written.trouble }
    const found = await read(name)
    const erased = await erase(name)
    const isWorking = 'value' in found && found.value === 'probe' && 'value' in erased
    return isWorking ? { kind: 'ok', value: null } : { kind: 'failed' }
  }

  const get = async (name: string, isExpected: boolean): Promise<SecretAnswer<string>> =>
    failureOr(await read(name), (value) => {
      if (typeof value === 'string') return { kind: 'ok', value }
      return { kind: isExpected ? 'locked' : 'absent' }
    })

  const getProven = async (name: string): Promise<SecretAnswer<string>> => {
    const found = await get(name, false)
    if (found.kind !== 'absent') return found
    const probed = await probe()
    // The person may have unlocked it for the probe, so only a second look tells.
    return probed.kind === 'ok' ? get(name, false) : probed
  }

  const set = async (name: string, secret: string): Promise<SecretAnswer<null>> => {
    const written = await write(name, secret)
    if ('trouble' in written) return { kind: written.trouble }
    return failureOr(await read(name), (value) =>
      value === secret ? { kind: 'ok', value: null } : { kind: 'failed' }
    )
  }

  const remove = async (name: string): Promise<SecretAnswer<null>> => {
    const erased = await erase(name)
    if ('trouble' in erased) return { kind: erased.trouble }
    const left = await read(name)
    if ('trouble' in left) return { kind: left.trouble }
    if (left.value !== null) return { kind: 'failed' }
    return erased.value === true ? { kind: 'ok', value: null } : probe()
  }

  return {
    get: (name, { isExpected }) => inTurn(() => get(name, isExpected)),
    getProven: (name) => inTurn(() => getProven(name)),
    set: (name, secret) => inTurn(() => set(name, secret)),
    delete: (name) => inTurn(() => remove(name)),
    close: () => {
      dropQueue()
      calls.stop()
    }
  }
}
