import { fitFileName } from '../rules/file-name.ts'

/** Keeps letters, digits and a few signs that every file system takes, and no more than 60 characters. */
export const safeName = (text: string): string =>
  fitFileName(
    [
      ...text
        .normalize('NFC')
        .replace(/[^\p{L}\p{M}\p{N}._ -]/gu, '_')
        .replace(/\s+/g, ' ')
    ]
      .slice(0, 60)
      .join('')
  )
