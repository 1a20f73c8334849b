import {
  isLanguage,
  languageFor,
  localeFor,
  type SystemLanguages
} from '../../shared/catalogue/languages.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import {
  currentLanguage,
  currentLocale,
  type Messages,
  speak
} from '../../shared/messages/messages.ts'

const english = async (): Promise<Messages> =>
  (await import('../../shared/messages/en-US.json')).default

/** English is there from the start; the others are loaded when they are spoken. */
const catalogs = {
  'en-US': english,
  de: async (): Promise<Messages> => (await import('../../shared/messages/de.json')).default,
  'en-XA': async (): Promise<Messages> =>
    (await import('../../shared/messages/pseudo.ts')).pseudoOf(await english())
} as const

const addressed = new URLSearchParams(globalThis.location?.search ?? '')

const system: SystemLanguages = {
  preferred: (addressed.get('preferred') ?? '').split(','),
  region: addressed.get('region') ?? 'en-US'
}

/**
 * From now on the window speaks the language that was chosen. Answers the tag of the language; what is on the screen has
 * to be drawn again.
 */
export const speakChosen = async (chosen: Settings['language']): Promise<string> => {
  const language = languageFor(chosen, system)
  const locale = localeFor(language, system.region)
  if (language !== currentLanguage() || locale !== currentLocale()) {
    speak({ language, locale, messages: await catalogs[language]() })
    document.documentElement.lang = language
  }
  return language
}

/** Speaks the language that main put into the page's address. */
export const speakAtStart = (): Promise<string> => {
  const chosen = addressed.get('chosen') ?? 'system'
  return speakChosen(isLanguage(chosen) ? chosen : 'system')
}
