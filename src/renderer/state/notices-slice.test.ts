import { expect, test } from 'vitest'
import { testAsset } from '../../../test/renderer/asset.ts'
import type { NoticeBody } from './notice.ts'
import { addNotice } from './notices-slice.ts'

const noted = (id: string, text: string): NoticeBody => ({
  kind: 'noted',
  undo: {
    of: 'note',
    about: { what: 'asset', ref: testAsset(id).ref },
    note: { text, tags: [] }
  }
})

test('several changes of one note are one notice, which takes back the last; those of another stand beside it', () => {
  const bodies = [noted('r1', ''), noted('r2', ''), noted('r1', 'first'), noted('r1', 'second')]
  const notices = bodies.reduce(addNotice, [] as ReturnType<typeof addNotice>)
  expect(notices).toEqual([
    { ...bodies[1], id: 2 },
    { ...bodies[3], id: 4 }
  ])
})
