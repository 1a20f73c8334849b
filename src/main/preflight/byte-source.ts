/** The bytes of a file that lies elsewhere, read as they are needed. Every read may throw a `ReadFault`. */
export interface ByteSource {
  readonly sizeBytes: number
  /** The bytes from `start` up to `end`, which lies within the file. */
  read(start: number, end: number): Promise<Uint8Array>
  /** True if reading these costs nothing. */
  has(start: number, end: number): boolean
}

/** Bytes of a view without copying them. */
export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
