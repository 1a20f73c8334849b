/** Letters of the Latin script that do not decompose, as people type them who lack them. Source: Unicode CLDR, Latin-ASCII. */
const plainLatin: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŧ: 't',
  ŋ: 'n',
  ĸ: 'k',
  ə: 'e'
}

/** Signs that typing and typesetting tell apart and people do not. */
const plainSigns: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  ʼ: "'",
  '‐': '-',
  '‑': '-',
  '–': '-',
  '—': '-',
  ς: 'σ'
}

const special = new RegExp(`[${Object.keys({ ...plainLatin, ...plainSigns }).join('')}]`, 'gu')
const accented = /[\p{Script=Latin}\p{Script=Greek}][\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF]*/gu
/** Soft hyphens, marks of direction and their like: they cannot be seen, and come along when text is copied. */
const unseen = /[\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu

/**
 * Text as it is compared wherever people search or a rule reads names: without case anywhere, without accents in Latin
 * and Greek alone. Elsewhere a mark is a letter of its own, and a Hangul syllable stays whole. The same on every
 * machine, whatever its language.
 */
export const folded = (text: string): string =>
  text
    .replaceAll('\0', ' ')
    .normalize('NFKC')
    .replace(unseen, '')
    .toLowerCase()
    .replace(accented, (letter) => letter.normalize('NFD').replace(/\p{M}/gu, ''))
    .replace(special, (sign) => plainLatin[sign] ?? plainSigns[sign] ?? sign)
    .normalize('NFC')

/** Words end at spaces in these scripts; in all others a word may stand anywhere, so each letter counts for itself. */
const spaced =
  '\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}\\p{Script=Armenian}\\p{Script=Georgian}\\p{Script=Common}'
const piece = new RegExp(
  `(?:(?=[${spaced}])[\\p{L}\\p{N}]\\p{M}*)+|[\\p{L}\\p{N}]\\p{M}*|[\\uE000-\\uF8FF]`,
  'gu'
)

/**
 * What text is searched by, in order: whole words in scripts that part them by spaces, single letters with their
 * marks in all others. Text is found by words whose pieces stand in it side by side, the last one perhaps begun only.
 */
export const searchPieces = (text: string): readonly string[] => folded(text).match(piece) ?? []

/** True if each word that was typed begins a word of the text; in scripts without spaces, if it stands in it anywhere. */
export const isFoundIn = (text: string, search: string): boolean => {
  const within = ` ${searchPieces(text).join(' ')}`
  return search
    .split(/\s+/u)
    .map(searchPieces)
    .every((pieces) => within.includes(pieces.length === 0 ? '' : ` ${pieces.join(' ')}`))
}

const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** True if a name goes on across this place, so that what ends or begins here is only part of a longer one. */
const isJoined = (left: string, right: string): boolean => {
  if (/\p{M}/u.test(right)) return true
  if (unspaced.test(left) || unspaced.test(right)) return false
  const areBoth = (kind: RegExp) => kind.test(left) && kind.test(right)
  return areBoth(/[\p{L}\p{M}]/u) || areBoth(/\p{N}/u)
}

/**
 * True if the text holds this name, as a whole: “Ann” is not in “Joanna”, nor “이수” in “이수진”. Where words are not
 * parted by spaces it may stand anywhere between two letters.
 */
export const holdsName = (text: string, name: string): boolean => {
  const letters = [...folded(text)]
  const wanted = [...folded(name).trim()]
  if (wanted.length === 0) return false
  return letters.some((_, start) => {
    const end = start + wanted.length
    if (!wanted.every((letter, index) => letters[start + index] === letter)) return false
    return (
      !isJoined(letters[start - 1] ?? ' ', letters[start] ?? ' ') &&
      !isJoined(letters[end - 1] ?? ' ', letters[end] ?? ' ')
    )
  })
}
