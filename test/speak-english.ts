import { english } from '../src/shared/messages/english.ts'
import { speak } from '../src/shared/messages/messages.ts'

// The app speaks a language before it shows anything; so do its tests.
speak(english)
