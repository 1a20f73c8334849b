import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { IntlMessageFormat } from 'intl-messageformat'
import type { MessageId, MessageValues } from './message-values.ts'

/** A message that is given nothing. */
export type PlainMessageId = {
  [Id in MessageId]: MessageValues[Id] extends null ? Id : never
}[MessageId]

/** A message as it is compiled at build: text alone, or the elements of an ICU message. */
export type CompiledMessage = string | MessageFormatElement[]

/** Messages of one language: every one, or the part of them that whoever speaks may say. */
export type Messages = Readonly<Partial<Record<MessageId, CompiledMessage>>>

type Given<Id extends MessageId> = MessageValues[Id] extends null ? [] : [MessageValues[Id]]

/** What a voice is made of. */
export interface VoiceParts {
  readonly language: string
  /** Tag (BCP 47) by which numbers, dates and times are written. */
  readonly locale: string
  readonly messages: Messages
}

/** A language that says its messages. */
export interface Voice {
  readonly language: string
  readonly locale: string
  /** The message of this id with its values filled in. */
  say<Id extends MessageId>(id: Id, ...given: Given<Id>): string
  /** A message without values whose id is made of a code, perhaps a provider's; null where none is written. */
  find(id: string): string | null
}

/**
 * What was said before its part of the catalog was there. It is a mistake of ours, and no reason to take the rest of a
 * screen from anyone: nobody handles the rejection, so it is reported.
 */
const reportMissing = (id: string): string => {
  void Promise.reject(new Error(`No message is there for ${id}`))
  return id
}

/** A language, ready to be spoken. Each message is prepared when it is said for the first time. */
export const createVoice = ({ language, locale, messages }: VoiceParts): Voice => {
  const formats = new Map<MessageId, IntlMessageFormat>()
  const formatOf = (id: MessageId, elements: MessageFormatElement[]): IntlMessageFormat => {
    const held = formats.get(id)
    if (held !== undefined) return held
    const made = new IntlMessageFormat(elements, locale)
    formats.set(id, made)
    return made
  }
  return {
    language,
    locale,
    say: (id, ...[values]) => {
      const message = messages[id]
      if (typeof message === 'string') return message
      if (message === undefined) return reportMissing(id)
      return String(formatOf(id, message).format(values as Record<string, string | number>))
    },
    find: (id) => {
      const message: unknown = Object.hasOwn(messages, id) ? messages[id as MessageId] : null
      return typeof message === 'string' ? message : null
    }
  }
}

let voice: Voice | null = null

const spoken = (): Voice => {
  if (voice === null) throw new Error('No language is spoken yet')
  return voice
}

/** From now on `t` answers in this language. What was asked for before keeps its words. */
export const speak = (next: VoiceParts): void => {
  voice = createVoice(next)
}

/** Tag (BCP 47) by which numbers, dates and times are written. */
export const currentLocale = (): string => spoken().locale

/** Tag of the language that `t` answers in; null before one was chosen. */
export const currentLanguage = (): string | null => voice?.language ?? null

/** The message of this id in the language that is spoken, with its values filled in. */
export const t: Voice['say'] = (id, ...given) => spoken().say(id, ...given)

/** A message without values whose id is made of a code, perhaps a provider's; null where none is written. */
export const messageOf: Voice['find'] = (id) => spoken().find(id)
