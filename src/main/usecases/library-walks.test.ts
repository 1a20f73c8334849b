import { afterEach, describe, expect, it } from 'vitest'
import {
  type DeskOptions,
  startDesk,
  type TestDesk,
  unwrap
} from '../../../test/main/desks/desk.ts'
import { faultCatalog, tooManyRequests } from '../../../test/sandbox/fault-catalog.ts'
import { stoppedWords } from '../../renderer/text/refresh-words.ts'
import { makeReplica, makeVideo, makeVoice } from '../../sandbox/sample-data.ts'
import type { AssetKind } from '../../shared/catalogue/kinds.ts'

const open: TestDesk[] = []
afterEach(async () => {
  for (const desk of open.splice(0)) await desk.close()
})

const start = async (options: DeskOptions = {}): Promise<TestDesk> => {
  const desk = await startDesk({ seedData: 'empty', ...options })
  open.push(desk)
  return desk
}

const refresh = (desk: TestDesk) => desk.library.refresh(desk.accountId)

const listed = (desk: TestDesk, kind: AssetKind) => desk.store.read.listedIds(desk.accountId, kind)

const vanished = (desk: TestDesk): readonly (string | null)[] =>
  desk
    .events()
    .filter(({ type }) => type === 'asset-vanished')
    .map(({ assetId }) => assetId)

const asked = (desk: TestDesk, path: string) =>
  desk.sandbox.requests.filter((request) => request.path === path)

const minutes = (from: number, to: string | null) => (Date.parse(to ?? '') - from) / 60_000

describe('a list without an end', () => {
  const limits = { pages: 1_000, rows: 1_000, bytes: 8 * 1024 * 1024 }
  const endless = (rowBytes: number) => ({ list: 'replicas', rows: 'fresh', rowBytes }) as const

  it.each([
    ['rows', endless(10), limits, 1_000],
    ['bytes', endless(8_000), limits, 1_100],
    ['pages', endless(10), { ...limits, pages: 3 }, 300]
  ] as const)(
    'ends at so many %s, with everything before it kept',
    async (_, endlessList, walkLimits, most) => {
      const desk = await start({ endlessList, walkLimits, seedData: { replicas: 0, videos: 2 } })
      const status = await refresh(desk)
      expect(status).toMatchObject({
        state: 'idle',
        asOfAt: null,
        lastError: { kind: 'unexpected-response', where: 'endless' }
      })
      const pages = asked(desk, '/v2/replicas').length
      expect(listed(desk, 'replica').length).toBeGreaterThanOrEqual(pages * 100 - 100)
      expect(listed(desk, 'replica').length).toBeLessThanOrEqual(most)
      expect(status.readCount).toBe(listed(desk, 'replica').length + 2)
      expect(listed(desk, 'video')).toHaveLength(2)
    }
  )

  it('makes nothing vanish', async () => {
    let isOn = false
    const endlessList = { ...endless(10), isOn: () => isOn }
    const desk = await start({ endlessList, walkLimits: limits, seedData: { replicas: 3 } })
    await refresh(desk)
    const before = listed(desk, 'replica')
    isOn = true
    expect((await refresh(desk)).lastError).toMatchObject({ where: 'endless' })
    expect(vanished(desk)).toEqual([])
    expect(listed(desk, 'replica')).toEqual(expect.arrayContaining([...before]))
    const singles = desk.sandbox.requests.filter(({ path }) => path.startsWith('/v2/replicas/'))
    expect(singles).toEqual([])
  })

  it('the same page again and again ends it at once', async () => {
    const endlessList = { list: 'replicas', rows: 'same', rowBytes: 9_000 } as const
    const desk = await start({ endlessList })
    expect((await refresh(desk)).lastError).toMatchObject({ where: 'incomplete' })
    expect(listed(desk, 'replica')).toHaveLength(100)
    expect(asked(desk, '/v2/replicas').length).toBeLessThan(8)
  })

  it('can be stopped: nothing more is asked, what was read stays, nothing is called gone', async () => {
    const desk = await start({ endlessList: { list: 'videos', rows: 'fresh', rowBytes: 100 } })
    const refreshing = refresh(desk)
    await desk.untilStatus(({ readCount }) => readCount >= 300)
    const stopped = await desk.library.stop(desk.accountId)
    const count = desk.sandbox.requests.length
    expect(await refreshing).toEqual(stopped[0])
    expect(stopped).toMatchObject([
      { state: 'idle', asOfAt: null, lastError: { kind: 'canceled' }, waitsUntilAt: null }
    ])
    expect(listed(desk, 'video')).toHaveLength(stopped[0]?.readCount ?? 0)
    expect(vanished(desk)).toEqual([])
    expect(desk.sandbox.requests).toHaveLength(count)
    expect(await desk.library.stop(null)).toEqual([])
  })

  it('stopped, says nothing about another list, which was read to its end and made something vanish', async () => {
    const desk = await start({ seedData: { replicas: 3, videos: 3 } })
    await refresh(desk)
    const [gone = ''] = listed(desk, 'replica')
    desk.sandbox.state.deleteReplica(gone, true)
    desk.sandbox.faults.add({
      match: { method: 'GET', path: '/v2/videos' },
      effect: faultCatalog.hang
    })
    const refreshing = refresh(desk)
    await expect.poll(() => vanished(desk)).toEqual([gone])
    await desk.library.stop(desk.accountId)
    const { readCount } = await refreshing
    expect(stoppedWords(readCount).text).toBe(
      '2 items were read. Nothing was marked as deleted in lists that weren’t read completely.'
    )
  })

  it('that is being stopped does not swallow the refresh asked for after it', async () => {
    const desk = await start({ seedData: { replicas: 3 } })
    const stopped = refresh(desk)
    const stopping = desk.library.stop(desk.accountId)
    const again = refresh(desk)
    expect((await stopped).lastError).toEqual({ kind: 'canceled' })
    await stopping
    expect(await again).toMatchObject({ lastError: null, readCount: 3 })
  })
})

