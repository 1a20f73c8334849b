/** What a file is, told from its own first bytes; nothing else is ever handed to the window. */
export interface MediaKind {
  readonly contentType: string
  readonly extension: 'png' | 'jpg' | 'webp' | 'gif' | 'mp4' | 'webm' | 'wav' | 'mp3' | 'ogg'
}

const mostPixels = 40_000_000

const png: MediaKind = { contentType: 'image/png', extension: 'png' }
const jpeg: MediaKind = { contentType: 'image/jpeg', extension: 'jpg' }
export const webp: MediaKind = { contentType: 'image/webp', extension: 'webp' }
const gif: MediaKind = { contentType: 'image/gif', extension: 'gif' }
const mp4: MediaKind = { contentType: 'video/mp4', extension: 'mp4' }
const webm: MediaKind = { contentType: 'video/webm', extension: 'webm' }

const wav: MediaKind = { contentType: 'audio/wav', extension: 'wav' }
const mp3: MediaKind = { contentType: 'audio/mpeg', extension: 'mp3' }
const ogg: MediaKind = { contentType: 'audio/ogg', extension: 'ogg' }

export const mediaKinds: readonly MediaKind[] = [png, jpeg, webp, gif, mp4, webm, wav, mp3, ogg]

/** Films and recordings have no size to be held against, and are handed on as they arrive where they are long. */
export const isPlayed = ({ contentType }: MediaKind): boolean => !contentType.startsWith('image/')

/**
 * Null for anything but PNG, JPEG, WebP, GIF, MP4, WebM, WAV, MP3 and Ogg, and for pictures of more than 40 megapixels or whose
 * size cannot be read: those would be decoded into hundreds of megabytes.
 */
export const sniffMedia = (bytes: Buffer): MediaKind | null => {
  const kind = kindOf(bytes)
  if (kind === null || isPlayed(kind)) return kind
  const pixels = pixelsOf(kind, bytes)
  return pixels !== null && pixels > 0 && pixels <= mostPixels ? kind : null
}

const kindOf = (bytes: Buffer): MediaKind | null => {
  const start = bytes.toString('latin1', 0, 16)
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return png
  if (start.startsWith('\xff\xd8\xff')) return jpeg
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return gif
  if (/^RIFF.{4}WEBP/s.test(start)) return webp
  if (/^RIFF.{4}WAVE/s.test(start)) return wav
  if (start.startsWith('OggS')) return ogg
  if (start.startsWith('ID3') || /^\xff[\xe2\xe3\xf2\xf3\xfa\xfb]/.test(start)) return mp3
  if (/^.{4}ftyp/s.test(start)) return mp4
  const isEbml = start.startsWith('\x1a\x45\xdf\xa3')
  return isEbml && bytes.toString('latin1', 0, 64).includes('webm') ? webm : null
}

const pixelsOf = (kind: MediaKind, bytes: Buffer): number | null => {
  switch (kind.extension) {
    case 'png':
      return bytes.length < 24 ? null : bytes.readUInt32BE(16) * bytes.readUInt32BE(20)
    case 'gif':
      return bytes.length < 10 ? null : bytes.readUInt16LE(6) * bytes.readUInt16LE(8)
    case 'jpg':
      return jpegPixels(bytes)
    case 'webp':
      return webpPixels(bytes)
    case 'mp4':
    case 'webm':
    case 'wav':
    case 'mp3':
    case 'ogg':
      return null
  }
}

/** Walks from marker to marker until the frame header, which names the size. */
const jpegPixels = (bytes: Buffer): number | null => {
  let at = 2
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    if (isFrameHeader(marker)) return bytes.readUInt16BE(at + 5) * bytes.readUInt16BE(at + 7)
    const hasNoLength = marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)
    at += hasNoLength ? (marker === 0xff ? 1 : 2) : 2 + bytes.readUInt16BE(at + 2)
  }
  return null
}

const isFrameHeader = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

const webpPixels = (bytes: Buffer): number | null => {
  if (bytes.length < 30) return null
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return (bytes.readUInt16LE(26) & 0x3fff) * (bytes.readUInt16LE(28) & 0x3fff)
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21)
      return ((bits & 0x3fff) + 1) * (((bits >>> 14) & 0x3fff) + 1)
    }
    case 'VP8X':
      return (bytes.readUIntLE(24, 3) + 1) * (bytes.readUIntLE(27, 3) + 1)
    default:
      return null
  }
}
