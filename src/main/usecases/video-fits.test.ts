import { beforeEach, describe, expect, it } from 'vitest'
import { unwrap } from '../../../test/main/desks/desk.ts'
import { account, steppingClock } from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import type { Draft } from '../../shared/domain/draft.ts'
import type { VideoChecker } from '../ports/video-checker.ts'
import type { FitOutcome } from '../ports/video-fitter.ts'
import { createDrafts } from './drafts.ts'
import { createVideoChecks } from './video-checks.ts'
import { createVideoFits } from './video-fits.ts'

const field = 'trainVideoUrl'

interface Fitting {
  readonly from: string
  readonly to: string
  readonly signal: AbortSignal
  readonly onShare: (share: number) => void
  readonly end: (outcome: FitOutcome) => void
  readonly break: (error: Error) => void
}

const start = () => {
  const store = openIn(temporaryFolder())
  store.transaction((write) => write.putAccount(account()))
  let timeMs = 0
  const clock = { ...steppingClock(), monotonicMs: () => timeMs }
  const fittings: Fitting[] = []
  const asked: string[] = []
  const faults: unknown[] = []
  const answers: (string | null)[] = []
  const supervisor = {
    start: (_task: unknown, work: () => unknown) =>
      void Promise.resolve(work()).catch((error) => void faults.push(error))
  }
  const stopping = new AbortController()
  const drafts = createDrafts({
    store,
    clock,
    trustedNowAt: clock.nowAt,
    emit: () => undefined,
    canTrain: () => true,
    onVideos: (id) => {
      fits.sync(id)
      checks.sync(id)
    }
  })
  const checker: VideoChecker = {
    look: (video, signal) => checker.check(video, signal),
    check: async ({ fileName }) => ({
      skewMs: null,
      mend: null,
      isAnswered: true,
      check: {
        state: 'done',
        checkedAt: clock.nowAt(),
        facts: null,
        findings: [],
        ffmpegCommand: null,
        canFit: fileName.endsWith('.mov') ? 'remux' : null,
        fit: null,
        bytesRead: 1,
        requests: 0
      }
    })
  }
  const checks = createVideoChecks({
    drafts,
    clock,
    checker,
    supervisor,
    stopping: stopping.signal
  })
  const fits = createVideoFits({
    drafts,
    clock,
    supervisor,
    stopping: stopping.signal,
    fitter: {
      isThere: () => true,
      fit: ({ source }, to, onShare, signal) =>
        new Promise<FitOutcome>((end, reject) => {
          signal.addEventListener('abort', () => reject(new Error('Given up')), { once: true })
          const from = source.kind === 'file' ? source.path : ''
          fittings.push({ from, to, signal, onShare, end, break: reject })
        })
    },
    askWhere: async (name) => {
      asked.push(name)
      return answers.length > 0 ? (answers.shift() ?? null) : `/made/${name}`
    },
    takeFile: async (id, of, path) => {
      drafts.setFile(id, of, { path, fileName: 'take-fit.mp4', sizeBytes: 2 })
    }
  })
  const settle = () => new Promise((resolve) => setTimeout(resolve))
  const pass = (ms: number): void => {
    timeMs += ms
  }
  return { drafts, checks, fits, fittings, asked, faults, answers, stopping, settle, pass }
}
let desk: ReturnType<typeof start>
beforeEach(() => {
  desk = start()
})

const addFile = async (fileName = 'take.mov'): Promise<Draft['id']> => {
  const file = { path: `/videos/${fileName}`, fileName, sizeBytes: 1 }
  const [draft] = unwrap(desk.drafts.addVideos([file], null)).added
  if (draft === undefined) throw new Error('No draft')
  await desk.settle()
  return draft.id
}
const draftNow = (id: Draft['id']) => unwrap(desk.drafts.get(id))
const fitOf = (id: Draft['id']) => draftNow(id).checks[field]?.fit
const begin = async (id: Draft['id']): Promise<Fitting> => {
  unwrap(await desk.fits.begin(id, field))
  const fitting = desk.fittings.at(-1)
  if (fitting === undefined) throw new Error('Nothing began')
  return fitting
}

