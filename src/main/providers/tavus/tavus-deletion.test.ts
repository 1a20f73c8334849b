import { expect, test } from 'vitest'
import { describeDeletion } from './tavus-deletion.ts'

test.each([
  [
    'replica',
    'soft',
    ['replica'],
    ['training-footage-perhaps', 'conversations', 'videos-made-with-it', 'personas-using-it']
  ],
  [
    'replica',
    'permanent',
    ['replica', 'training-footage'],
    ['conversations', 'videos-made-with-it', 'personas-using-it']
  ],
  ['video', 'soft', ['video'], ['video-thumbnails']],
  ['video', 'permanent', ['video', 'video-thumbnails'], []]
] as const)('%s, %s', (kind, mode, goes, stays) => {
  expect(describeDeletion(kind, mode)).toEqual({ goes, stays })
})
