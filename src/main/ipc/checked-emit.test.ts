import { expect, it } from 'vitest'
import type { EventName } from '../../shared/ipc/events.ts'
import type { Emit } from '../ports/emit.ts'
import { createCheckedEmit } from './window-events.ts'

const setUp = () => {
  const sent: unknown[] = []
  const bugs: unknown[] = []
  const emit = createCheckedEmit((name, payload) => sent.push([name, payload]), {
    info: () => undefined,
    warn: () => undefined,
    bug: (error) => `bug-${bugs.push(error)}`
  })
  return { emit: emit as (name: EventName, payload: unknown) => ReturnType<Emit>, sent, bugs }
}

it('hands on what the contract describes', () => {
  const { emit, sent, bugs } = setUp()
  emit('history:appended', { headSeq: 7 })
  expect([sent, bugs]).toEqual([[['history:appended', { headSeq: 7 }]], []])
})

it.each<[string, EventName, unknown]>([
  ['a foreign field', 'history:appended', { headSeq: 7, apiKey: 'sk' }],
  ['a field within a list', 'account:changed', { accounts: [{ apiKey: 'sk' }] }],
  ['a missing field', 'library:changed', {}],
  ['another kind of value', 'history:appended', { headSeq: 'seven' }]
])('keeps %s from the window, and logs it', (_what, name, payload) => {
  const { emit, sent, bugs } = setUp()
  emit(name, payload)
  expect(sent).toEqual([])
  expect(bugs).toHaveLength(1)
})
