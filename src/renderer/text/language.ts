import { isLanguage, languageFor, type SystemLanguages } from '../../shared/catalogue/languages.ts'
import type { Settings } from '../../shared/domain/settings.ts'
// Most people's language comes with the first script instead of after it.
import english from '../../shared/messages/en-US.json?first'
import { currentLanguage } from '../../shared/messages/messages.ts'
import { type Catalogs, speakChosen } from '../../shared/messages/speak-chosen.ts'

const addressed = new URLSearchParams(globalThis.location?.search ?? '')

const system: SystemLanguages = {
  preferred: (addressed.get('preferred') ?? '').split(','),
  region: addressed.get('region') ?? 'en-US'
}

/** What the first script may say. */
const first: Catalogs = {
  'en-US': () => english,
  de: async () => (await import('../../shared/messages/de.json?first')).default
}

/** What the window says besides, in code that is loaded later. */
const later: Catalogs = {
  'en-US': async () => (await import('../../shared/messages/en-US.json?later')).default,
  de: async () => (await import('../../shared/messages/de.json?later')).default
}

const wholeIn = async (language: keyof Catalogs) => {
  const [begun, rest] = await Promise.all([first[language](), later[language]()])
  return { ...begun, ...rest }
}

const whole: Catalogs = { 'en-US': () => wholeIn('en-US'), de: () => wholeIn('de') }

let chosen: Settings['language'] = 'system'
let isWhole = false
let asked: { readonly what: string; readonly spoken: Promise<void> } | null = null

/** Settled when what is wanted now is spoken; the same once more is nothing new. */
const speakWanted = (): Promise<void> => {
  const what = `${languageFor(chosen, system)} ${isWhole}`
  if (asked?.what === what) return asked.spoken
  const spoken = speakChosen(chosen, system, isWhole ? whole : first)
  asked = { what, spoken }
  // What could not be loaded is asked for again.
  spoken.catch(() => {
    if (asked?.spoken === spoken) asked = null
  })
  return spoken
}

/** Speaks what is wanted, and what is wanted meanwhile. */
const speakUntilSettled = async (): Promise<void> => {
  const spoken = speakWanted()
  await spoken
  if (spoken !== speakWanted()) await speakUntilSettled()
}

/** Makes the window speak the language that was chosen. Answers the tag of the one that is spoken then. */
export const speakInWindow = async (next: Settings['language']): Promise<string> => {
  chosen = next
  await speakUntilSettled()
  const language = currentLanguage() ?? 'en-US'
  document.documentElement.lang = language
  return language
}

/** Speaks the language that main put into the page's address, as far as the first script does. */
export const speakAtStart = (): Promise<string> => {
  const atStart = addressed.get('chosen') ?? 'system'
  return speakInWindow(isLanguage(atStart) ? atStart : 'system')
}

/** Settled when the window can say everything, as code that is loaded later does. */
export const speakWhole = (): Promise<void> => {
  isWhole = true
  return speakUntilSettled()
}
