import { describe, expect, it } from 'vitest'
import { testBatch } from '../../../test/renderer/batch.ts'
import {
  canRetry,
  holdLeftMs,
  isUndoable,
  needsToast,
  newestUndoable,
  putBatch,
  sentCount,
  settledCount,
  turnOf
} from './batches.ts'

describe('what can be undone', () => {
  it('is what is soft and of which nothing was sent', () => {
    expect(isUndoable(testBatch({ state: 'held', counts: { held: 3 } }))).toBe(true)
    expect(isUndoable(testBatch({ state: 'running', counts: { queued: 3 } }))).toBe(false)
    expect(isUndoable(testBatch({ state: 'waiting', counts: { done: 1, queued: 2 } }))).toBe(false)
    expect(isUndoable(testBatch({ state: 'held', mode: 'permanent', counts: { held: 1 } }))).toBe(
      false
    )
  })

  it('is taken back newest first, and only what is on every screen', () => {
    const older = testBatch({ id: 'bat_00000001', state: 'held', counts: { held: 1 } })
    const newer = testBatch({ id: 'bat_00000002', state: 'held', counts: { held: 1 } })
    const paused = testBatch({
      id: 'bat_00000003',
      state: 'waiting',
      waitsFor: 'person',
      counts: { queued: 1 }
    })
    expect(newestUndoable([older, newer, paused])?.id).toBe(newer.id)
    expect(newestUndoable([paused])).toBeNull()
  })

  it('stays on the screen after a restart until the person decides', () => {
    expect(needsToast(testBatch({ state: 'waiting', waitsFor: 'restart' }))).toBe(true)
    expect(needsToast(testBatch({ state: 'waiting', waitsFor: 'pace' }))).toBe(false)
  })

  it('stays with Undo while nothing was sent for want of a connection or a key', () => {
    const queued = { state: 'waiting', counts: { queued: 2 } } as const
    const waiting = testBatch({ ...queued, waitsFor: 'connection' })
    expect(needsToast(waiting)).toBe(true)
    expect(newestUndoable([waiting])).toEqual(waiting)
    expect(needsToast(testBatch({ ...queued, waitsFor: 'key' }))).toBe(true)
    const begun = { state: 'waiting', counts: { queued: 1, done: 1 } } as const
    expect(needsToast(testBatch({ ...begun, waitsFor: 'connection' }))).toBe(false)
  })
})

describe('counting', () => {
  const batch = testBatch({ counts: { done: 2, refused: 1, queued: 4, canceled: 1, unclear: 1 } })
  it('tells what left this computer from what has a known end', () => {
    expect(sentCount(batch)).toBe(4)
    expect(settledCount(batch)).toBe(4)
  })
  it('offers another try for what did not go for a reason that is not the person’s', () => {
    expect(canRetry(testBatch({ counts: { refused: 1 } }))).toBe(true)
    expect(canRetry(testBatch({ counts: { canceled: 1 } }))).toBe(false)
    expect(
      canRetry(testBatch({ counts: { canceled: 1 }, lastError: { kind: 'key-missing' } }))
    ).toBe(true)
  })
})

describe('the hold', () => {
  it('counts down to its end, and stands still while it is paused', () => {
    const until = { heldUntilAt: '2026-11-22T10:00:10.000Z', holdLeftMs: null }
    expect(holdLeftMs(until, Date.parse('2026-11-22T10:00:04.000Z'))).toBe(6_000)
    expect(holdLeftMs(until, Date.parse('2026-11-22T10:01:00.000Z'))).toBe(0)
    expect(holdLeftMs({ heldUntilAt: null, holdLeftMs: 4_000 }, 0)).toBe(4_000)
  })
})

describe('putBatch', () => {
  it('replaces in place, appends what is new, drops what was put away', () => {
    const first = testBatch({ id: 'bat_00000001' })
    const second = testBatch({ id: 'bat_00000002' })
    const ended = { ...first, state: 'finished' as const }
    expect(putBatch([first, second], ended)).toEqual([ended, second])
    expect(putBatch([first], second)).toEqual([first, second])
    expect(putBatch([first, second], { ...first, isDismissed: true })).toEqual([second])
  })
})

describe('what is worth telling', () => {
  const running = testBatch({ state: 'running', counts: { queued: 1 } })
  it.each([
    ['its end', testBatch({ state: 'finished', counts: { done: 1 } }), 'ended'],
    ['that it was taken back', testBatch({ state: 'canceled', counts: { canceled: 1 } }), 'undone'],
    ['that it waits for a key', testBatch({ state: 'waiting', waitsFor: 'key' }), 'waits'],
    ['not a pause by hand', testBatch({ state: 'waiting', waitsFor: 'person' }), 'none'],
    ['not a step of it', testBatch({ state: 'running', counts: { sent: 1 } }), 'none']
  ] as const)('%s', (_, now, turn) => {
    expect(turnOf(running, now)).toBe(turn)
  })

  it('an end is told once', () => {
    const ended = testBatch({ state: 'finished', counts: { done: 1 } })
    expect(turnOf(ended, ended)).toBe('none')
    expect(turnOf(null, ended)).toBe('none')
  })

  it('what was not clear or only accepted at the end is told once it is settled', () => {
    const open = testBatch({ state: 'finished', counts: { unclear: 1, accepted: 1 } })
    const half = testBatch({ state: 'finished', counts: { gone: 1, accepted: 1 } })
    const settled = testBatch({ state: 'finished', counts: { gone: 1, done: 1 } })
    expect([turnOf(open, half), turnOf(half, settled), turnOf(settled, settled)]).toEqual([
      'none',
      'ended',
      'none'
    ])
  })
})
