import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { IntlMessageFormat } from 'intl-messageformat'
import enUS from './en-US.json'
import type { MessageId, MessageValues } from './message-values.ts'

/** A message that is given nothing. */
export type PlainMessageId = {
  [Id in MessageId]: MessageValues[Id] extends null ? Id : never
}[MessageId]

/** A message as it is compiled at build: text alone, or the elements of an ICU message. */
export type CompiledMessage = string | MessageFormatElement[]

/** Every message of one language. */
export type Messages = Readonly<Record<MessageId, CompiledMessage>>

interface Voice {
  readonly language: string
  /** Tag (BCP 47) by which numbers, dates and times are written. */
  readonly locale: string
  readonly messages: Messages
}

const english: Voice = { language: 'en-US', locale: 'en-US', messages: enUS }

let voice = english
const formats = new Map<MessageId, IntlMessageFormat>()

/** From now on `t` answers in this language. What was asked for before keeps its words. */
export const speak = (next: Voice): void => {
  voice = next
  formats.clear()
}

/** Tag (BCP 47) by which numbers, dates and times are written. */
export const currentLocale = (): string => voice.locale

/** Tag of the language that `t` answers in. */
export const currentLanguage = (): string => voice.language

const formatOf = (id: MessageId, elements: MessageFormatElement[]): IntlMessageFormat => {
  const held = formats.get(id)
  if (held !== undefined) return held
  const made = new IntlMessageFormat(elements, voice.locale)
  formats.set(id, made)
  return made
}

type Given<Id extends MessageId> = MessageValues[Id] extends null ? [] : [MessageValues[Id]]

/** The message of this id in the language that is spoken, with its values filled in. */
export const t = <Id extends MessageId>(id: Id, ...[values]: Given<Id>): string => {
  const message = voice.messages[id]
  if (typeof message === 'string') return message
  return String(formatOf(id, message).format(values as Record<string, string | number>))
}

/** A message without values whose id is put together from a code, perhaps a provider's; null where none is written. */
export const messageOf = (id: string): string | null => {
  const message: unknown = Object.hasOwn(voice.messages, id)
    ? voice.messages[id as MessageId]
    : null
  return typeof message === 'string' ? message : null
}

/** The same in English, whatever language is spoken: for what is signed and compared. */
export const inEnglish = <Id extends MessageId>(id: Id, ...[values]: Given<Id>): string => {
  const message = english.messages[id]
  if (typeof message === 'string') return message
  const format = new IntlMessageFormat(message, english.locale)
  return String(format.format(values as Record<string, string | number>))
}

/** Whether an id, made of what came from elsewhere, is one of a message that is given nothing. */
export const isPlainMessage = (id: string): id is PlainMessageId =>
  Object.hasOwn(english.messages, id) && typeof english.messages[id as MessageId] === 'string'
