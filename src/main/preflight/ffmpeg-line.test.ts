import { expect, test } from 'vitest'
import { ffmpegLine } from './ffmpeg-line.ts'
import { readAsFarAsPossible } from './read-video.ts'

const lineFor = async (fileName: string): Promise<string> => {
  const { facts } = await readAsFarAsPossible(async (note) =>
    note({ container: 'mov', videoCodec: 'avc', audioCodec: 'aac' })
  )
  if (facts === null) throw new Error('No facts')
  return ffmpegLine(fileName, { mend: 'remux', facts, codes: new Set() })
}

test.each([
  'take.mov',
  'my take (final) … 1.MOV',
  "Priya's take & more, [v2] #3.mov",
  'Дубль 1.mov',
  'テイク１.mov'
])('%s stands in the line as it is', async (name) => {
  const line = await lineFor(name)
  expect(line).toContain(`-i "${name}" `)
  expect(line).toContain(`"${name.replace(/\.mov$/i, '')}-fit.mp4"`)
})

test.each([
  'a"; rm -rf ~; ".mov',
  '$(reboot).mov',
  '`reboot`.mov',
  'a\\b.mov',
  'a!b.mov',
  '%PATH%.mov',
  'a”; b.mov',
  'concat:a.mov',
  '-y.mov',
  'a\nb.mov',
  'a\u202eb.mov'
])('%j is given by a stand-in', async (name) => {
  const line = await lineFor(name)
  expect(line).toContain('-i "video.mov" ')
  expect(line).toMatch(/"video-fit\.mp4"$/)
})
