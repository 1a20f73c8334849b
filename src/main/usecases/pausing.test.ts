import { expect, it } from 'vitest'
import { uploadIdSchema } from '../../shared/domain/local-video.ts'
import type { Upload } from '../../shared/domain/upload.ts'
import { createPaused, createPausing, heedPause, type PausingDeps } from './pausing.ts'

type Batches = ReturnType<PausingDeps['outbox']['list']>

const batch = (id: string, change: Partial<Batches[number]>): Batches[number] => ({
  id,
  state: 'running',
  heldUntilAt: null,
  waitsFor: null,
  ...change
})

const upload = (id: string, state: Upload['state']) => ({ id: uploadIdSchema.parse(id), state })

/** Notes what is asked of outbox and uploads. */
const begin = (batches: Batches, uploads: readonly Pick<Upload, 'id' | 'state'>[]) => {
  const asked: string[] = []
  const note = (what: string) => (id: string) => asked.push(`${what} ${id}`)
  const paused = createPaused()
  const changes: boolean[] = []
  paused.onChanged(() => changes.push(paused.is()))
  const pausing = createPausing({
    paused,
    outbox: {
      list: () => batches,
      pause: note('pause'),
      resume: note('resume'),
      wake: () => asked.push('wake')
    },
    uploads: {
      list: () => uploads,
      pause: async (id) => note('pause')(id),
      resume: async (id) => note('resume')(id)
    }
  })
  return { asked, paused, changes, pausing }
}

it('pauses what goes on by itself, and resumes exactly that', async () => {
  const { asked, paused, changes, pausing } = begin(
    [
      batch('running', {}),
      batch('held', { state: 'held', heldUntilAt: '2026-03-01T12:00:10.000Z' }),
      batch('offline', { state: 'waiting', waitsFor: 'connection' }),
      batch('scheduled', { state: 'scheduled' }),
      batch('paused-before', { state: 'waiting', waitsFor: 'person' }),
      batch('hold-paused-before', { state: 'held' })
    ],
    [upload('upl_aaaaaaaa', 'sending'), upload('upl_bbbbbbbb', 'paused')]
  )
  await pausing.pause()
  expect(paused.is()).toBe(true)
  expect(asked).toEqual(['pause running', 'pause held', 'pause offline', 'pause upl_aaaaaaaa'])
  asked.length = 0
  await pausing.resume()
  expect(asked).toEqual([
    'wake',
    'resume running',
    'resume held',
    'resume offline',
    'resume upl_aaaaaaaa'
  ])
  expect(changes).toEqual([true, false])
})

it('does nothing twice', async () => {
  const { asked, changes, pausing } = begin([batch('running', {})], [])
  await pausing.resume()
  await pausing.pause()
  await pausing.pause()
  expect(asked).toEqual(['pause running'])
  expect(changes).toEqual([true])
})

it('begins with the resuming, once, what came due in the pause', async () => {
  const paused = createPaused()
  let done = 0
  const work = async () => {
    done += 1
  }
  const heeding = heedPause(paused, work, (begun) => void begun())
  await heeding()
  expect(done).toBe(1)
  paused.set(true)
  await heeding()
  await heeding()
  expect(done).toBe(1)
  paused.set(false)
  expect(done).toBe(2)
  paused.set(true)
  paused.set(false)
  expect(done).toBe(2)
})
