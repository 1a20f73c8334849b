import { beforeEach, expect, it } from 'vitest'
import { mostVideosAtOnce } from '../../shared/catalogue/limits.ts'
import type { Draft } from '../../shared/domain/draft.ts'
import type { RefusedVideo } from '../../shared/domain/local-video.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { fail, ok } from '../../shared/result.ts'
import { createAppStore } from '../state/app-store.ts'
import { noticeContent } from './notice-content.ts'

let asked: readonly string[][]
beforeEach(() => {
  asked = []
})

/** Main as the window sees it: it takes what it is not told to refuse. */
const start = (refusals: Readonly<Record<string, RefusedVideo['why']>>, failsAt = -1) => {
  const bridge = {
    draftAddVideoFiles: async ({ files }: { readonly files: readonly File[] }) => {
      asked = [...asked, files.map(({ name }) => name)]
      if (asked.length - 1 === failsAt) {
        return fail({ kind: 'storage-failed', reason: 'disk-full' } satisfies AppError)
      }
      const refused = files.flatMap(({ name }, index): RefusedVideo[] => {
        const why = refusals[name]
        return why === undefined ? [] : [{ index, why }]
      })
      const added = files.flatMap(({ name }) =>
        refusals[name] === undefined ? [{ id: `drf_${name}` } as unknown as Draft] : []
      )
      return ok({ added, refused })
    }
  }
  return createAppStore(bridge as unknown as Bridge)
}

const videos = (count: number): readonly File[] =>
  Array.from({ length: count }, (_, index) => new File([], `take-${index + 1}.mp4`))

const words = (store: ReturnType<typeof start>) =>
  store.getState().notices.map((notice) => noticeContent(notice).text)

it('adds any number of videos, a message full at a time', async () => {
  const store = start({})
  await store.getState().importFiles(videos(2 * mostVideosAtOnce + 3))
  expect(asked.map((names) => names.length)).toEqual([mostVideosAtOnce, mostVideosAtOnce, 3])
  expect(asked.flat()).toHaveLength(new Set(asked.flat()).size)
  expect(store.getState().addedDraftIds).toHaveLength(2 * mostVideosAtOnce + 3)
  expect(store.getState().notices).toEqual([])
})

it('names the videos that were not taken, and why, beside those that were', async () => {
  const store = start({
    'take-2.mp4': 'missing',
    'take-52.mp4': 'unreadable',
    'take-54.mp4': 'no-room',
    'take-55.mp4': 'no-room'
  })
  await store.getState().importFiles(videos(55))
  expect(store.getState().addedDraftIds).toHaveLength(51)
  expect(words(store)).toEqual([
    'take-2.mp4 is no longer where it was. take-52.mp4 couldn’t be read. There is room for 500 drafts. Create or discard some, then add take-54.mp4 and take-55.mp4.'
  ])
})

it('says which videos are to be added again once their drafts could not be stored', async () => {
  const store = start({}, 1)
  await store.getState().importFiles(videos(56))
  expect(store.getState().addedDraftIds).toHaveLength(50)
  expect(words(store).at(-1)).toBe(
    'Add take-51.mp4, take-52.mp4, take-53.mp4, and 3 more files again.'
  )
  expect(store.getState().notices).toHaveLength(2)
})
