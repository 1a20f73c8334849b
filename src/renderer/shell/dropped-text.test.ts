import { describe, expect, it } from 'vitest'
import { carriedText, dragKind, mayHoldLink } from './dropped-text.ts'

const carrier = (data: Readonly<Record<string, string>>) => ({
  types: Object.keys(data),
  getData: (type: string) => data[type] ?? ''
})

describe('carriedText', () => {
  it('takes the addresses, without the remarks of a URI list, and the text', () => {
    const text = carriedText(
      carrier({
        'text/uri-list': '# from a browser\r\nhttps://a.example/1.mp4\r\nhttps://a.example/2.mp4',
        'text/plain': 'A title'
      })
    )
    expect(text).toBe('https://a.example/1.mp4\nhttps://a.example/2.mp4\nA title')
  })
  it('falls back to the text', () => {
    expect(carriedText(carrier({ 'text/plain': 'see https://a.example/1.mp4' }))).toBe(
      'see https://a.example/1.mp4'
    )
  })
})

describe('mayHoldLink', () => {
  it.each([
    ['https://a.example/1.mp4', true],
    ['words http://a.example', true],
    ['file:///etc/passwd', true],
    ['just words', false],
    ['', false]
  ])('of %j is %s', (text, expected) => {
    expect(mayHoldLink(text)).toBe(expected)
  })
})

describe('dragKind', () => {
  it('tells files from links by the types alone', () => {
    expect(dragKind(['Files'])).toBe('files')
    expect(dragKind(['text/uri-list', 'text/html'])).toBe('links')
  })
})
