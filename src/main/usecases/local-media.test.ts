import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { failingLog, unwrap } from '../../../test/main/desks/desk.ts'
import {
  account,
  accountId,
  asset,
  deletion,
  refOf,
  startAt
} from '../../../test/main/storage/records.ts'
import type { AssetRef } from '../../shared/domain/asset.ts'
import type { PlanChoices } from '../../shared/domain/plan.ts'
import { systemClock } from '../clock.ts'
import { createMediaService } from '../media/media-service.ts'
import type { BatchRecord, Operation } from '../ports/store.ts'
import { openStore } from '../storage/sqlite-store.ts'
import { createDrafts } from './drafts.ts'
import { appEvent } from './history-event.ts'
import { createLocalMedia } from './local-media.ts'

const idOf = (letter: string) => letter.repeat(32)

const batch = (choices: PlanChoices): BatchRecord => ({
  id: 'bat_00000001',
  scope: 'likeness',
  mode: 'permanent',
  title: 'Adaeze',
  state: 'running',
  waitsFor: null,
  waitsUntilAt: null,
  heldUntilAt: null,
  holdLeftMs: null,
  runAt: null,
  askedAt: startAt,
  endedAt: null,
  changes: [],
  planJson: JSON.stringify({ choices }),
  factsJson: '{}',
  archive: null,
  isDismissed: false
})

