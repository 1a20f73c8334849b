/** The value of `URL` in each section of a file in the manner of INI files, by the section’s name in lower case. */
const urlsBySection = (text: string): ReadonlyMap<string, string> => {
  const urls = new Map<string, string>()
  let section = ''
  for (const line of text.split(/\r\n|\n|\r/)) {
    section = /^\s*\[(.*)\]\s*$/.exec(line)?.[1]?.toLowerCase() ?? section
    const link = /^\s*URL(?:\[\$e\])?\s*=\s*(.*?)\s*$/i.exec(line)?.[1] ?? ''
    if (link !== '' && !urls.has(section)) urls.set(section, link.replace(/^"(.*)"$/, '$1'))
  }
  return urls
}

/** A run of base64 in UTF-7; null if these letters cannot be one. */
const wideRun = (letters: string): string | null => {
  const bytes = Buffer.from(letters, 'base64')
  const units = Math.floor(bytes.length / 2)
  // What is left over of the last letter holds less than another one.
  if (units === 0 || letters.length * 6 - units * 16 >= 6) return null
  const text = Array.from({ length: units }, (_, at) =>
    String.fromCharCode(bytes.readUInt16BE(at * 2))
  ).join('')
  return /^\P{ASCII}+$/u.test(text) ? text : null
}

/** Windows writes the wide form of an address in UTF-7: `+W0Y-` for what the code page has no letter for. */
const fromUtf7 = (text: string): string =>
  text.replace(/\+([A-Za-z0-9+/]*)-?/g, (whole, letters: string) =>
    letters === '' ? whole.replace('+-', '+') : (wideRun(letters) ?? whole)
  )

/** The address in a shortcut of Windows. In the plain one letters may have become `?`; the wide one has them all. */
export const linkOfShortcut = (text: string): readonly string[] => {
  const urls = urlsBySection(text)
  const wide = urls.get('internetshortcut.w')
  const link = wide === undefined ? urls.get('internetshortcut') : fromUtf7(wide)
  return link === undefined ? [] : [link]
}

/** The address in a link of a Linux desktop. */
export const linkOfDesktopFile = (text: string): readonly string[] => {
  const link = urlsBySection(text).get('desktop entry')
  return link === undefined ? [] : [link]
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'"
}

const decodeEntity = (whole: string, name: string): string => {
  const number = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name)
  if (number === null) return entities[name] ?? whole
  const code = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16)
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole
}

const isLinkHolder = (value: unknown): value is { readonly URL: string } =>
  typeof value === 'object' && value !== null && 'URL' in value && typeof value.URL === 'string'

/** The address in a binary property list, given with one character for each byte. Its reader is loaded with it. */
const linkOfBinaryList = async (text: string): Promise<readonly string[]> => {
  const { parseBuffer } = await import('bplist-parser')
  try {
    const [list] = parseBuffer(Buffer.from(text, 'latin1'))
    return isLinkHolder(list) ? [list.URL] : []
  } catch (error) {
    // Damaged, or no list after all: there is no link in it.
    if (error instanceof Error) return []
    throw error
  }
}

/** The address in a shortcut of macOS: a property list with one key for it, in XML or binary. */
export const linkOfPropertyList = async (text: string): Promise<readonly string[]> => {
  if (text.startsWith('bplist')) return linkOfBinaryList(text)
  const list = text.replace(/<!--[\s\S]*?-->/g, '')
  const value = /<key>\s*URL\s*<\/key>\s*<string>([\s\S]*?)<\/string>/i.exec(list)?.[1] ?? ''
  const literal = /^\s*<!\[CDATA\[([\s\S]*?)\]\]>\s*$/.exec(value)?.[1]
  const link = literal ?? value.replace(/&([^;\s]{1,10});/g, decodeEntity)
  return link.trim() === '' ? [] : [link.trim()]
}
