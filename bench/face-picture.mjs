import { crc32, deflateSync } from 'node:zlib'

const border = 8

/** A PNG with a face's worth of pixels: the colour that is looked for, in a frame of noise that has to be decoded. */
export function facePicture(width, height, [red, green, blue]) {
  const rows = Buffer.alloc(height * (width * 3 + 1))
  let at = 0
  let noise = 1
  for (let y = 0; y < height; y += 1) {
    at += 1
    for (let x = 0; x < width; x += 1) {
      const isFrame = x < border || y < border || x >= width - border || y >= height - border
      noise = (noise * 1_103_515_245 + 12_345) & 0x7fffffff
      const value = isFrame ? [noise >> 16, noise >> 8, noise] : [red, green, blue]
      for (const part of value) {
        rows[at] = part & 0xff
        at += 1
      }
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0))
  ])
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
