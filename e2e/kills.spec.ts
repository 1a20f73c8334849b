import { expect, type Page } from '@playwright/test'
import type { Batch, BatchItem } from '../src/shared/domain/batch.ts'
import type { HistoryEvent } from '../src/shared/domain/history.ts'
import type { Bridge } from '../src/shared/ipc/bridge.ts'
import { type RunningApp, sandboxKey, test } from './fixtures.ts'

/** 5 rounds belong to every test run; `npm run test:faults` makes it 100. */
const rounds = Number(process.env['FAULT_ROUNDS'] ?? 5)
// Workers inherit it: each process would draw another one for itself.
process.env['FAULT_SEED'] ??= String(Date.now() % 1_000_000)
/** Printed with each round, so that a failed one can be had again. */
const seed = Number(process.env['FAULT_SEED'])
const total = 200
const mostKills = 3
/** Longest time between a start and its end, by a kill. */
const longestMs = 2_000

test.use({ sandboxOptions: { seedData: { replicas: total } } })

/** Numbers from 0 to 1 that are the same for the same seed (a linear congruential generator). */
const numbersFrom = (start: number) => {
  let state = start >>> 0
  return (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

interface InPage {
  readonly app: Bridge
}

const prepare = (page: Page, apiAddress: string): Promise<string> =>
  page.evaluate(
    async ([address, apiKey]) => {
      const { app } = window as unknown as InPage
      const account = await app.accountSave({
        id: null,
        provider: 'tavus',
        name: 'Studio North',
        color: 'indigo',
        apiAddress: address,
        isReadOnly: false,
        keyStorage: 'keychain',
        apiKey
      })
      if (!account.ok) throw new Error(account.error.kind)
      await app.libraryRefresh({ accountId: account.value.id })
      await app.settingsUpdate({ holdSeconds: 0 })
      return account.value.id
    },
    [apiAddress, sandboxKey] as const
  )

type Mode = 'soft' | 'permanent'

/** Half of the replicas softly, half for ever; two batches, of which the first is sent first. */
const startBatches = (page: Page, modes: readonly [Mode, Mode]): Promise<void> =>
  page.evaluate(async ([first, second]) => {
    const { app } = window as unknown as InPage
    const listed = await app.assetList({
      kind: 'replica',
      accountId: null,
      origin: 'own',
      statuses: null,
      models: null,
      createdSinceAt: null,
      presence: 'listed',
      parentId: null,
      personId: null,
      search: '',
      sort: 'name-asc',
      offset: 0,
      limit: 500
    })
    if (!listed.ok) throw new Error(listed.error.kind)
    const refs = listed.value.rows.map(({ ref }) => ref)
    const half = refs.length / 2
    const parts = [
      [first, refs.slice(0, half)],
      [second, refs.slice(half)]
    ] as const
    for (const [mode, part] of parts) {
      const plan = await app.planMake({
        subject: { scope: 'assets', refs: [...part] },
        choices: { mode, byKind: {}, without: [] }
      })
      if (!plan.ok) throw new Error(plan.error.kind)
      const { planId, token } = plan.value
      const typed = mode === 'permanent' ? String(part.length) : null
      const started = await app.deletionStart({ planId, token, mode, typed, runAt: null })
      if (!started.ok) throw new Error(started.error.kind)
    }
  }, modes)

const batchesIn = (page: Page): Promise<readonly Batch[]> =>
  page.evaluate(async () => {
    const listed = await (window as unknown as InPage).app.batchList({})
    if (!listed.ok) throw new Error(listed.error.kind)
    return listed.value
  })

const resumeWaiting = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const { app } = window as unknown as InPage
    const listed = await app.batchList({})
    if (!listed.ok) throw new Error(listed.error.kind)
    for (const { id, state } of listed.value) {
      if (state === 'waiting' || state === 'held') await app.batchResume({ batchId: id })
    }
  })

const itemsIn = (page: Page): Promise<readonly BatchItem[]> =>
  page.evaluate(async () => {
    const { app } = window as unknown as InPage
    const listed = await app.batchList({})
    if (!listed.ok) throw new Error(listed.error.kind)
    const all: BatchItem[] = []
    for (const { id } of listed.value) {
      const items = await app.batchItems({ batchId: id, states: null, offset: 0, limit: 500 })
      if (!items.ok) throw new Error(items.error.kind)
      all.push(...items.value.rows)
    }
    return all
  })

