import type { Page } from '@playwright/test'
import type { AssetRef } from '../../src/shared/domain/asset.ts'
import type { Batch, BatchItem } from '../../src/shared/domain/batch.ts'
import type { HistoryEvent } from '../../src/shared/domain/history.ts'
import type { Bridge } from '../../src/shared/ipc/bridge.ts'
import { sandboxKey } from '../fixtures.ts'
import { ownReplicas } from './listed.ts'

/** The page as a script in it sees it. */
export interface InPage {
  readonly app: Bridge
}

/** Adds the account, lists its replicas, and lets soft deletions go at once. */
export const prepare = (page: Page, apiAddress: string): Promise<string> =>
  page.evaluate(
    async ([address, apiKey]) => {
      const { app } = window as unknown as InPage
      const account = await app.accountSave({
        id: null,
        provider: 'tavus',
        name: 'Studio North',
        color: 'indigo',
        apiAddress: address,
        isReadOnly: false,
        keyStorage: 'keychain',
        apiKey
      })
      if (!account.ok) throw new Error(account.error.kind)
      await app.libraryRefresh({ accountId: account.value.id })
      await app.settingsUpdate({ holdSeconds: 0 })
      return account.value.id
    },
    [apiAddress, sandboxKey] as const
  )

export type Mode = 'soft' | 'permanent'

/** As many batches as there are modes, each of an equal part of the replicas; sent in this order. */
export const startBatches = async (page: Page, modes: readonly Mode[]): Promise<void> => {
  const listed = await ownReplicas(page)
  await page.evaluate(startEach, [listed.map(({ ref }) => ref), modes] as const)
}

/** Runs in the window. */
const startEach = async ([refs, wanted]: readonly [readonly AssetRef[], readonly Mode[]]) => {
  const { app } = window as unknown as InPage
  const share = refs.length / wanted.length
  for (const [index, mode] of wanted.entries()) {
    const part = refs.slice(index * share, (index + 1) * share)
    const plan = await app.planMake({
      subject: { scope: 'assets', refs: part },
      choices: { mode, byKind: {}, without: [] }
    })
    if (!plan.ok) throw new Error(plan.error.kind)
    const { planId, token } = plan.value
    const typed = mode === 'permanent' ? String(part.length) : null
    const started = await app.deletionStart({ planId, token, mode, typed, runAt: null })
    if (!started.ok) throw new Error(started.error.kind)
  }
}

/** Every batch that is open or was not put away. */
export const batchesIn = (page: Page): Promise<readonly Batch[]> =>
  page.evaluate(async () => {
    const listed = await (window as unknown as InPage).app.batchList({})
    if (!listed.ok) throw new Error(listed.error.kind)
    return listed.value
  })

/** What a person would press on everything that waits. */
export const resumeWaiting = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const { app } = window as unknown as InPage
    const listed = await app.batchList({})
    if (!listed.ok) throw new Error(listed.error.kind)
    for (const { id, state } of listed.value) {
      if (state === 'waiting' || state === 'held') await app.batchResume({ batchId: id })
    }
  })

/** Every deletion of every batch. */
export const itemsIn = (page: Page): Promise<readonly BatchItem[]> =>
  page.evaluate(async () => {
    const { app } = window as unknown as InPage
    const listed = await app.batchList({})
    if (!listed.ok) throw new Error(listed.error.kind)
    const all: BatchItem[] = []
    for (const { id } of listed.value) {
      const items = await app.batchItems({ batchId: id, states: null, offset: 0, limit: 500 })
      if (!items.ok) throw new Error(items.error.kind)
      all.push(...items.value.rows)
    }
    return all
  })

/** All records, newest first. */
export const historyIn = (page: Page): Promise<readonly HistoryEvent[]> =>
  page.evaluate(async () => {
    const { app } = window as unknown as InPage
    const all: HistoryEvent[] = []
    for (let beforeSeq: number | null = null; ; ) {
      const listed = await app.historyList({
        search: '',
        accountId: null,
        asset: null,
        group: 'all',
        beforeSeq,
        limit: 500
      })
      if (!listed.ok) throw new Error(listed.error.kind)
      all.push(...listed.value.rows)
      beforeSeq = listed.value.rows.at(-1)?.seq ?? null
      if (!listed.value.hasMore) return all
    }
  })

export const isOver = ({ state }: Batch): boolean => state === 'finished' || state === 'canceled'

/** How often each id was asked to be deleted. */
export const timesAsked = (
  requests: readonly { readonly method: string; readonly path: string }[]
): ReadonlyMap<string, number> => {
  const asked = new Map<string, number>()
  for (const { path } of requests.filter(({ method }) => method === 'DELETE')) {
    const id = path.split('/').at(-1) ?? ''
    asked.set(id, (asked.get(id) ?? 0) + 1)
  }
  return asked
}
