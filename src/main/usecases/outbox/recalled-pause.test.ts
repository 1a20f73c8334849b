import { afterEach, describe, expect, it } from 'vitest'
import { unwrap } from '../../../../test/main/desks/desk.ts'
import { startTavusDesk } from '../../../../test/main/desks/tavus-desk.ts'
import type { TimedDesk } from '../../../../test/main/desks/timed-desk.ts'
import { tooManyRequests } from '../../../../test/sandbox/fault-catalog.ts'
import type { Sandbox } from '../../../../test/sandbox/faulty-sandbox.ts'
import type { AssetRef } from '../../../shared/domain/asset.ts'

const minuteMs = 60_000
const dayMs = 86_400_000

let desk: TimedDesk<Sandbox>
afterEach(() => desk.close())

const open = async (): Promise<readonly [AssetRef, AssetRef]> => {
  const opened = await startTavusDesk(['Amara Osei', 'Kenji Watanabe'])
  desk = opened.desk
  const [first, second] = opened.refs
  if (first === undefined || second === undefined) throw new Error('Two were made')
  return [first, second]
}

const start = async (ref: AssetRef) =>
  desk.start(unwrap(await desk.plan({ scope: 'assets', refs: [ref] })))

const deletes = () => desk.sandbox.requests.filter(({ method }) => method === 'DELETE')

const secondsOf = (at: string | undefined): number => Date.parse(at ?? '') / 1000

describe('a long pause that the provider asked for', () => {
  it('holds over a restart, for everything of the account, and no longer', async () => {
    const [first, second] = await open()
    desk.sandbox.faults.add({
      match: { method: 'DELETE' },
      effect: tooManyRequests('1800'),
      times: 1
    })
    const limited = await start(first)
    await desk.until(limited.id, ({ waitsFor }) => waitsFor === 'pace')
    await desk.time.pass(minuteMs)
    desk.restart()
    const { id } = await start(second)
    const waiting = await desk.until(id, ({ waitsFor }) => waitsFor !== null)
    expect(waiting.waitsFor).toBe('pace')
    expect(deletes()).toHaveLength(1)
    const ended = await desk.until(id, ({ state }) => state === 'finished')
    expect(ended.counts.done).toBe(1)
    const [refused, done] = deletes()
    const pauseSeconds = secondsOf(done?.at) - secondsOf(refused?.at)
    expect(pauseSeconds).toBeGreaterThanOrEqual(1800)
    expect(pauseSeconds).toBeLessThan(1810)
  })

  it('is over after a day at the latest, however far off its end is by a clock that was set', async () => {
    const [first] = await open()
    const { clock } = desk.time
    const farOff = new Date(clock.nowMs() + 10 * dayMs).toISOString()
    const name = `outbox.pausedUntil.${desk.accountId}`
    unwrap(desk.store.transaction((write) => write.putMeta(name, farOff)))
    desk.restart()
    await desk.time.pass(dayMs / 2)
    desk.restart()
    const beganMs = clock.nowMs()
    const { id } = await start(first)
    await desk.until(id, ({ state }) => state === 'finished')
    expect(clock.nowMs() - beganMs).toBeGreaterThan(dayMs / 3)
    expect(clock.nowMs() - beganMs).toBeLessThanOrEqual(dayMs / 2 + minuteMs)
  })
})
