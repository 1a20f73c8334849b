import { expect, it } from 'vitest'
import type { HistoryTimelineQuery } from '../../shared/domain/history.ts'
import { unfiltered } from '../../shared/history-filter.ts'
import type { HistoryWalk } from '../ports/store.ts'
import { createHistoryPages } from './history-pages.ts'

const { lastDays: _lastDays, ...chosen } = unfiltered
const everything: HistoryTimelineQuery = { ...chosen, beforeSeq: null, limit: 100 }

/** Each step takes a second of the clock; a page takes as many as it is said to. Rests end when the test says so. */
const desk = (steps = 3) => {
  let runMs = 0
  const walked: string[] = []
  const resting: (() => void)[] = []
  const pages = createHistoryPages({
    store: {
      read: {
        historyWalk: (query): HistoryWalk => ({
          query,
          persons: null,
          terms: null,
          found: [],
          left: [{ from: 0, until: steps }],
          narrowing: 'done'
        }),
        historyStep: (walk) => {
          walked.push(walk.query.search)
          runMs += 1000
          const until = (walk.left[0]?.until ?? 0) - 1
          return until < 0 ? null : { ...walk, left: [{ from: 0, until }] }
        },
        historyLines: ({ left }) => ({ lines: [], hasMore: left[0]?.until !== 0 })
      }
    },
    clock: { monotonicMs: () => runMs },
    rest: () => new Promise((resolve) => resting.push(resolve))
  })
  const letAllRest = async (...answers: readonly Promise<unknown>[]): Promise<void> => {
    let isDone = false
    void Promise.all(answers).then(() => {
      isDone = true
    })
    while (!isDone) {
      resting.shift()?.()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { pages, walked, resting, letAllRest }
}

const found = { ok: true, value: { lines: [], hasMore: false } }
const canceled = { ok: false, error: { kind: 'canceled' } }

it('walks to the end of a page, and rests in between', async () => {
  const { pages, walked, resting, letAllRest } = desk()
  const answer = pages(everything)
  await expect.poll(() => resting).toHaveLength(1)
  expect(walked).toHaveLength(1)
  await letAllRest(answer)
  expect(await answer).toEqual(found)
  expect(walked).toHaveLength(4)
})

it('gives up what was looked for when something else is asked for', async () => {
  const { pages, walked, resting, letAllRest } = desk(1_000)
  const before = pages({ ...everything, search: 'am' })
  resting.shift()?.()
  await expect.poll(() => walked).toHaveLength(1)
  const after = pages({ ...everything, search: 'ama' })
  await letAllRest(before, after)
  expect(await before).toEqual(canceled)
  expect(await after).toEqual(found)
  expect(walked.filter((search) => search === 'am').length).toBeLessThan(5)
})

it('does not begin with letters that the next one is there for already', async () => {
  const { pages, walked, letAllRest } = desk()
  const answers = ['a', 'am', 'ama'].map((search) => pages({ ...everything, search }))
  await letAllRest(...answers)
  expect(await Promise.all(answers)).toEqual([canceled, canceled, found])
  expect(new Set(walked)).toEqual(new Set(['ama']))
})

it('answers two pages of the same, as one goes on while another is asked for anew', async () => {
  const { pages, letAllRest } = desk()
  const answers = [pages({ ...everything, beforeSeq: 9 }), pages(everything)]
  await letAllRest(...answers)
  expect(await Promise.all(answers)).toEqual([found, found])
})
