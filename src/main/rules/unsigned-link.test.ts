import { expect, test } from 'vitest'
import { isUnsignedLink } from './unsigned-link.ts'

test.each([
  ['https://stream.example/abc/high.mp4', true],
  ['https://cdn.example/thumbnails/expression.mp4', true],
  ['https://cdn.example/a.mp4?X-Amz-Signature=abc', false],
  ['https://cdn.example/a.mp4?', true],
  ['https://cdn.example/a.mp4#sig=abc', false],
  ['https://cdn.example/exp=1~hmac=abc/a.mp4', false],
  ['https://user:pw@cdn.example/a.mp4', false],
  ['not a link', false]
])('%s: %s', (link, isUnsigned) => {
  expect(isUnsignedLink(link)).toBe(isUnsigned)
})
