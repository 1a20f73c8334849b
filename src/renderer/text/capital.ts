/** Words of ours at the start of a sentence; never a name, which is written as its owner writes it. */
export const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
