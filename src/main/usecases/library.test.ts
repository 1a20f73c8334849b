import { afterEach, describe, expect, it, vi } from 'vitest'
import { brokenName, startDesk, type TestDesk } from '../../../test/main/desks/desk.ts'
import { faultCatalog, strangeLists } from '../../../test/sandbox/fault-catalog.ts'
import type { SandboxOptions } from '../../../test/sandbox/faulty-sandbox.ts'
import { makeReplica } from '../../sandbox/sample-data.ts'
import type { ListAsked } from '../../sandbox/sandbox-options.ts'
import { failedJob, newJob } from '../../sandbox/training.ts'
import type { AssetKind } from '../../shared/catalogue/kinds.ts'
import { accountIdSchema } from '../../shared/domain/account.ts'
import { assetRefSchema } from '../../shared/domain/asset.ts'

const open: TestDesk[] = []
afterEach(async () => {
  for (const desk of open.splice(0)) await desk.close()
})
const start = async (options: SandboxOptions): Promise<TestDesk> => {
  const desk = await startDesk(options)
  open.push(desk)
  return desk
}

const listed = (desk: TestDesk, kind: AssetKind): readonly string[] =>
  [...desk.store.read.listedIds(desk.accountId, kind)].sort()

const truth = (desk: TestDesk, kind: AssetKind): readonly string[] => {
  const { replicas, videos } = desk.sandbox.state
  return (kind === 'replica' ? replicas : videos).map(({ id }) => id).sort()
}

const vanishedIds = (desk: TestDesk): readonly string[] =>
  desk.events().flatMap(({ type, assetId }) => (type === 'asset-vanished' ? [assetId ?? ''] : []))

const seenTwice = (desk: TestDesk): readonly string[] => {
  const seen = desk.events().flatMap(({ type, assetId }) => {
    return type === 'asset-first-seen' ? [assetId ?? ''] : []
  })
  return seen.filter((id, index) => seen.indexOf(id) !== index)
}

const refresh = (desk: TestDesk) => desk.library.refresh(desk.accountId)

describe('an account that could not be reached', () => {
  it('can be reached again as soon as anything went through, and not before', async () => {
    const desk = await start({ seedData: { replicas: 1, videos: 0, stock: 0 } })
    await refresh(desk)
    const [id] = truth(desk, 'replica')
    const ref = assetRefSchema.parse({ accountId: desk.accountId, kind: 'replica', id })
    const standing = () => desk.library.status(desk.accountId).lastError?.kind ?? null
    await desk.sandbox.setReachable(false)
    await refresh(desk)
    expect(standing()).toBe('offline')
    expect(await desk.library.rename(ref, 'Not renamed')).toMatchObject({ ok: false })
    expect(standing()).toBe('offline')
    await desk.sandbox.setReachable(true)
    expect(await desk.library.rename(ref, 'Renamed')).toMatchObject({ ok: true })
    expect(standing()).toBeNull()
  })
})

describe('a list that began before a rename', () => {
  it('brings the old name back neither in the library nor in the history', async () => {
    const desk = await start({ seedData: { replicas: 1, videos: 0, stock: 0 } })
    await refresh(desk)
    const [id] = truth(desk, 'replica')
    const ref = assetRefSchema.parse({ accountId: desk.accountId, kind: 'replica', id })
    desk.sandbox.forgetRequests()
    // Half a second, and not a timer for each byte: on a busy machine these would take longer than the request may.
    const effect = { kind: 'drip', everyMs: 20, bytesEach: 64 } as const
    desk.sandbox.faults.add({ match: { path: '/v2/replicas' }, effect })
    const refreshing = refresh(desk)
    await vi.waitFor(() => expect(desk.sandbox.requests).not.toEqual([]))
    desk.sandbox.faults.clear()
    expect(await desk.library.rename(ref, 'Renamed')).toMatchObject({ ok: true })
    expect(await refreshing).toMatchObject({ lastError: null })
    expect(desk.store.read.asset(ref)?.name).toBe('Renamed')
    expect(desk.events().filter(({ type }) => type === 'asset-renamed')).toEqual([])
    await refresh(desk)
    expect(desk.store.read.asset(ref)?.name).toBe('Renamed')
  })
})

