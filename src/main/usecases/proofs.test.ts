import { afterEach, describe, expect, test } from 'vitest'
import { startDesk, type TestDesk } from '../../../test/main/desks/desk.ts'
import { eventText } from '../../renderer/text/history-words.ts'
import { accountIdSchema } from '../../shared/domain/account.ts'
import type { TargetRef } from '../../shared/domain/asset.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Notice } from '../ports/notifier.ts'
import type { AccountRecord, Operation } from '../ports/store.ts'
import { createProofs } from './proofs.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const startMs = Date.parse('2026-03-01T10:00:00.000Z')

const desks: TestDesk[] = []

afterEach(async () => {
  await Promise.all(desks.splice(0).map((desk) => desk.close()))
})

type Seen = 'there' | 'says-deleted' | 'gone'

/** The use case over a real database; what the provider and the links answer is set by the test. */
const begin = async (
  links: readonly { what: 'thumbnail' | 'download' | 'hosted'; url: string }[] = [],
  assetKind: Operation['assetKind'] = 'replica',
  change: Partial<Operation> = {}
) => {
  const desk = await startDesk()
  desks.push(desk)
  const ref = await desk.addReplica('Amara Osei')
  let nowMs = startMs
  let seen: Result<Seen> = ok('gone')
  let isBusy = false
  let link: 'reachable' | 'unreachable' = 'unreachable'
  const asked: string[] = []
  const warned: string[] = []
  const faults: unknown[] = []
  /** Names of accounts whose key is gone, and of those whose looks end in an error nobody expected. */
  const silent = new Set<string>()
  const broken = new Set<string>()
  let onProbe = (): void => undefined
  const notices: Notice[] = []
  const clock: Clock = {
    nowAt: () => new Date(nowMs).toISOString(),
    monotonicMs: () => nowMs - startMs,
    wait: () => Promise.resolve()
  }
  const proofs = createProofs({
    store: desk.store,
    keyRing: {
      connect: () => ({ apiAddress: '', readKey: async () => ok('key'), objection: () => null })
    },
    providerOf: ({ name }) => ({
      probe: async () => {
        if (silent.has(name)) return fail({ kind: 'key-missing' })
        if (broken.has(name)) throw new Error(`A fault at ${name}`)
        onProbe()
        return seen
      }
    }),
    clock,
    log: { warn: (message, facts) => warned.push(`${message} ${JSON.stringify(facts)}`) },
    onFault: (error) => faults.push(error),
    emit: () => undefined,
    notifier: { show: (notice) => notices.push(notice), showProgress: () => undefined },
    linksOf: (_target: TargetRef) => links,
    isBusy: () => isBusy,
    probeLink: async (url: string, _account: AccountRecord) => {
      asked.push(url)
      return link
    }
  })
  const operation: Operation = {
    id: 'op_1',
    kind: 'delete',
    accountId: ref.accountId,
    assetKind,
    assetId: ref.id,
    assetName: 'Amara Osei',
    mode: 'soft',
    keyFingerprint: null,
    state: 'done',
    askedAt: clock.nowAt(),
    sentAt: clock.nowAt(),
    finishedAt: clock.nowAt(),
    httpStatus: 204,
    error: null,
    batchId: null,
    stepId: null,
    provider: 'tavus',
    origin: desk.sandbox.origin,
    attempt: 1,
    found: null,
    after: [],
    ...change
  }
  desk.store.transaction((write) => write.putOperation(operation))
  const endAsGone = (gone: Operation): void => {
    desk.store.transaction(proofs.checksAfter(gone))
    proofs.onGone()
  }
  /** Another account with something deleted, so many times. */
  const addDeletions = (name: string, count: number) => {
    const [first] = desk.store.read.accounts()
    if (first === undefined) throw new Error('No account')
    const id = accountIdSchema.parse(`acc_${name.toLowerCase().padEnd(8, '0')}`)
    const deleted = Array.from({ length: count }, (_, index): Operation => {
      const operationId = `op_${name}_${index + 1}`
      return { ...operation, id: operationId, accountId: id, assetId: operationId }
    })
    desk.store.transaction((write) => {
      write.putAccount({ ...first, id, name })
      for (const one of deleted) write.putOperation(one)
    })
    for (const one of deleted) endAsGone(one)
  }
  const takenOf = (operationId: string) =>
    desk.store.read.proofsOf(operationId).filter(({ checkedAt }) => checkedAt !== null).length
  const look = async (afterMs: number) => {
    nowMs = startMs + afterMs
    return proofs.takeDue(new AbortController().signal)
  }
  const results = () =>
    desk.store.read
      .proofsOf('op_1')
      .filter(({ checkedAt }) => checkedAt !== null)
      .map(({ what, result }) => `${what} ${result}`)
  return {
    desk,
    notices,
    asked,
    look,
    results,
    warned,
    faults,
    silent,
    broken,
    addDeletions,
    takenOf,
    round: (signal: AbortSignal) => proofs.round(signal),
    setTime: (afterMs: number) => {
      nowMs = startMs + afterMs
    },
    whileProbing: (act: () => void) => {
      onProbe = act
    },
    onGone: () => endAsGone(operation),
    rename: (assetName: string) =>
      desk.store.transaction((write) => write.putOperation({ ...operation, assetName })),
    setBusy: (next: boolean) => {
      isBusy = next
    },
    answer: (next: Result<Seen>, nextLink: typeof link = link) => {
      seen = next
      link = nextLink
    }
  }
}

