import { expect, test } from 'vitest'
import { decodeText } from './decode-text.ts'

const text = 'name\turl\r\nZoë 愛子\thttps://files.example/a.mp4\r\n'
const utf8 = (plain: string): Uint8Array => new TextEncoder().encode(plain)
const wide = (isLittle: boolean): readonly number[] =>
  [...text].flatMap((letter) => {
    const code = letter.charCodeAt(0)
    return isLittle ? [code & 255, code >> 8] : [code >> 8, code & 255]
  })
/** Letters below 256 and bytes as they are. */
const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'string' ? [...part].map((letter) => letter.charCodeAt(0)) : part
    )
  )

test.each<[string, Uint8Array]>([
  ['UTF-8', utf8(text)],
  ['UTF-8 with a mark', utf8(`\ufeff${text}`)],
  ['UTF-16 with a mark', bytes([0xff, 0xfe], wide(true))],
  ['UTF-16 the other way round', bytes([0xfe, 0xff], wide(false))],
  ['UTF-16 without a mark', bytes(wide(true))],
  ['UTF-16 without a mark the other way round', bytes(wide(false))]
])('%s is no guess, whatever the language', (_what, content) => {
  for (const language of ['en-US', 'ja-JP', 'ru']) {
    expect(decodeText(content, language)).toEqual({ text, guessed: null })
  }
})

test.each<[string, string, Uint8Array, string]>([
  ['en-US', 'windows-1252', bytes('Zo\xeb M\xfcller'), 'Zoë Müller'],
  ['pl-PL', 'windows-1250', bytes('\xa3ukasz'), 'Łukasz'],
  ['ru-RU', 'windows-1251', bytes([0xcf, 0xf0, 0xe8, 0xff]), 'Прия'],
  ['el', 'windows-1253', bytes([0xc6, 0xf9, 0xde]), 'Ζωή'],
  ['tr', 'windows-1254', bytes('I\xfe\xfdl'), 'Işıl'],
  ['ja-JP', 'shift_jis', bytes([0x8e, 0x52, 0x93, 0x63]), '山田'],
  ['zh-CN', 'gb18030', bytes([0xcd, 0xf5, 0xd0, 0xa1]), '王小'],
  ['zh-Hant-TW', 'big5', bytes([0xa4, 0xfd, 0xa4, 0x70]), '王小'],
  ['ko', 'euc-kr', bytes([0xc0, 0xcc, 0xbc, 0xf8]), '이순'],
  // What cannot be Japanese is none, wherever the computer is.
  ['ja-JP', 'windows-1252', bytes('Zo\xeb M\xfcller'), 'Zoë Müller']
])('in %s: %s', (language, guessed, content, expected) => {
  expect(decodeText(content, language)).toEqual({ text: expected, guessed })
})

test('a binary list stays bytes', () => {
  expect(decodeText(bytes('bplist00', [0, 0xd1, 0xff, 0x80]), 'en-US')).toEqual({
    text: 'bplist00\0\xd1\xff\x80',
    guessed: null
  })
})

test('nothing is nothing', () => {
  expect(decodeText(new Uint8Array(), 'en-US')).toEqual({ text: '', guessed: null })
})
