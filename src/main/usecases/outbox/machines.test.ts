import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ItemState, isFinal } from '../../../shared/catalogue/item-states.ts'
import { itemStateSchema } from '../../../shared/domain/batch.ts'
import type { AppError } from '../../../shared/errors.ts'
import {
  type BatchEvent,
  type BatchStatus,
  canUndo,
  endOf,
  hasFailed,
  type ItemEvent,
  nextBatchStatus,
  nextItemState,
  type ReadBackResult,
  readinessOf
} from './machines.ts'

const anItemEvent: fc.Arbitrary<ItemEvent> = fc.oneof(
  fc.constantFrom<ItemEvent>(
    { kind: 'released' },
    { kind: 'sent' },
    { kind: 'not-sent' },
    { kind: 'answer-lost' },
    { kind: 'rate-limited' },
    { kind: 'refused-for-now' },
    { kind: 'not-known' },
    { kind: 'canceled' }
  ),
  fc
    .constantFrom<ReadBackResult>('gone', 'already-gone', 'not-found', 'refused')
    .map((as): ItemEvent => ({ kind: 'read-back', as })),
  fc
    .constantFrom<Extract<ItemEvent, { kind: 'answered' }>['answer']>('done', 'accepted', 'refused')
    .map((answer): ItemEvent => ({ kind: 'answered', answer }))
)
const aBeginning = fc.constantFrom<ItemState>('planned', 'held', 'queued')
const itemEvents = fc.array(anItemEvent, { maxLength: 60 })

/** Runs events over a deletion; those that cannot happen are left out, as the runner does. */
const live = (beginning: ItemState, events: readonly ItemEvent[]) => {
  let state = beginning
  const happened: ItemEvent[] = []
  for (const event of events) {
    const next = nextItemState(state, event)
    if (next === null) continue
    state = next
    happened.push(event)
  }
  return {
    state,
    happened,
    count: (kind: ItemEvent['kind']) => happened.filter((event) => event.kind === kind).length
  }
}

describe('one deletion, whatever happens in whatever order', () => {
  it('reaches the provider at most once, but for requests that were refused for the pace', () => {
    fc.assert(
      fc.property(aBeginning, itemEvents, (beginning, events) => {
        const { count } = live(beginning, events)
        const open =
          count('sent') - count('not-sent') - count('rate-limited') - count('refused-for-now')
        expect(open).toBeLessThanOrEqual(1)
        const answers = count('answered') + count('answer-lost') + count('not-known')
        expect(answers).toBeLessThanOrEqual(1)
      })
    )
  })

  it('is done only with an answer, and gone only after it was accepted or no answer came', () => {
    fc.assert(
      fc.property(aBeginning, itemEvents, (beginning, events) => {
        const { state, happened, count } = live(beginning, events)
        const looks = happened.filter(({ kind }) => kind === 'read-back').length
        if (state === 'done') expect(count('answered')).toBe(1)
        if (state === 'gone') {
          const settled = count('answer-lost') + count('answered') + count('not-known')
          expect(settled).toBe(1)
        }
        if (state === 'gone' || state === 'already-gone' || state === 'not-found') {
          expect(looks).toBeGreaterThan(0)
        }
        if (state !== 'planned' && state !== 'held' && state !== 'queued' && state !== 'canceled') {
          expect(count('sent')).toBeGreaterThan(0)
        }
      })
    )
  })

  it('never leaves a final state, but for what was seen to be gone after all', () => {
    fc.assert(
      fc.property(fc.constantFrom(...itemStateSchema.options), anItemEvent, (state, event) => {
        if (!isFinal(state)) return
        const isSeenGone = state === 'refused' && event.kind === 'read-back' && event.as === 'gone'
        expect(nextItemState(state, event)).toBe(isSeenGone ? 'gone' : null)
      })
    )
  })

  it('cannot be canceled once it was sent, unless it came to nothing', () => {
    fc.assert(
      fc.property(aBeginning, itemEvents, (beginning, events) => {
        const { state, count } = live(beginning, events)
        if (state === 'canceled') {
          const toNothing = count('not-sent') + count('rate-limited') + count('refused-for-now')
          expect(count('sent')).toBe(toNothing)
        }
      }),
      {
        examples: [
          ['queued', [{ kind: 'sent' }, { kind: 'refused-for-now' }, { kind: 'canceled' }]],
          ['queued', [{ kind: 'sent' }, { kind: 'canceled' }]]
        ]
      }
    )
  })
})

const at = '2026-03-01T12:00:00.000Z'
const aBatchEvent = fc.constantFrom<BatchEvent>(
  { kind: 'hold-paused', leftMs: 4000, by: 'person' },
  { kind: 'hold-paused', leftMs: 4000, by: 'restart' },
  { kind: 'hold-paused', leftMs: 4000, by: 'sleep' },
  { kind: 'hold-resumed', untilAt: at },
  { kind: 'hold-over' },
  { kind: 'due' },
  { kind: 'stopped', reason: 'person', untilAt: null, changes: [] },
  { kind: 'stopped', reason: 'pace', untilAt: at, changes: [] },
  { kind: 'stopped', reason: 'restart', untilAt: null, changes: [] },
  {
    kind: 'stopped',
    reason: 'changed',
    untilAt: null,
    changes: [{ what: 'added', kind: 'video', name: 'New', detail: null }]
  },
  {
    kind: 'stopped',
    reason: 'clock',
    untilAt: null,
    changes: [{ what: 'clock-moved', kind: 'video', name: 'New', detail: '691200000' }]
  },
  { kind: 'went-on' },
  { kind: 'ended', as: 'finished', at },
  { kind: 'ended', as: 'canceled', at },
  { kind: 'tried-again' }
)
const beginningOf = (state: 'held' | 'scheduled' | 'running'): BatchStatus => ({
  state,
  waitsFor: null,
  waitsUntilAt: null,
  heldUntilAt: state === 'held' ? at : null,
  holdLeftMs: null,
  changes: [],
  endedAt: null
})

