import { describe, expect, it } from 'vitest'
import { createAsk } from './ask.ts'

const setUp = () => {
  const sent: unknown[] = []
  const ask = createAsk(async (input) => {
    sent.push(input)
    return { ok: true, value: {} }
  })
  return { ask, sent }
}

describe('createAsk', () => {
  it('hands a message on as it is', async () => {
    const { ask, sent } = setUp()
    const message = { accountId: null }
    expect(await ask(message)).toEqual({ ok: true, value: {} })
    expect(sent).toEqual([message])
  })

  it.each<[string, unknown]>([
    ['a list of holes', new Array(100_000_000)],
    ['bytes', { accountId: new Uint8Array(30_000_000) }],
    ['a long text', { text: 'x'.repeat(300 * 1024) }],
    ['a Map', new Map()],
    ['nothing', undefined]
  ])('keeps %s from main', async (_what, message) => {
    const { ask, sent } = setUp()
    expect(await ask(message)).toEqual({
      ok: false,
      error: { kind: 'invalid-input', issues: [{ field: '', code: 'too-large', said: null }] }
    })
    expect(sent).toEqual([])
  })
})
