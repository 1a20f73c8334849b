import { describe, expect, it } from 'vitest'
import { testAsset } from '../../../test/renderer/asset.ts'
import type { Asset, AssetQuery, AssetRef } from '../../shared/domain/asset.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { ok } from '../../shared/result.ts'
import { createAppStore } from './app-store.ts'
import { pageSize } from './library-pages.ts'

const many = (from: number, count: number): readonly Asset[] =>
  Array.from({ length: count }, (_, index) => testAsset(`r${from + index}`))

const counts = { own: 0, stock: 0, ready: 0, unfinished: 0, failed: 0 }

/** A library that a test changes as a refresh would; answers wait until `release`, if it wants them to. */
const library = (rows: readonly Asset[]) => {
  let listed = rows
  const bridge = {
    assetList: async ({ offset, limit }: AssetQuery) =>
      ok({ total: listed.length, rows: listed.slice(offset, offset + limit) }),
    assetPlace: async ({ ref }: { readonly ref: AssetRef }) => {
      const place = listed.findIndex((row) => row.ref.id === ref.id)
      return ok({ place: place < 0 ? null : place })
    },
    assetCount: async () => ok({ replica: counts, video: counts, model: counts, version: counts })
  }
  const store = createAppStore(bridge as unknown as Bridge)
  const reloadWith = (next: readonly Asset[]) => {
    listed = next
    return store.getState().reloadLibrary()
  }
  return { store, reloadWith }
}

const refOf = (id: string) => testAsset(id).ref

const opened = async (rows: readonly Asset[]) => {
  const made = library(rows)
  await made.store.getState().loadLibrary()
  made.store.getState().showRange(0, 20)
  return made
}

const marked = async (rows: readonly Asset[], id: string) => {
  const made = await opened(rows)
  const index = rows.findIndex(({ ref }) => ref.id === id)
  made.store.getState().mark({ ref: refOf(id), index })
  return made
}

describe('what the keyboard is at', () => {
  it.each<[string, (rows: readonly Asset[]) => readonly Asset[], number]>([
    ['rows come above it', (rows) => [...many(900, 2), ...rows], 5],
    ['rows above it go', (rows) => rows.slice(2), 1],
    ['all is sorted anew', (rows) => rows.toReversed(), 16],
    [
      'it is moved beyond what is read',
      (rows) => [...many(900, pageSize + 5), ...rows],
      pageSize + 8
    ]
  ])('is the same asset when %s', async (_what, change, place) => {
    const rows = many(0, 20)
    const { store, reloadWith } = await marked(rows, 'r3')
    await reloadWith(change(rows))
    const { marked: spot, library: held } = store.getState()
    expect(spot).toEqual({ ref: refOf('r3'), index: place })
    const start = Math.floor(place / pageSize) * pageSize
    expect(held.kind === 'ready' && held.value.pages.get(start)?.[place - start]?.ref.id).toBe('r3')
  })

  it('is no asset once it is gone, but the place it leaves', async () => {
    const rows = many(0, 20)
    const { store, reloadWith } = await marked(rows, 'r3')
    await reloadWith(rows.filter(({ ref }) => ref.id !== 'r3'))
    expect(store.getState().marked).toEqual({ ref: null, index: 3 })
  })

  it('changes together with the rows, never between them', async () => {
    const rows = many(0, 20)
    const { store, reloadWith } = await marked(rows, 'r3')
    const seen: (string | undefined)[] = []
    store.subscribe(({ library: held, marked: spot }) => {
      if (held.kind !== 'ready' || spot === null) return
      seen.push(held.value.pages.get(0)?.[spot.index]?.ref.id)
    })
    await reloadWith([...many(900, 3), ...rows])
    expect(new Set(seen)).toEqual(new Set(['r3']))
  })
})

describe('the order of a listing', () => {
  it('is kept for each kind, and never leaks into another', async () => {
    const { store } = await opened(many(0, 3))
    const sortOf = () => store.getState().filter.sort
    store.getState().showKind('model')
    expect(sortOf()).toBe('name-asc')
    store.getState().showKind('video')
    expect(sortOf()).toBe('created-desc')
    store.getState().changeFilter({ sort: 'status' })
    store.getState().showKind('replica')
    expect(sortOf()).toBe('created-desc')
    store.getState().showKind('video')
    expect(sortOf()).toBe('status')
  })
})

describe('choosing a range', () => {
  const chosenIn = (store: ReturnType<typeof library>['store']) =>
    [...store.getState().chosen.values()].map(({ id }) => id)

  it('starts at what was chosen, wherever that stands by now', async () => {
    const rows = many(0, 20)
    const { store, reloadWith } = await opened(rows)
    store.getState().toggleChosen(refOf('r3'), 3)
    await reloadWith([...many(900, 2), ...rows])
    const from = { ref: refOf('r3'), index: 3 }
    await store.getState().chooseTo({ ref: refOf('r5'), index: 7 }, from)
    expect(chosenIn(store)).toEqual(['r3', 'r4', 'r5'])
  })

  it('ends at what was clicked, even if rows came before it was read', async () => {
    const rows = many(0, 20)
    const { store, reloadWith } = await opened(rows)
    const from = { ref: refOf('r1'), index: 1 }
    const choosing = store.getState().chooseTo({ ref: refOf('r4'), index: 4 }, from)
    await reloadWith([...many(900, 1), ...rows])
    await choosing
    expect(chosenIn(store)).toEqual(['r1', 'r2', 'r3', 'r4'])
  })
})
