import { expect, it, onTestFinished } from 'vitest'
import { account, accountId, asset, refOf, startAt } from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import type { HistoryEventType } from '../../shared/catalogue/history-events.ts'
import type { HistoryBody } from '../../shared/domain/history.ts'
import { uploadIdSchema } from '../../shared/domain/local-video.ts'
import type { UploadRecord } from '../ports/store.ts'
import { assetEvent } from './history-event.ts'
import { createNews } from './news.ts'

const start = (folder = temporaryFolder()) => {
  const store = openIn(folder)
  onTestFinished(() => store.close())
  const news = createNews({ store, clock: { nowAt: () => '2026-03-01T10:00:00.000Z' } })
  const append = (type: HistoryEventType, id: string, body: HistoryBody = {}) => {
    const { ref } = asset(id)
    const stored = store.transaction((write) =>
      write.append(assetEvent(type, account(), { ...ref, name: `Name ${id}` }, body))
    )
    expect(stored.ok).toBe(true)
  }
  const take = () => news.take().items.map(({ what, ref }) => `${what} ${ref.id}`)
  return { store, news, append, take, folder }
}

const ended = { from: 'training', to: 'ready', statusRaw: 'completed', reason: null }

it('tells nothing of what was there when it was first asked', () => {
  const { append, take, news } = start()
  append('asset-status-changed', 'r1', ended)
  expect(news.take()).toEqual({ items: [], hasMore: false, sinceAt: null })
  append('asset-status-changed', 'r2', ended)
  expect(take()).toEqual(['ready r2'])
})

it('tells each thing once, in this run and the next', () => {
  const first = start()
  first.take()
  first.append('asset-status-changed', 'r1', ended)
  expect(first.take()).toEqual(['ready r1'])
  expect(first.take()).toEqual([])
  first.append('asset-vanished', 'r2')
  first.store.close()
  const second = start(first.folder)
  expect(second.take()).toEqual(['vanished r2'])
  expect(second.take()).toEqual([])
})

it('tells endings, failures with their reason, what vanished and what came back, and nothing else', () => {
  const { append, take, news, store } = start()
  take()
  append('asset-first-seen', 'r1', { status: 'ready' })
  append('asset-renamed', 'r2', { from: 'a', to: 'b' })
  append('asset-status-changed', 'r3', { ...ended, from: 'preview' })
  append('asset-status-changed', 'r4', { from: 'failed', to: 'failed', reason: 'Later words.' })
  append('asset-status-changed', 'r5', { from: 'training', to: 'preview' })
  append('asset-status-changed', 'r6', { from: 'training', to: 'failed', reason: 'Poor light.' })
  append('asset-vanished', 'r7', { wasAsked: true })
  append('asset-returned', 'r8')
  append('deletion-drifted', 'r9')
  store.transaction((write) => {
    write.putAccount(account())
    write.putAsset(asset('r10', { status: 'failed', errorMessage: 'Asked for later.' }))
  })
  append('asset-status-changed', 'r10', { from: 'training', to: 'failed', reason: null })
  const { items } = news.take()
  expect(items.map(({ what, ref, reason, wasAsked }) => [what, ref.id, reason, wasAsked])).toEqual([
    ['ready', 'r3', null, false],
    ['failed', 'r6', 'Poor light.', false],
    ['vanished', 'r7', null, true],
    ['returned', 'r8', null, false],
    ['returned', 'r9', null, false],
    ['failed', 'r10', 'Asked for later.', false]
  ])
})

it('tells the last that is known of one asset, and goes on where it left off when there is very much', () => {
  const { append, take, news, store } = start()
  take()
  append('asset-vanished', 'r1')
  append('asset-returned', 'r1')
  expect(take()).toEqual(['returned r1'])
  store.transaction((write) => {
    for (let index = 0; index < 501; index += 1) {
      write.append(
        assetEvent('asset-vanished', account(), { ...asset(`v${index}`).ref, name: '' }, {})
      )
    }
  })
  const first = news.take()
  expect([first.items.length, first.hasMore]).toEqual([500, true])
  const second = news.take()
  expect([second.items.length, second.hasMore]).toEqual([1, false])
})

it('begins anew with a history that was cleared', async () => {
  const { append, take, store } = start()
  append('asset-vanished', 'r1')
  append('asset-vanished', 'r2')
  take()
  const cleared = await store.clearHistory(store.read.historyHead()?.seq ?? 0)
  expect(cleared.ok).toBe(true)
  // By now its last record has a number that was told of before.
  append('asset-vanished', 'r3')
  expect(take()).toEqual(['vanished r3'])
  expect(take()).toEqual([])
})

it('names the uploaded files of a replica that is trained, and of no other', () => {
  const { append, news, store } = start()
  news.take()
  const upload = (name: string, usedFor: UploadRecord['usedFor'], state: UploadRecord['state']) =>
    store.transaction((write) =>
      write.putUpload({
        id: uploadIdSchema.parse(`upl_${name.padEnd(16, '0')}`),
        draftId: 'drf_0000000000000000' as UploadRecord['draftId'],
        field: 'trainVideoUrl',
        bucketId: 'bkt_0000000000000000' as UploadRecord['bucketId'],
        objectKey: name,
        multipartId: null,
        partBytes: 1,
        filePath: `/videos/${name}.mp4`,
        fileName: `${name}.mp4`,
        fileModifiedMs: 1,
        sizeBytes: 1,
        sentBytes: 1,
        state,
        error: null,
        begunAt: startAt,
        doneAt: startAt,
        usedFor,
        askedBy: []
      })
    )
  const usedFor = (id: string) => ({ accountId, assetId: refOf(id).id })
  upload('a1', usedFor('r1'), 'done')
  upload('a2', usedFor('r2'), 'done')
  upload('a3', null, 'done')
  upload('a4', usedFor('r1'), 'canceled')
  append('asset-status-changed', 'r1', ended)
  append('asset-status-changed', 'r2', { from: 'training', to: 'failed', reason: 'Poor light.' })
  append('asset-status-changed', 'r3', ended)
  const files = news.take().items.map((item) => [item.ref.id, item.files])
  expect(files).toEqual([
    ['r1', [{ uploadId: 'upl_a100000000000000', fileName: 'a1.mp4' }]],
    ['r2', []],
    ['r3', []]
  ])
})
