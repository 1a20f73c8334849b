/** The bytes of a file that lies elsewhere, read as they are needed. Every read may throw a `ReadFault`. */
export interface ByteSource {
  /** More than any file has where `isSizeKnown` is false. */
  readonly sizeBytes: number
  /** False: its server names no size, so nobody knows where it ends. */
  readonly isSizeKnown: boolean
  /** The bytes from `start` up to `end`, which lies within the file. */
  read(start: number, end: number): Promise<Uint8Array>
  /** True if reading these costs nothing. */
  has(start: number, end: number): boolean
}

/** Stands for the size of a file whose size nobody knows. */
export const endlessBytes = Number.MAX_SAFE_INTEGER

/** Bytes in memory. */
export const sourceInMemory = (bytes: Uint8Array): ByteSource => ({
  sizeBytes: bytes.length,
  isSizeKnown: true,
  read: async (start, end) => bytes.subarray(start, end),
  has: () => true
})

/** Bytes of a view without copying them. */
export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
