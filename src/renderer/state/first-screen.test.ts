import { describe, expect, it } from 'vitest'
import { testAsset } from '../../../test/renderer/asset.ts'
import { assetKinds } from '../../shared/catalogue/kinds.ts'
import type { Asset } from '../../shared/domain/asset.ts'
import { defaultSettings } from '../../shared/domain/default-settings.ts'
import type { FirstScreen } from '../../shared/first-screen.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { fail, ok } from '../../shared/result.ts'
import { createAppStore } from './app-store.ts'
import { rowAt } from './library-pages.ts'

const none = { own: 0, stock: 0, ready: 0, unfinished: 0, failed: 0 }
const counts: FirstScreen['counts'] = {
  byKind: {
    ...(Object.fromEntries(
      assetKinds.map((kind) => [kind, none])
    ) as FirstScreen['counts']['byKind']),
    replica: { ...none, own: 2 }
  },
  models: []
}

const account = {
  id: 'acc_00000001',
  provider: 'tavus',
  name: 'Studio North',
  isSample: false
} as FirstScreen['accounts'][number]

const known = (rows: readonly Asset[]): FirstScreen => ({
  version: '1.0.0',
  platform: 'linux',
  providers: ['tavus'],
  settings: { ...defaultSettings, theme: 'dark' },
  accounts: [account],
  sync: [],
  counts,
  kind: 'replica',
  page: { total: rows.length, rows: [...rows] },
  look: null
})

/** A window whose core is there when the test says so; requests are written down when they are sent. */
const desk = (
  rows: readonly Asset[],
  { drafts = [] as readonly unknown[], isBroken = false } = {}
) => {
  const asked: string[] = []
  let arrive: () => void = () => undefined
  const core = new Promise<void>((resolve) => {
    arrive = resolve
  })
  const answers: Readonly<Record<string, () => unknown>> = {
    assetList: () => ({ total: rows.length, rows }),
    appBootstrap: () => ({
      ...known(rows),
      settings: defaultSettings,
      health: {},
      drafts,
      batches: []
    }),
    draftAdd: () => ({ added: [{ id: 'drf_1' }], leftOut: 0 }),
    newsTake: () => ({ items: [], sinceAt: null }),
    updateGet: () => ({ way: 'none', stand: { state: 'unknown' }, checkedAt: null }),
    whatsNewTake: () => ({ version: null })
  }
  const bridge = new Proxy({} as Bridge, {
    get: (_target, name) => {
      if (String(name).startsWith('on')) return () => () => undefined
      return async () => {
        asked.push(String(name))
        await core
        if (isBroken) return fail({ kind: 'bug', reference: 'run_1' })
        return ok(answers[String(name)]?.() ?? {})
      }
    }
  })
  const store = createAppStore(bridge)
  const shownAt = (index: number): string | undefined => {
    const { library } = store.getState()
    return library.kind === 'ready' ? rowAt(library.value, index)?.name : undefined
  }
  return { asked, arrive, store, shownAt, state: () => store.getState() }
}

const drawn = () => Promise.resolve()

const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('a first screen', () => {
  it('is shown before the core has answered anything', () => {
    const { store, shownAt, state } = desk([])
    state().begin(known([testAsset('r1'), testAsset('r2', { name: 'Bea' })]), drawn)
    expect([shownAt(0), shownAt(1)]).toEqual(['Amara', 'Bea'])
    expect(store.getState()).toMatchObject({
      boot: { kind: 'ready' },
      isConfirmed: false,
      accounts: [account],
      counts,
      settings: { theme: 'dark' }
    })
  })

  it('gives way to what the core holds, where the keys are', async () => {
    const { arrive, shownAt, state } = desk([testAsset('r0', { name: 'New' }), testAsset('r1')])
    state().begin(known([testAsset('r1'), testAsset('r2', { name: 'Erased' })]), drawn)
    state().mark({ ref: testAsset('r1').ref, index: 0 })
    arrive()
    await settled()
    expect([shownAt(0), shownAt(1), shownAt(2)]).toEqual(['New', 'Amara', undefined])
    expect(state()).toMatchObject({
      isConfirmed: true,
      marked: { index: 1 },
      settings: { theme: 'system' }
    })
  })

  it('asks for nothing before it is drawn, however many rows there are', async () => {
    const { asked, arrive, state } = desk([testAsset('r1')])
    let finish: () => void = () => undefined
    const drawing = new Promise<void>((resolve) => {
      finish = resolve
    })
    const { page, ...rest } = known([testAsset('r1')])
    state().begin({ ...rest, page: { ...page, total: 10_000 } }, () => drawing)
    state().showRange(0, 60)
    await settled()
    expect(asked).toEqual([])
    finish()
    await settled()
    expect(asked).toEqual(['assetList', 'appBootstrap'])
    arrive()
  })

  it('keeps a filter that was typed meanwhile', async () => {
    const { arrive, state, shownAt } = desk([testAsset('r9', { name: 'Found' })])
    state().begin(known([testAsset('r1')]), drawn)
    state().changeFilter({ search: 'fou' })
    arrive()
    await settled()
    expect(state().filter.search).toBe('fou')
    expect(shownAt(0)).toBe('Found')
  })

  it('is the source of no action: New replica waits for the drafts that the core holds, and makes one once', async () => {
    const { asked, arrive, state } = desk([])
    state().begin(known([testAsset('r1')]), drawn)
    const pressed = state().startReplica()
    await settled()
    expect(asked).not.toContain('draftAdd')
    arrive()
    await pressed
    expect(asked.filter((name) => name === 'draftAdd')).toHaveLength(1)
    const other = desk([], { drafts: [{ id: 'drf_old' }] })
    other.state().begin(known([testAsset('r1')]), drawn)
    const again = other.state().startReplica()
    other.arrive()
    await again
    expect(other.asked).not.toContain('draftAdd')
    expect(other.state().place).toBe('new-replica')
  })

  it('does not stay where the core cannot answer', async () => {
    const { arrive, state } = desk([], { isBroken: true })
    state().begin(known([testAsset('r1')]), drawn)
    arrive()
    await settled()
    expect(state()).toMatchObject({ boot: { kind: 'failed' }, library: { kind: 'failed' } })
  })

  it('is none: the start is a plain one', async () => {
    const { asked, arrive, state } = desk([testAsset('r1')])
    state().begin(null, drawn)
    expect(state().library.kind).toBe('loading')
    expect(asked).toEqual(['assetList', 'appBootstrap'])
    arrive()
    await settled()
    expect(state()).toMatchObject({ isConfirmed: true, boot: { kind: 'ready' } })
  })
})
