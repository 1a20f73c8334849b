import {
  type Language,
  languageFor,
  localeFor,
  pseudoLanguage,
  type SystemLanguages
} from '../catalogue/languages.ts'
import { type Messages, speak } from './messages.ts'

/** Where the messages of each language are. */
export type Catalogs = Readonly<Record<Language, () => Messages | Promise<Messages>>>

const messagesIn = async (
  language: Language | typeof pseudoLanguage,
  catalogs: Catalogs
): Promise<Messages> => {
  if (language !== pseudoLanguage) return catalogs[language]()
  return (await import('./pseudo.ts')).pseudoOf(await catalogs['en-US']())
}

let timesAsked = 0

/** Speaks the language that was chosen once its messages are there, unless another one was chosen meanwhile. */
export const speakChosen = async (
  chosen: Language | 'system',
  system: SystemLanguages,
  catalogs: Catalogs
): Promise<void> => {
  timesAsked += 1
  const asked = timesAsked
  const language = languageFor(chosen, system)
  const messages = await messagesIn(language, catalogs)
  if (asked === timesAsked) {
    speak({ language, locale: localeFor(language, system.region), messages })
  }
}
