import {
  type Language,
  languageFor,
  localeFor,
  type SystemLanguages
} from '../catalogue/languages.ts'
import { type Messages, speak } from './messages.ts'

const english = async (): Promise<Messages> => (await import('./en-US.json')).default

/** Each is loaded when it is spoken. */
const catalogs = {
  'en-US': english,
  de: async (): Promise<Messages> => (await import('./de.json')).default,
  'en-XA': async (): Promise<Messages> => (await import('./pseudo.ts')).pseudoOf(await english())
} as const

let timesAsked = 0

/** Speaks the language that was chosen once its messages are there, unless another one was chosen meanwhile. */
export const speakChosen = async (
  chosen: Language | 'system',
  system: SystemLanguages
): Promise<void> => {
  timesAsked += 1
  const asked = timesAsked
  const language = languageFor(chosen, system)
  const messages = await catalogs[language]()
  if (asked === timesAsked) {
    speak({ language, locale: localeFor(language, system.region), messages })
  }
}
