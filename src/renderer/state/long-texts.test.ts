import { describe, expect, it } from 'vitest'
import { mostCharacters, tableParts, textParts } from './long-texts.ts'

const links = Array.from(
  { length: 40 },
  (_, index) => `https://files.example/${index}.mp4?x=${index}`
)

describe('textParts', () => {
  it.each(['\n', ' ', ',', ';', '\r\n'])(
    'cuts no link in two, whatever is between them: %j',
    (between) => {
      const parts = textParts(links.join(between), 100)
      expect(parts.length).toBeGreaterThan(10)
      expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(100)
      expect(parts.join('\n').match(/https:[^\s,;]+/g)).toEqual(links)
    }
  )

  it('leaves a text that is short enough as it is', () => {
    for (const text of ['', 'a', `${links[0]}\n`, 'x'.repeat(mostCharacters)]) {
      expect(textParts(text)).toEqual([text])
    }
  })

  it('leaves out what is longer than a part, and goes on behind it', () => {
    expect(textParts(`${'x'.repeat(150)} ${links[0]}`, 100)).toEqual([links[0]])
    expect(textParts('x'.repeat(150), 100)).toEqual([''])
  })
})

describe('tableParts', () => {
  const rows = links.map((link, index) => `"Take\n""${index}""",${link}\r\n`)

  it('repeats the names of the columns, and cuts no record', () => {
    const parts = tableParts(`name,url\r\n${rows.join('')}`, 200)
    expect(parts.length).toBeGreaterThan(5)
    for (const part of parts) {
      expect(part.startsWith('name,url\r\n"Take\n')).toBe(true)
      expect(part.length).toBeLessThanOrEqual(200)
    }
    expect(parts.map((part) => part.replace('name,url\r\n', '')).join('')).toBe(rows.join(''))
  })

  it('repeats nothing where no names stand above the columns', () => {
    expect(tableParts(rows.join(''), 200).join('')).toBe(rows.join(''))
  })
})
