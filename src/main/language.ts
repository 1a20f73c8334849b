import { app } from 'electron'
import type { SystemLanguages } from '../shared/catalogue/languages.ts'
import type { Settings } from '../shared/domain/settings.ts'

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
