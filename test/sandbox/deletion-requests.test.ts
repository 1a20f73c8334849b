import { afterEach, describe, expect, it } from 'vitest'
import { countDeletionRequests } from './deletion-requests.ts'
import type { Sandbox } from './faulty-sandbox.ts'
import { ask, closeAll, NOW_MS, start } from './running-sandbox.ts'

afterEach(closeAll)

const remove = (sandbox: Sandbox, path: string) => ask(sandbox, path, { method: 'DELETE' })

describe('the log of deletions', () => {
  it('tells kind, id, mode, time and outcome of each, refused ones included', async () => {
    const sandbox = await start({ seedData: { replicas: 1, stock: 1, videos: 1 } })
    const [own, stock] = sandbox.state.replicas.map(({ id }) => id)
    const video = sandbox.state.videos[0]?.id
    await remove(sandbox, `/v2/replicas/${own}`)
    await remove(sandbox, `/v2/replicas/${own}?hard=true`)
    await remove(sandbox, `/v2/replicas/${stock}`)
    sandbox.clock.advance(5)
    await remove(sandbox, `/v2/videos/${video}?hard=true`)
    await remove(sandbox, '/v2/personas/pfffffffffff')
    expect(sandbox.state.deletions).toEqual([
      { kind: 'replica', id: own, mode: 'soft', atMs: NOW_MS, outcome: 'done' },
      { kind: 'replica', id: own, mode: 'hard', atMs: NOW_MS, outcome: 'already-gone' },
      { kind: 'replica', id: stock, mode: 'soft', atMs: NOW_MS, outcome: 'stock' },
      { kind: 'video', id: video, mode: 'hard', atMs: NOW_MS + 5, outcome: 'done' },
      { kind: 'persona', id: 'pfffffffffff', mode: 'soft', atMs: NOW_MS + 5, outcome: 'unknown-id' }
    ])
    expect(sandbox.state.hardDeletions.map(({ id }) => id)).toEqual([video])
    expect(sandbox.state.timesAskedToDelete(own ?? '')).toBe(2)
    expect(sandbox.state.timesAskedToDelete(own ?? '', 'hard')).toBe(1)
  })

  it('goes on from a snapshot', async () => {
    const first = await start({ seedData: { replicas: 1 } })
    await remove(first, `/v2/replicas/${first.state.replicas[0]?.id}`)
    const second = await start({ snapshot: first.snapshot() })
    expect(second.state.deletions).toEqual(first.state.deletions)
    expect(second.state.deletions).toHaveLength(1)
  })
})

describe('the count of deletion requests', () => {
  it('holds what never reached the account, too', async () => {
    const sandbox = await start({ seedData: { replicas: 1, videos: 1 } })
    const path = `/v2/replicas/${sandbox.state.replicas[0]?.id}`
    sandbox.faults.add({ effect: { kind: 'answer', status: 503 }, times: 1 })
    sandbox.faults.add({ effect: { kind: 'reset', when: 'after-processing' }, times: 1 })
    await remove(sandbox, `${path}?hard=true`)
    await expect(remove(sandbox, `${path}?hard=true`)).rejects.toThrow()
    await remove(sandbox, path)
    await ask(sandbox, path)
    await remove(sandbox, `/v2/videos/${sandbox.state.videos[0]?.id}`)
    expect(countDeletionRequests(sandbox.requests)).toEqual([
      {
        kind: 'replicas',
        id: sandbox.state.deletions[0]?.id,
        soft: 1,
        hard: 2,
        processed: 2,
        statuses: [503, null, 400]
      },
      expect.objectContaining({ kind: 'videos', soft: 1, hard: 0, statuses: [200] })
    ])
  })
})
