import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import {
  isKeychainReply,
  type KeychainFailure,
  type KeychainReply,
  type KeychainRequest
} from './keychain-messages.ts'

/** The part of Electron's `UtilityProcess` that is used here. */
export interface UtilityChild {
  postMessage(message: unknown): void
  kill(): boolean
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'exit', listener: (code: number) => void): unknown
}

export interface KeychainCallOptions {
  readonly fork: () => UtilityChild
  readonly clock: Clock
  readonly log: Log
  /** After this long a prompt of the system is probably open, and `onWaiting` is told. */
  readonly silentDeadlineMs?: number
  /** After this long the process is killed. */
  readonly promptDeadlineMs?: number
  /** An unused process is ended after this long: it holds tens of megabytes. */
  readonly idleMs?: number
  readonly onWaiting?: () => void
}

/** The request without what this file adds to it. */
export type KeychainCall = KeychainRequest extends infer R
  ? R extends KeychainRequest
    ? Omit<R, 'id'>
    : never
  : never

export type KeychainOutcome =
  | { readonly value: string | boolean | null }
  | { readonly trouble: KeychainFailure }

interface Pending {
  readonly id: number
  readonly settle: (outcome: KeychainOutcome) => void
}

const failed: KeychainOutcome = { trouble: 'failed' }

/** Sends single calls to a keychain process that it starts on demand. The caller sends one at a time. */
export class KeychainCalls {
  readonly #options: KeychainCallOptions
  readonly #onTimedOut: () => void
  #child: UtilityChild | null = null
  #pending: Pending | null = null
  #idle = new AbortController()
  #lastId = 0

  constructor(options: KeychainCallOptions, onTimedOut: () => void) {
    this.#options = options
    this.#onTimedOut = onTimedOut
  }

  async call(call: KeychainCall): Promise<KeychainOutcome> {
    this.#idle.abort()
    const settled = new AbortController()
    const outcome = this.#send(call)
    void this.#watch(settled.signal)
    try {
      return await outcome
    } finally {
      settled.abort()
      void this.#restUntilIdle()
    }
  }

  /** Ends the process; a call under way has failed. */
  stop(): void {
    this.#idle.abort()
    const child = this.#child
    this.#child = null
    child?.kill()
    this.#settle(failed)
  }

  #send(call: KeychainCall): Promise<KeychainOutcome> {
    this.#lastId += 1
    const id = this.#lastId
    return new Promise((settle) => {
      this.#pending = { id, settle }
      const child = this.#running()
      if (child === null) return this.#settle({ trouble: 'unavailable' })
      child.postMessage({ ...call, id } satisfies KeychainRequest)
    })
  }

  #running(): UtilityChild | null {
    if (this.#child !== null) return this.#child
    try {
      this.#child = this.#start()
    } catch (error) {
      this.#options.log.bug(error)
    }
    return this.#child
  }

  #start(): UtilityChild {
    const child = this.#options.fork()
    child.on('message', (message) => {
      // Electron cannot kill a process that is not up yet; one that answers late is up.
      if (child !== this.#child) child.kill()
      else if (isKeychainReply(message)) this.#receive(message)
    })
    child.on('exit', (code) => {
      if (child !== this.#child) return
      this.#child = null
      this.#options.log.warn('The keychain process ended by itself', { code })
      this.#settle(failed)
    })
    return child
  }

  #receive(reply: KeychainReply): void {
    if (reply.id === this.#pending?.id) this.#settle(reply)
  }

  #settle(outcome: KeychainOutcome): void {
    const pending = this.#pending
    this.#pending = null
    pending?.settle(outcome)
  }

  async #watch(settled: AbortSignal): Promise<void> {
    const { clock, log, silentDeadlineMs = 5_000, promptDeadlineMs = 120_000 } = this.#options
    await clock.wait(silentDeadlineMs, settled)
    if (settled.aborted) return
    this.#options.onWaiting?.()
    await clock.wait(promptDeadlineMs - silentDeadlineMs, settled)
    if (settled.aborted) return
    log.warn('The keychain did not answer in time')
    this.#onTimedOut()
    this.stop()
  }

  async #restUntilIdle(): Promise<void> {
    const rest = new AbortController()
    this.#idle = rest
    await this.#options.clock.wait(this.#options.idleMs ?? 3_000, rest.signal)
    if (!rest.signal.aborted) this.stop()
  }
}
