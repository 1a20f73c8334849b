import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findLinks } from './find-links.ts'

const a = 'https://files.example/a.mp4?X-Amz-Signature=a%2Fb&x=1'
const b = 'https://files.example/b.mp4'

describe('findLinks', () => {
  test.each([
    ['one link', a, [a]],
    ['a list of addresses with comments', `# dropped\r\n${a}\r\n#x\r\n${b}\r\n`, [a, b]],
    ['lines', `${a}\n\n  ${b}  `, [a, b]],
    ['old line ends', `${a}\r${b}`, [a, b]],
    ['spaces between', `${a} ${b}`, [a, b]],
    ['commas between', `${a},${b}`, [a, b]],
    ['quotes', `"${a}", '${b}'`, [a, b]],
    ['angle brackets', `<${a}>`, [a]],
    ['a sentence', `Please use ${a}, not ${b}.`, [a, b]],
    ['brackets around', `(see ${b})`, [b]],
    [
      'brackets inside',
      'https://files.example/take_(2).mp4',
      ['https://files.example/take_(2).mp4']
    ],
    ['markdown', `[take](${b})`, [b]],
    ['markup', `<p><a href="${a.replaceAll('&', '&amp;')}">take</a> <b>${b}</b></p>`, [a, b]],
    ['an internet shortcut', `[InternetShortcut]\r\nURL=${a}\r\n`, [a]],
    ['the same twice', `${a}\n${b}\n${a}`, [a, b]],
    ['the same with another signature', `${b}?s=1\n${b}?s=2`, [`${b}?s=1`, `${b}?s=2`]],
    ['plain http', 'http://files.example/x', ['http://files.example/x']],
    ['upper case', 'HTTPS://FILES.EXAMPLE/X', ['HTTPS://FILES.EXAMPLE/X']],
    ['nothing', '', []],
    ['words only', 'three takes of Priya', []],
    ['words with a colon', 'note: take two', []],
    ['a scheme alone', 'https:// is safe', []]
  ])('%s', (_, text, expected) => {
    expect(findLinks(text)).toEqual(expected)
  })

  test.each([
    'file:///home/me/x.mp4',
    'C:\\clips\\my take.mp4',
    '\\\\server\\share\\x.mp4',
    'javascript:alert(1)',
    'data:text/html,x',
    'blob:https://files.example/6f1',
    'smb://h/x',
    's3://bucket/key.mp4',
    'https:host/x'
  ])('%s is handed on only if it stands alone on its line', (text) => {
    expect(findLinks(text)).toEqual([text])
    expect(findLinks(`"${text}"\n${b}`)).toEqual([text, b])
    expect(findLinks(`see ${text}`)).toEqual([])
  })

  test('finds all of a long list', () => {
    const links = Array.from({ length: 3_000 }, (_, index) => `https://files.example/${index}.mp4`)
    expect(findLinks(links.join('\n'))).toEqual(links)
  })

  test('every link of a list comes back, whatever its query', () => {
    const link = fc
      .webUrl({ withQueryParameters: true })
      .filter((text) => /[A-Za-z0-9/]$/.test(text))
    fc.assert(
      fc.property(
        fc.uniqueArray(link, { maxLength: 5 }),
        fc.constantFrom('\n', '\r\n', ' '),
        (links, between) => {
          const clean = links.filter((text) => !/['`(),;|]/.test(text))
          expect(findLinks(clean.join(between))).toEqual(clean)
        }
      )
    )
  })
})
