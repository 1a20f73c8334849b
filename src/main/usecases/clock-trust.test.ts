import { describe, expect, it } from 'vitest'
import { createClockTrust } from './clock-trust.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const startMs = Date.parse('2026-03-01T12:00:00.000Z')
const tavus = 'https://tavusapi.com'
const replicate = 'https://api.replicate.com'

/** A computer whose wall clock can be set, and whose elapsed time may stand still in sleep. */
const start = (seenMs: number | null = null) => {
  let wallMs = startMs
  let elapsedMs = 5_000
  const trust = createClockTrust({
    clock: { nowAt: () => new Date(wallMs).toISOString() },
    elapsedMs: () => elapsedMs,
    seenAt: seenMs === null ? null : new Date(seenMs).toISOString()
  })
  return {
    trust,
    pass: (ms: number) => {
      wallMs += ms
      elapsedMs += ms
    },
    set: (byMs: number) => {
      wallMs += byMs
    },
    /** A server's word, which is right unless `wrongMs` says otherwise. */
    hear: (timeMs: number, origin = tavus) =>
      trust.noteServer(origin, new Date(timeMs).toUTCString()),
    wallMs: () => wallMs,
    wrongMs: () => wallMs - Date.parse(trust.nowAt()),
    doubt: (...origins: string[]) => trust.doubt(origins)
  }
}

describe('the wall clock against the elapsed time', () => {
  it('is believed while both go on alike, for months, and through small steps', () => {
    const desk = start()
    for (let day = 0; day < 200; day += 1) {
      desk.pass(dayMs)
      desk.set(day % 2 === 0 ? 4 * minuteMs : -4 * minuteMs)
      expect(desk.doubt(tavus)).toBeNull()
      expect(desk.wrongMs()).toBe(0)
    }
  })

  it.each([
    ['forward', 8 * dayMs],
    ['back', -8 * dayMs],
    ['forward by an hour, as for summer time by hand', hourMs],
    ['back by an hour', -hourMs]
  ])('is in doubt after it was set %s, and until it is back', (_how, byMs) => {
    const desk = start()
    desk.pass(dayMs)
    desk.set(byMs)
    expect(desk.doubt()).toEqual({ why: 'moved', byMs })
    desk.pass(3 * dayMs)
    expect(desk.doubt()).toEqual({ why: 'moved', byMs })
    expect(desk.wrongMs()).toBe(byMs)
    desk.set(-byMs)
    expect(desk.doubt()).toBeNull()
    expect(desk.wrongMs()).toBe(0)
  })
})

describe('the servers as a witness', () => {
  it('count by their origin alone', () => {
    const desk = start()
    desk.hear(startMs - 8 * dayMs, replicate)
    desk.hear(startMs)
    expect(desk.doubt(tavus)).toBeNull()
    expect(desk.doubt(tavus, replicate)).toEqual({ why: 'differs', byMs: 8 * dayMs })
    expect(desk.wrongMs()).toBe(0)
  })

  it('put a clock right that was wrong from the start', () => {
    const desk = start()
    expect(desk.doubt(tavus)).toBeNull()
    desk.hear(startMs - 8 * dayMs)
    expect(desk.doubt(tavus)).toEqual({ why: 'differs', byMs: 8 * dayMs })
    desk.pass(hourMs)
    expect(desk.wrongMs()).toBe(8 * dayMs)
  })

  it('clear a correction that they foresaw', () => {
    const desk = start()
    desk.hear(startMs + 2 * hourMs)
    desk.pass(minuteMs)
    desk.set(2 * hourMs)
    expect(desk.doubt(tavus)).toBeNull()
    expect(desk.wrongMs()).toBe(0)
  })

  it('clear no jump that they made themselves, as a server on this computer does', () => {
    const desk = start()
    desk.hear(startMs)
    desk.pass(minuteMs)
    desk.set(8 * dayMs)
    desk.hear(desk.wallMs())
    desk.hear(desk.wallMs(), replicate)
    expect(desk.doubt(tavus, replicate)).toEqual({ why: 'moved', byMs: 8 * dayMs })
    expect(desk.wrongMs()).toBe(8 * dayMs)
  })

  it('are not heard if what they say is no date', () => {
    const desk = start()
    desk.trust.noteServer(tavus, 'yesterday')
    expect(desk.doubt(tavus)).toBeNull()
  })
})

describe('sleep', () => {
  it('is no jump where the elapsed time goes on in it', () => {
    const desk = start()
    desk.trust.suspend()
    desk.pass(3 * dayMs)
    desk.trust.resume()
    expect(desk.doubt(tavus)).toBeNull()
  })

  it('that the elapsed time knows nothing of is believed once a server confirms it', () => {
    const desk = start()
    desk.hear(startMs)
    desk.trust.suspend()
    desk.set(3 * dayMs)
    desk.trust.resume()
    expect(desk.doubt(tavus)).toEqual({ why: 'moved', byMs: 3 * dayMs })
    desk.hear(startMs + 3 * dayMs)
    expect(desk.doubt(tavus)).toBeNull()
    expect(desk.wrongMs()).toBe(0)
  })

  it('does not hide that the clock was set meanwhile', () => {
    const desk = start()
    desk.hear(startMs)
    desk.trust.suspend()
    desk.set(8 * dayMs)
    desk.trust.resume()
    desk.hear(startMs)
    expect(desk.doubt(tavus)).toEqual({ why: 'moved', byMs: 8 * dayMs })
    expect(desk.wrongMs()).toBe(8 * dayMs)
  })
})

describe('what an earlier run saw', () => {
  it('says nothing against a clock that is far ahead of it: the app was closed', () => {
    expect(start(startMs - 40 * dayMs).doubt()).toBeNull()
  })

  it('says that the clock was set back, and time goes on from there', () => {
    const desk = start(startMs + 40 * dayMs)
    expect(desk.doubt()).toEqual({ why: 'moved', byMs: -40 * dayMs })
    desk.pass(hourMs)
    expect(desk.wrongMs()).toBe(-40 * dayMs)
  })

  it('counts no longer once a server agrees with the clock', () => {
    const desk = start(startMs + 40 * dayMs)
    desk.hear(startMs)
    expect(desk.doubt(tavus)).toBeNull()
    expect(desk.wrongMs()).toBe(0)
  })

  it('lets the clock be put right later', () => {
    const desk = start(startMs + 40 * dayMs)
    desk.pass(minuteMs)
    desk.set(40 * dayMs)
    expect(desk.doubt()).toBeNull()
  })
})
