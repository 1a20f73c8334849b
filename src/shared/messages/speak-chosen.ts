import {
  type Language,
  languageFor,
  localeFor,
  type SystemLanguages
} from '../catalogue/languages.ts'
import { type Messages, speak } from './messages.ts'

type English = () => Messages | Promise<Messages>

const loadEnglish: English = async () => (await import('./en-US.json')).default

/** Each is loaded when it is spoken. */
const catalogs = {
  'en-US': async (english: English): Promise<Messages> => english(),
  de: async (): Promise<Messages> => (await import('./de.json')).default,
  'en-XA': async (english: English): Promise<Messages> =>
    (await import('./pseudo.ts')).pseudoOf(await english())
} as const

let timesAsked = 0

/**
 * Speaks the language that was chosen once its messages are there, unless another one was chosen meanwhile. `english`:
 * where those are that need not be loaded.
 */
export const speakChosen = async (
  chosen: Language | 'system',
  system: SystemLanguages,
  english: English = loadEnglish
): Promise<void> => {
  timesAsked += 1
  const asked = timesAsked
  const language = languageFor(chosen, system)
  const messages = await catalogs[language](english)
  if (asked === timesAsked) {
    speak({ language, locale: localeFor(language, system.region), messages })
  }
}
