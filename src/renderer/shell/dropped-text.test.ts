import { describe, expect, it } from 'vitest'
import { carriedText } from './dropped-text.ts'

const carrier = (data: Readonly<Record<string, string>>) => ({
  types: Object.keys(data),
  getData: (type: string) => data[type] ?? ''
})
const a = 'https://a.example.com/x.mp4?s=1'
const b = 'https://b.example.com/y.mp4'

describe('carriedText', () => {
  it.each([
    ['plain text alone', { 'text/plain': a }, a],
    ['all of several addresses', { 'text/uri-list': a, 'text/plain': `${a}\n${b}` }, `${a}\n${b}`],
    ['the address behind a title', { 'text/uri-list': a, 'text/plain': 'My video' }, a],
    ['a URI list without its remarks', { 'text/uri-list': `# mine\r\n${a}\r\n${b}` }, `${a}\n${b}`],
    ['addresses that lost their line breaks', { 'text/uri-list': `${a}${b}` }, `${a}\n${b}`]
  ])('takes %s', (_what, data, text) => {
    expect(carriedText(carrier(data as Record<string, string>))).toBe(text)
  })
})