const historyIn = (page: Page): Promise<readonly HistoryEvent[]> =>
  page.evaluate(async () => {
    const { app } = window as unknown as InPage
    const all: HistoryEvent[] = []
    for (let beforeSeq: number | null = null; ; ) {
      const listed = await app.historyList({
        search: '',
        accountId: null,
        asset: null,
        group: 'all',
        beforeSeq,
        limit: 500
      })
      if (!listed.ok) throw new Error(listed.error.kind)
      all.push(...listed.value.rows)
      beforeSeq = listed.value.rows.at(-1)?.seq ?? null
      if (!listed.value.hasMore) return all
    }
  })

const isOver = ({ state }: Batch): boolean => state === 'finished' || state === 'canceled'

for (let round = 1; round <= rounds; round++) {
  test(`killed at random moments of ${total} deletions, round ${round} of seed ${seed}`, async ({
    launch,
    sandbox
  }) => {
    test.setTimeout(180_000)
    const random = numbersFrom(seed + round * 7_919)
    let acknowledgedSeq = 0
    const start = async (): Promise<RunningApp> => {
      const running = await launch()
      await running.page.exposeFunction('acknowledged', (seq: number) => {
        acknowledgedSeq = Math.max(acknowledgedSeq, seq)
      })
      await running.page.evaluate(() => {
        const seen = window as unknown as InPage & { acknowledged: (seq: number) => void }
        seen.app.onHistoryAppended(({ headSeq }) => seen.acknowledged(headSeq))
      })
      return running
    }

    let running = await start()
    await prepare(running.page, sandbox.origin)
    await startBatches(
      running.page,
      round % 2 === 0 ? ['permanent', 'soft'] : ['soft', 'permanent']
    )
    const kills = 1 + Math.floor(random() * mostKills)
    for (let kill = 0; kill < kills; kill++) {
      // A moment of its own each time; what it hits is the point, so nothing is waited for.
      await new Promise((resolve) => setTimeout(resolve, random() * longestMs))
      await running.crash()
      const known = acknowledgedSeq
      running = await start()
      const [newest] = await historyIn(running.page)
      expect(newest?.seq ?? 0, 'no acknowledged record is lost').toBeGreaterThanOrEqual(known)
      await resumeWaiting(running.page)
    }
    const { page } = running
    await expect
      .poll(
        async () => {
          await resumeWaiting(page)
          return (await batchesIn(page)).every(isOver)
        },
        { timeout: 90_000 }
      )
      .toBe(true)

    const asked = new Map<string, number>()
    for (const request of sandbox.requests.filter(({ method }) => method === 'DELETE')) {
      const id = request.path.split('/').at(-1) ?? ''
      asked.set(id, (asked.get(id) ?? 0) + 1)
    }
    const twice = [...asked].filter(([, times]) => times > 1)
    expect(twice, 'nothing is sent twice').toEqual([])

    const deleted = new Set(
      sandbox.state.deletions.filter(({ outcome }) => outcome === 'done').map(({ id }) => id)
    )
    const items = await itemsIn(page)
    expect(new Set(items.map(({ target }) => target.id)).size).toBe(total)
    for (const { target, state } of items) {
      const id = String(target.id)
      if (state === 'done' || state === 'already-gone') expect(deleted, state).toContain(id)
      else if (state === 'canceled') expect(asked.has(id), state).toBe(false)
      else expect(['refused', 'unclear'], `${id} has an end`).toContain(state)
    }

    const events = await historyIn(page)
    const claims = events.filter(
      ({ type, body }) =>
        (type === 'deletion-answered' || type === 'deletion-read-back') &&
        (body['outcome'] === 'done' || body['outcome'] === 'already-gone')
    )
    for (const { assetId } of claims) expect(deleted).toContain(assetId)
    expect(new Set(claims.map(({ assetId }) => assetId)).size, 'every end is told').toBe(
      items.filter(({ state }) => state === 'done' || state === 'already-gone').length
    )
    const check = await page.evaluate(() => (window as unknown as InPage).app.historyCheck({}))
    expect(check).toMatchObject({ ok: true, value: { isIntact: true } })
  })
}
