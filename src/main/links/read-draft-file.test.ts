import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { readDraftFile } from './read-draft-file.ts'

const a = 'https://files.example/a.mp4?X-Amz-Signature=a%2Fb&x=1'
const b = 'https://files.example/b.mp4'
const c = 'https://files.example/consent.mp4'

const linksOf = async (name: string, text: string) => {
  const read = await readDraftFile(name, text)
  return read.ok ? read.value.map(({ links }) => links.trainVideoUrl) : codeOf(read)
}

const codeOf = (read: Awaited<ReturnType<typeof readDraftFile>>) =>
  !read.ok && read.error.kind === 'invalid-input' ? read.error.issues.map(({ code }) => code) : read

const rowOf = async (text: string) => {
  const read = await readDraftFile('x.csv', text)
  if (!read.ok) throw new Error(`Expected rows, got ${JSON.stringify(read.error)}`)
  return read.value[0]
}

/** A binary file as it reaches main: one character for each byte. */
const bytesAsText = (base64: string): string => Buffer.from(base64, 'base64').toString('latin1')

const webloc = (value: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
\t<key>URL</key>
\t<string>${value}</string>
</dict>
</plist>
`

describe('shortcuts', () => {
  test.each<[string, string, string, readonly string[]]>([
    ['of Windows', 'take.url', `[InternetShortcut]\r\nURL=${a}\r\n`, [a]],
    ['with a mark in front', 'take.url', `\uFEFF[InternetShortcut]\r\nURL=${a}`, [a]],
    ['in capitals', 'TAKE.URL', `[INTERNETSHORTCUT]\nurl = ${a}`, [a]],
    [
      'with another address beside it',
      'take.url',
      `[DEFAULT]\r\nBASEURL=${b}\r\nURL=${b}\r\n[InternetShortcut]\r\nIconFile=${b}\r\nURL=${a}\r\nIDList=\r\n[{000214A0}]\r\nURL=${c}`,
      [a]
    ],
    ['to a file', 'take.url', '[InternetShortcut]\nURL=file:///etc/passwd', ['file:///etc/passwd']],
    ['without an address', 'take.url', '[InternetShortcut]\r\nURL=\r\n', ['nothing-in-file']],
    ['without its section', 'take.url', `URL=${a}`, ['nothing-in-file']],
    ['of macOS', 'take.webloc', webloc(a.replaceAll('&', '&amp;')), [a]],
    ['with numbered characters', 'take.webloc', webloc(a.replaceAll('&', '&#38;')), [a]],
    ['with hexadecimal ones', 'take.webloc', webloc(a.replaceAll('&', '&#x26;')), [a]],
    ['with literal text', 'take.webloc', webloc(`<![CDATA[${a}]]>`), [a]],
    [
      'with a comment',
      'take.webloc',
      webloc(b).replace('<dict>', `<!-- <key>URL</key><string>${c}</string> --><dict>`),
      [b]
    ],
    [
      'in binary',
      'take.webloc',
      bytesAsText(
        'YnBsaXN0MDDRAQJTVVJMXxATaHR0cHM6Ly94LmV4YW1wbGUvYQgLDwAAAAAAAAEBAAAAAAAAAAMAAAAAAAAAAAAAAAAAAAAl'
      ),
      ['https://x.example/a']
    ],
    [
      'in binary, with letters of another script',
      'take.webloc',
      bytesAsText(
        'YnBsaXN0MDDRAQJTVVJMbxAqAGgAdAB0AHAAcwA6AC8ALwBmAGkAbABlAHMALgBlAHgAYQBtAHAAbABlAC8AdABhAGsAZQBzAC9hG1tQAC4AbQBwADQAPwB4AD0AMQAmAHkAPQAyCAsPAAAAAAAAAQEAAAAAAAAAAwAAAAAAAAAAAAAAAAAAAGY='
      ),
      ['https://files.example/takes/愛子.mp4?x=1&y=2']
    ],
    [
      'in binary, cut',
      'take.webloc',
      'bplist00\u00d1\u0001\u0002SURL_\u0010\u0013https://x.example/a',
      ['nothing-in-file']
    ],
    [
      'of something else',
      'take.webloc',
      '<plist><dict><key>Name</key><string>x</string></dict></plist>',
      ['nothing-in-file']
    ]
  ])('%s', async (_what, name, text, links) => {
    expect(await linksOf(name, text)).toEqual(links)
  })
})

describe('other files', () => {
  test.each<[string, string, string, readonly string[]]>([
    ['a list with comments and CRLF', 'list.txt', `# mine\r\n${a}\r\n\r\n${b}\r\n`, [a, b]],
    ['a list with a mark in front', 'list.txt', `\uFEFF${a}`, [a]],
    ['something that is no link is shown', 'list.txt', `C:\\x.mp4\n${b}`, ['C:\\x.mp4', b]],
    ['a text without a link', 'list.txt', 'nothing here', ['nothing-in-file']],
    ['an empty file', 'list.txt', '', ['nothing-in-file']],
    ['bytes', 'list.txt', 'PK\u0003\u0004\0\0\0', ['binary-file']],
    ['a page', 'page.html', `<a href="${a}">x</a>`, ['unknown-file']],
    ['a folder', 'takes', '', ['unknown-file']],
    [
      'a name that only looks right',
      'take.url.exe',
      `[InternetShortcut]\nURL=${a}`,
      ['unknown-file']
    ],
    ['no name', '', a, ['unknown-file']]
  ])('%s', async (_what, name, text, links) => {
    expect(await linksOf(name, text)).toEqual(links)
  })
})

