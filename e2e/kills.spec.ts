import { expect } from '@playwright/test'
import { type RunningApp, test } from './fixtures.ts'
import {
  batchesIn,
  historyIn,
  type InPage,
  isOver,
  itemsIn,
  prepare,
  resumeWaiting,
  startBatches,
  timesAsked
} from './pages/batches.ts'

/** 2 rounds belong to every test run; `npm run test:faults` makes it 100. */
const rounds = Number(process.env['FAULT_ROUNDS'] ?? 2)
// Workers inherit it: each process would draw another one for itself.
process.env['FAULT_SEED'] ??= String(Date.now() % 1_000_000)
/** Printed with each round, so that a failed one can be had again. */
const seed = Number(process.env['FAULT_SEED'])
const total = 200
const mostKills = 2
/** Longest time between a start and its end, by a kill. */
const longestMs = 2_000

test.use({ sandboxOptions: { seedData: { replicas: total } } })

const isGone = (outcome: unknown): boolean =>
  outcome === 'done' || outcome === 'gone' || outcome === 'already-gone'

/** Numbers from 0 to 1 that are the same for the same seed (a linear congruential generator). */
const numbersFrom = (start: number) => {
  let state = start >>> 0
  return (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

for (let round = 1; round <= rounds; round++) {
  test(`killed at random moments of ${total} deletions, round ${round} of seed ${seed}`, async ({
    launch,
    sandbox
  }) => {
    test.setTimeout(240_000)
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

    const asked = timesAsked(sandbox.requests)
    const twice = [...asked].filter(([, times]) => times > 1)
    expect(twice, 'nothing is sent twice').toEqual([])

    const deleted = new Set(
      sandbox.state.deletions.filter(({ outcome }) => outcome === 'done').map(({ id }) => id)
    )
    const items = await itemsIn(page)
    expect(new Set(items.map(({ target }) => target.id)).size).toBe(total)
    for (const { target, state } of items) {
      const id = String(target.id)
      if (isGone(state)) expect(deleted, state).toContain(id)
      else if (state === 'canceled') expect(asked.has(id), state).toBe(false)
      else expect(['refused', 'unclear'], `${id} has an end`).toContain(state)
    }

    const events = await historyIn(page)
    const claims = events.filter(
      ({ type, body }) =>
        (type === 'deletion-answered' || type === 'deletion-read-back') && isGone(body['outcome'])
    )
    for (const { assetId } of claims) expect(deleted).toContain(assetId)
    expect(new Set(claims.map(({ assetId }) => assetId)).size, 'every end is told').toBe(
      items.filter(({ state }) => isGone(state)).length
    )
    const check = await page.evaluate(() => (window as unknown as InPage).app.historyCheck({}))
    expect(check).toMatchObject({ ok: true, value: { isIntact: true } })
  })
}
