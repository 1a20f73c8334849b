/** What came of reading a body. `too-large` has stopped reading. */
export type BodyText = { readonly text: string } | { readonly tooLarge: true }

/**
 * Reads a body as text, never holding more than `maxBytes` of it. The limit counts what is left after
 * decompression, which is what a compressed bomb would fill the memory with.
 */
export const readBody = async (response: Response, maxBytes: number): Promise<BodyText> => {
  if (response.body === null) return { text: '' }
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = response.body.getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength
    if (size > maxBytes) {
      // Not awaited: a server that dribbles on must not keep us waiting.
      reader.cancel().catch(() => undefined)
      return { tooLarge: true }
    }
    chunks.push(part.value)
  }
  return { text: decode(Buffer.concat(chunks), response.headers.get('content-type') ?? '') }
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
