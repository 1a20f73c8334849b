/**
 * Reads a body, never holding more than `maxBytes` of it; null if there is more. The limit counts what is left
 * after decompression, which is what a compressed bomb would fill the memory with. `onStart` is told what was read first of
 * a body that is too large.
 */
export const readBytes = async (
  response: Response,
  maxBytes: number,
  onStart?: (start: Uint8Array) => void
): Promise<Buffer | null> => {
  if (response.body === null) return Buffer.alloc(0)
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = response.body.getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength
    if (size > maxBytes) {
      // Not awaited: a server that dribbles on must not keep us waiting. The caller aborts the request anyway.
      reader.cancel().catch(() => undefined)
      onStart?.(Buffer.concat([...chunks, part.value]))
      return null
    }
    chunks.push(part.value)
  }
  return Buffer.concat(chunks)
}