describe('a local video that is made to fit', () => {
  it('goes where the person says, and becomes the draft’s video', async () => {
    const id = await addFile()
    const { from, to, end } = await begin(id)
    expect([from, to]).toEqual(['/videos/take.mov', '/made/take-fit.mp4'])
    expect(fitOf(id)).toEqual({ state: 'running', share: null })
    end('done')
    await desk.settle()
    expect(draftNow(id).files[field]?.fileName).toBe('take-fit.mp4')
    expect(draftNow(id).checks[field]).toMatchObject({ state: 'done', canFit: null, fit: null })
  })

  it('tells how far it is twice a second at most', async () => {
    const id = await addFile()
    const { onShare } = await begin(id)
    onShare(0.1)
    desk.pass(499)
    onShare(0.2)
    expect(fitOf(id)?.share).toBe(0.1)
    desk.pass(1)
    onShare(0.3)
    expect(fitOf(id)?.share).toBe(0.3)
  })

  it('stays in sight while the video is checked again', async () => {
    const id = await addFile()
    const { onShare } = await begin(id)
    onShare(0.4)
    unwrap(desk.checks.again(id, field))
    expect(draftNow(id).checks[field]).toMatchObject({
      state: 'checking',
      canFit: 'remux',
      fit: { state: 'running', share: 0.4 }
    })
    await desk.settle()
    expect(draftNow(id).checks[field]).toMatchObject({
      state: 'done',
      fit: { state: 'running', share: 0.4 }
    })
  })

  it('is made once, and never over the video itself', async () => {
    const id = await addFile()
    desk.answers.push(null, '/videos/take.mov')
    unwrap(await desk.fits.begin(id, field))
    unwrap(await desk.fits.begin(id, field))
    expect(desk.fittings).toHaveLength(0)
    await Promise.all([desk.fits.begin(id, field), desk.fits.begin(id, field)])
    unwrap(await desk.fits.begin(id, field))
    expect(desk.fittings).toHaveLength(1)
  })

  it('is offered for local videos alone that need it', async () => {
    const good = await addFile('good.mp4')
    expect(await desk.fits.begin(good, field)).toMatchObject({ error: { kind: 'not-found' } })
    const [link] = unwrap(desk.drafts.add('https://files.example/take.mov', null)).added
    expect(await desk.fits.begin(link?.id ?? good, field)).toMatchObject({
      error: { kind: 'not-found' }
    })
    expect(desk.asked).toEqual([])
  })

  it('can be given up, and begun again', async () => {
    const id = await addFile()
    const first = await begin(id)
    desk.fits.cancel(id, field)
    await desk.settle()
    expect(first.signal.aborted).toBe(true)
    expect(fitOf(id)).toBeNull()
    expect(draftNow(id).files[field]?.fileName).toBe('take.mov')
    await begin(id)
    expect(desk.fittings).toHaveLength(2)
    expect(desk.faults).toEqual([])
  })

  it('says that it failed, and reports what nobody foresaw', async () => {
    const id = await addFile()
    const first = await begin(id)
    first.end('failed')
    await desk.settle()
    expect(fitOf(id)).toEqual({ state: 'failed', share: null })
    const second = await begin(id)
    second.break(new Error('Broken'))
    await desk.settle()
    expect(fitOf(id)).toEqual({ state: 'failed', share: null })
    expect(desk.faults).toEqual([new Error('Broken')])
  })

  it('ends when the draft gets another video, which it does not replace', async () => {
    const id = await addFile()
    const { signal } = await begin(id)
    const file = { path: '/videos/other.mov', fileName: 'other.mov', sizeBytes: 3 }
    unwrap(desk.drafts.setFile(id, field, file))
    await desk.settle()
    expect(signal.aborted).toBe(true)
    expect(draftNow(id).files[field]?.fileName).toBe('other.mov')
    expect(draftNow(id).checks[field]).toMatchObject({ canFit: 'remux', fit: null })
  })

  it('ends when the draft is discarded, and when the app ends', async () => {
    const [gone, kept] = [await addFile(), await addFile('two.mov')]
    const fitting = await begin(gone)
    unwrap(desk.drafts.discard([gone]))
    expect(fitting.signal.aborted).toBe(true)
    const last = await begin(kept)
    desk.stopping.abort()
    await desk.settle()
    expect(last.signal.aborted).toBe(true)
    expect(desk.faults).toEqual([])
  })
})
