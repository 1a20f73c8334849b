import { expect, test } from 'vitest'
import { nameFromLink } from './name-from-link.ts'

test.each([
  ['priya-take3.mp4', 'Priya Take3'],
  ['Priya_Raman__take 3.MP4', 'Priya Raman Take 3'],
  ['anna.final.mov', 'Anna Final'],
  ['élodie.mp4', 'Élodie'],
  ['愛子.mp4', '愛子'],
  ['face.mp4', 'Face'],
  ['😀 smile.mp4', '😀 Smile'],
  ['1234.mp4', ''],
  ['2026-03-01.mp4', ''],
  ['d41d8cd98f00b204e9800998ecf8427e.mp4', ''],
  ['123e4567-e89b-12d3-a456-426614174000.mp4', ''],
  ['Xk29fLq0ZpW81mNb7TyUe.mp4', ''],
  ['.mp4', ''],
  ['---', ''],
  ['', ''],
  [`${'long '.repeat(40)}.mp4`, 'Long '.repeat(16).trim()]
])('%j proposes %j', (fileName, name) => {
  expect(nameFromLink(fileName)).toBe(name)
})
