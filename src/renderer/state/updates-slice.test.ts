import { expect, it } from 'vitest'
import type { UpdateStatus } from '../../shared/domain/update.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { fail, ok } from '../../shared/result.ts'
import { createAppStore } from './app-store.ts'

const status = (stand: UpdateStatus['stand'], way: UpdateStatus['way'] = 'restart') => ({
  way,
  stand,
  checkedAt: null
})

const start = (version: string | null = null) => {
  const bridge = {
    updateGet: async () => ok(status({ state: 'unknown' })),
    updateCheck: async () => fail({ kind: 'busy', with: 'deletion' }),
    whatsNewTake: async () => ok({ version })
  }
  return createAppStore(bridge as unknown as Bridge)
}

const told = (store: ReturnType<typeof start>) =>
  store.getState().notices.map((notice) => {
    if (notice.kind === 'update') return `${notice.way} ${notice.version}`
    return notice.kind === 'failed' ? `${notice.doing} ${notice.error.kind}` : notice.kind
  })

it('tells of a version once, and of a later one in its place', () => {
  const store = start()
  const { noteUpdate } = store.getState()
  noteUpdate(status({ state: 'checking' }))
  noteUpdate(status({ state: 'downloading', version: '2.0.0', share: 0.5 }))
  expect(told(store)).toEqual([])
  noteUpdate(status({ state: 'ready', version: '2.0.0' }))
  noteUpdate(status({ state: 'ready', version: '2.0.0' }))
  expect(told(store)).toEqual(['restart 2.0.0'])
  noteUpdate(status({ state: 'found', version: '2.1.0' }, 'page'))
  expect(told(store)).toEqual(['page 2.1.0'])
})

it('greets the first start of a version, and says what an update waits for', async () => {
  const store = start('2.0.0')
  await store.getState().takeUpdate()
  expect(told(store)).toEqual(['updated'])
  await store.getState().checkForUpdates()
  expect(told(store)).toEqual(['updated', 'check-updates busy'])
  expect(store.getState()).toMatchObject({ place: 'settings', isUpdateWanted: true })
})
