import { describe, expect, it } from 'vitest'
import { languageFor, localeFor } from './languages.ts'

const system = (...preferred: readonly string[]) => ({ preferred, region: preferred[0] ?? '' })

describe('the language that is spoken', () => {
  it.each([
    [['de-AT', 'en-US'], 'de'],
    [['en-GB'], 'en-US'],
    [['fr-FR', 'de_CH', 'en-US'], 'de'],
    [['fr-FR', 'ja'], 'en-US'],
    [['C'], 'en-US'],
    [[], 'en-US'],
    [['en-XA'], 'en-XA']
  ] as const)('of a system that prefers %j is %s', (preferred, language) => {
    expect(languageFor('system', system(...preferred))).toBe(language)
  })

  it('is the chosen one, whatever the system prefers', () => {
    expect(languageFor('en-US', system('de-DE'))).toBe('en-US')
    expect(languageFor('de', system('en-XA'))).toBe('de')
  })
})

describe('numbers and times', () => {
  const clock = (locale: string): string =>
    new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(
      new Date('2026-03-01T13:05:00Z')
    )

  it('are written as in the region where it speaks the language', () => {
    expect(localeFor('de', 'de-AT')).toBe('de-AT')
    expect(localeFor('en-US', 'en_GB')).toBe('en-GB')
  })

  it('are written as the language does elsewhere, with the hours of the region', () => {
    expect(clock(localeFor('en-US', 'de-DE'))).toBe('13:05')
    expect(clock(localeFor('de', 'en-US'))).toMatch(/1:05/)
    expect(clock(localeFor('en-US', 'en-US'))).toMatch(/^1:05\sPM$/)
  })

  it('are written in some way for a tag that is none', () => {
    expect(clock(localeFor('en-US', 'C'))).toMatch(/1:05/)
    expect(clock(localeFor('de', ''))).toMatch(/:05/)
  })
})
