import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../clock.ts'
import { createDraggedPictures } from './dragged-pictures.ts'
import { createMediaCache } from './media-cache.ts'

const picture = 'a'.repeat(32)
const clip = 'b'.repeat(32)

const keptThings = () => {
  const folder = mkdtempSync(join(tmpdir(), 'thumbnails-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, `${picture}.png`), 'a picture')
  writeFileSync(join(folder, `${clip}.mp4`), 'a clip')
  const cache = createMediaCache({ folder, maxBytes: () => 1000, clock: systemClock })
  return { folder, copyPicture: createDraggedPictures(cache, join(folder, 'dragged')).copy }
}

test('a kept picture is copied under the name given, with its own ending', async () => {
  const { copyPicture } = keptThings()
  const copy = (await copyPicture(picture, 'Amara Osei')) ?? ''
  expect(basename(copy)).toBe('Amara Osei.png')
  expect(readFileSync(copy, 'utf8')).toBe('a picture')
  expect(await copyPicture(picture, 'Amara Osei')).toBe(copy)
})

test('a clip is no picture, and what is not kept is not there', async () => {
  const { copyPicture } = keptThings()
  expect(await copyPicture(clip, 'Amara Osei')).toBeNull()
  expect(await copyPicture('c'.repeat(32), 'Amara Osei')).toBeNull()
})

test('what an earlier run left behind goes with the first copy', async () => {
  const { folder, copyPicture } = keptThings()
  const left = join(folder, 'dragged', 'old', 'Somebody.png')
  mkdirSync(join(folder, 'dragged', 'old'), { recursive: true })
  writeFileSync(left, 'old')
  await copyPicture(picture, 'Amara Osei')
  expect(existsSync(left)).toBe(false)
})
