/** Enough to tell what a file is. */
const tellingBytes = 64

/** The first bytes of a body, and whether they are all of it. */
export interface Start {
  readonly bytes: Buffer
  readonly isWhole: boolean
}

/**
 * Reads a body to its end if it has at most `mostBytes`. Of a longer one only as much is read as it takes to notice:
 * a few bytes where its length was told beforehand, and never more than `mostBytes` and a chunk.
 */
export const readStart = async (response: Response, mostBytes: number): Promise<Start> => {
  if (response.body === null) return { bytes: Buffer.alloc(0), isWhole: true }
  const isTooLong = Number(response.headers.get('content-length') ?? 0) > mostBytes
  const limit = isTooLong ? tellingBytes : mostBytes
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = response.body.getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength
    chunks.push(part.value)
    if (size <= limit) continue
    // Not awaited: a server that dribbles on must not keep us waiting. The caller aborts the request anyway.
    reader.cancel().catch(() => undefined)
    return { bytes: Buffer.concat(chunks), isWhole: false }
  }
  return { bytes: Buffer.concat(chunks), isWhole: true }
}
