import { expect, it } from 'vitest'
import type { Agenda, AgendaEntry } from '../shared/domain/agenda.ts'
import { promisedLines, trayState, trayTemplate } from './tray-template.ts'

const nowMs = Date.parse('2026-03-01T12:00:00.000Z')

const entry = (change: Partial<AgendaEntry>): AgendaEntry => ({
  kind: 'training',
  dueAt: null,
  name: 'Amara Osei',
  count: 1,
  isPromised: true,
  ...change
})

const upkeep = entry({ kind: 'upkeep', name: '', isPromised: false })

const agenda = (entries: AgendaEntry[], isPaused = false): Agenda => ({ entries, isPaused })

const templateOf = (shown: Agenda, onChosen: (what: string) => void = () => undefined) =>
  trayTemplate(shown, nowMs, {
    open: () => onChosen('open'),
    pause: () => onChosen('pause'),
    resume: () => onChosen('resume'),
    quit: () => onChosen('quit')
  })

const labels = (shown: Agenda) => templateOf(shown).flatMap(({ label }) => label ?? [])

it('says what is due next, and nothing of the upkeep', () => {
  expect(labels(agenda([upkeep]))).toEqual([
    'Nothing planned',
    'Open Replica Desk',
    'Pause everything',
    'Quit'
  ])
  const several = agenda([entry({}), entry({ kind: 'upload', name: 'a.mp4' }), upkeep])
  expect(labels(several).slice(0, 2)).toEqual([
    'Watch Amara Osei until it finishes – now',
    'Upload a.mp4 – now'
  ])
  expect(trayState(several, nowMs)).toBe('Watch Amara Osei until it finishes – now')
})

it('says when, and the year only where it is another one', () => {
  const dueAt = '2026-03-04T12:00:00.000Z'
  const [line = ''] = promisedLines(agenda([entry({ kind: 'scheduled', dueAt })]), nowMs)
  expect(line).toMatch(/^Delete permanently: Amara Osei – Mar [345], .+/)
  expect(line).not.toContain('2026')
  const later = entry({ kind: 'check', dueAt: '2027-01-20T12:00:00.000Z' })
  expect(promisedLines(agenda([later]), nowMs)[0]).toContain('2027')
})

it('shows no more lines than are read, and a name as it is', () => {
  const many = Array.from({ length: 9 }, () => entry({ name: 'Q&A' }))
  const lines = labels(agenda(many)).filter((label) => label.startsWith('Watch'))
  expect(lines).toHaveLength(4)
  // One ampersand would mark a key.
  expect(lines[0]).toContain('Q&&A')
})

it.each([
  [false, ['open', 'pause', 'quit']],
  [true, ['open', 'resume', 'quit']]
])('paused: %s, it offers %s', (isPaused, offered) => {
  const chosen: string[] = []
  const template = templateOf(agenda([entry({})], isPaused), (what) => chosen.push(what))
  for (const { click } of template) (click as (() => void) | undefined)?.()
  expect(chosen).toEqual(offered)
  expect(template.flatMap(({ label }) => label ?? []).includes('Paused')).toBe(isPaused)
})
