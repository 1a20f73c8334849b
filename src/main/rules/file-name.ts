const mostCharacters = 80

/** Names that Windows keeps for devices, with or without an ending. */
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/**
 * A person's name as the name of a file that every system takes: no separators, no controls, nothing that turns the
 * direction of writing round, no device of Windows. `fallback` if nothing is left.
 */
export const fileNameOf = (name: string, fallback: string): string => {
  const plain = name
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '')
    .replace(/[\\/:*?"<>|]/g, '_')
    .trim()
  const short = [...plain]
    .slice(0, mostCharacters)
    .join('')
    .replace(/^\.+|[. ]+$/g, '')
  if (short === '') return fallback
  return deviceName.test(short) ? `_${short}` : short
}
