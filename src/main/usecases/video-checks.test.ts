import { beforeEach, describe, expect, it } from 'vitest'
import { unwrap } from '../../../test/main/desks/desk.ts'
import { account, steppingClock } from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import type { Draft } from '../../shared/domain/draft.ts'
import type { VideoCheck, VideoFinding } from '../../shared/domain/video-check.ts'
import type { CheckedVideo, VideoToCheck } from '../ports/video-checker.ts'
import { createDrafts } from './drafts.ts'
import { createVideoChecks } from './video-checks.ts'

const secret = 'canary0signature5d41402abc4b2a76b9719d911017c592'
const link = (name: string) => `https://files.example/${name}.mp4?token=${secret}`

interface Asked {
  readonly kind: 'check' | 'look'
  readonly video: VideoToCheck
  readonly signal: AbortSignal
  readonly answer: (
    level: VideoFinding['level'],
    state?: VideoCheck['state'],
    isAnswered?: boolean
  ) => void
}

/** Puts a question on record, for the test to answer it. */
const asking =
  (asked: Asked[], nowAt: () => string) =>
  (video: VideoToCheck, signal: AbortSignal, kind: Asked['kind']): Promise<CheckedVideo> =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('Given up')), { once: true })
      const answer: Asked['answer'] = (level, state = 'done', isAnswered = state === 'done') =>
        resolve({
          skewMs: null,
          mend: null,
          isAnswered,
          check: {
            state,
            checkedAt: nowAt(),
            facts: null,
            findings: [{ code: 'rate-low', level, errorType: 'video_fps', values: {} }],
            ffmpegCommand: null,
            canFit: null,
            fit: null,
            bytesRead: 1,
            requests: 1
          }
        })
      asked.push({ kind, video, signal, answer })
    })

const openStore = () => {
  const store = openIn(temporaryFolder())
  store.transaction((write) => write.putAccount(account()))
  return store
}

const start = (store = openStore()) => {
  const clock = steppingClock()
  const asked: Asked[] = []
  const ask = asking(asked, clock.nowAt)
  const told: Draft[] = []
  const drafts = createDrafts({
    store,
    clock,
    trustedNowAt: clock.nowAt,
    emit: (_name: unknown, payload: unknown) =>
      void told.push(...(payload as { readonly changed: readonly Draft[] }).changed),
    canTrain: () => true,
    onVideos: (id) => checks.sync(id)
  })
  const checks = createVideoChecks({
    drafts,
    clock,
    checker: {
      check: (video, signal) => ask(video, signal, 'check'),
      look: (video, signal) => ask(video, signal, 'look')
    },
    supervisor: { start: (_task, work) => void Promise.resolve(work()).catch(() => undefined) },
    stopping: new AbortController().signal
  })
  const settle = () => new Promise((resolve) => setTimeout(resolve))
  return { store, clock, drafts, checks, asked, told, settle }
}
let desk: ReturnType<typeof start>
beforeEach(() => {
  desk = start()
})

const addOne = (name = 'take'): Draft => {
  const [draft] = unwrap(desk.drafts.add(link(name), null)).added
  if (draft === undefined) throw new Error('No draft')
  return draft
}
const checkOf = (id: Draft['id']) => unwrap(desk.drafts.get(id)).checks.trainVideoUrl

describe('the videos of drafts', () => {
  it('are checked as soon as they are known, and the window follows', async () => {
    const draft = addOne()
    expect(draft.checks.trainVideoUrl?.state).toBe('checking')
    expect(desk.asked[0]?.video).toMatchObject({ field: 'trainVideoUrl', fileName: 'take.mp4' })
    desk.asked[0]?.answer('refused')
    await desk.settle()
    expect(checkOf(draft.id)).toMatchObject({ state: 'done', findings: [{ code: 'rate-low' }] })
    expect(desk.told.at(-1)?.checks.trainVideoUrl?.state).toBe('done')
    expect(JSON.stringify(desk.told)).not.toContain(secret)
  })

  it('are not checked again while they stay the same', () => {
    const draft = addOne()
    unwrap(desk.drafts.update(draft.id, { replicaName: 'Priya' }))
    expect(desk.asked).toHaveLength(1)
    unwrap(desk.drafts.update(draft.id, { model: 'phoenix-3' }))
    expect(desk.asked).toHaveLength(2)
  })

  it('are given up when the link changes or the draft goes, and a late answer is not shown', async () => {
    const draft = addOne()
    unwrap(desk.drafts.update(draft.id, { trainVideoUrl: link('other') }))
    expect(desk.asked[0]?.signal.aborted).toBe(true)
    desk.asked[0]?.answer('refused')
    await desk.settle()
    expect(checkOf(draft.id)?.state).toBe('checking')
    unwrap(desk.drafts.update(draft.id, { trainVideoUrl: '' }))
    expect(desk.asked[1]?.signal.aborted).toBe(true)
    expect(checkOf(draft.id)).toBeNull()
    unwrap(desk.drafts.update(draft.id, { trainVideoUrl: link('third') }))
    unwrap(desk.drafts.discard([draft.id]))
    expect(desk.asked[2]?.signal.aborted).toBe(true)
  })

  it('are checked again when the person asks', () => {
    const draft = addOne()
    expect(unwrap(desk.checks.again(draft.id, 'trainVideoUrl')).checks.trainVideoUrl?.state).toBe(
      'checking'
    )
    expect(desk.asked).toHaveLength(2)
    expect(desk.checks.again(draft.id, 'consentVideoUrl').ok).toBe(false)
  })

  it('are not asked for where the link alone says that it cannot work', () => {
    desk.drafts.add('https://10.0.0.1/x.mp4 http://files.example/x.mp4', null)
    expect(desk.asked).toEqual([])
  })

  it('keep a draft from being sent once Tavus would refuse them, and not while nobody knows', async () => {
    const draft = addOne()
    unwrap(desk.drafts.update(draft.id, { subject: 'non-human' }))
    expect(desk.drafts.readyToSend(draft.id).ok).toBe(true)
    desk.asked[0]?.answer('refused')
    await desk.settle()
    expect(desk.drafts.readyToSend(draft.id)).toMatchObject({
      error: { issues: [{ field: 'trainVideoUrl', code: 'unfit-video' }] }
    })
  })

  it('are of one run: nothing of a check is stored', async () => {
    const draft = addOne()
    desk.asked[0]?.answer('warning')
    await desk.settle()
    unwrap(desk.drafts.update(draft.id, { replicaName: 'Priya' }))
    expect(JSON.stringify(desk.store.read.drafts())).not.toContain('rate-low')
    desk.drafts.restore()
    expect(unwrap(desk.drafts.get(draft.id))).toMatchObject({
      checks: { trainVideoUrl: null },
      needsLinkAgain: ['trainVideoUrl'],
      error: null
    })
  })
})

