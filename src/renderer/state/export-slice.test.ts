import { describe, expect, it } from 'vitest'
import type { HistoryExport } from '../../shared/domain/history-export.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { createAppStore } from './app-store.ts'

const writing: HistoryExport = {
  format: 'csv',
  state: 'writing',
  done: 20,
  all: 100,
  saved: null,
  error: null
}
const saved: HistoryExport = {
  ...writing,
  state: 'saved',
  done: 100,
  saved: { fileName: 'history.csv', count: 100, shortenedTo: null, brokenSeq: null }
}
const failed: HistoryExport = {
  ...writing,
  state: 'failed',
  error: { kind: 'storage-failed', reason: 'disk-full' }
}

const storeWith = () => createAppStore({} as Bridge).getState

describe('an export', () => {
  it('goes on without its dialog, and a notice tells how it ended', () => {
    const state = storeWith()
    state().openExport()
    state().noteExport(writing)
    state().closeExport()
    expect(state().historyExport).toEqual(writing)
    state().noteExport(saved)
    expect(state().notices).toMatchObject([{ kind: 'exported', saved: { count: 100 } }])
    state().noteExport(failed)
    expect(state().notices.at(-1)).toMatchObject({
      kind: 'failed',
      doing: 'export',
      error: { reason: 'disk-full' }
    })
  })

  it('is told by its dialog alone while that is open', () => {
    const state = storeWith()
    state().openExport()
    state().noteExport(saved)
    state().noteExport(failed)
    expect(state().notices).toEqual([])
  })

  it('is shown as it stands by a dialog that is opened meanwhile; what ended is not', () => {
    const state = storeWith()
    state().noteExport(writing)
    state().openExport()
    expect(state().historyExport).toEqual(writing)
    state().noteExport(saved)
    state().closeExport()
    state().openExport()
    expect(state().historyExport).toBeNull()
  })
})
