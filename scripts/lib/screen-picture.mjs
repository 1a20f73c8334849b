import { crc32, deflateSync } from 'node:zlib'

const bytesPerPixel = 4
const fieldsInHeader = {
  size: 0,
  width: 4,
  height: 5,
  bitsPerPixel: 11,
  bytesPerLine: 12,
  colours: 19
}

/**
 * The part of a virtual screen that is not empty, read from the picture file Xvfb keeps (X window
 * dump, version 7: 25 big-endian words, a name, a colour table, then blue-green-red-x pixels).
 * Answers undefined while the screen is all black.
 */
export function readWindow(dump) {
  const field = (name) => dump.readUInt32BE(fieldsInHeader[name] * 4)
  if (field('bitsPerPixel') !== bytesPerPixel * 8) throw new Error('unexpected screen format')
  const screen = {
    pixels: dump.subarray(field('size') + field('colours') * 12),
    width: field('width'),
    height: field('height'),
    bytesPerLine: field('bytesPerLine')
  }
  const box = findBox(screen)
  return box && crop(screen, box)
}

function findBox({ pixels, width, height, bytesPerLine }) {
  let [left, right, top, bottom] = [width, -1, -1, -1]
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * bytesPerLine + x * bytesPerPixel
      if (pixels[at] === 0 && pixels[at + 1] === 0 && pixels[at + 2] === 0) continue
      if (top < 0) top = y
      bottom = y
      if (x < left) left = x
      if (x > right) right = x
    }
  }
  return top < 0 ? undefined : { left, right, top, bottom }
}

function crop({ pixels, bytesPerLine }, { left, right, top, bottom }) {
  const width = right - left + 1
  const height = bottom - top + 1
  const rgb = Buffer.alloc(width * height * 3)
  let to = 0
  for (let y = top; y <= bottom; y += 1) {
    for (let x = left; x <= right; x += 1) {
      const from = y * bytesPerLine + x * bytesPerPixel
      rgb[to] = pixels[from + 2]
      rgb[to + 1] = pixels[from + 1]
      rgb[to + 2] = pixels[from]
      to += 3
    }
  }
  return { width, height, rgb }
}

/** Whether more than a blank window is to be seen. */
export function isDrawn({ rgb }, leastColours = 3) {
  const colours = new Set()
  for (let at = 0; at < rgb.length; at += 3) {
    colours.add(rgb.readUIntBE(at, 3))
    if (colours.size >= leastColours) return true
  }
  return false
}

export function encodePng({ width, height, rgb }) {
  const lineBytes = width * 3
  const lines = Buffer.alloc((lineBytes + 1) * height)
  for (let y = 0; y < height; y += 1) {
    rgb.copy(lines, y * (lineBytes + 1) + 1, y * lineBytes, (y + 1) * lineBytes)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0))
  ])
}

function chunk(type, data) {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
