import { describe, expect, test } from 'vitest'
import { createOneShotFetch, type FetchSession } from './electron-fetch.ts'
import { NotSentError } from './not-sent-error.ts'
import { RedirectedError } from './redirected-error.ts'

/** A session that writes down what it is asked and leaves answering to the test. */
const fakeSession = (answer: (url: string) => Promise<Response>) => {
  const calls: string[] = []
  let tellRedirect: (to: string) => void = () => undefined
  const session: FetchSession = {
    fetch: (url) => {
      calls.push(url)
      return answer(url)
    },
    closeAllConnections: async () => {
      calls.push('close')
    },
    webRequest: {
      onBeforeRedirect: (listener) => {
        tellRedirect = (redirectURL) => listener({ redirectURL })
      }
    }
  }
  return { calls, session, redirect: (to: string) => tellRedirect(to) }
}

describe('createOneShotFetch', () => {
  test('closes every connection first and waits until the body was read', async () => {
    const { calls, session } = fakeSession((url) => Promise.resolve(new Response(url)))
    const fetchOnce = createOneShotFetch(session)
    const first = await fetchOnce('a', {})
    const second = fetchOnce('b', {})
    expect(calls).toEqual(['close', 'a'])
    expect(await first.text()).toBe('a')
    expect(await (await second).text()).toBe('b')
    expect(calls).toEqual(['close', 'a', 'close', 'b'])
  })

  test('has as many on their way as there are sessions, and takes the one that is free', async () => {
    const one = fakeSession((url) => Promise.resolve(new Response(url)))
    const two = fakeSession((url) => Promise.resolve(new Response(url)))
    const fetchOnce = createOneShotFetch(one.session, two.session)
    await fetchOnce('a', {})
    const second = await fetchOnce('b', {})
    await second.text()
    await fetchOnce('c', {})
    expect(one.calls).toEqual(['close', 'a'])
    expect(two.calls).toEqual(['close', 'b', 'close', 'c'])
  })

  test.each<[string, () => Promise<Response>]>([
    ['an answer without a body', () => Promise.resolve(new Response(null, { status: 204 }))],
    ['a failure', () => Promise.reject(new Error('net::ERR_CONNECTION_RESET'))]
  ])('goes on after %s', async (_, answer) => {
    const { calls, session } = fakeSession(answer)
    const fetchOnce = createOneShotFetch(session)
    await Promise.allSettled([fetchOnce('a', {}), fetchOnce('b', {})])
    expect(calls).toEqual(['close', 'a', 'close', 'b'])
  })

  test('names where a redirect would have led, without what may be secret, and forgets it', async () => {
    const redirected = () => {
      fake.redirect('https://elsewhere.example/path?secret=1')
      return Promise.reject(new Error("Attempted to redirect, but redirect policy was 'error'"))
    }
    const reset = () => Promise.reject(new Error('net::ERR_CONNECTION_RESET'))
    const ends = [redirected, reset]
    const fake = fakeSession(() => (ends.shift() ?? reset)())
    const fetchOnce = createOneShotFetch(fake.session)
    await expect(fetchOnce('a', {})).rejects.toEqual(
      new RedirectedError('https://elsewhere.example')
    )
    await expect(fetchOnce('b', {})).rejects.toThrow('net::ERR_CONNECTION_RESET')
  })

  test('goes on after a body that was given up, or whose call was', async () => {
    const endless = () => new ReadableStream({ pull: (stream) => stream.enqueue(Buffer.from('x')) })
    const { calls, session } = fakeSession(() => Promise.resolve(new Response(endless())))
    const fetchOnce = createOneShotFetch(session)
    const first = await fetchOnce('a', {})
    await first.body?.cancel()
    const giveUp = new AbortController()
    await fetchOnce('b', { signal: giveUp.signal })
    giveUp.abort()
    await fetchOnce('c', {})
    expect(calls).toEqual(['close', 'a', 'close', 'b', 'close', 'c'])
  })

  test('knows that a call given up in the queue was not sent', async () => {
    const { calls, session } = fakeSession((url) => Promise.resolve(new Response(url)))
    const fetchOnce = createOneShotFetch(session)
    const first = await fetchOnce('a', {})
    const giveUp = new AbortController()
    const second = fetchOnce('b', { signal: giveUp.signal })
    const third = fetchOnce('c', {})
    giveUp.abort()
    await expect(second).rejects.toThrow(NotSentError)
    await first.text()
    expect(await (await third).text()).toBe('c')
    expect(calls).toEqual(['close', 'a', 'close', 'c'])
  })

  test('lets nothing leave that nobody wants any more when its turn comes', async () => {
    const { calls, session } = fakeSession((url) => Promise.resolve(new Response(url)))
    const fetchOnce = createOneShotFetch(session)
    let isWanted = true
    const first = await fetchOnce('a', {})
    const second = fetchOnce('b', { mayLeave: () => isWanted })
    isWanted = false
    await first.text()
    await expect(second).rejects.toThrow(NotSentError)
    await fetchOnce('c', {})
    expect(calls).toEqual(['close', 'a', 'close', 'close', 'c'])
  })

  test('passes a break in the body on', async () => {
    const broken = () =>
      new ReadableStream({ pull: () => Promise.reject(new Error('net::ERR_CONNECTION_CLOSED')) })
    const { session } = fakeSession(() => Promise.resolve(new Response(broken())))
    const fetchOnce = createOneShotFetch(session)
    const response = await fetchOnce('a', {})
    await expect(response.text()).rejects.toThrow('net::ERR_CONNECTION_CLOSED')
    expect((await fetchOnce('b', {})).status).toBe(200)
  })
})