describe('rows that are too large', () => {
  /** Each of the letters comes as six bytes. A script too large to be escaped in time is of plain ones. */
  const script = (bytes: number) => (bytes < 100_000 ? '葉'.repeat(bytes / 6) : 'x'.repeat(bytes))
  const addVideos = (desk: TestDesk, count: number, bytes: (index: number) => number) => {
    for (let index = 0; index < count; index += 1) {
      desk.sandbox.state.addVideo(makeVideo(`Clip ${index}`, script(bytes(index)), 0))
    }
    desk.sandbox.faults.add({ match: { path: '/v2/videos' }, effect: { kind: 'escaped' } })
  }
  const ids = (desk: TestDesk) => desk.sandbox.state.videos.map(({ id }) => id).sort()

  it('a page of them is asked for in smaller ones, and all are listed', async () => {
    const desk = await start()
    addVideos(desk, 100, () => 12_000)
    expect(await refresh(desk)).toMatchObject({ lastError: null, tooLarge: [] })
    expect([...listed(desk, 'video')].sort()).toEqual(ids(desk))
  })

  it.each([0, 1] as const)(
    'one alone that is too large is named, and all others are listed (pages from %i)',
    async (firstVideoPage) => {
      const desk = await start({ firstVideoPage })
      addVideos(desk, 230, (index) => (index === 99 ? 1_200_000 : 600))
      const large = desk.sandbox.state.videos[130]?.id
      expect(await refresh(desk)).toMatchObject({
        asOfAt: null,
        lastError: { where: 'incomplete' },
        tooLarge: [{ list: 'videos', position: 131, page: 2, id: large }]
      })
      expect([...listed(desk, 'video')].sort()).toEqual(ids(desk).filter((id) => id !== large))
    }
  )

  it('one that grew too large stays, and what was deleted elsewhere goes', async () => {
    const desk = await start()
    addVideos(desk, 5, () => 600)
    await refresh(desk)
    const [grown, gone] = desk.sandbox.state.videos
    if (grown === undefined || gone === undefined) throw new Error('No videos')
    desk.sandbox.state.removeVideo(gone.id)
    desk.sandbox.state.removeVideo(grown.id)
    desk.sandbox.state.addVideo({ ...grown, script: script(1_200_000) })
    await refresh(desk)
    expect(listed(desk, 'video')).toContain(grown.id)
    expect(vanished(desk)).toEqual([gone.id])
  })
})