describe('a walk over both kinds', () => {
  const seedData = { replicas: 3, videos: 2, stock: 2 }

  it('is whole without the list of videos, if the server has none', async () => {
    const desk = await start({ seedData })
    desk.sandbox.faults.add({ match: { path: '/v2/videos' }, effect: faultCatalog.notFound })
    expect(await refresh(desk)).toMatchObject({ lastError: null, asOfAt: expect.any(String) })
    // Three of its own and two of stock.
    expect(listed(desk, 'replica')).toHaveLength(5)
  })

  it('reads replicas, then the videos made with them', async () => {
    const desk = await start({ seedData })
    expect(await refresh(desk)).toMatchObject({ state: 'idle', lastError: null })
    expect(listed(desk, 'replica')).toEqual(truth(desk, 'replica'))
    expect(listed(desk, 'video')).toEqual(truth(desk, 'video'))
    const paths = desk.sandbox.requests.map(({ path }) => path)
    expect(paths.lastIndexOf('/v2/replicas')).toBeLessThan(paths.indexOf('/v2/videos'))
    expect(desk.library.status(desk.accountId).asOfAt).not.toBeNull()
  })

  it.each<[AssetKind, AssetKind, string]>([
    ['replica', 'video', '/v2/replicas'],
    ['video', 'replica', '/v2/videos']
  ])('%s failing does not lose the other', async (failing, other, path) => {
    const desk = await start({ seedData })
    desk.sandbox.faults.add({ match: { path }, effect: faultCatalog.unprocessable })
    const status = await refresh(desk)
    expect(status.lastError?.kind).toBe('provider-refused')
    expect(status.asOfAt).toBeNull()
    expect(listed(desk, failing)).toEqual([])
    expect(listed(desk, other)).toEqual(truth(desk, other))
  })

  it.each(['keyRejected', 'tooManyRequests'] as const)('%s ends the walk', async (fault) => {
    const desk = await start({ seedData })
    desk.sandbox.forgetRequests()
    desk.sandbox.faults.add({ effect: faultCatalog[fault] })
    expect((await refresh(desk)).lastError).not.toBeNull()
    expect(desk.sandbox.requests.map(({ path }) => path)).not.toContain('/v2/videos')
  })

  it('adds up what could not be read', async () => {
    const desk = await start({ seedData })
    const strange = { kind: 'rows', rows: [{ name: 'No id' }, null] } as const
    desk.sandbox.faults.add({ match: { path: '/v2/videos' }, effect: strange, times: 1 })
    desk.sandbox.faults.add({
      match: { path: '/v2/replicas' },
      effect: strangeLists.idMissing,
      times: 1
    })
    expect(await refresh(desk)).toMatchObject({ unreadableCount: 3, asOfAt: null })
  })

  it('looks at unfinished videos too', async () => {
    const desk = await start({ seedData: 'sample', timeLapseMs: 1000 })
    await refresh(desk)
    const unfinished = desk.store.read.unfinishedAssets().filter(({ ref }) => ref.kind === 'video')
    expect(unfinished.length).toBeGreaterThan(0)
    desk.sandbox.clock.advance(60 * 60_000)
    expect(await desk.library.checkUnfinished(desk.accountId, 'video', unfinished)).toBe(true)
    const left = desk.store.read.unfinishedAssets().filter(({ ref }) => ref.kind === 'video')
    expect(left).toEqual([])
  })
})

