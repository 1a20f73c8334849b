import { type MessageFormatElement, TYPE } from '@formatjs/icu-messageformat-parser'
import type { CompiledMessage, Messages } from './messages.ts'

/** Letters that are read as the plain one, and show that a text came out of the catalog. */
const marked: Readonly<Record<string, string>> = {
  a: 'á',
  c: 'ç',
  e: 'é',
  i: 'í',
  n: 'ñ',
  o: 'ó',
  u: 'ú',
  y: 'ý',
  A: 'Á',
  C: 'Ç',
  E: 'É',
  I: 'Í',
  N: 'Ñ',
  O: 'Ó',
  U: 'Ú'
}

/** How much longer a text may get in another language. */
const growth = 0.35

const markText = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => marked[letter] ?? letter)

const padding = (length: number): string => '·'.repeat(Math.ceil(length * growth))

const literal = (value: string): MessageFormatElement => ({ type: TYPE.literal, value })

const markElement = (element: MessageFormatElement): MessageFormatElement => {
  if (element.type === TYPE.literal) return literal(markText(element.value))
  if (element.type !== TYPE.plural && element.type !== TYPE.select) return element
  const options: typeof element.options = {}
  for (const [key, option] of Object.entries(element.options)) {
    options[key] = { ...option, value: markAll(option.value) }
  }
  return { ...element, options } as MessageFormatElement
}

const markAll = (elements: readonly MessageFormatElement[]): MessageFormatElement[] => {
  const length = elements.reduce(
    (sum, element) => sum + (element.type === TYPE.literal ? element.value.length : 0),
    0
  )
  return [...elements.map(markElement), literal(padding(length))]
}

const mark = (message: CompiledMessage): CompiledMessage =>
  typeof message === 'string' ? `${markText(message)}${padding(message.length)}` : markAll(message)

/** The messages of another language, with every letter marked and a third longer. */
export const pseudoOf = (messages: Messages): Messages =>
  Object.fromEntries(
    Object.entries(messages).map(([id, message]) => [id, mark(message)])
  ) as unknown as Messages
