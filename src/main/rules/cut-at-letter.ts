const letters = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** In the longer of the two spellings that file systems use. */
const bytesOf = (letter: string): number =>
  Math.max(Buffer.byteLength(letter), Buffer.byteLength(letter.normalize('NFD')))

/**
 * The beginning of a text that takes at most so many characters, and so many bytes in UTF-8 however its accents are
 * spelled, and ends where a letter, with all that belongs to it, ends.
 */
export const cutAtLetter = (text: string, mostCharacters: number, mostBytes: number): string => {
  let bytes = 0
  let characters = 0
  for (const { segment, index } of letters.segment(text)) {
    bytes += bytesOf(segment)
    characters += [...segment].length
    if (bytes > mostBytes || characters > mostCharacters) return text.slice(0, index)
  }
  return text
}
