import { describe, expect, it, onTestFinished } from 'vitest'
import { createManualClock } from '../../../test/main/manual-clock.ts'
import {
  account,
  asset,
  happening,
  otherAccountId,
  refOf
} from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import type { AssetRecord } from '../../shared/domain/asset.ts'
import { defaultSettings } from '../../shared/domain/default-settings.ts'
import type { AccountRecord } from '../ports/store.ts'
import { createSupervisor } from '../usecases/supervisor.ts'
import { createTrainingWatcher } from './training-watcher.ts'

const minute = 60_000
const training = (id: string, changes: Partial<AssetRecord> = {}) =>
  asset(id, { status: 'training', statusRaw: 'started', progress: 10, ...changes })
const video = (id: string, statusRaw: string) =>
  training(id, { ref: { ...refOf(id), kind: 'video' }, statusRaw })

interface Setup {
  readonly assets: readonly AssetRecord[]
  readonly accounts?: readonly AccountRecord[]
  readonly folder?: string
  readonly seconds?: number
  /** The account that never answers, and the one whose looks end in an error nobody expected. */
  readonly hangs?: string
  readonly throws?: string
}

/** The watcher over a real database; what a look finds is put there by the test. */
const start = (setup: Setup) => {
  const clock = createManualClock()
  const store = openIn(setup.folder ?? temporaryFolder())
  const looks: string[] = []
  let isAnswering = true
  let found: readonly AssetRecord[] = []
  const put = (...records: readonly AssetRecord[]) =>
    store.transaction((write) => {
      for (const record of records) write.putAsset(record)
    })
  store.transaction((write) => {
    for (const one of setup.accounts ?? [account()]) write.putAccount(one)
  })
  put(...setup.assets)
  const bugs: unknown[] = []
  const supervisor = createSupervisor({
    clock,
    log: { bug: (error) => `ref${bugs.push(error)}` },
    onBackground: () => undefined
  })
  let seconds = setup.seconds ?? 60
  let isHidden = false
  const watcher = createTrainingWatcher({
    store,
    clock,
    supervisor,
    settings: () => ({ ...defaultSettings, watchIntervalSeconds: seconds }),
    isHidden: () => isHidden,
    check: (accountId, kind, assets) => {
      looks.push(`${accountId} ${kind} ${assets.map(({ ref }) => ref.id).sort()}`)
      if (setup.hangs === accountId) return new Promise(() => undefined)
      if (setup.throws === accountId) throw new Error('A look went wrong')
      put(...found)
      found = []
      return Promise.resolve(isAnswering)
    }
  })
  onTestFinished(watcher.stop)
  return {
    store,
    watcher,
    clock,
    looks,
    put,
    /** What the next look finds. */
    willFind: (...records: readonly AssetRecord[]) => {
      found = records
    },
    answer: (isOn: boolean) => {
      isAnswering = isOn
    },
    /** Begins and waits for the end of the first round. */
    begin: async () => {
      watcher.resume()
      await settled()
    },
    /** Sleeps exactly until the next look, and answers how long that was. */
    next: async (): Promise<number> => {
      const pause = clock.waits.at(-1) ?? 0
      clock.advance(pause)
      await settled()
      return pause
    },
    hide: (isOn: boolean) => {
      isHidden = isOn
      watcher.wake()
    },
    setSeconds: (next: number) => {
      seconds = next
      watcher.wake()
    },
    bugs
  }
}

