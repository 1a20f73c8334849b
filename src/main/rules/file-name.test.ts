import { describe, expect, it } from 'vitest'
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
    ['n'.repeat(500), 'n'.repeat(80)]
  ])('makes %j into %j', (name, expected) => {
    expect(fileNameOf(name, 'r1')).toBe(expected)
  })
})