describe('what an own deletion decides', () => {
  it('counts more than a listing that began before its answer, however many there were', async () => {
    const desk = await start({ seedData: { replicas: 5 } })
    await refresh(desk)
    const [id = ''] = truth(desk, 'replica')
    const ref = { accountId: desk.accountId, kind: 'replica', id } as const
    const done = (number: number, assetId: string, finishedAt: string) => ({
      id: `op_${number}`,
      kind: 'delete' as const,
      accountId: desk.accountId,
      assetKind: 'replica' as const,
      assetId,
      assetName: assetId,
      mode: 'soft' as const,
      keyFingerprint: null,
      state: 'done' as const,
      askedAt: '2020-01-01T00:00:00.000Z',
      sentAt: '2020-01-01T00:00:00.000Z',
      finishedAt,
      httpStatus: 200,
      error: null,
      batchId: null,
      stepId: null,
      provider: 'tavus' as const,
      origin: 'https://tavusapi.com',
      attempt: 1,
      found: null,
      after: []
    })
    desk.store.transaction((write) => {
      for (let number = 0; number < 10_000; number += 1) {
        write.putOperation(
          done(number, number % 2 === 0 ? id : `x${number}`, '2020-01-01T00:00:00.000Z')
        )
      }
    })
    const since = '2026-01-01T00:00:00.000Z'
    const decided = () => desk.store.read.deletedSince(ref.accountId, 'replica', [id], since)
    expect(decided()).toEqual([])
    desk.store.transaction((write) =>
      write.putOperation(done(10_000, id, '2099-01-01T00:00:00.000Z'))
    )
    expect(decided()).toEqual([id])
    expect(desk.store.read.deletedSince(ref.accountId, 'video', [id], since)).toEqual([])
    desk.sandbox.state.removeReplica(id)
    await refresh(desk)
    expect(vanishedIds(desk)).toEqual([])
  })
})

/** What happens on the server after the answer to a page. */
type Disturbance = (asked: ListAsked, turn: number) => void

const disturbances: Readonly<Record<string, Disturbance>> = {
  'a row inserted in front': ({ state }, turn) =>
    state.addReplica(makeReplica(`Newcomer ${turn}`, 0)),
  'a row removed in front': ({ state }) => {
    const [first] = state.replicas
    if (first !== undefined) state.removeReplica(first.id)
  },
  'a row removed at the end': ({ state }) => {
    const last = state.replicas.at(-1)
    if (last !== undefined) state.removeReplica(last.id)
  },
  'one removed, one inserted': ({ state }, turn) => {
    const middle = state.replicas[Math.floor(state.replicas.length / 2)]
    if (middle !== undefined) state.removeReplica(middle.id)
    state.addReplica(makeReplica(`Successor ${turn}`, 0))
  },
  'the order turned round': ({ state }, turn) =>
    state.reorderReplicas((a, b) => (turn % 2 === 0 ? -1 : 1) * a.id.localeCompare(b.id))
}

