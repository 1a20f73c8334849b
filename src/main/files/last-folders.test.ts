import { expect, it } from 'vitest'
import { createLastFolders } from './last-folders.ts'

it('a dialog begins where it was last used, and another one where it was itself', () => {
  const folders = createLastFolders('/home/ada/Downloads')
  expect(folders.of('video')).toBe('/home/ada/Downloads')
  folders.note('video', '/media/card/take 1.mp4')
  expect(folders.of('video')).toBe('/media/card')
  expect(folders.of('save')).toBe('/home/ada/Downloads')
})
