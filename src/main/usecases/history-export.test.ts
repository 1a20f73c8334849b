import { describe, expect, it, onTestFinished } from 'vitest'
import { account, asset, happening, refOf } from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import type { HistoryExport } from '../../shared/domain/history-export.ts'
import { fail, ok } from '../../shared/result.ts'
import { systemClock } from '../clock.ts'
import type { Clock } from '../ports/clock.ts'
import type { ExportOrder, WriteHistoryExport } from '../ports/history-exporter.ts'
import { createHistoryExport } from './history-export.ts'

const everything = { scope: 'all' } as const

const written = ok({ count: 2, shortenedTo: null, brokenSeq: null })

/** A clock whose waits end when the test says so. */
const heldClock = () => {
  const waiting: (() => void)[] = []
  return {
    clock: {
      ...systemClock,
      wait: () => new Promise<void>((resolve) => void waiting.push(resolve))
    },
    letGo: async () => {
      for (const resolve of waiting.splice(0)) resolve()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

interface Setting {
  readonly clock?: Clock
  readonly write?: WriteHistoryExport
  readonly askWhere?: (name: string) => Promise<string | null>
}

const desk = ({
  clock = systemClock,
  write = async () => written,
  askWhere = async () => '/x/history.csv'
}: Setting) => {
  const store = openIn(temporaryFolder())
  onTestFinished(() => store.close())
  store.transaction((writes) => {
    writes.putAccount(account({ name: 'Sample studio', isSample: true }))
    writes.append(happening())
    writes.append(happening({ type: 'asset-renamed', body: { from: 'Ann' } }))
  })
  const told: HistoryExport[] = []
  const bugs: unknown[] = []
  let running: Promise<unknown> = Promise.resolve()
  const stopping = new AbortController()
  const exporting = createHistoryExport({
    store,
    clock,
    emit: (name, payload) => {
      if (name === 'history:exportChanged') told.push(payload as HistoryExport)
    },
    supervisor: {
      keepRunning: () => undefined,
      start: (_task, work) => {
        running = Promise.resolve(work())
      },
      report: (_task, error) => {
        bugs.push(error)
        return 'ref-1'
      }
    },
    stopping: stopping.signal,
    appVersion: '1.2.3',
    askWhere,
    write
  })
  return { store, exporting, told, bugs, stopping, end: () => running }
}

const lastOf = (told: readonly HistoryExport[]): HistoryExport | undefined => told.at(-1)

describe('an export', () => {
  it('asks where, tells how far it is, is recorded, and names the file alone', async () => {
    const names: string[] = []
    const { store, exporting, told, end } = desk({
      askWhere: async (name) => {
        names.push(name)
        return '/home/somebody/history.csv'
      },
      write: async ({ onProgress }) => {
        onProgress('writing', 2)
        return written
      }
    })
    expect(await exporting.begin(everything, 'csv')).toMatchObject({
      value: { export: { state: 'preparing', format: 'csv' } }
    })
    await end()
    expect(names).toEqual([expect.stringMatching(/^replica-desk-history-\d{4}-\d\d-\d\d\.csv$/)])
    expect(lastOf(told)).toEqual({
      format: 'csv',
      state: 'saved',
      done: 2,
      all: 2,
      saved: { fileName: 'history.csv', count: 2, shortenedTo: null, brokenSeq: null },
      error: null
    })
    expect(exporting.savedPath()).toBe('/home/somebody/history.csv')
    expect([...store.read.eachHistoryEvent()].at(-1)).toMatchObject({
      type: 'history-exported',
      body: { format: 'csv', count: 2 }
    })
  })

  it('tells how it ended once, however often it told how far it was', async () => {
    const { clock, letGo } = heldClock()
    const { exporting, told, end } = desk({
      clock,
      write: async ({ onProgress }) => {
        for (const done of [1, 2]) onProgress('writing', done)
        return written
      }
    })
    await exporting.begin(everything, 'csv')
    await end()
    await letGo()
    await letGo()
    expect(told.filter(({ state }) => state === 'saved')).toHaveLength(1)
  })

  it('hands over what the report says of itself', async () => {
    const orders: ExportOrder[] = []
    const { store, exporting, end } = desk({
      write: async (order) => {
        orders.push(order)
        return written
      }
    })
    store.transaction((writes) => writes.putAsset(asset('r1', { name: 'Anna Berg' })))
    await exporting.begin({ scope: 'story', ref: refOf('r1') }, 'report')
    await end()
    await exporting.begin({ scope: 'story', ref: refOf('r9') }, 'report')
    await end()
    expect(orders.map(({ content }) => content.about)).toMatchObject([
      { story: { name: 'Anna Berg' }, appVersion: '1.2.3', filter: null },
      { story: { name: 'r9' } }
    ])
    expect(orders[0]?.content.about.sampleAccounts).toEqual(new Set(['Sample studio']))
  })

  it('is none if the person thinks better of it', async () => {
    const { exporting, told } = desk({ askWhere: async () => null })
    expect(await exporting.begin(everything, 'pdf')).toEqual(ok({ export: null }))
    expect([exporting.current(), told]).toEqual([null, []])
  })

  it('is one at a time, and ends when it is canceled', async () => {
    let asked = 0
    const { exporting, told, end } = desk({
      askWhere: async () => {
        asked += 1
        return '/x/y'
      },
      write: (_order, signal) =>
        new Promise((resolve) =>
          signal.addEventListener('abort', () => resolve(fail({ kind: 'canceled' })))
        )
    })
    await exporting.begin(everything, 'jsonl')
    expect(await exporting.begin(everything, 'pdf')).toMatchObject({
      value: { export: { format: 'jsonl' } }
    })
    await expect.poll(() => told.length).toBeGreaterThan(0)
    exporting.stop()
    await end()
    expect([asked, lastOf(told)?.state, exporting.savedPath()]).toEqual([1, 'stopped', null])
    expect(await exporting.begin(everything, 'pdf')).toMatchObject({
      value: { export: { format: 'pdf', state: 'preparing' } }
    })
    exporting.stop()
    await end()
  })

  it('ends with the app', async () => {
    const { exporting, told, stopping, end } = desk({
      write: async (_order, signal) => {
        stopping.abort()
        return signal.aborted ? fail({ kind: 'canceled' }) : written
      }
    })
    await exporting.begin(everything, 'csv')
    await end()
    expect(lastOf(told)?.state).toBe('stopped')
  })

  it('that fails says why, and is not recorded', async () => {
    const { store, exporting, told, end } = desk({
      write: async () => fail({ kind: 'storage-failed', reason: 'disk-full' })
    })
    await exporting.begin(everything, 'csv')
    await end()
    expect(lastOf(told)).toMatchObject({
      state: 'failed',
      error: { kind: 'storage-failed', reason: 'disk-full' }
    })
    expect(store.read.historyHead()?.seq).toBe(2)
  })

  it('that throws is a bug with a reference', async () => {
    const { exporting, told, bugs, end } = desk({
      write: async () => {
        throw new Error('broken')
      }
    })
    await exporting.begin(everything, 'csv')
    await end()
    expect(lastOf(told)).toMatchObject({
      state: 'failed',
      error: { kind: 'bug', reference: 'ref-1' }
    })
    expect(bugs).toHaveLength(1)
  })
})