const many = (count: number, eol: string): string =>
  Array.from({ length: count }, (_, index) => `https://files.example/${index}.mp4`).join(eol)

describe('tables', () => {
  test.each<[string, string, readonly string[]]>([
    ['with the API’s names', `train_video_url,replica_name\r\n${a},A\r\n${b},B\r\n`, [a, b]],
    ['with other names', `Name;Link\n"A";"${a}"\nB;${b}`, [a, b]],
    ['with names in any form', `\uFEFFReplica Name,Training-Video URL\nA,${a}`, [a]],
    ['with tabs', `name\turl\nA\t${a}`, [a]],
    ['with old line ends', `name,url\rA,${a}\rB,${b}`, [a, b]],
    ['with an unnamed column of links', `name,file\nA,${a}`, [a]],
    ['without names', `A,${a}\nB,${b}`, [a, b]],
    [
      'with every cell between quotation marks',
      `"train_video_url","replica_name"\r\n"${a}","Zoe"\r\n`,
      [a]
    ],
    [
      'with every cell between quotation marks, separated by semicolons',
      `"replica_name";"train_video_url"\n"Raman, Priya";"${a}"\n`,
      [a]
    ],
    [
      'with every cell between quotation marks, separated by tabs',
      `"replica_name"\t"train_video_url"\n"Raman; Priya"\t"${a}"\n`,
      [a]
    ],
    ['without names, separated by semicolons', `1;A;${a}\n2;B;${b}`, [a, b]],
    ['under a title of its own', `Video\n${a}\n${b}`, [a, b]],
    [
      'with quoted separators',
      `url;name\n"https://files.example/a;b,c.mp4";"A; the ""first"""`,
      ['https://files.example/a;b,c.mp4']
    ],
    ['with a line break in a cell', `name,url\n"A\nB",${a}`, [a]],
    ['with rows of other lengths', `name,url\nA,${a},more,and more\nB`, [a, '']],
    ['with empty rows', `name,url\n\n,\n;\nA,${a}\n\n`, ['', a]],
    [
      'with what is no link',
      `url\n${a}\nC:\\x.mp4\n=HYPERLINK("x")`,
      [a, 'C:\\x.mp4', '=HYPERLINK("x")']
    ],
    ['of names alone', 'name,url\n', ['nothing-in-file']],
    ['without a link', 'name,url\nA,B', ['nothing-in-file']],
    ['of nothing', '', ['nothing-in-file']],
    ['with a quotation mark left open', `name,url\n"A,${a}`, ['bad-table']],
    ['of bytes', '\0\0\0\u0001', ['binary-file']]
  ])('%s', async (_what, text, links) => {
    expect(await linksOf('takes.csv', text)).toEqual(links)
  })

  it('give every field of a draft', async () => {
    const row = await rowOf(
      `Name;URL;Consent video URL;Callback URL;Model name;Type;Green screen\n"Raman; Priya";${a};${c};${b};phoenix-3;Non-Human;Yes`
    )
    expect(row).toEqual({
      links: { trainVideoUrl: a, trainImageUrl: '', consentVideoUrl: c, callbackUrl: b },
      values: {
        replicaName: 'Raman; Priya',
        model: 'phoenix-3',
        subject: 'non-human',
        consentIn: 'consent-video',
        hasGreenScreen: true
      },
      issues: []
    })
  })

  it('leave open what they do not say', async () => {
    expect(await rowOf(`name,url,model,type,green_screen\n,${a},,,`)).toEqual({
      links: { trainVideoUrl: a, trainImageUrl: '', consentVideoUrl: '', callbackUrl: '' },
      values: {},
      issues: []
    })
  })

  it.each([
    ['type', 'robot', 'subject', 'not-understood'],
    ['type', '__proto__', 'subject', 'not-understood'],
    ['green_screen', 'perhaps', 'hasGreenScreen', 'not-understood'],
    ['name', 'x'.repeat(201), 'replicaName', 'cut-short'],
    ['name', `${'x'.repeat(199)}😀`, 'replicaName', 'cut-short'],
    ['model', 'x'.repeat(101), 'model', 'cut-short']
  ])('say what nobody can make sense of: %s %s', async (column, value, field, code) => {
    const row = await rowOf(`url,${column}\n${a},${value}`)
    expect(row?.issues).toEqual([{ field, code, said: null }])
    expect(row?.values.replicaName ?? '').not.toMatch(/\p{Surrogate}/u)
  })
})

describe('size', () => {
  it.each([
    ['list.txt', '\n'],
    ['list.csv', '\r\n']
  ])('%s may be long', async (name, eol) => {
    expect(await linksOf(name, many(2_000, eol))).toHaveLength(2_000)
  })
})

it('never fails in another way, whatever is dropped', async () => {
  const names = fc.constantFrom('x.csv', 'x.txt', 'x.url', 'x.webloc')
  const piece = fc.oneof(
    fc.constantFrom(
      '"',
      ';',
      ',',
      '\r\n',
      '\n',
      '\t',
      '\0',
      '[InternetShortcut]',
      'URL=',
      'url',
      'name',
      '&#1114112;',
      a,
      '<key>URL</key><string>',
      '</string>'
    ),
    fc.string()
  )
  const texts = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''))
  await fc.assert(
    fc.asyncProperty(names, texts, async (name, text) => {
      const read = await readDraftFile(name, text)
      return read.ok
        ? read.value.length > 0 && read.value.length <= 200
        : read.error.kind === 'invalid-input'
    }),
    { numRuns: 300 }
  )
})
