import { describe, expect, it } from 'vitest'
import { carriedText, draggedFiles, dragKind } from './dropped-text.ts'

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

describe('dragKind', () => {
  const file = (type: string) => ({ kind: 'file', type })
  it.each([
    ['links', ['text/plain'], []],
    ['links', ['text/uri-list', 'Files'], [file('image/png')]],
    ['files', ['Files'], [file('text/csv'), file('')]],
    ['files', ['Files'], [file('video/mp4'), file('text/plain')]],
    ['videos', ['Files'], [file('video/mp4')]],
    ['files', ['Files'], []]
  ] as const)('says %s for %j %j', (kind, types, items) => {
    expect(dragKind({ types, items })).toBe(kind)
  })

  it('counts files alone', () => {
    const items = [file('text/csv'), { kind: 'string', type: 'text/plain' }, file('')]
    expect(draggedFiles({ items })).toBe(2)
  })
})
