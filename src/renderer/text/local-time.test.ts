import { describe, expect, it } from 'vitest'
import { firstOffer, toRunAt } from '../features/deletion/run-at.ts'
import { instantsOf, toField } from './local-time.ts'
import { clockTime, dayAndTime, dayHeading } from './time-words.ts'

const hourMs = 3_600_000
const ms = (at: string): number => Date.parse(at)

/** Zones with and without summer time, ahead and behind, and with odd parts of an hour. */
const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'America/Sao_Paulo'
]

describe.each(zones)('in %s', (zone) => {
  const everyNow = (stepMs: number): readonly number[] => {
    const startMs = ms('2026-01-01T00:00:00Z')
    return Array.from(
      { length: (365 * 24 * hourMs) / stepMs },
      (_, step) => startMs + step * stepMs
    )
  }

  it('a time of any hour of the year comes back as itself', () => {
    const lost = everyNow(1.25 * hourMs).filter(
      (at) => !instantsOf(toField(at, zone), zone).includes(at)
    )
    expect(lost).toEqual([])
  })

  it('what is offered first can always be chosen, whenever it is', () => {
    const lost = everyNow(1.75 * hourMs).filter(
      (at) => toRunAt(firstOffer(at, zone), at, zone) === null
    )
    expect(lost).toEqual([])
  })
})

describe('a day on which clocks go back', () => {
  const zone = 'America/New_York'

  it('has an hour that stands for two instants', () => {
    expect(instantsOf('2026-11-01T01:30', zone)).toEqual([
      ms('2026-11-01T05:30:00Z'),
      ms('2026-11-01T06:30:00Z')
    ])
  })

  it('schedules by the second of them if the first is too soon', () => {
    const nowMs = ms('2026-10-31T06:00:00Z')
    expect(toRunAt('2026-11-01T01:30', nowMs, zone)).toBe('2026-11-01T06:30:00.000Z')
  })

  it('is one day of the timeline, though it is 25 hours long', () => {
    const nowMs = ms('2026-11-02T04:30:00Z')
    expect(dayHeading('2026-11-01T04:10:00Z', nowMs, zone)).toBe('Today')
    expect(dayHeading('2026-11-01T03:50:00Z', nowMs, zone)).toBe('Yesterday')
  })
})

describe('a day on which clocks go forward', () => {
  const zone = 'Europe/Berlin'

  it('takes a time that is left out for the one an hour later', () => {
    expect(instantsOf('2026-03-29T02:30', zone)).toEqual([ms('2026-03-29T01:30:00Z')])
    expect(toField(ms('2026-03-29T01:30:00Z'), zone)).toBe('2026-03-29T03:30')
  })

  it('is one day of the timeline, though it is 23 hours long', () => {
    const nowMs = ms('2026-03-29T21:50:00Z')
    expect(dayHeading('2026-03-28T23:10:00Z', nowMs, zone)).toBe('Today')
    expect(dayHeading('2026-03-28T22:50:00Z', nowMs, zone)).toBe('Yesterday')
  })
})

/** Locales put narrow and wide spaces. */
const spaced = (text: string): string => text.replace(/\s/g, ' ')

it('an instant is shown in the time of the place', () => {
  const at = '2026-11-23T23:05:00Z'
  const nowMs = ms('2026-11-24T10:00:00Z')
  expect(spaced(clockTime(at, 'Europe/Berlin'))).toBe('12:05 AM')
  expect(spaced(dayAndTime(at, nowMs, 'Europe/Berlin'))).toBe('Today, 12:05 AM')
  expect(spaced(dayAndTime(at, nowMs, 'America/New_York'))).toBe('Yesterday, 6:05 PM')
})
