import type { FetchLike } from '../ports/fetch-like.ts'

type Told = Readonly<Record<string, string | readonly string[]>>

const headersOf = (headers: Told): [string, string][] =>
  Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one): [string, string] => [
      name,
      asBytes(one)
    ])
  )

/** Servers send names in UTF-8 as well, which a header of a `Response` holds as bytes alone. */
const asBytes = (value: string): string => Buffer.from(value, 'utf8').toString('latin1')

/**
 * A GET through Chromium's network stack that answers a redirect as it came: Electron's fetch can follow one or fail,
 * and shows it in neither case. Nothing is kept, and no credentials are sent.
 */
export const createNetFetch =
  (
    request: (options: Electron.ClientRequestConstructorOptions) => Electron.ClientRequest
  ): FetchLike =>
  (url, init) =>
    new Promise((resolve, reject) => {
      const call = request({
        url,
        redirect: 'manual',
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer'
      })
      const { signal } = init
      const abort = (): void => {
        reject(new Error('Given up'))
        call.abort()
      }
      if (signal?.aborted) return abort()
      signal?.addEventListener('abort', abort, { once: true })
      for (const [name, value] of new Headers(init.headers)) call.setHeader(name, value)
      call.on('error', reject)
      /** What a `Response` cannot hold, such as a status of 999, is no answer; in a callback it would end nothing. */
      const answerWith = (make: () => Response): void => {
        try {
          resolve(make())
        } catch {
          reject(new Error('Not an answer of HTTP'))
          call.abort()
        }
      }
      call.on('redirect', (status, _method, next, headers) => {
        const told = headersOf(headers).filter(([name]) => name.toLowerCase() !== 'location')
        answerWith(() => new Response(null, { status, headers: [...told, ['location', next]] }))
        call.abort()
      })
      call.on('response', (answer) => {
        const isEmpty = [204, 205, 304].includes(answer.statusCode)
        const body = isEmpty ? null : bodyOf(answer, () => call.abort(), signal ?? null)
        const { statusCode: status, headers } = answer
        answerWith(() => new Response(body, { status, headers: headersOf(headers) }))
      })
      call.end()
    })

/** It is a stream of Node's, which its type leaves out. */
interface Flowing {
  pause(): unknown
  resume(): unknown
}

/** What is not read yet is not taken from the network either. */
const bodyOf = (
  answer: Electron.IncomingMessage,
  abort: () => void,
  signal: AbortSignal | null
): ReadableStream<Uint8Array> => {
  const flow = answer as unknown as Flowing
  let isOver = false
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        const fail = (): void => {
          if (isOver) return
          isOver = true
          controller.error(new Error('The answer broke off'))
        }
        answer.on('data', (chunk) => {
          if (isOver) return
          controller.enqueue(new Uint8Array(chunk))
          if ((controller.desiredSize ?? 0) <= 0) flow.pause()
        })
        answer.on('end', () => {
          if (isOver) return
          isOver = true
          controller.close()
        })
        answer.on('aborted', fail)
        answer.on('error', fail)
        signal?.addEventListener('abort', fail, { once: true })
      },
      pull: () => {
        flow.resume()
      },
      cancel: () => {
        isOver = true
        abort()
      }
    },
    { highWaterMark: 4 }
  )
}
