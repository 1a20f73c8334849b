import { cutAtLetter } from './cut-at-letter.ts'

const mostCharacters = 80
/** File systems take 255 bytes; an ending, a number in brackets and what a browser adds has to fit as well. */
const mostBytes = 200

/** Names that Windows keeps for devices, with or without an ending. */
const deviceName = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[\d¹²³])\s*(?:\.|$)/i

/** Ends short enough and with nothing that Windows takes off; never a device of it. May be empty. */
export const fitFileName = (plain: string): string => {
  const short = cutAtLetter(plain, mostCharacters, mostBytes).replace(/^[. ]+|[. ]+$/g, '')
  return deviceName.test(short) ? `_${short}` : short
}

const withoutSigns = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '')
    .replace(/[\\/:*?"<>|]/g, '_')
    .trim()

/**
 * A person's name as the name of a file that every system takes: no separators, no controls, nothing that turns the
 * direction of writing round, no device of Windows, at most 200 bytes. `fallback`, made fit in the same way, if nothing
 * is left.
 */
export const fileNameOf = (name: string, fallback: string): string =>
  fitFileName(withoutSigns(name)) || fitFileName(withoutSigns(fallback))
