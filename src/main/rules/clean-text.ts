/** Control characters and broken surrogates would not survive the database, nor the chain of hashes. */
export const cleanText = (text: string, maxLength: number): string =>
  text
    .slice(0, maxLength)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: taking them out is the purpose
    .replace(/[\u0000-\u001f\u007f]/g, ' ')
    .replace(/\p{Surrogate}/gu, '\ufffd')

/** Like `cleanText`, but lines stay lines, for a longer text is read by people. */
export const cleanLines = (text: string, maxLength: number): string =>
  text
    .slice(0, maxLength)
    .split(/\r\n|\r|\n/)
    .map((line) => cleanText(line, maxLength))
    .join('\n')
