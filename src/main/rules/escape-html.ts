const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
}

/** HTML that is known to be safe; plain text never is of this type. */
export class Html {
  readonly markup: string
  constructor(markup: string) {
    this.markup = markup
  }
}

export type HtmlPart = Html | string | number | null | readonly HtmlPart[]

/** Control characters have no look, and those that turn the writing direction reach beyond their own text. */
const unseen = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu

const markupOf = (part: HtmlPart): string => {
  if (part === null) return ''
  if (part instanceof Html) return part.markup
  if (typeof part === 'object') return part.map(markupOf).join('')
  return String(part)
    .replace(unseen, ' ')
    .replace(/[&<>"']/g, (char) => entities[char] ?? '')
}

/** Markup with everything put into it escaped, unless it is markup itself. */
export const html = (strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html =>
  new Html(strings.map((text, index) => text + markupOf(parts[index] ?? null)).join(''))

/** Stands in a message for a value that is markup; nothing that is shown holds this character. */
const mark = '\u0000'

/** The place of a value that is markup. */
export const slot = (name: string): string => `${mark}${name}${mark}`

/** A message with markup, or with what others wrote, in the slots that it was given. */
export const filled = (message: string, parts: Readonly<Record<string, HtmlPart>>): Html =>
  html`${message.split(mark).map((piece, index) => (index % 2 === 0 ? piece : (parts[piece] ?? null)))}`
