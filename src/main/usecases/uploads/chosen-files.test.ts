import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { unwrap } from '../../../../test/main/desks/desk.ts'
import { openIn, temporaryFolder } from '../../../../test/main/storage/temporary-store.ts'
import { mostDrafts, mostVideosAtOnce } from '../../../shared/catalogue/limits.ts'
import { contract } from '../../../shared/ipc/contract.ts'
import { systemClock } from '../../clock.ts'
import { createDrafts } from '../drafts.ts'
import { addChosenFiles } from './chosen-files.ts'

const setUp = () => {
  const folder = temporaryFolder()
  const drafts = createDrafts({
    store: openIn(temporaryFolder()),
    clock: systemClock,
    trustedNowAt: systemClock.nowAt,
    emit: () => undefined,
    canTrain: () => true,
    onVideos: () => undefined
  })
  return {
    drafts,
    add: (paths: readonly string[]) =>
      addChosenFiles(paths, (files) => drafts.addVideos(files, null)),
    pathOf: (name: string) => join(folder, name),
    video: (name: string) => {
      writeFileSync(join(folder, name), 'video')
      return join(folder, name)
    }
  }
}

it('takes the files that can be taken, and says of the others which and why', async () => {
  const { add, drafts, pathOf, video } = setUp()
  mkdirSync(pathOf('folder.mp4'))
  const paths = [video('a.mp4'), pathOf('gone.mp4'), video('b.mp4'), pathOf('folder.mp4'), '']
  const { added, refused } = unwrap(await add(paths))
  expect(added.map(({ files }) => files.trainVideoUrl?.fileName)).toEqual(['a.mp4', 'b.mp4'])
  expect(drafts.all()).toHaveLength(2)
  expect(refused).toEqual([
    { index: 1, why: 'missing' },
    { index: 3, why: 'unreadable' },
    { index: 4, why: 'unreadable' }
  ])
})

it('names those that there is no room for by their place among all', async () => {
  const { add, drafts, pathOf, video } = setUp()
  const one = video('a.mp4')
  unwrap(await add(Array.from({ length: mostDrafts - 1 }, () => one)))
  const { added, refused } = unwrap(await add([pathOf('gone.mp4'), one, one, one]))
  expect(added).toHaveLength(1)
  expect(refused).toEqual([
    { index: 0, why: 'missing' },
    { index: 2, why: 'no-room' },
    { index: 3, why: 'no-room' }
  ])
  expect(drafts.all()).toHaveLength(mostDrafts)
})

it('makes no empty draft where none can be taken', async () => {
  const { add, drafts, pathOf } = setUp()
  expect(unwrap(await add([pathOf('gone.mp4')])).added).toEqual([])
  expect(drafts.all()).toEqual([])
})

it('is asked with as many paths at once as the contract takes, one of nowhere among them', () => {
  const { input } = contract['draft:addVideoFiles']
  const paths = Array.from({ length: mostVideosAtOnce }, (_, index) =>
    index === 0 ? '' : '/a.mp4'
  )
  expect(input.safeParse({ paths, accountId: null }).success).toBe(true)
})
