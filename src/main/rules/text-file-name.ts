/** "consent-Amara-Osei.txt": a name for a text about somebody or something, of letters and digits alone. */
export const textFileName = (prefix: string, name: string, otherwise: string): string => {
  const plain = name
    .slice(0, 80)
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  return `${prefix}-${plain === '' ? otherwise : plain}.txt`
}
