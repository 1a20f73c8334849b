import { describe, expect, it } from 'vitest'
import { createManualClock } from '../../../test/main/manual-clock.ts'
import type { BackgroundTask } from '../../shared/domain/health.ts'
import { createSupervisor } from './supervisor.ts'

const start = () => {
  const clock = createManualClock()
  const logged: unknown[] = []
  const told: string[] = []
  const stopping = new AbortController()
  const supervisor = createSupervisor({
    clock,
    log: { bug: (error) => `ref${logged.push(error)}` },
    onBackground: (task: BackgroundTask, reference) => told.push(`${task} ${reference}`)
  })
  return { clock, logged, told, stopping, supervisor }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('something that runs for ever', () => {
  it('goes on after errors, in growing pauses, and tells of each with a reference', async () => {
    const { clock, logged, told, stopping, supervisor } = start()
    let rounds = 0
    const round = async () => {
      rounds += 1
      throw new Error(`round ${rounds}`)
    }
    supervisor.keepRunning('trainings', round, stopping.signal)
    for (let count = 1; count <= 12; count += 1) {
      await settled()
      expect(rounds).toBe(count)
      clock.advance(clock.waits.at(-1) ?? 0)
    }
    expect(clock.waits.slice(0, 3)).toEqual([1_000, 2_000, 4_000])
    expect(clock.waits.at(-1)).toBe(300_000)
    expect(logged[2]).toEqual(new Error('round 3'))
    expect(told.slice(0, 2)).toEqual(['trainings ref1', 'trainings ref2'])
  })

  it('begins again quickly after a round that went well, and is told as well a while later', async () => {
    const { clock, told, stopping, supervisor } = start()
    const ends = ['throws', 'throws', 'works', 'throws', 'works', 'works']
    supervisor.keepRunning(
      'upkeep',
      async (signal) => {
        const end = ends.shift()
        if (end === 'throws') throw new Error('once')
        await clock.wait(600_000, signal)
      },
      stopping.signal
    )
    const pauses: number[] = []
    while (ends.length > 0) {
      await settled()
      const pause = clock.waits.at(-1) ?? 0
      pauses.push(pause)
      clock.advance(pause)
    }
    await settled()
    expect(pauses).toEqual([1_000, 2_000, 600_000, 1_000, 600_000, 600_000])
    expect(told).toEqual([
      'upkeep ref1',
      'upkeep ref2',
      'upkeep null',
      'upkeep ref3',
      'upkeep null'
    ])
  })

  it('catches what throws before its first wait', async () => {
    const { logged, stopping, supervisor } = start()
    supervisor.keepRunning(
      'clock',
      () => {
        throw new Error('at once')
      },
      stopping.signal
    )
    await settled()
    expect(logged).toHaveLength(1)
  })

  it('ends on the stop signal, also within a pause', async () => {
    const { clock, stopping, supervisor } = start()
    let rounds = 0
    const round = async () => {
      rounds += 1
      throw new Error('again')
    }
    supervisor.keepRunning('trainings', round, stopping.signal)
    await settled()
    stopping.abort()
    await settled()
    clock.advance(600_000)
    await settled()
    expect(rounds).toBe(1)
  })
})

it.each([
  [
    'throws',
    () => {
      throw new Error('no')
    }
  ],
  ['rejects', () => Promise.reject(new Error('no'))]
])('something that runs once and %s is told', async (_how, work) => {
  const { logged, told, supervisor } = start()
  supervisor.start('refreshing', work)
  await settled()
  expect(logged).toEqual([new Error('no')])
  expect(told).toEqual(['refreshing ref1'])
})
