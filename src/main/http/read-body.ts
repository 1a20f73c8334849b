import { readBytes } from '../rules/read-bytes.ts'

const startBytes = 4_096

/** Reads a body as text; null if it is larger than `maxBytes`, and then `onTooLarge` is told how it begins. */
export const readBody = async (
  response: Response,
  maxBytes: number,
  onTooLarge?: (start: string) => void
): Promise<string | null> => {
  const bytes = await readBytes(response, maxBytes, (start) =>
    onTooLarge?.(new TextDecoder().decode(start.subarray(0, startBytes)))
  )
  return bytes === null ? null : decode(bytes, response.headers.get('content-type') ?? '')
}

/** A byte order mark wins over the header, an unknown name counts as UTF-8. */
const decode = (bytes: Buffer, contentType: string): string =>
  new TextDecoder(charsetOf(bytes, contentType)).decode(bytes)

const charsetOf = (bytes: Buffer, contentType: string): string => {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  const named = /;\s*charset\s*=\s*"?([A-Za-z0-9_-]{1,40})/i.exec(contentType)?.[1] ?? 'utf-8'
  return isKnownCharset(named) ? named : 'utf-8'
}

const isKnownCharset = (name: string): boolean => {
  try {
    return new TextDecoder(name).encoding !== ''
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
