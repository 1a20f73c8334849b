import { expect, it } from 'vitest'
import {
  account,
  asset,
  happening,
  refOf,
  steppingClock
} from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import type { AssetRecord } from '../../shared/domain/asset.ts'
import { trainingOutlookSchema } from '../../shared/domain/training-outlook.ts'
import { trainingOutlook } from './training-outlook.ts'

const hour = 3_600_000
const day = Date.parse('2026-05-01T00:00:00.000Z')
const at = (ms: number): string => new Date(day + ms).toISOString()

const start = () => {
  const clock = steppingClock()
  const store = openIn(temporaryFolder(), { clock })
  store.transaction((write) => write.putAccount(account()))
  const put = (id: string, changes: Partial<AssetRecord>) =>
    store.transaction((write) => write.putAsset(asset(id, changes)))
  return {
    put,
    /** A training that began and ended at these hours. */
    trained: (id: string, began: number, ended: number, changes: Partial<AssetRecord> = {}) => {
      put(id, { createdAt: at(began * hour), ...changes })
      clock.moveTo(at(ended * hour))
      const body = { from: 'training', to: 'ready', statusRaw: 'completed', reason: null }
      store.transaction((write) =>
        write.append(happening({ type: 'asset-status-changed', assetId: id, body }))
      )
    },
    append: (type: 'creation-asked' | 'creation-answered', assetId: string | null, body: object) =>
      store.transaction((write) =>
        write.append(happening({ type, assetId, operationId: 'op-1', body: { ...body } }))
      ),
    outlook: (id: string) => {
      const read = trainingOutlook(store, refOf(id))
      return read.ok ? trainingOutlookSchema.parse(read.value) : read.error
    },
    hours: (id: string) => {
      const read = trainingOutlook(store, refOf(id))
      return read.ok && read.value.usualMs !== null ? Math.round(read.value.usualMs / hour) : null
    }
  }
}

const running = { status: 'training', statusRaw: 'started', createdAt: at(200 * hour) } as const

it('is the middle of how long the account’s own trainings took', () => {
  const desk = start()
  desk.put('now', running)
  expect(desk.outlook('now')).toEqual({
    startedAt: running.createdAt,
    usualMs: null,
    count: 0,
    foretold: []
  })
  desk.trained('a', 0, 3)
  desk.trained('b', 10, 15)
  desk.trained('c', 20, 24)
  expect(desk.hours('now')).toBe(4)
  expect(desk.outlook('now')).toMatchObject({ count: 3 })
})

it('leaves out what nobody watched to its end, and what was no training', () => {
  const desk = start()
  desk.put('now', running)
  desk.trained('overnight', 0, 40)
  desk.trained('at-once', 50, 50)
  expect(desk.outlook('now')).toMatchObject({ usualMs: null, count: 0 })
})

it('prefers trainings of the same model', () => {
  const desk = start()
  desk.put('now', { ...running, model: 'phoenix-3' })
  desk.trained('a', 0, 2, { model: 'phoenix-4' })
  expect(desk.hours('now')).toBe(2)
  desk.trained('b', 10, 16, { model: 'phoenix-3' })
  expect(desk.hours('now')).toBe(6)
})

it('remembers what the check had warned of', () => {
  const desk = start()
  desk.put('now', { ...running, status: 'failed', statusRaw: 'error' })
  desk.append('creation-asked', null, { videoWarnings: 'format-webm format-mov no-such-code' })
  desk.append('creation-answered', 'now', { statusRaw: 'started' })
  expect(desk.outlook('now')).toMatchObject({ foretold: ['video_format'] })
})

it('knows nothing of what is not there', () => {
  expect(start().outlook('gone')).toEqual({ kind: 'not-found' })
})
