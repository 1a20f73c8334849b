import { withoutHiddenCharacters } from './hidden-characters.ts'

const MAX_LENGTH = 80
const ENDING = /\.[a-z][a-z0-9]{1,4}$/i

/** A checksum, a number or a random id says nothing about whose face it is. */
const isMeaningless = (words: string): boolean => {
  const joined = words.replaceAll(' ', '')
  if (!/\p{Letter}/u.test(joined)) return true
  if (/^[0-9a-f]{8,}$/i.test(joined) && /\d/.test(joined)) return true
  return !words.includes(' ') && joined.length >= 20 && /\d/.test(joined)
}

/** Proposes a replica's name from a file name: `priya-take3.mp4` gives "Priya Take3"; empty if it says nothing. */
export const nameFromLink = (fileName: string): string => {
  const words = withoutHiddenCharacters(fileName)
    .replace(ENDING, '')
    .replace(/[\s._+-]+/g, ' ')
    .trim()
  if (isMeaningless(words)) return ''
  const capitals = words.replace(/(?<=^| )\p{Letter}/gu, (letter) => letter.toLocaleUpperCase('en'))
  return [...capitals].slice(0, MAX_LENGTH).join('').trim()
}