describe('later looks', () => {
  test('are taken at once, after 1 h, 24 h, 30 d and 90 d, and each is told once', async () => {
    const { desk, onGone, look, results } = await begin()
    onGone()
    await look(1_000)
    expect(results()).toEqual([])
    for (const afterMs of [2_000, hourMs, dayMs, 30 * dayMs, 90 * dayMs]) {
      const before = results().length
      await look(afterMs)
      await look(afterMs)
      expect(results()).toHaveLength(before + 1)
    }
    expect(new Set(results())).toEqual(new Set(['asset gone']))
    expect(desk.events().filter(({ type }) => type === 'deletion-checked')).toHaveLength(5)
  })

  test('go on in growing pauses while it is still there', async () => {
    const { onGone, look, answer, results, notices } = await begin()
    answer(ok('there'))
    onGone()
    await look(2_000)
    await look(9_000)
    expect(results()).toEqual(['asset still-there'])
    await look(10_000)
    answer(ok('gone'))
    await look(20_000)
    expect(results()).toEqual(['asset still-there', 'asset still-there', 'asset gone'])
    expect(notices).toEqual([])
  })

  const onPage = async (address?: string) => {
    const begun = await begin([], 'page', { mode: 'offline', batchId: 'bat_pages', stepId: 's1' })
    const plan = { steps: [{ id: 's1', ...(address === undefined ? {} : { address }) }] }
    const at = new Date(startMs).toISOString()
    begun.desk.store.transaction((write) =>
      write.putBatch({
        id: 'bat_pages',
        scope: 'likeness',
        mode: 'permanent',
        title: '',
        state: 'finished',
        waitsFor: null,
        waitsUntilAt: null,
        heldUntilAt: null,
        holdLeftMs: null,
        runAt: null,
        askedAt: at,
        endedAt: at,
        changes: [],
        planJson: JSON.stringify(plan),
        factsJson: '{}',
        archive: null,
        isDismissed: false
      })
    )
    begun.answer(ok('says-deleted'))
    begun.onGone()
    return begun
  }

  test('ask the public address of a page that was taken offline, and say where it stays open', async () => {
    const address = 'https://front.maker.tavus.io/'
    const { desk, look, answer, results, asked } = await onPage(address)
    answer(ok('says-deleted'), 'reachable')
    await look(2_000)
    expect(results().sort()).toEqual(['asset says-deleted', 'hosted reachable'])
    const told = desk.events().filter(({ type }) => type === 'deletion-checked')
    expect(told.map((event) => eventText(event)).sort()).toEqual([
      'Page link checked again: still online',
      'checked again: offline'
    ])
    answer(ok('says-deleted'), 'unreachable')
    await look(hourMs)
    expect(results()).toContain('hosted unreachable')
    expect(asked).toEqual([address, address])
  })

  test('ask no address where none is told', async () => {
    const { look, results, asked } = await onPage()
    await look(2_000)
    expect(results()).toEqual(['asset says-deleted'])
    expect(asked).toEqual([])
  })

  test('tell when something comes back', async () => {
    const { desk, onGone, look, answer, notices } = await begin()
    onGone()
    await look(2_000)
    answer(ok('there'))
    await look(30 * dayMs)
    expect(desk.events().at(-1)).toMatchObject({
      type: 'deletion-drifted',
      assetName: 'Amara Osei',
      body: { what: 'asset', result: 'still-there' }
    })
    expect(notices[0]?.title).toBe('Amara Osei is available again')
  })

  test('wait while deletions are being sent', async () => {
    const { onGone, look, setBusy, results } = await begin()
    onGone()
    setBusy(true)
    await look(2_000)
    expect(results()).toEqual([])
    setBusy(false)
    await look(2_000)
    expect(results()).toEqual(['asset gone'])
  })

  test('that cannot be taken now are taken later', async () => {
    const { onGone, look, answer, results } = await begin()
    onGone()
    answer({ ok: false, error: { kind: 'offline' } })
    expect(await look(2_000)).toBe(false)
    expect(results()).toEqual([])
    answer(ok('gone'))
    expect(await look(3_000)).toBe(true)
    expect(results()).toEqual(['asset gone'])
  })

  test('ask links too; a signed one only in this run, and it is never kept', async () => {
    const signed = 'https://cdn.example/film.mp4?X-Amz-Signature=canary'
    const plain = 'https://cdn.example/face.jpg'
    const { desk, onGone, look, asked, results } = await begin([
      { what: 'download', url: signed },
      { what: 'thumbnail', url: plain }
    ])
    onGone()
    expect(JSON.stringify(desk.store.read.proofsOf('op_1'))).not.toContain('canary')
    await look(2_000)
    await look(hourMs)
    expect(asked.filter((url) => url === signed)).toHaveLength(1)
    expect(asked.filter((url) => url === plain)).toHaveLength(2)
    expect(results()).toContain('download unreachable')
  })

  test.each(['model', 'version'] as const)(
    'do not ask for the page of a %s: a private one answers nobody without a token',
    async (kind) => {
      const hosted = { what: 'hosted', url: 'https://replicate.com/studio-north/face' } as const
      const cover = { what: 'thumbnail', url: 'https://replicate.delivery/face.png' } as const
      const { desk, onGone, look, asked, results } = await begin([hosted, cover], kind)
      onGone()
      const id = 'prf_early'
      desk.store.transaction((write) =>
        write.putProof({
          id,
          operationId: 'op_1',
          what: 'hosted',
          address: hosted.url,
          dueAt: new Date(startMs).toISOString(),
          checkedAt: null,
          result: null
        })
      )
      await look(2_000)
      expect(new Set(asked)).toEqual(new Set([cover.url]))
      expect(results()).toEqual(
        expect.arrayContaining(['asset gone', 'thumbnail unreachable', 'hosted unknown'])
      )
      expect(desk.store.read.proofsOf('op_1').filter(({ what }) => what === 'hosted')).toHaveLength(
        1
      )
    }
  )
})

