import { afterEach, describe, expect, it } from 'vitest'
import de from '../../shared/messages/de.json'
import { english } from '../../shared/messages/english.ts'
import { speak } from '../../shared/messages/messages.ts'
import {
  anyOf,
  clockTime,
  dayHeading,
  exactTime,
  number,
  percent,
  relativeTime,
  secondsShort,
  shortDate,
  spanShort,
  waitWords,
  whenText
} from './time-words.ts'

const speakIn = (locale: string) =>
  locale.startsWith('de')
    ? speak({ language: 'de', locale, messages: de })
    : speak({ ...english, locale })

afterEach(() => speak(english))

const zone = 'UTC'
const midnight = '2026-11-30T00:07:09.000Z'
const evening = '2026-11-30T17:05:00.000Z'
const nowMs = Date.parse('2026-11-30T12:00:00.000Z')

/** Locales put narrow and wide spaces. */
const spaced = (text: string): string => text.replace(/\s/g, ' ')

describe('a time of day', () => {
  it.each([
    ['en-US', '12:07 AM', '5:05 PM'],
    ['en-GB', '00:07', '17:05'],
    ['en-IN', '12:07 am', '5:05 pm'],
    ['de-DE', '00:07', '17:05'],
    ['de-AT', '00:07', '17:05']
  ])('has 12 or 24 hours, as people in %s write it', (locale, early, late) => {
    speakIn(locale)
    expect(spaced(clockTime(midnight, zone))).toBe(early)
    expect(spaced(clockTime(evening, zone))).toBe(late)
  })
})

describe('a date', () => {
  it('has the order and the names of the language', () => {
    expect(spaced(exactTime(evening, zone))).toBe('November 30, 2026 at 5:05:00 PM')
    expect(dayHeading('2026-11-18T12:00:00.000Z', nowMs, zone)).toBe('November 18')
    expect(shortDate('2026-09-18T12:00:00.000Z')).toBe('Sep 18, 2026')
    speakIn('de-DE')
    expect(exactTime(evening, zone)).toBe('30. November 2026 um 17:05:00')
    expect(dayHeading('2026-11-18T12:00:00.000Z', nowMs, zone)).toBe('18. November')
  })

  it('is named within a sentence where it is near', () => {
    const tomorrow = '2026-12-01T17:05:00.000Z'
    const later = '2026-12-18T17:05:00.000Z'
    const all = () => [evening, tomorrow, later].map((at) => spaced(whenText(at, nowMs, zone)))
    expect(all()).toEqual(['today at 5:05 PM', 'tomorrow at 5:05 PM', 'December 18 at 5:05 PM'])
    speakIn('de-DE')
    expect(all()).toEqual(['heute um 17:05', 'morgen um 17:05', 'am 18. Dezember um 17:05'])
  })
})

describe('a span', () => {
  it('is in the words of the language', () => {
    const all = () => [
      waitWords(61_000),
      relativeTime('2026-11-30T09:00:00.000Z', nowMs),
      relativeTime(new Date(nowMs - 1_000).toISOString(), nowMs),
      spanShort(3_600_000),
      spanShort(2_400_000),
      secondsShort(8_400)
    ]
    expect(all()).toEqual(['61 seconds', '3 hours ago', 'just now', '1 hr', '40 min', '9 sec'])
    expect(spanShort(59_000)).toBeNull()
    speakIn('de-DE')
    expect(all()).toEqual([
      '61 Sekunden',
      'vor 3 Stunden',
      'gerade eben',
      '1 Std.',
      '40 Min.',
      '9 Sek.'
    ])
  })
})

describe('a number', () => {
  it('is written as the locale writes it', () => {
    const all = () => [number(1_204), percent(17.6)].map(spaced)
    expect(all()).toEqual(['1,204', '18%'])
    speakIn('de-DE')
    expect(all()).toEqual(['1.204', '18 %'])
  })
})

describe('one of several', () => {
  it('is told as such', () => {
    expect(anyOf(['Tavus', 'Replicate'])).toBe('Tavus or Replicate')
    speakIn('de-DE')
    expect(anyOf(['Tavus', 'Replicate'])).toBe('Tavus oder Replicate')
  })
})