describe('a server that changes between pages', () => {
  const cases = Object.entries(disturbances).flatMap(([what, disturb]) =>
    ([0, 1] as const).flatMap((firstPage) =>
      [0, 1, -1].map((offset) => ({ what, firstPage, offset, disturb }))
    )
  )
  it.each(cases)(
    '$what, pages from $firstPage, total off by $offset: equal in the end',
    async ({ disturb, firstPage, offset }) => {
      let turn = 0
      let isDisturbed = false
      const desk = await start({
        seedData: { replicas: 23, stock: 2 },
        maxLimit: 5,
        firstPage,
        totalCountOffset: () => (isDisturbed ? offset : 0),
        mutateBetweenPages: (asked) => {
          if (!isDisturbed || asked.list !== 'replicas') return
          turn += 1
          disturb(asked, turn)
        }
      })
      await refresh(desk)
      expect(listed(desk, 'replica')).toEqual(truth(desk, 'replica'))

      isDisturbed = true
      await refresh(desk)
      await refresh(desk)
      const alive = new Set(truth(desk, 'replica'))
      expect(vanishedIds(desk).filter((id) => alive.has(id))).toEqual([])

      isDisturbed = false
      expect(await refresh(desk)).toMatchObject({ lastError: null })
      expect(listed(desk, 'replica')).toEqual(truth(desk, 'replica'))
      expect(seenTwice(desk)).toEqual([])
      const returned = desk.events().filter(({ type }) => type === 'asset-returned')
      expect(returned).toEqual([])
    }
  )

  it.each([1, -1, 2])(
    'a total that stays off by %i: only what says so itself is gone',
    async (offset) => {
      let isOff = false
      const desk = await start({
        seedData: { replicas: 12 },
        maxLimit: 5,
        totalCountOffset: () => (isOff ? offset : 0)
      })
      await refresh(desk)
      isOff = true
      const [gone = ''] = truth(desk, 'replica')
      desk.sandbox.state.removeReplica(gone)
      expect((await refresh(desk)).lastError).toEqual({
        kind: 'unexpected-response',
        where: 'incomplete'
      })
      expect(vanishedIds(desk)).toEqual([gone])
      expect(
        desk.sent('GET').filter((line) => line.startsWith(`/v2/replicas/${gone}?`))
      ).toHaveLength(2)
      isOff = false
      expect(await refresh(desk)).toMatchObject({ lastError: null })
      expect(vanishedIds(desk)).toEqual([gone])
      expect(listed(desk, 'replica')).toEqual(truth(desk, 'replica'))
    }
  )

  it('a row that slips to a page already read is not called gone', async () => {
    let isDisturbed = false
    const late = makeReplica('Late', 0)
    const desk = await start({
      seedData: { replicas: 12 },
      maxLimit: 5,
      mutateBetweenPages: ({ list, page, state }) => {
        const [first] = state.replicas
        if (!isDisturbed || list !== 'replicas' || page !== 1 || first === undefined) return
        isDisturbed = false
        const place = new Map(state.replicas.map(({ id }, index) => [id, index]))
        state.removeReplica(first.id)
        state.addReplica(late)
        state.reorderReplicas((a, b) => (place.get(a.id) ?? 99) - (place.get(b.id) ?? 99))
      }
    })
    await refresh(desk)
    isDisturbed = true
    await refresh(desk)
    expect(vanishedIds(desk)).toEqual([])
    await refresh(desk)
    expect(listed(desk, 'replica')).toEqual(truth(desk, 'replica'))
    expect(vanishedIds(desk)).toHaveLength(1)
  })

  it.each([0, 1] as const)('no total at all, pages from %i', async (firstPage) => {
    const desk = await start({ seedData: { replicas: 12 }, maxLimit: 5, firstPage })
    desk.sandbox.faults.add({
      match: { path: '/v2/replicas' },
      effect: { kind: 'overwrite', fields: { total_count: undefined } }
    })
    await refresh(desk)
    const [gone = ''] = truth(desk, 'replica')
    desk.sandbox.state.removeReplica(gone)
    expect(await refresh(desk)).toMatchObject({ lastError: null })
    expect(vanishedIds(desk)).toEqual([gone])
    expect(listed(desk, 'replica')).toEqual(truth(desk, 'replica'))
  })

  it.each([0, 1] as const)('videos, pages from %i', async (firstVideoPage) => {
    let isDisturbed = false
    const desk = await start({
      seedData: { replicas: 1, videos: 23 },
      maxLimit: 5,
      firstVideoPage,
      mutateBetweenPages: ({ list, state }) => {
        const [first] = state.videos
        if (isDisturbed && list === 'videos' && first !== undefined) state.removeVideo(first.id)
      }
    })
    await refresh(desk)
    expect(listed(desk, 'video')).toEqual(truth(desk, 'video'))
    isDisturbed = true
    await refresh(desk)
    const alive = new Set(truth(desk, 'video'))
    expect(vanishedIds(desk).filter((id) => alive.has(id))).toEqual([])
    isDisturbed = false
    expect(await refresh(desk)).toMatchObject({ lastError: null })
    expect(listed(desk, 'video')).toEqual(truth(desk, 'video'))
  })
})

describe('lists that no client should trust', () => {
  it.each(Object.entries(strangeLists))(
    '%s changes nothing of what is known',
    async (_, effect) => {
      const desk = await start({ seedData: { replicas: 3 } })
      await refresh(desk)
      const before = listed(desk, 'replica')
      desk.sandbox.faults.add({ match: { path: '/v2/replicas' }, effect })
      const status = await refresh(desk)
      expect(status.lastError?.kind).toBe('unexpected-response')
      expect(vanishedIds(desk)).toEqual([])
      expect(listed(desk, 'replica')).toEqual(expect.arrayContaining([...before]))
      for (const id of listed(desk, 'replica')) expect(id).toMatch(/^[A-Za-z0-9._-]{1,128}$/)
      expect(seenTwice(desk)).toEqual([])
    }
  )
})

