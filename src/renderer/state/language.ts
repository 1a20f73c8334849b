import { isLanguage, type SystemLanguages } from '../../shared/catalogue/languages.ts'
import type { Settings } from '../../shared/domain/settings.ts'
// Most people's language comes with the first script instead of after it.
import english from '../../shared/messages/en-US.json'
import { currentLanguage } from '../../shared/messages/messages.ts'
import { speakChosen } from '../../shared/messages/speak-chosen.ts'

const addressed = new URLSearchParams(globalThis.location?.search ?? '')

const system: SystemLanguages = {
  preferred: (addressed.get('preferred') ?? '').split(','),
  region: addressed.get('region') ?? 'en-US'
}

/** Makes the window speak the language that was chosen. Answers the tag of the one that is spoken then. */
export const speakInWindow = async (chosen: Settings['language']): Promise<string> => {
  await speakChosen(chosen, system, () => english)
  const language = currentLanguage() ?? 'en-US'
  document.documentElement.lang = language
  return language
}

/** Speaks the language that main put into the page's address. */
export const speakAtStart = (): Promise<string> => {
  const chosen = addressed.get('chosen') ?? 'system'
  return speakInWindow(isLanguage(chosen) ? chosen : 'system')
}
