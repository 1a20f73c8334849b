/** Controls, marks that turn the reading direction, and characters of no width: none belongs in a link. */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/gu

export const hasHiddenCharacters = (text: string): boolean => text.search(HIDDEN) !== -1

export const withoutHiddenCharacters = (text: string): string => text.replace(HIDDEN, '')