describe('files on this computer', () => {
  it('are checked again after a restart, and links wait to be given again', () => {
    const file = { path: '/videos/take.mp4', fileName: 'take.mp4', sizeBytes: 1000 }
    const [draft] = unwrap(desk.drafts.addVideos([file], null)).added
    addOne()
    expect(desk.asked).toHaveLength(2)
    const next = start(desk.store)
    next.drafts.restore()
    next.checks.takeUp()
    expect(next.asked.map(({ video }) => video.source)).toEqual([{ kind: 'file', path: file.path }])
    expect(unwrap(next.drafts.get(draft?.id ?? addOne().id)).checks.trainVideoUrl?.state).toBe(
      'checking'
    )
  })
})

describe('right before it is sent', () => {
  it('a link is looked at once more, unless that was a moment ago', async () => {
    const draft = addOne()
    desk.asked[0]?.answer('pass')
    await desk.settle()
    await desk.checks.fresh(draft.id)
    expect(desk.asked).toHaveLength(1)
    desk.clock.moveTo('2026-03-01T12:00:00.000Z')
    const looked = desk.checks.fresh(draft.id)
    desk.asked[1]?.answer('refused')
    await looked
    expect(checkOf(draft.id)?.findings[0]?.level).toBe('refused')
  })

  it('it is looked at at once, however many checks are waiting', async () => {
    const draft = addOne()
    const looked = desk.checks.fresh(draft.id)
    expect(desk.asked.map(({ kind }) => kind)).toEqual(['check', 'look'])
    desk.asked[1]?.answer('refused')
    await looked
    expect(checkOf(draft.id)?.findings[0]?.level).toBe('refused')
  })

  it('what is not sent is not looked at', async () => {
    const draft = addOne()
    unwrap(desk.drafts.update(draft.id, { consentVideoUrl: link('consent'), subject: 'non-human' }))
    const looked = desk.checks.fresh(draft.id)
    const looks = desk.asked.filter(({ kind }) => kind === 'look')
    expect(looks.map(({ video }) => video.field)).toEqual(['trainVideoUrl'])
    looks[0]?.answer('pass')
    await looked
  })

  it.each([
    ['nobody answers', 'failed', false],
    ['nobody answers to the end', 'done', false]
  ] as const)('what is known stays where %s, and the draft says so', async (_, state, answered) => {
    const draft = addOne()
    desk.asked[0]?.answer('pass')
    await desk.settle()
    for (const time of ['2026-03-01T12:00:00.000Z', '2026-03-01T13:00:00.000Z']) {
      desk.clock.moveTo(time)
      const looked = desk.checks.fresh(draft.id)
      desk.asked.at(-1)?.answer('refused', state, answered)
      await looked
      expect(checkOf(draft.id)).toMatchObject({
        state: 'done',
        findings: [
          { code: 'not-rechecked', level: 'warning' },
          { code: 'rate-low', level: 'pass' }
        ]
      })
    }
    expect(desk.drafts.readyToSend(draft.id)).not.toMatchObject({
      error: { issues: [{ code: 'unfit-video' }] }
    })
  })

  it('are judged by the video that is sent, where another is put in during the last look', async () => {
    const { id } = addOne()
    desk.asked[0]?.answer('pass')
    await desk.settle()
    desk.clock.moveTo(new Date(Date.parse(desk.clock.nowAt()) + 60_000).toISOString())
    const looked = desk.checks.fresh(id)
    unwrap(desk.drafts.update(id, { trainVideoUrl: link('other') }))
    desk.asked[2]?.answer('refused')
    desk.asked[1]?.answer('pass')
    await looked
    expect(checkOf(id)?.findings[0]?.level).toBe('refused')
  })
})