describe('a provider that asks to be waited for', () => {
  const slowDown = (desk: TestDesk, times: number, path = '/v2/replicas') =>
    desk.sandbox.faults.add({ match: { path }, effect: tooManyRequests('20'), times })

  it('is told at once with the time, and the refresh goes on then', async () => {
    const desk = await start({ seedData: { replicas: 2 } })
    slowDown(desk, 1)
    const began = Date.now()
    const refreshing = refresh(desk)
    const { waitsUntilAt } = await desk.untilStatus((status) => status.waitsUntilAt !== null)
    expect(minutes(began, waitsUntilAt)).toBeGreaterThanOrEqual(20 / 60)
    expect(minutes(began, waitsUntilAt)).toBeLessThan(1)
    expect(asked(desk, '/v2/replicas')).toHaveLength(1)
    expect(await refreshing).toMatchObject({ lastError: null, waitsUntilAt: null })
    expect(desk.statuses.at(-1)?.waitsUntilAt).toBeNull()
  })

  it('can be stopped while it waits', async () => {
    const desk = await start({ seedData: { replicas: 2 } })
    desk.sandbox.faults.add({
      match: { path: '/v2/replicas' },
      effect: tooManyRequests('600')
    })
    const refreshing = refresh(desk)
    await desk.untilStatus((status) => status.waitsUntilAt !== null)
    await desk.library.stop(null)
    expect(await refreshing).toMatchObject({ lastError: { kind: 'canceled' }, waitsUntilAt: null })
    expect(desk.sandbox.requests).toHaveLength(1)
  })

  it('says until when it may not be asked again once the tries are used up', async () => {
    const desk = await start({ seedData: { replicas: 2 } })
    slowDown(desk, 9)
    const began = Date.now()
    const status = await refresh(desk)
    expect(status.lastError).toMatchObject({ kind: 'rate-limited' })
    expect(minutes(began, status.waitsUntilAt)).toBeGreaterThanOrEqual(20 / 60)
  })

  it('a check of the key before the refresh is a part of it: told, and stopped', async () => {
    const desk = await start({ seedData: { replicas: 2 } })
    desk.sandbox.faults.add({ effect: tooManyRequests('600') })
    const refreshing = desk.library.refresh(desk.accountId, (signal) =>
      desk.accounts.check(desk.accountId, signal)
    )
    await desk.untilStatus((status) => status.waitsUntilAt !== null)
    await desk.library.stop(desk.accountId)
    expect(await refreshing).toMatchObject({ lastError: { kind: 'canceled' }, waitsUntilAt: null })
    expect(desk.sandbox.requests).toHaveLength(1)
  })
})

describe('what is missing from a list that does not add up', () => {
  const off = { totalCountOffset: 1 }

  it('stays where its own address gives no usable answer', async () => {
    const desk = await start({ ...off, seedData: { replicas: 4 } })
    await refresh(desk)
    const [first, second] = desk.sandbox.state.replicas
    if (first === undefined || second === undefined) throw new Error('No replicas')
    desk.sandbox.state.removeReplica(first.id)
    desk.sandbox.state.removeReplica(second.id)
    const path = `/v2/replicas/${first.id}`
    desk.sandbox.faults.add({ match: { path }, effect: faultCatalog.captivePortal })
    await refresh(desk)
    expect(vanished(desk)).toEqual([second.id])
    desk.sandbox.faults.clear()
    await refresh(desk)
    expect(vanished(desk)).toEqual([second.id, first.id])
  })

  it('stays where its own address says that it is there', async () => {
    const desk = await start({ ...off, seedData: { replicas: 4 } })
    await refresh(desk)
    const [hidden] = desk.sandbox.state.replicas
    const rows = desk.sandbox.state.replicas.slice(1).map(({ id }) => ({ replica_id: id }))
    desk.sandbox.faults.add({
      match: { path: /^\/v2\/replicas$/ },
      effect: { kind: 'overwrite', fields: { data: rows, total_count: 9 } },
      times: 1
    })
    await refresh(desk)
    expect(vanished(desk)).toEqual([])
    expect(listed(desk, 'replica')).toContain(hidden?.id)
  })

  it('after a complete list, one without a usable answer holds up no other', async () => {
    const desk = await start({ seedData: { replicas: 1, videos: 4 } })
    await refresh(desk)
    const [first, second] = desk.sandbox.state.videos
    if (first === undefined || second === undefined) throw new Error('No videos')
    desk.sandbox.state.removeVideo(first.id)
    desk.sandbox.state.removeVideo(second.id)
    desk.sandbox.faults.add({
      match: { path: `/v2/videos/${first.id}` },
      effect: faultCatalog.serverError
    })
    expect(await refresh(desk)).toMatchObject({ lastError: null })
    expect(vanished(desk)).toEqual([second.id])
    expect(listed(desk, 'video')).toContain(first.id)
  })

  it('is asked for a few at a time, each in its turn', async () => {
    const desk = await start({ ...off, seedData: { replicas: 130 } })
    await refresh(desk)
    const ids = desk.sandbox.state.replicas.slice(0, 125).map(({ id }) => id)
    for (const id of ids) desk.sandbox.state.removeReplica(id)
    desk.sandbox.forgetRequests()
    await refresh(desk)
    const singles = desk.sandbox.requests.filter(({ path }) => path.startsWith('/v2/replicas/'))
    expect(new Set(singles.map(({ path }) => path)).size).toBe(100)
    expect(vanished(desk)).toHaveLength(100)
    await refresh(desk)
    expect(new Set(vanished(desk))).toEqual(new Set(ids))
  })
})

