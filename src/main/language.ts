import { app } from 'electron'
import { languageFor, localeFor, type SystemLanguages } from '../shared/catalogue/languages.ts'
import type { Settings } from '../shared/domain/settings.ts'
import german from '../shared/messages/de.json'
import english from '../shared/messages/en-US.json'
import { speak } from '../shared/messages/messages.ts'
import { pseudoOf } from '../shared/messages/pseudo.ts'

const catalogs = {
  'en-US': () => english,
  de: () => german,
  'en-XA': () => pseudoOf(english)
} as const

/** What the system says of the person; `--lang` comes before it. */
export const readSystemLanguages = (): SystemLanguages => {
  const asked = app.commandLine.getSwitchValue('lang')
  const preferred = app.getPreferredSystemLanguages()
  if (asked === '') return { preferred, region: app.getSystemLocale() }
  return { preferred: [asked, ...preferred], region: asked }
}

/** What is chosen and what the system says, as the page finds it in its address. */
export const languageQuery = (
  chosen: Settings['language'],
  { preferred, region }: SystemLanguages
): string => new URLSearchParams({ chosen, preferred: preferred.join(','), region }).toString()

/** From now on main speaks the language that was chosen. */
export const speakChosen = (chosen: Settings['language'], system: SystemLanguages): void => {
  const language = languageFor(chosen, system)
  speak({ language, locale: localeFor(language, system.region), messages: catalogs[language]() })
}
