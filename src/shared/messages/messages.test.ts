import { afterEach, describe, expect, it } from 'vitest'
import { wholeCatalogs } from './catalogs.ts'
import de from './de.json'
import { english } from './english.ts'
import { currentLanguage, currentLocale, speak, t } from './messages.ts'
import { pseudoOf } from './pseudo.ts'
import { speakChosen } from './speak-chosen.ts'

const german = { language: 'de', locale: 'de-AT', messages: de }

afterEach(() => speak(english))

describe('messages', () => {
  it('fill in values, with numbers as the person writes them', () => {
    expect(t('library.models', { count: 1 })).toBe('1 model')
    expect(t('library.models', { count: 1_204 })).toBe('1,204 models')
    speak({ ...english, locale: 'en-IN' })
    expect(t('library.models', { count: 120_400 })).toBe('1,20,400 models')
    expect(currentLocale()).toBe('en-IN')
  })

  it('leave what a person or a provider wrote as it is', () => {
    const hostile = "{name} <b>'#'</b> \\u202e {1} {0, plural, other {x}}"
    expect(t('library.deleteNamed', { name: hostile })).toBe(`Delete ${hostile}`)
  })

  it('are spoken in the language that was chosen last', () => {
    const before = t('common.cancel')
    speak(german)
    expect(t('common.cancel')).not.toBe(before)
    expect(t('library.models', { count: 1_204 })).toMatch(/^1.204 /)
    speak(english)
    expect(t('common.cancel')).toBe(before)
  })

  it('are those of the last choice, whichever was loaded first', async () => {
    const system = { preferred: ['en-XA'], region: 'en-US' }
    await Promise.all([
      speakChosen('system', system, wholeCatalogs),
      speakChosen('de', system, wholeCatalogs),
      speakChosen('en-US', system, wholeCatalogs)
    ])
    expect(currentLanguage()).toBe('en-US')
    await speakChosen('system', system, wholeCatalogs)
    expect(currentLanguage()).toBe('en-XA')
  })

  it('are said by their id where they are not there yet, which is reported', async () => {
    const handlers = process.listeners('unhandledRejection')
    process.removeAllListeners('unhandledRejection')
    const reported = new Promise<unknown>((resolve) => process.once('unhandledRejection', resolve))
    speak({ ...english, messages: {} })
    expect(t('common.cancel')).toBe('common.cancel')
    expect(await reported).toEqual(new Error('No message is there for common.cancel'))
    for (const handler of handlers) process.on('unhandledRejection', handler)
  })

  it('can be marked and lengthened, to see what is not among them', () => {
    speak({ ...english, language: 'en-XA', messages: pseudoOf(english.messages) })
    expect(t('common.cancel')).toBe('Çáñçél···')
    expect(t('library.models', { count: 2 })).toMatch(/^2 módéls·+$/)
    expect(t('library.deleteNamed', { name: 'Ann' })).toMatch(/^Délété Ann·+$/)
  })
})