describe('a batch, whatever happens in whatever order', () => {
  const beginnings = fc.constantFrom('held', 'scheduled', 'running').map(beginningOf)
  const standingsAfter = (beginning: BatchStatus, events: readonly BatchEvent[]) => {
    const standings = [beginning]
    for (const event of events) {
      const next = nextBatchStatus(standings.at(-1) ?? beginning, event)
      if (next !== null) standings.push(next)
    }
    return standings
  }

  it('says what it waits for exactly while it waits, and when it ended exactly once it has', () => {
    fc.assert(
      fc.property(beginnings, fc.array(aBatchEvent, { maxLength: 40 }), (beginning, events) => {
        for (const standing of standingsAfter(beginning, events)) {
          const isOver = standing.state === 'finished' || standing.state === 'canceled'
          expect(standing.endedAt !== null).toBe(isOver)
          if (standing.state === 'waiting') expect(standing.waitsFor).not.toBeNull()
          if (standing.state === 'running' || isOver) expect(standing.waitsFor).toBeNull()
          if (standing.heldUntilAt !== null) expect(standing.state).toBe('held')
          if (standing.holdLeftMs !== null) expect(standing.heldUntilAt).toBeNull()
          if (standing.changes.length > 0) expect(['changed', 'clock']).toContain(standing.waitsFor)
        }
      })
    )
  })

  it('runs only out of a hold that was over, a schedule that was due, or a wait that ended', () => {
    fc.assert(
      fc.property(beginnings, aBatchEvent, aBatchEvent, (beginning, first, second) => {
        const before = nextBatchStatus(beginning, first) ?? beginning
        if (before.state === 'running' || nextBatchStatus(before, second)?.state !== 'running')
          return
        expect(['hold-over', 'due', 'went-on', 'tried-again']).toContain(second.kind)
      })
    )
  })

  it('that was taken back stays so', () => {
    const canceled = { ...beginningOf('running'), state: 'canceled' as const, endedAt: at }
    fc.assert(
      fc.property(aBatchEvent, (event) => {
        expect(nextBatchStatus(canceled, event)).toBeNull()
      })
    )
  })
})

interface Item {
  readonly id: string
  readonly state: ItemState
  readonly error: AppError | null
  readonly found: 'there' | 'gone' | null
  readonly after: readonly string[]
}

/** A few items with random states; each may wait for earlier ones. */
const someItems: fc.Arbitrary<readonly Item[]> = fc
  .array(
    fc.record({
      state: fc.constantFrom(...itemStateSchema.options),
      error: fc.constantFrom<AppError | null>(null, { kind: 'not-found' }, { kind: 'offline' }),
      found: fc.constantFrom<Item['found']>(null, 'there', 'gone'),
      before: fc.array(fc.nat(8), { maxLength: 3 })
    }),
    { minLength: 1, maxLength: 9 }
  )
  .map((drawn) =>
    drawn.map(({ state, error, found, before }, index) => ({
      id: `op-${index}`,
      state,
      error,
      found,
      after: before.filter((number) => number < index).map((number) => `op-${number}`)
    }))
  )

describe('the items of a batch together', () => {
  const nobody = () => false

  it('can be taken back only while nothing has left', () => {
    fc.assert(
      fc.property(someItems, (items) => {
        if (!canUndo(items)) return
        const unsent: readonly ItemState[] = ['planned', 'held', 'queued', 'canceled']
        expect(items.every(({ state }) => unsent.includes(state))).toBe(true)
      })
    )
  })

  it('end only when nothing is left to be sent or answered', () => {
    fc.assert(
      fc.property(someItems, fc.boolean(), (items, isOnItsWay) => {
        const end = endOf(items, () => isOnItsWay)
        if (end === null) return
        const open: readonly ItemState[] = ['planned', 'held', 'queued', 'sent']
        expect(items.some(({ state }) => open.includes(state))).toBe(false)
        if (end === 'canceled') expect(items.every(({ state }) => state === 'canceled')).toBe(true)
      })
    )
  })

  it('are never sent while one of those before them is there', () => {
    fc.assert(
      fc.property(someItems, (items) => {
        const find = (id: string) => items.find((item) => item.id === id)
        for (const item of items) {
          if (readinessOf(item, find, nobody) !== 'ready') continue
          for (const id of item.after) {
            const before = find(id)
            expect(
              before !== undefined &&
                (['done', 'gone', 'already-gone', 'not-found'].includes(before.state) ||
                  (before.state === 'canceled' && before.error?.kind === 'not-found'))
            ).toBe(true)
          }
        }
      })
    )
  })

  it('tells of what failed only what is final and did not go, or was accepted without an end', () => {
    fc.assert(
      fc.property(someItems, (items) => {
        for (const item of items.filter(hasFailed)) {
          if (item.state === 'accepted') expect(item.found).toBe('there')
          else expect(isFinal(item.state)).toBe(true)
          expect(['refused', 'canceled', 'accepted']).toContain(item.state)
        }
      })
    )
  })
})
