import { expect, it } from 'vitest'
import { failingLog } from '../../../../test/main/desks/desk.ts'
import { createManualClock } from '../../../../test/main/manual-clock.ts'
import { openIn, temporaryFolder } from '../../../../test/main/storage/temporary-store.ts'
import type { BatchRecord } from '../../ports/store.ts'
import { createSupervisor } from '../supervisor.ts'
import { createRecords } from './records.ts'
import { createOutboxTimers } from './timers.ts'

const hourMs = 3_600_000
const startAt = '2026-03-01T12:00:00.000Z'
const after = (ms: number): string => new Date(Date.parse(startAt) + ms).toISOString()

const record: BatchRecord = {
  id: 'batch_1',
  scope: 'assets',
  mode: 'permanent',
  title: 'Amara Osei',
  state: 'scheduled',
  waitsFor: null,
  waitsUntilAt: null,
  heldUntilAt: null,
  holdLeftMs: null,
  runAt: after(30 * hourMs),
  askedAt: startAt,
  endedAt: null,
  changes: [],
  planJson: '{}',
  factsJson: '{}',
  archive: null,
  isDismissed: false
}

/**
 * Timers stand still while `sleptMs` passes, as they do in a computer that sleeps; to a clock that is set it is as if so
 * much had passed.
 */
const startTimers = () => {
  const manual = createManualClock(startAt)
  const computer = { sleptMs: 0, believedMs: 0, isPaused: false }
  const clock = { ...manual, nowAt: () => after(manual.monotonicMs() + computer.sleptMs) }
  const records = createRecords(openIn(temporaryFolder()), failingLog, () => undefined)
  const begun: string[] = []
  const stopping = new AbortController()
  const clockTrust = { nowAt: () => after(manual.monotonicMs() + computer.believedMs) }
  const timers = createOutboxTimers(
    {
      clock,
      clockTrust: { ...clockTrust, doubt: () => null },
      supervisor: createSupervisor({ clock, log: failingLog, onBackground: () => undefined }),
      records,
      stopping: stopping.signal,
      isPaused: () => computer.isPaused
    },
    (live, event) => {
      begun.push(`${live.record.id} ${event}`)
    }
  )
  return { manual, computer, begun, timers, stopping, records }
}

const startSchedule = () => {
  const desk = startTimers()
  desk.timers.schedule(desk.records.open(record, []))
  return desk
}

/** A deletion that is held for a minute. */
const startHold = () => {
  const desk = startTimers()
  const heldUntilAt = after(60_000)
  const live = desk.records.open(
    { ...record, mode: 'soft', state: 'held', runAt: null, heldUntilAt },
    []
  )
  desk.timers.startHold(live, 60_000)
  return { ...desk, live }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

it('a schedule begins at its time, by the calendar', async () => {
  const { manual, begun } = startSchedule()
  for (let hour = 1; hour < 30; hour += 1) {
    manual.advance(hourMs)
    await turn()
  }
  expect(begun).toEqual([])
  manual.advance(hourMs)
  await turn()
  expect(begun).toEqual(['batch_1 due'])
})

it('a schedule whose time passed in sleep begins on waking, and no earlier one does', async () => {
  const { computer, begun, timers } = startSchedule()
  computer.sleptMs = 29 * hourMs
  timers.recheck()
  await turn()
  expect(begun).toEqual([])
  computer.sleptMs = 31 * hourMs
  timers.recheck()
  await turn()
  expect(begun).toEqual(['batch_1 due'])
})

it('a schedule begins when its time is believed to have come, though the clock was set back', async () => {
  const { computer, begun, timers } = startSchedule()
  computer.sleptMs = -300 * hourMs
  computer.believedMs = 31 * hourMs
  timers.recheck()
  await turn()
  expect(begun).toEqual(['batch_1 due'])
})

it('a schedule whose time comes while everything is paused begins when it is resumed, once', async () => {
  const { manual, computer, begun, timers } = startSchedule()
  computer.isPaused = true
  manual.advance(31 * hourMs)
  await turn()
  for (let minute = 0; minute < 5; minute += 1) {
    manual.advance(60_000)
    await turn()
  }
  expect(begun).toEqual([])
  computer.isPaused = false
  timers.recheck()
  await turn()
  manual.advance(hourMs)
  await turn()
  expect(begun).toEqual(['batch_1 due'])
})

it('an app that ends begins nothing', async () => {
  const { computer, begun, timers, stopping } = startSchedule()
  computer.sleptMs = 31 * hourMs
  stopping.abort()
  timers.recheck()
  await turn()
  expect(begun).toEqual([])
})

const jumps = [
  ['an hour forward', hourMs],
  ['ten days back', -240 * hourMs]
] as const

it.each(jumps)(
  'a hold ends after its minute, though the clock is set %s meanwhile',
  async (_where, byMs) => {
    const { manual, computer, begun, timers } = startHold()
    manual.advance(30_000)
    computer.sleptMs = byMs
    timers.recheck()
    await turn()
    manual.advance(29_999)
    await turn()
    expect(begun).toEqual([])
    manual.advance(1)
    await turn()
    expect(begun).toEqual(['batch_1 hold-over'])
  }
)

it.each(jumps)(
  'a hold that is paused has its own time left, though the clock was set %s',
  async (_where, byMs) => {
    const { manual, computer, begun, timers, live } = startHold()
    manual.advance(20_000)
    computer.sleptMs = byMs
    expect(timers.pauseHold(live, 'person')).toBe(true)
    expect(live.record.holdLeftMs).toBe(40_000)
    manual.advance(hourMs)
    await turn()
    expect(begun).toEqual([])

    expect(timers.resumeHold(live)).toBe(true)
    manual.advance(39_999)
    await turn()
    expect(begun).toEqual([])
    manual.advance(1)
    await turn()
    expect(begun).toEqual(['batch_1 hold-over'])
  }
)
