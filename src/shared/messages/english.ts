import messages from './en-US.json'
import { createVoice, type VoiceParts } from './messages.ts'

/** The language that the others are translated from. */
export const english: VoiceParts = { language: 'en-US', locale: 'en-US', messages }

/** English whatever language is spoken, for what is signed and compared. */
export const englishVoice = createVoice(english)
