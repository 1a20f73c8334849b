import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { encodePng, isDrawn, readWindow } from './screen-picture.mjs'

const headerBytes = 104

/** An X window dump as Xvfb keeps it, with the given pixels as [x, y, red, green, blue]. */
function dump(width, height, pixels) {
  const bytesPerLine = width * 4 + 8
  const file = Buffer.alloc(headerBytes + 2 * 12 + bytesPerLine * height)
  const words = { 0: headerBytes, 4: width, 5: height, 11: 32, 12: bytesPerLine, 19: 2 }
  for (const [index, value] of Object.entries(words)) file.writeUInt32BE(value, Number(index) * 4)
  for (const [x, y, red, green, blue] of pixels) {
    file.set([blue, green, red], headerBytes + 24 + y * bytesPerLine + x * 4)
  }
  return file
}

test('an empty screen shows no window', () => {
  expect(readWindow(dump(4, 3, []))).toBeUndefined()
})

test('the window is what is not black, in red, green, blue', () => {
  const file = dump(5, 4, [
    [1, 1, 10, 20, 30],
    [2, 2, 40, 50, 60]
  ])
  expect(readWindow(file)).toEqual({
    width: 2,
    height: 2,
    rgb: Buffer.from([10, 20, 30, 0, 0, 0, 0, 0, 0, 40, 50, 60])
  })
})

test('a window of one colour is not drawn yet', () => {
  expect(isDrawn({ rgb: Buffer.from([9, 9, 9, 9, 9, 9, 9, 9, 9]) })).toBe(false)
  expect(isDrawn({ rgb: Buffer.from([9, 9, 9, 8, 8, 8, 7, 7, 7]) })).toBe(true)
})

test('encodePng writes size and pixels where PNG wants them', () => {
  const png = encodePng({ width: 2, height: 1, rgb: Buffer.from([1, 2, 3, 4, 5, 6]) })
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2, 1])
  const dataBytes = png.readUInt32BE(33)
  const lines = inflateSync(png.subarray(41, 41 + dataBytes))
  expect([...lines]).toEqual([0, 1, 2, 3, 4, 5, 6])
})
