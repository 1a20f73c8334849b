/** Inside `blob:https://…` there is no link to what is meant. */
const LINK = /(?<!(?:blob|filesystem|view-source):)https?:\/\/[^\s<>"'`]+/gi
/** A second link right behind a separator begins a new one. */
const NEXT_LINK = /[,;|](?=https?:\/\/)/i
const CLOSERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }
/** What people drop or paste in place of a link; shown, so that it can be said why it does not work. */
const NOT_A_LINK =
  /^(?:(?:file|javascript|vbscript|data|blob|smb|app|media|ftps?|sftp|s3|gs|about):\S.*|https?:\S+|[a-z]:[\\/].*|\\\\\S.*)$/i

const count = (text: string, character: string): number => text.split(character).length - 1

/** Takes away what belongs to the sentence around a link. */
const trimEnd = (link: string): string => {
  let text = link
  for (;;) {
    const last = text.at(-1) ?? ''
    const opener = CLOSERS[last]
    const isUnpaired = opener !== undefined && count(text, last) > count(text, opener)
    if (!isUnpaired && !/[.,;:!?…”’»]/.test(last)) return text
    if (text === '') return text
    text = text.slice(0, -1)
  }
}

const unquote = (line: string): string => line.replace(/^["'`<“‘«]+|["'`>”’»]+$/g, '').trim()

const linksInLine = (line: string): readonly string[] => {
  const found = (line.match(LINK) ?? []).flatMap((text) => text.split(NEXT_LINK)).map(trimEnd)
  if (found.length > 0) return found
  const whole = unquote(line)
  return NOT_A_LINK.test(whole) ? [whole] : []
}

const isMarkup = (text: string): boolean => /<[a-z!/][^>]*>/i.test(text)

/**
 * The links in a text that was dropped or pasted, in order, each once. Reads lists of addresses with comments, quoted
 * and separated ones, sentences and markup.
 */
export const findLinks = (text: string): string[] => {
  const readable = isMarkup(text) ? text.replaceAll('&amp;', '&') : text
  const links = new Set<string>()
  for (const line of readable.split(/\r\n|\n|\r/)) {
    const trimmed = line.trim()
    if (trimmed === '' || trimmed.startsWith('#')) continue
    for (const link of linksInLine(trimmed)) links.add(link)
  }
  return [...links]
}
