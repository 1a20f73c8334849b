import { expect, it } from 'vitest'
import { accountIdSchema } from '../../shared/domain/account.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { fail, ok } from '../../shared/result.ts'
import { createAppStore } from './app-store.ts'

const sample = { id: accountIdSchema.parse('acc_5a5a5a5a'), name: 'Sample studio', isSample: true }

const exploring = async (bridge: Partial<Record<keyof Bridge, () => Promise<unknown>>>) => {
  const store = createAppStore(bridge as unknown as Bridge)
  await store.getState().exploreSample()
  return store.getState()
}

it('shows the sample account, which main lists: it is not listed twice', async () => {
  let listings = 0
  const { accounts, place, isStartingSample } = await exploring({
    accountExploreSample: async () => ok(sample),
    libraryRefresh: async () => {
      listings += 1
      return ok([])
    }
  })
  expect({ accounts, place, isStartingSample, listings }).toEqual({
    accounts: [sample],
    place: 'replicas',
    isStartingSample: false,
    listings: 0
  })
})

it('says so where sample data could not be started', async () => {
  const { accounts, notices } = await exploring({
    accountExploreSample: async () => fail({ kind: 'sample-not-started' })
  })
  expect(accounts).toEqual([])
  expect(notices).toHaveLength(1)
})
