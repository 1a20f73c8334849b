import { expect, it } from 'vitest'
import { createManualClock } from '../http/manual-clock.ts'
import { createUpkeep } from './upkeep.ts'

const hourMs = 3_600_000
const settled = () => new Promise((resolve) => setImmediate(resolve))

/** A computer that may sleep: timers stand still then, and the elapsed time goes on. */
const begin = () => {
  const clock = createManualClock()
  const stopping = new AbortController()
  let sleptMs = 0
  const keptAtMs: number[] = []
  const elapsedMs = () => clock.monotonicMs() + sleptMs
  const round = createUpkeep({
    clock,
    elapsedMs,
    keep: async () => {
      keptAtMs.push(elapsedMs())
    }
  })
  const repeat = async () => {
    while (!stopping.signal.aborted) await round(stopping.signal)
  }
  const over = repeat()
  const pass = async (ms: number) => {
    for (let left = ms; left > 0; left -= 60_000) {
      clock.advance(Math.min(left, 60_000))
      await settled()
    }
  }
  return {
    keptAtMs,
    pass,
    sleep: (ms: number) => {
      sleptMs += ms
    },
    stop: () => {
      stopping.abort()
      return over
    }
  }
}

it('comes soon after the start and then daily, a little more than a day apart, while the app stays open', async () => {
  const desk = begin()
  await desk.pass(5 * 24 * hourMs)
  expect(desk.keptAtMs).toHaveLength(5)
  expect(desk.keptAtMs[0]).toBeLessThan(2 * 60_000)
  for (const [index, atMs] of desk.keptAtMs.slice(1).entries()) {
    const apartMs = atMs - (desk.keptAtMs[index] ?? 0)
    expect(apartMs).toBeGreaterThan(24 * hourMs)
    expect(apartMs).toBeLessThan(25 * hourMs)
  }
  await desk.stop()
})

it('comes soon after a sleep that its day passed in', async () => {
  const desk = begin()
  await desk.pass(hourMs)
  desk.sleep(3 * 24 * hourMs)
  await desk.pass(hourMs / 2)
  expect(desk.keptAtMs).toHaveLength(2)
  await desk.stop()
})

it('does nothing any more once the app ends', async () => {
  const desk = begin()
  await desk.stop()
  await desk.pass(hourMs)
  expect(desk.keptAtMs).toEqual([])
})
