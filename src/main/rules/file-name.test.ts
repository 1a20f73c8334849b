import { describe, expect, it } from 'vitest'
import { cutAtLetter } from './cut-at-letter.ts'
import { fileNameOf } from './file-name.ts'

describe('fileNameOf', () => {
  it.each([
    ['Camila Ortega Núñez', 'Camila Ortega Núñez'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['C:\\x', 'C__x'],
    ['safe\u202etxt.exe', 'safetxt.exe'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['  . ', 'r1'],
    ['', 'r1'],
    ['line\nbreak\0', 'linebreak'],
    ['👩🏽 Zoë', '👩🏽 Zoë'],
    ['n'.repeat(500), 'n'.repeat(80)],
    ['con .txt', '_con .txt'],
    ['COM¹', '_COM¹'],
    ['conin$', '_conin$'],
    ['console', 'console'],
    ['trailing dots. . .', 'trailing dots'],
    ['.hidden', 'hidden'],
    ['half \ud83d a letter', 'half  a letter']
  ])('makes %j into %j', (name, expected) => {
    expect(fileNameOf(name, 'r1')).toBe(expected)
  })
})

describe('a long name', () => {
  it.each([
    ['281 bytes', `山田葉子の研修ビデオ${'あ'.repeat(83)}`],
    ['faces of many signs', '👩🏽'.repeat(80)],
    ['letters with accents of their own', 'é\u0323'.repeat(80)],
    ['accents that are spelled apart elsewhere', 'ế'.repeat(80)],
    ['Hangul, which is spelled apart elsewhere', '각'.repeat(80)]
  ])('of %s fits, and ends at a letter', (_what, name) => {
    const made = fileNameOf(name, 'r1')
    expect(Buffer.byteLength(`${made} (100).webp`)).toBeLessThanOrEqual(255)
    expect(Buffer.byteLength(`${made} (100).webp`.normalize('NFD'))).toBeLessThanOrEqual(255)
    expect(name.startsWith(made)).toBe(true)
    const letters = [...new Intl.Segmenter('und').segment(name)].map(({ segment }) => segment)
    expect(letters.slice(0, [...new Intl.Segmenter('und').segment(made)].length).join('')).toBe(
      made
    )
    expect(made).not.toBe('')
  })

  it('leaves another name where nothing can be cut', () => {
    expect(fileNameOf(`a${'\u0301'.repeat(300)}`, 'owner/name:abc')).toBe('owner_name_abc')
    expect(cutAtLetter('', 0, 0)).toBe('')
  })
})
