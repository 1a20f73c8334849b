import { afterEach, describe, expect, it } from 'vitest'
import { ask, closeAll, idsOf, start } from '../../test/sandbox/running-sandbox.ts'
import { DOWNLOAD_LINK_ERROR } from './sample-people.ts'

afterEach(closeAll)

describe('sample data', () => {
  it('has people, stock, trainings and videos in several states', async () => {
    const sandbox = await start({ seedData: 'sample' })
    const own = (await ask(sandbox, '/v2/replicas?replica_type=user&limit=100')).body
    const statuses = own.data.map((row: { readonly status: string }) => row.status)
    const count = (status: string) => statuses.filter((each: string) => each === status).length
    expect([own.total_count, count('started'), count('error')]).toEqual([16, 3, 1])
    expect((await ask(sandbox, '/v2/replicas?replica_type=system')).body.total_count).toBe(8)
    const videos = (await ask(sandbox, '/v2/videos?limit=100')).body.data
    const kinds = new Set(videos.map((row: { readonly status: string }) => row.status))
    expect(kinds).toEqual(new Set(['generating', 'queued', 'ready', 'error']))
  })

  it('moves: one training completes, one fails, one replica vanishes', async () => {
    const sandbox = await start({ seedData: 'sample' })
    const named = async (name: string) => {
      const { data } = (await ask(sandbox, '/v2/replicas?limit=100')).body
      return data.find((row: { readonly replica_name: string }) => row.replica_name === name)
    }
    expect(await named('Tamar Gelashvili')).toBeDefined()
    sandbox.clock.advance(5 * 60_000)
    expect(await named('Liu Wenjing')).toMatchObject({ status: 'completed' })
    expect(await named('Kwabena Mensah')).toMatchObject({ status: 'started' })
    expect(await named('Tamar Gelashvili')).toBeUndefined()
    const failed = await named('Elias Sandström')
    expect((await ask(sandbox, `/v2/replicas/${failed.replica_id}`)).body).toMatchObject({
      status: 'error',
      error_message: DOWNLOAD_LINK_ERROR
    })
  })

  it('has a likeness that reaches far: twelve videos, three conversations, one persona', async () => {
    const { state } = await start({ seedData: 'sample' })
    const { id } = state.replicas.find(({ name }) => name === 'Adaeze Nwosu') ?? {}
    const conversations = state.conversations.filter(({ replicaId }) => replicaId === id)
    expect(state.videos.filter(({ replicaId }) => replicaId === id)).toHaveLength(12)
    expect(conversations.map(({ status }) => status)).toEqual(['active', 'ended', 'ended'])
    expect(state.personas.filter(({ defaultReplicaId }) => defaultReplicaId === id)).toHaveLength(1)
  })

  it('has a PAL on a public page', async () => {
    const { state } = await start({ seedData: 'sample' })
    const [page] = state.pages
    const pal = state.personas.find(({ id }) => id === page?.palId)
    expect([page?.status, pal?.name]).toEqual(['active', 'Language partner'])
  })

  it('gives the same ids in every run', async () => {
    const [first, second] = [
      await start({ seedData: 'sample' }),
      await start({ seedData: 'sample' })
    ]
    expect(await idsOf(first, '/v2/replicas')).toEqual(await idsOf(second, '/v2/replicas'))
  })
})
