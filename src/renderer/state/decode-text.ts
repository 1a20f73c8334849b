/** A file's text, and how its bytes were read if nothing in it says so. */
export interface DecodedText {
  readonly text: string
  /** A guess, by its name in the Encoding standard; null: the bytes leave no doubt. */
  readonly guessed: string | null
}

const marks: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]]
]

/**
 * What Windows programs write by the language of the computer where they are not asked for Unicode. Source: Microsoft,
 * "Code Page Identifiers".
 */
const codePages: readonly (readonly [RegExp, string])[] = [
  [/^ja/, 'shift_jis'],
  [/^zh-(?:hant|tw|hk|mo)/, 'big5'],
  [/^zh/, 'gb18030'],
  [/^ko/, 'euc-kr'],
  [/^(?:ru|uk|be|bg|sr|mk)/, 'windows-1251'],
  [/^(?:pl|cs|sk|hu|hr|sl|ro|bs|sq)/, 'windows-1250'],
  [/^el/, 'windows-1253'],
  [/^(?:tr|az)/, 'windows-1254'],
  [/^he/, 'windows-1255'],
  [/^(?:ar|fa|ur)/, 'windows-1256'],
  [/^(?:et|lv|lt)/, 'windows-1257'],
  [/^vi/, 'windows-1258'],
  [/^th/, 'windows-874']
]
/** Takes every byte. */
const lastResort = 'windows-1252'

const decodeStrictly = (bytes: Uint8Array, encoding: string): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

const countZeros = (bytes: Uint8Array, from: 0 | 1): number =>
  bytes.reduce((zeros, byte, at) => zeros + (byte === 0 && at % 2 === from ? 1 : 0), 0)

/** UTF-16 without a mark: text in Latin letters has a zero in every other place. */
const unmarkedWide = (bytes: Uint8Array): string | null => {
  const start = bytes.subarray(0, 2_000)
  if (start.length < 8) return null
  const most = start.length * 0.35
  if (countZeros(start, 1) > most && countZeros(start, 0) === 0) return 'utf-16le'
  return countZeros(start, 0) > most && countZeros(start, 1) === 0 ? 'utf-16be' : null
}

/** Bytes that are no text at all, one character each, for whoever knows their format. */
const asCharacters = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

const isBinaryList = (bytes: Uint8Array): boolean =>
  new TextDecoder(lastResort).decode(bytes.subarray(0, 6)) === 'bplist'

/**
 * A dropped file's text: by its mark, else as UTF-8, else by the code page that goes with the computer's `language`
 * (BCP 47), which is a guess. A binary property list comes back with one character for each byte.
 */
export const decodeText = (bytes: Uint8Array, language: string): DecodedText => {
  if (isBinaryList(bytes)) return { text: asCharacters(bytes), guessed: null }
  const marked = marks.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte))?.[0]
  const certain = marked ?? unmarkedWide(bytes)
  if (certain !== null) return { text: new TextDecoder(certain).decode(bytes), guessed: null }
  const text = decodeStrictly(bytes, 'utf-8')
  if (text !== null) return { text, guessed: null }
  const likely = codePages.find(([languages]) => languages.test(language.toLowerCase()))?.[1]
  const guess = likely === undefined ? null : decodeStrictly(bytes, likely)
  return guess === null || likely === undefined
    ? { text: new TextDecoder(lastResort).decode(bytes), guessed: lastResort }
    : { text: guess, guessed: likely }
}