describe('the trouble of one account', () => {
  test.each(['silent', 'broken'] as const)('%s: never keeps the looks of others', async (how) => {
    const desk = await begin()
    desk.addDeletions('First', 45)
    desk.addDeletions('Second', 3)
    desk[how].add('First')
    desk.setTime(hourMs)
    await desk.round(new AbortController().signal)
    await desk.round(new AbortController().signal)
    for (const number of [1, 2, 3]) expect(desk.takenOf(`op_Second_${number}`)).toBe(2)
    expect(desk.takenOf('op_First_1')).toBe(0)
    expect(desk.warned).toHaveLength(1)
    expect(desk.faults).toHaveLength(how === 'broken' ? 1 : 0)
    desk[how].clear()
    desk.setTime(hourMs + 11 * 60_000)
    await desk.round(new AbortController().signal)
    expect(desk.takenOf('op_First_45')).toBe(2)
  })
})

test('a name that is forgotten during a look does not come back with its record', async () => {
  const begun = await begin()
  begun.onGone()
  begun.whileProbing(() => begun.rename('Forgotten name AHFHA'))
  await begun.look(2_000)
  expect(begun.desk.events().at(-1)).toMatchObject({
    type: 'deletion-checked',
    assetName: 'Forgotten name AHFHA'
  })
})

test('a look whose answer shows that its time has not come is not used up', async () => {
  const desk = await begin()
  desk.onGone()
  desk.whileProbing(() => desk.setTime(3 * hourMs))
  expect(await desk.look(30 * dayMs)).toBe(true)
  expect(desk.results()).toEqual(['asset gone', 'asset gone'])
  desk.whileProbing(() => undefined)
  await desk.look(30 * dayMs)
  expect(desk.results()).toHaveLength(4)
})
