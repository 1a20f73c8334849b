import type { VideoFacts } from '../../shared/domain/video-check.ts'

type Depth = Pick<VideoFacts, 'bitDepth' | 'chroma'>

const chromas = ['4:0:0', '4:2:0', '4:2:2', '4:4:4'] as const
const unknown: Depth = { bitDepth: null, chroma: null }
/** Profiles of H.264 that may have more than 8 bits or finer color, and say so (ISO 14496-15, 5.3.3.1). */
const highProfiles = [100, 110, 122, 144, 244]

const bytesOf = (description: AllowSharedBufferSource): Uint8Array =>
  ArrayBuffer.isView(description)
    ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength)
    : new Uint8Array(description)

type AllowSharedBufferSource = ArrayBufferLike | ArrayBufferView

/** Bits of each color and how finely it is stored, by the decoder's own configuration. */
export const readDepth = (
  codec: string | null,
  description: AllowSharedBufferSource | undefined
): Depth => {
  if (description === undefined) return unknown
  const bytes = bytesOf(description)
  if (codec === 'hevc') return bytes.length < 19 ? unknown : depth(bytes[16], bytes[17])
  return codec === 'avc' ? readAvc(bytes) : unknown
}

const depth = (chroma = 0, bits = 0): Depth => ({
  chroma: chromas[chroma & 3] ?? null,
  bitDepth: (bits & 7) + 8
})

const readAvc = (bytes: Uint8Array): Depth => {
  const profile = bytes[1]
  if (profile === undefined) return unknown
  if (!highProfiles.includes(profile)) return { bitDepth: 8, chroma: '4:2:0' }
  const end = endOfSets(bytes)
  // Older writers leave the rest out; then the profile is all there is.
  if (end + 2 >= bytes.length) return profile === 100 ? { bitDepth: 8, chroma: '4:2:0' } : unknown
  return depth(bytes[end], bytes[end + 1])
}

/** Where the two lists of parameter sets end. */
const endOfSets = (bytes: Uint8Array): number => {
  let at = 5
  for (const mask of [0x1f, 0xff]) {
    const count = (bytes[at] ?? 0) & mask
    at += 1
    for (let index = 0; index < count; index += 1) {
      at += 2 + (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0))
    }
  }
  return at
}
