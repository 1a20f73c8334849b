import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { createNetFetch } from './net-fetch.ts'

/** Electron's request, as far as it is used here, with the answers that a test gives. */
class Call extends EventEmitter {
  isAborted = false
  setHeader(): void {
    // Nothing reads them here.
  }
  end(): void {
    // The test answers.
  }
  abort(): void {
    this.isAborted = true
  }
}

const ask = () => {
  const call = new Call()
  const request = () => call as unknown as Electron.ClientRequest
  return { call, answer: createNetFetch(request)('https://files.example/a.mp4', {}) }
}

const answerOf = (statusCode: number, headers: Record<string, string>) =>
  Object.assign(new EventEmitter(), {
    statusCode,
    headers,
    pause: () => undefined,
    resume: () => undefined
  })

describe('an answer through Chromium', () => {
  it('may name its file in any script', async () => {
    const { call, answer } = ask()
    call.emit(
      'response',
      answerOf(200, { 'content-disposition': 'filename="山田.mp4"', etag: 'a' })
    )
    const { status, headers } = await answer
    expect([status, headers.get('etag')]).toEqual([200, 'a'])
  })

  it('that is none ends the request with an error', async () => {
    const { call, answer } = ask()
    call.emit('response', answerOf(999, {}))
    await expect(answer).rejects.toThrow('Not an answer of HTTP')
    expect(call.isAborted).toBe(true)
  })
})
