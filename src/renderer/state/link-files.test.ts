import { describe, expect, it } from 'vitest'
import { isVideo, readLinkFile as readIn } from './link-files.ts'

const link = 'https://videos.example.com/amara.mp4'

const readLinkFile = (file: File) => readIn(file, 'en-US')

describe('readLinkFile', () => {
  it.each(['amara.url', 'Amara.WEBLOC', 'amara.desktop', 'links.txt', 'links.csv', 'links.tsv'])(
    'reads %s',
    async (name) => {
      expect(await readLinkFile(new File([link], name))).toEqual({
        kind: 'read',
        text: link,
        encoding: null
      })
    }
  )

  it.each([
    [new File([link], 'links.docx'), 'other-kind'],
    [new File(['a'.repeat(4_000_001)], 'links.txt'), 'too-long'],
    [new File(['a'.repeat(16_000_001)], 'links.txt'), 'too-long'],
    [new File(['no address'], 'links.txt'), 'no-link'],
    [new File([], 'links.csv'), 'no-link']
  ] as const)('says why it does not take %o', async (file, reason) => {
    expect(await readLinkFile(file)).toEqual({ kind: 'refused', reason })
  })

  it('takes exactly 4,000,000 characters', async () => {
    const text = link.padEnd(4_000_000)
    expect(await readLinkFile(new File([text], 'links.txt'))).toEqual({
      kind: 'read',
      text,
      encoding: null
    })
  })

  it('takes links as JSON writes them, and shortcuts that are no text', async () => {
    for (const content of ['"https:\\/\\/files.example\\/a.mp4"', 'bplist00…']) {
      expect(await readLinkFile(new File([content], 'x.webloc'))).toMatchObject({ kind: 'read' })
    }
  })

  it('says which encoding it guessed', async () => {
    const bytes = Uint8Array.from(`Zo\xeb M\xfcller;${link}`, (letter) => letter.charCodeAt(0))
    expect(await readLinkFile(new File([bytes], 'takes.csv'))).toEqual({
      kind: 'read',
      text: `Zoë Müller;${link}`,
      encoding: 'windows-1252'
    })
  })
})

it.each<[File, boolean]>([
  [new File([], 'amara.MP4'), true],
  [new File([], 'amara', { type: 'video/quicktime' }), true],
  [new File([], 'amara.csv', { type: 'text/csv' }), false]
])('knows a video by its type or its ending', (file, isOne) => {
  expect(isVideo(file)).toBe(isOne)
})