/** Looks answer at once, so all of them are over after a few turns. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

const pausesOf = async (desk: ReturnType<typeof start>, count: number) => {
  const pauses: number[] = []
  for (let round = 0; round < count; round += 1) pauses.push(await desk.next())
  return pauses
}

describe('what is looked at', () => {
  it('is everything unfinished of an account and kind, in one call each', async () => {
    const desk = start({
      accounts: [account(), account({ id: otherAccountId })],
      assets: [
        training('r1'),
        training('r2', { status: 'preview', statusRaw: 'completed' }),
        training('r3', { status: 'other', statusRaw: 'paused' }),
        training('r4', { origin: 'stock' }),
        training('r5', { presence: 'gone' }),
        asset('r6'),
        asset('r7', { status: 'failed' }),
        video('v1', 'generating'),
        training('r8', { ref: refOf('r8', otherAccountId) })
      ]
    })
    await desk.begin()
    expect(desk.looks.toSorted()).toEqual([
      'acc_aaaaaaaa replica r1,r2,r3',
      'acc_aaaaaaaa video v1',
      'acc_bbbbbbbb replica r8'
    ])
  })

  it('is nothing while nothing is unfinished, until the history tells of something new', async () => {
    const desk = start({ assets: [asset('r1')] })
    await desk.begin()
    expect(await pausesOf(desk, 2)).toEqual([60 * minute, 60 * minute])
    expect(desk.looks).toEqual([])
    desk.store.transaction((write) => {
      write.putAsset(training('r2'))
      write.append(happening({ type: 'creation-answered', assetId: 'r2' }))
    })
    await settled()
    expect(desk.looks).toEqual([])
    expect(await desk.next()).toBe(minute)
    expect(desk.looks).toEqual(['acc_aaaaaaaa replica r2'])
  })

  it('is a preview until its tuning is done', async () => {
    const preview = training('r1', { status: 'preview', statusRaw: 'completed', progress: 100 })
    const desk = start({ assets: [training('r1')] })
    desk.willFind(preview)
    await desk.begin()
    desk.willFind({ ...preview, status: 'ready' })
    await desk.next()
    await desk.next()
    expect(desk.looks).toHaveLength(2)
  })

  it('is taken up where it was after a restart', async () => {
    const folder = temporaryFolder()
    const first = start({ folder, assets: [training('r1')] })
    await first.begin()
    first.watcher.stop()
    first.store.close()
    const second = start({ folder, assets: [] })
    await second.begin()
    expect(second.looks).toEqual(['acc_aaaaaaaa replica r1'])
  })
})

describe('how often', () => {
  it('slower while nothing moves, up to four times as long', async () => {
    const desk = start({ assets: [training('r1')] })
    await desk.begin()
    const pauses = await pausesOf(desk, 5)
    expect(pauses.map((pause) => pause / minute)).toEqual([1.5, 2.25, 3.375, 4, 4])
  })

  it.each<[string, Partial<AssetRecord>]>([
    ['progress', { progress: 11 }],
    ['status', { status: 'preview', statusRaw: 'completed' }]
  ])('at the usual pace again right after a change of %s', async (_what, change) => {
    const desk = start({ assets: [training('r1')] })
    await desk.begin()
    await pausesOf(desk, 3)
    desk.willFind(training('r1', change))
    expect(await pausesOf(desk, 3)).toEqual([4 * minute, minute, 1.5 * minute])
  })

  it('as often as the settings say', async () => {
    const desk = start({ assets: [training('r1')], seconds: 30 })
    desk.willFind(training('r1', { progress: 12 }))
    await desk.begin()
    expect(await desk.next()).toBe(30_000)
  })

  it('a third as often while nobody sees the window, and at once when it is due as it is seen again', async () => {
    const desk = start({ assets: [training('r1')] })
    desk.willFind(training('r1', { progress: 11 }))
    await desk.begin()
    desk.hide(true)
    await settled()
    expect(desk.clock.waits.at(-1)).toBe(3 * minute)
    desk.clock.advance(2 * minute)
    await settled()
    expect(desk.looks).toHaveLength(1)
    desk.hide(false)
    await settled()
    expect(desk.looks).toHaveLength(2)
  })

  it.each([
    ['a generating video', video('v1', 'generating'), account(), [20_000, 20_000, 20_000]],
    ['a video in the queue', video('v1', 'queued'), account(), [90_000, 135_000, 202_500]],
    ['sample data', training('r1'), account({ isSample: true }), [3000, 3000, 3000]]
  ])('%s has a pace of its own', async (_what, one, owner, pauses) => {
    const desk = start({ assets: [one], accounts: [owner] })
    await desk.begin()
    expect(await pausesOf(desk, 3)).toEqual(pauses)
  })

  it('less and less when there is no answer, at most every ten minutes, and as usual after one', async () => {
    const desk = start({ assets: [training('r1')] })
    desk.answer(false)
    await desk.begin()
    const pauses = await pausesOf(desk, 5)
    expect(pauses.map((pause) => pause / minute)).toEqual([2, 4, 8, 10, 10])
    desk.answer(true)
    desk.willFind(training('r1', { progress: 99 }))
    await desk.next()
    expect(await desk.next()).toBe(minute)
  })

  it('one account without an answer does not slow another down', async () => {
    const slow = training('r1')
    const quick = training('r2', { ref: refOf('r2', otherAccountId) })
    const desk = start({
      accounts: [account(), account({ id: otherAccountId, isSample: true })],
      assets: [slow, quick]
    })
    await desk.begin()
    await pausesOf(desk, 4)
    expect(desk.looks.filter((look) => look.includes('r1'))).toHaveLength(1)
    expect(desk.looks.filter((look) => look.includes('r2'))).toHaveLength(5)
  })
})

describe('a new training', () => {
  const begin = async (desk: ReturnType<typeof start>, id: string) => {
    desk.store.transaction((write) => {
      write.putAsset(training(id))
      write.append(happening({ type: 'creation-answered', assetId: id }))
    })
    await settled()
  }

  it('is looked at once the interval of the settings is over, however slow the others were', async () => {
    const desk = start({ assets: [training('r1')] })
    await desk.begin()
    await pausesOf(desk, 5)
    await begin(desk, 'r2')
    expect(await desk.next()).toBe(minute)
    expect(desk.looks.at(-1)).toBe('acc_aaaaaaaa replica r1,r2')
  })

  it('keeps nothing else waiting, though one begins every half minute', async () => {
    const desk = start({ assets: [training('r1')] })
    await desk.begin()
    for (let count = 2; count < 8; count += 1) {
      await begin(desk, `r${count}`)
      desk.clock.advance(minute / 2)
      await settled()
    }
    expect(desk.looks.length).toBeGreaterThanOrEqual(3)
  })

  it('is looked at by the settings of now', async () => {
    const desk = start({ assets: [training('r1')], seconds: 600 })
    await desk.begin()
    await pausesOf(desk, 3)
    desk.setSeconds(30)
    await settled()
    expect(await desk.next()).toBeLessThanOrEqual(120_000)
  })
})

describe('the trouble of one account', () => {
  it.each(['hangs', 'throws'] as const)(
    'that %s leaves the looks of others as they are',
    async (how) => {
      const other = training('r2', { ref: refOf('r2', otherAccountId) })
      const desk = start({
        accounts: [account(), account({ id: otherAccountId })],
        assets: [training('r1'), other],
        [how]: account().id
      })
      await desk.begin()
      for (let round = 0; round < 6; round += 1) await desk.next()
      expect(desk.looks.filter((look) => look.includes('r2')).length).toBeGreaterThanOrEqual(4)
      expect(desk.bugs.length > 0).toBe(how === 'throws')
    }
  )
})

describe('sleep', () => {
  it('nobody is asked before the app is ready, nor while the computer sleeps', async () => {
    const desk = start({ assets: [training('r1')] })
    await desk.next()
    expect(desk.looks).toEqual([])
    await desk.begin()
    desk.watcher.pause()
    await pausesOf(desk, 3)
    expect(desk.looks).toHaveLength(1)
  })

  it('looks at once when the computer wakes, whatever was due', async () => {
    const desk = start({ assets: [training('r1')] })
    desk.answer(false)
    await desk.begin()
    await pausesOf(desk, 3)
    desk.watcher.pause()
    desk.answer(true)
    const before = desk.looks.length
    desk.watcher.resume()
    await settled()
    expect(desk.looks).toHaveLength(before + 1)
    expect(await desk.next()).toBe(1.5 * minute)
  })
})

it('asks nobody any more once it is stopped', async () => {
  const desk = start({ assets: [training('r1')] })
  await desk.begin()
  desk.watcher.stop()
  desk.clock.advance(60 * minute)
  desk.watcher.resume()
  expect(desk.looks).toHaveLength(1)
})
