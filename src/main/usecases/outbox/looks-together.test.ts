import { afterEach, expect, it } from 'vitest'
import { unwrap } from '../../../../test/main/desks/desk.ts'
import { startTavusDesk } from '../../../../test/main/desks/tavus-desk.ts'
import type { TimedDesk } from '../../../../test/main/desks/timed-desk.ts'
import { faultCatalog } from '../../../../test/sandbox/fault-catalog.ts'
import type { Sandbox } from '../../../../test/sandbox/faulty-sandbox.ts'

let desk: TimedDesk<Sandbox>
afterEach(() => desk.close())

const names = ['Amara Osei', 'Kenji Watanabe', 'Mia Chen']

/** Three permanent deletions whose answers are lost, and that show a little later. */
const loseAll = async () => {
  const opened = await startTavusDesk(names, { deletionLagMs: 1_000 })
  desk = opened.desk
  const { faults } = desk.sandbox
  faults.add({ match: { method: 'DELETE' }, effect: faultCatalog.resetAfter })
  const plan = unwrap(await desk.plan({ scope: 'assets', refs: [...opened.refs] }))
  return { faults, plan, first: opened.refs[0]?.id ?? '' }
}

it('a look that never ends does not hold up those at other lost answers', async () => {
  const { faults, plan, first } = await loseAll()
  const { id } = desk.start(plan)
  await desk.until(id, ({ counts }) => counts.unclear === 3)
  faults.add({
    match: { method: 'GET', path: `/v2/replicas/${first}` },
    effect: faultCatalog.hang
  })
  const beganMs = desk.time.clock.nowMs()
  await desk.until(id, ({ counts }) => counts.gone === 2)
  expect(desk.time.clock.nowMs() - beganMs).toBeLessThan(10_000)
})

it('nor does it before something else is sent', async () => {
  const { faults, plan, first } = await loseAll()
  const all = /^\/v2\/replicas\/./
  faults.add({ match: { method: 'GET', path: all }, effect: faultCatalog.resetBefore })
  const { id } = desk.start(plan)
  await desk.until(id, ({ state }) => state === 'finished')
  faults.clear()
  faults.add({
    match: { method: 'GET', path: `/v2/replicas/${first}` },
    effect: faultCatalog.hang
  })
  const beganMs = desk.time.clock.nowMs()
  void desk.outbox.settle(desk.account())
  await desk.until(id, ({ counts }) => counts.gone === 2)
  expect(desk.time.clock.nowMs() - beganMs).toBeLessThan(10_000)
})

it('a lost answer is looked at at once, after 2 and after 4 more seconds, then by refreshes alone', async () => {
  const opened = await startTavusDesk(['Amara Osei'])
  desk = opened.desk
  const { sandbox, time } = desk
  sandbox.faults.add({ match: { method: 'DELETE' }, effect: faultCatalog.resetBefore })
  const plan = unwrap(await desk.plan({ scope: 'assets', refs: [...opened.refs] }))
  const path = `/v2/replicas/${opened.refs[0]?.id}`
  const { id } = desk.start(plan)
  await desk.until(id, ({ state }) => state === 'finished')
  await time.pass(60_000)
  const asked = sandbox.requests.filter((request) => request.path === path)
  const sentMs = Date.parse(asked.find(({ method }) => method === 'DELETE')?.at ?? '')
  const looks = asked.filter(({ method }) => method === 'GET').map(({ at }) => Date.parse(at))
  expect(looks.map((ms) => ms - sentMs)).toEqual([0, 2_000, 6_000])
})