/** A computer that keeps a picture and a clip of `r1`, a picture of `r2`, and one of nothing in the library. */
const computer = (pictures?: 'delete' | 'keep') => {
  const folder = mkdtempSync(join(tmpdir(), 'local-media-'))
  const cacheFolder = join(folder, 'thumbnails')
  mkdirSync(join(cacheFolder, 'dragged', idOf('a')), { recursive: true })
  for (const name of [`${idOf('a')}.png`, `${idOf('b')}.mp4`, `${idOf('c')}.jpg`]) {
    writeFileSync(join(cacheFolder, name), name)
  }
  writeFileSync(join(cacheFolder, `${idOf('d')}.png`), 'left over')
  writeFileSync(join(cacheFolder, 'dragged', idOf('a'), 'Adaeze.png'), 'copy')
  const store = openStore({ folder, clock: systemClock, runId: 'run_0001', log: failingLog })
  const choices: PlanChoices = { mode: 'permanent', byKind: {}, without: [] }
  unwrap(
    store.transaction((write) => {
      write.putAccount(account())
      write.putAsset(asset('r1', { posterId: idOf('a'), clipId: idOf('b'), presence: 'gone' }))
      write.putAsset(asset('r2', { posterId: idOf('c'), clipId: null }))
      write.putBatch(batch(pictures === undefined ? choices : { ...choices, pictures }))
      return null
    })
  )
  const media = createMediaService({
    fetch: () => Promise.reject(new Error('Nothing is fetched here')),
    cacheFolder,
    clock: systemClock,
    log: failingLog
  })
  const told: string[] = []
  const emit = (name: string) => void told.push(name)
  const drafts = createDrafts({
    store,
    clock: systemClock,
    trustedNowAt: systemClock.nowAt,
    emit,
    canTrain: () => true,
    onVideos: () => undefined
  })
  const local = createLocalMedia({ store, media, drafts, emit, log: failingLog })
  const kept = () =>
    readdirSync(cacheFolder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort()
  return { store, media, drafts, local, told, kept }
}

const all = [`${idOf('a')}.png`, `${idOf('b')}.mp4`, `${idOf('c')}.jpg`, `${idOf('d')}.png`]
const gone: Operation = deletion('r1', { state: 'done', batchId: 'bat_00000001' })

describe('pictures and clips on this computer', () => {
  test('are counted for what a plan deletes', async () => {
    const { local } = computer()
    const conversation = { accountId, kind: 'conversation', id: refOf('c1').id } as const
    const targets = [refOf('r1'), refOf('r2'), refOf('unknown'), conversation]
    expect(await local.count(targets)).toMatchObject({ pictures: 2, clips: 1 })
    expect(await local.count([refOf('r2')])).toMatchObject({ pictures: 1, clips: 0 })
  })

  test('go with what was deleted, wherever they lie, and nothing names them any more', async () => {
    const { local, store, kept, told } = computer('delete')
    await local.onGone(gone)
    expect(kept()).toEqual([`${idOf('c')}.jpg`, `${idOf('d')}.png`])
    expect(store.read.asset(refOf('r1'))).toMatchObject({
      name: 'Replica r1',
      posterId: null,
      clipId: null,
      presence: 'gone'
    })
    expect(told).toEqual(['library:changed'])
  })

  test.each(['keep', undefined] as const)('stay if the plan says %s', async (choice) => {
    const { local, store, kept } = computer(choice)
    await local.onGone(gone)
    expect(kept()).toEqual([...all, 'Adaeze.png'].sort())
    expect(store.read.asset(refOf('r1'))?.posterId).toBe(idOf('a'))
  })

  test('of a deletion without a plan, or of nothing that is kept here, are left alone', async () => {
    const { local, kept } = computer('delete')
    await local.onGone({ ...gone, batchId: null })
    await local.onGone({ ...gone, assetKind: 'conversation' })
    await local.onGone({ ...gone, assetId: 'r9' as AssetRef['id'] })
    expect(kept()).toEqual([...all, 'Adaeze.png'].sort())
  })

  test.each(['delete', 'keep'] as const)('drafts they were created from: %s', async (choice) => {
    const { local, store, drafts } = computer(choice)
    const added = unwrap(drafts.add('', accountId)).added.concat(
      unwrap(drafts.add('', accountId)).added
    )
    for (const [index, { id }] of added.entries()) {
      unwrap(drafts.update(id, { replicaName: `Adaeze ${index}` }))
      unwrap(drafts.begin(id))
      drafts.apply(id, { kind: 'created', createdId: refOf(`r${index + 1}`).id })
    }
    expect(await local.count([refOf('r1')])).toMatchObject({ drafts: 1 })
    await local.onGone(gone)
    const names = drafts.all().map(({ replicaName }) => replicaName)
    expect(names).toEqual(choice === 'delete' ? ['Adaeze 1'] : ['Adaeze 0', 'Adaeze 1'])
    expect(store.read.drafts().some(({ json }) => json.includes('Adaeze 0'))).toBe(
      choice === 'keep'
    )
  })

  test('folders that were saved are named, newest first, as the app cannot delete them', async () => {
    const { local, store } = computer()
    const bodies = [
      { title: 'Replica r1', folderName: 'Last look 1' },
      { title: 'Somebody else', folderName: 'Not theirs' },
      { title: 'Replica r1', folderName: 'Last look 2' }
    ]
    unwrap(
      store.transaction((write) => {
        for (const body of bodies) write.append(appEvent('archive-saved', body))
        return null
      })
    )
    expect((await local.count([refOf('r1')])).folders).toEqual(['Last look 2', 'Last look 1'])
    expect((await local.count([refOf('r2')])).folders).toEqual([])
  })

  test('are swept away once nothing in the library speaks of them', async () => {
    const { local, store, kept } = computer()
    await local.sweep()
    expect(kept()).not.toContain(`${idOf('d')}.png`)
    expect(kept()).toContain(`${idOf('a')}.png`)
    unwrap(
      store.transaction((write) => {
        write.removeAccount(accountId)
        write.putAccount(account())
        return null
      })
    )
    await local.sweep()
    expect(kept()).toEqual([])
  })

  test('are not swept away while the library is empty, as one that could not be read would be', async () => {
    const { local, store, kept } = computer()
    unwrap(
      store.transaction((write) => {
        write.removeAccount(accountId)
        return null
      })
    )
    await local.sweep()
    expect(kept()).toEqual([...all, 'Adaeze.png'].sort())
  })
})