describe('a creation whose answer was lost', () => {
  it.each(['failed on its way', 'was stopped'])(
    'is settled by what a walk met that %s',
    async (how) => {
      const desk = await start({ seedData: 'empty', maxLimit: 5 })
      for (let index = 0; index < 7; index += 1) {
        desk.sandbox.state.addReplica(makeReplica(`Older ${index}`, 0))
      }
      await refresh(desk)
      const id = unwrap(desk.drafts.add('https://cdn.acme.com/priya.mp4', null)).added[0]?.id
      if (id === undefined) throw new Error('No draft')
      unwrap(desk.drafts.update(id, { subject: 'non-human', replicaName: 'Priya Raman' }))
      desk.sandbox.faults.add({
        match: { method: 'POST' },
        effect: faultCatalog.resetAfter,
        times: 1
      })
      expect(unwrap(await desk.creations.create(id)).state).toBe('unclear')
      const made = desk.sandbox.state.replicas.find(({ name }) => name === 'Priya Raman')
      desk.sandbox.state.reorderReplicas((a) => (a.id === made?.id ? -1 : 1))
      const isStopped = how === 'was stopped'
      desk.sandbox.faults.add({
        match: { path: /^\/v2\/replicas$/ },
        effect: isStopped ? tooManyRequests('600') : faultCatalog.unprocessable,
        afterSkipping: 1
      })
      const refreshing = refresh(desk)
      if (isStopped) {
        await desk.untilStatus((status) => status.waitsUntilAt !== null)
        await desk.library.stop(null)
      }
      expect((await refreshing).lastError?.kind).toBe(isStopped ? 'canceled' : 'provider-refused')
      expect(desk.drafts.all()).toMatchObject([{ state: 'created', createdId: made?.id }])
      expect(desk.sent('POST')).toHaveLength(1)
    }
  )
})

describe('a refresh that is asked for while one is under way', () => {
  it('lists once more, once for all who asked', async () => {
    const desk = await start({ seedData: { replicas: 3 } })
    let open = (): void => undefined
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    const first = desk.library.refresh(desk.accountId, () => gate)
    const more = [1, 2].map(() => desk.library.refreshAnew(desk.accountId))
    open()
    expect(await Promise.all([first, ...more])).toMatchObject(
      Array.from({ length: 3 }, () => ({ state: 'idle', lastError: null }))
    )
    expect(asked(desk, '/v2/videos')).toHaveLength(2)
  })

  it('lists no more when that one is stopped', async () => {
    const desk = await start({ seedData: { replicas: 3 } })
    desk.sandbox.faults.add({ match: { path: '/v2/videos' }, effect: faultCatalog.hang })
    const first = refresh(desk)
    await expect.poll(() => asked(desk, '/v2/videos')).toHaveLength(1)
    const more = desk.library.refreshAnew(desk.accountId)
    await desk.library.stop(desk.accountId)
    expect(await more).toEqual(await first)
    expect(await more).toMatchObject({ lastError: { kind: 'canceled' } })
    expect(asked(desk, '/v2/videos')).toHaveLength(1)
  })
})

describe('a list of voices that cannot be read', () => {
  const voiced = { seedData: { replicas: 3, videos: 2 } } as const

  it.each([403, 404, 405])('refused with %s, is no trouble of the account', async (status) => {
    const desk = await start({ ...voiced, voiceListStatus: status })
    expect(await refresh(desk)).toMatchObject({ lastError: null, unreadableCount: 0 })
    expect(desk.store.read.account(desk.accountId)?.keyCheck?.outcome).toBe('works')
    expect([listed(desk, 'replica').length, listed(desk, 'video').length]).toEqual([3, 2])
  })

  it('says so where Tavus failed, with the other lists whole and nothing called gone', async () => {
    const desk = await start(voiced)
    desk.sandbox.state.addVoice(makeVoice('Mia', 0))
    await refresh(desk)
    expect(listed(desk, 'voice')).toHaveLength(1)
    desk.sandbox.faults.add({
      match: { path: '/v2/voices' },
      effect: { kind: 'answer', status: 500, body: { error: 'Try later' } }
    })
    desk.sandbox.state.addReplica(makeReplica('New', 0))
    expect((await refresh(desk)).lastError).toMatchObject({ kind: 'provider-down' })
    expect([listed(desk, 'replica').length, listed(desk, 'video').length]).toEqual([4, 2])
    expect(listed(desk, 'voice')).toHaveLength(1)
    expect(vanished(desk)).toEqual([])
  })
})
