import { setTimeout as delay } from 'node:timers/promises'
import { originTold, RedirectedError } from '../../../src/main/http/redirected-error.ts'
import type { FetchLike } from '../../../src/main/ports/fetch-like.ts'
import type { LoggedRequest } from '../../../src/sandbox/request-log.ts'
import { createManualClock, type ManualClock } from '../manual-clock.ts'

/** One request as the app's own end of the wire saw it. */
export interface Exchange {
  readonly number: number
  readonly at: string
  readonly method: string
  readonly path: string
  /** What came in whole; null while nothing did, or if nothing ever does. */
  readonly answer: { readonly status: number; readonly text: string } | null
}

/** Time for tests: it goes on only while somebody waits for something, and costs no real time. */
export interface TestTime {
  readonly clock: ManualClock & { nowMs(): number }
  /** Real sockets. What is on its way keeps time from going on. */
  readonly fetch: FetchLike
  readonly exchanges: readonly Exchange[]
  /**
   * Lets time go by until it is so. Answers false if it was not within that time, or if nothing is left that could
   * change anything.
   */
  until(isSo: () => boolean, withinMs?: number): Promise<boolean>
  /** What comes of some work, with the time that it takes. */
  done<T>(work: Promise<T>): Promise<T>
  /** Lets so much time go by. */
  pass(durationMs: number): Promise<void>
  /** Ends what is on its way, as the end of the app's process does. */
  cut(): void
}

/** After these nothing more comes on the connection, so only time can end the request. */
const stallingFaults: ReadonlySet<string | null> = new Set(['hang', 'silence', 'wrong-length'])
const numberHeader = 'x-test-number'
/** Turns of the event loop after which whatever followed from an answer has been done. */
const quietTurns = 3

/** The library gives way to others for 8 ms; timers end in the order in which they are due. */
const yieldMs = 10

const redirectOf = (response: Response, url: string): string | null => {
  const location = response.headers.get('location')
  const isRedirect = response.status >= 300 && response.status < 400 && location !== null
  return isRedirect ? originTold(new URL(location, url).href) : null
}

/** Only the server's log knows which requests will never be answered, so it is looked at this often. */
const longestPollMs = 5

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** `requests` is the log of the server that is asked; it names those that will never be answered. */
export const createTestTime = (
  requests: () => readonly LoggedRequest[],
  startAt = '2026-03-01T12:00:00.000Z'
): TestTime => {
  const clock = createManualClock(startAt)
  const exchanges: Exchange[] = []
  const onTheirWay = new Set<number>()
  let life = new AbortController()

  let wakeUp = (): void => undefined
  /** Resolves when a request begins or ends. */
  const changed = (): Promise<void> =>
    new Promise((resolve) => {
      wakeUp = resolve
    })

  const fetchIt: FetchLike = async (url, init) => {
    const number = exchanges.length
    const { method = 'GET', signal: wish } = init
    const exchange = { number, at: clock.nowAt(), method, path: new URL(url).pathname }
    exchanges.push({ ...exchange, answer: null })
    onTheirWay.add(number)
    wakeUp()
    // The client ends every try by its signal, whatever came of it.
    const end = () => {
      onTheirWay.delete(number)
      wakeUp()
    }
    wish?.addEventListener('abort', end, { once: true })
    const headers = new Headers(init.headers)
    headers.set(numberHeader, String(number))
    const signal = AbortSignal.any([life.signal, ...(wish ? [wish] : [])])
    // As in the app, where the session tells where a redirect would have led.
    const response = await fetch(url, { ...init, headers, signal, redirect: 'manual' })
    const toOrigin = redirectOf(response, url)
    if (toOrigin !== null) throw new RedirectedError(toOrigin)
    const bytes = await response.arrayBuffer()
    const text = new TextDecoder().decode(bytes)
    exchanges[number] = { ...exchange, answer: { status: response.status, text } }
    const isBare = response.status === 204 || response.status === 304
    return new Response(isBare ? null : bytes, {
      status: response.status,
      headers: response.headers
    })
  }

  const isStalled = (number: number): boolean =>
    requests().some(
      ({ headers, fault }) => headers[numberHeader] === String(number) && stallingFaults.has(fault)
    )

  const isQuiet = (): boolean => [...onTheirWay].every(isStalled)

  /** False if it became so meanwhile. */
  const rest = async (isSo: () => boolean): Promise<boolean> => {
    for (let quiet = 0; quiet < quietTurns; ) {
      if (isSo()) return false
      quiet = isQuiet() ? quiet + 1 : 0
      await (quiet > 0 ? turn() : Promise.race([changed(), delay(longestPollMs)]))
    }
    return !isSo()
  }

  const done: TestTime['done'] = async (work) => {
    let isOver = false
    const end = () => {
      isOver = true
    }
    void work.then(end, end)
    while (await rest(() => isOver)) {
      const asked = exchanges.length
      await delay(yieldMs)
      if (isOver || exchanges.length > asked || !isQuiet()) continue
      clock.advance(clock.nextInMs() ?? 0)
    }
    return work
  }

  const until: TestTime['until'] = async (isSo, withinMs = Number.POSITIVE_INFINITY) => {
    const endMs = clock.monotonicMs() + withinMs
    while (await rest(isSo)) {
      const nextMs = clock.nextInMs()
      const leftMs = endMs - clock.monotonicMs()
      if (nextMs === null || nextMs > leftMs) {
        if (Number.isFinite(leftMs)) clock.advance(leftMs)
        return !(await rest(isSo))
      }
      clock.advance(nextMs)
    }
    return true
  }

  return {
    clock: { ...clock, nowMs: () => Date.parse(clock.nowAt()) },
    fetch: fetchIt,
    exchanges,
    until,
    done,
    pass: async (durationMs) => {
      await until(() => false, durationMs)
    },
    cut: () => {
      life.abort()
      life = new AbortController()
    }
  }
}