describe('why a training failed', () => {
  const why = 'The consent statement could not be heard.'
  const fail = (desk: TestDesk) => {
    const replica = makeReplica('Amara Osei', desk.sandbox.clock.now())
    return { ...replica, training: failedJob(desk.sandbox.clock.now(), 12, why) }
  }
  const failures = (desk: TestDesk, id: string) =>
    desk
      .events()
      .flatMap(({ assetId, body }) =>
        assetId === id && (body['to'] === 'failed' || body['status'] === 'failed')
          ? [body['reason'] ?? null]
          : []
      )
  const put = (desk: TestDesk, replica: ReturnType<typeof makeReplica>) => {
    desk.sandbox.state.removeReplica(replica.id)
    desk.sandbox.state.addReplica(replica)
  }

  it.each(['a refresh', 'a look'] as const)(
    'is in the record of it when %s sees it',
    async (by) => {
      const desk = await start({ seedData: 'empty' })
      const failed = fail(desk)
      const training = { ...failed, training: newJob(desk.sandbox.clock.now(), 3_600_000, null) }
      put(desk, training)
      await refresh(desk)
      put(desk, failed)
      if (by === 'a refresh') await refresh(desk)
      else
        await desk.library.checkUnfinished(
          desk.accountId,
          'replica',
          desk.store.read.unfinishedAssets()
        )
      expect(failures(desk, failed.id)).toEqual([why])
      await refresh(desk)
      expect(failures(desk, failed.id)).toEqual([why])
    }
  )

  it('is in the record of what had failed before it was first seen', async () => {
    const desk = await start({ seedData: 'empty' })
    const failed = fail(desk)
    put(desk, failed)
    await refresh(desk)
    expect(failures(desk, failed.id)).toEqual([why])
  })

  it('is told later if it could not be asked for at first', async () => {
    const desk = await start({ seedData: 'empty' })
    const failed = fail(desk)
    put(desk, failed)
    const path = `/v2/replicas/${failed.id}`
    desk.sandbox.faults.add({ match: { path }, effect: faultCatalog.keyRejected, times: 1 })
    await refresh(desk)
    expect(failures(desk, failed.id)).toEqual([null])
    await refresh(desk)
    expect(failures(desk, failed.id)).toEqual([null, why])
  })
})

describe('the end of the app', () => {
  it('ends a refresh at once, and lets none begin', async () => {
    const desk = await start({ seedData: { replicas: 250 } })
    desk.sandbox.faults.add({ match: { path: '/v2/replicas' }, effect: { kind: 'hang' } })
    const refreshing = refresh(desk)
    await vi.waitFor(() => expect(desk.sandbox.requests.length).toBeGreaterThan(0))
    // Whoever went on would try again once the answer is overdue.
    const before = desk.sandbox.requests.length
    desk.end()
    await refreshing
    expect(desk.sandbox.requests).toHaveLength(before)
    expect((await refresh(desk)).state).toBe('idle')
    expect(desk.sandbox.requests).toHaveLength(before)
  })
})

it('what was read since the app started, or stopped by the person, is not read again by the start', async () => {
  const desk = await start({ seedData: { replicas: 1 } })
  await refresh(desk)
  desk.sandbox.forgetRequests()
  expect(await desk.library.refreshUnread()).toEqual([])
  expect(desk.sandbox.requests).toEqual([])
  const [first] = desk.store.read.accounts()
  if (first === undefined) throw new Error('No account')
  const other = accountIdSchema.parse('acc_another0')
  desk.store.transaction((write) => write.putAccount({ ...first, id: other }))
  expect(await desk.library.refreshUnread()).toMatchObject([{ accountId: other }])
})

it('an account whose refresh ends in an error nobody expected says so, and the others are refreshed', async () => {
  const desk = await start({ seedData: { replicas: 1 } })
  const [first] = desk.store.read.accounts()
  if (first === undefined) throw new Error('No account')
  const broken = accountIdSchema.parse('acc_broken00')
  desk.store.transaction((write) => write.putAccount({ ...first, id: broken, name: brokenName }))
  const statuses = await desk.library.refreshAll()
  expect(statuses).toMatchObject([
    { lastError: null },
    { state: 'idle', lastError: { kind: 'bug' } }
  ])
  expect(desk.faults).toHaveLength(1)
})
