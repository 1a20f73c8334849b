import { describe, expect, it } from 'vitest'
import { agendaLine, agendaText, agendaTime } from './agenda-words.ts'

const nowMs = Date.parse('2026-03-01T12:00:00.000Z')

describe('agendaTime', () => {
  it.each([
    ['2026-03-04T12:00:00.000Z', 'UTC', /^Mar 4, 12:00/],
    // The same instant is another time elsewhere, and another day.
    ['2026-03-04T12:00:00.000Z', 'Pacific/Kiritimati', /^Mar 5, 2:00/],
    // Clocks go forward in between.
    ['2026-03-29T00:30:00.000Z', 'Europe/Berlin', /^Mar 29, 1:30/],
    ['2026-03-29T01:30:00.000Z', 'Europe/Berlin', /^Mar 29, 3:30/],
    ['2027-01-01T00:30:00.000Z', 'UTC', /^Jan 1, 2027, 12:30/],
    // It is still this year there.
    ['2027-01-01T00:30:00.000Z', 'America/New_York', /^Dec 31, 7:30/]
  ])('of %s in %s', (at, zone, text) => {
    expect(agendaTime(at, nowMs, zone)).toMatch(text)
  })
})

describe('agendaText', () => {
  it.each([
    [{ kind: 'scheduled', name: 'Amara Osei', count: 1 }, 'Delete permanently: Amara Osei'],
    [{ kind: 'held', name: '', count: 3 }, 'Delete 3 items'],
    [{ kind: 'check', name: '', count: 1 }, 'Check that 1 item is still deleted'],
    [{ kind: 'link', name: '', count: 2 }, 'Renew the links of 2 uploaded videos'],
    [{ kind: 'upkeep', name: '', count: 1 }, 'Check and back up the database']
  ] as const)('of %o', (entry, text) => {
    expect(agendaText(entry)).toBe(text)
  })

  it('cuts a long name', () => {
    const text = agendaText({ kind: 'upload', name: 'a'.repeat(300), count: 1 })
    expect(text).toBe(`Upload ${'a'.repeat(60)}…`)
  })
})

it('what is late is said to be now, as it is about to begin', () => {
  const entry = { kind: 'upload', name: 'a.mp4', count: 1, isPromised: true } as const
  for (const dueAt of ['2026-03-01T11:00:00.000Z', null]) {
    expect(agendaLine({ ...entry, dueAt }, nowMs, false)).toBe('Upload a.mp4 – now')
    expect(agendaLine({ ...entry, dueAt }, nowMs, true)).toBe('Upload a.mp4')
  }
})
