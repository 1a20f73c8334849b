import { basename } from 'node:path'
import type {
  HistoryExport,
  HistoryExportFormat,
  HistorySelection
} from '../../shared/domain/history-export.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type { ReportAbout, WriteHistoryExport } from '../ports/history-exporter.ts'
import type { Store } from '../ports/store.ts'
import type { Supervisor } from '../ports/supervisor.ts'
import { createThrottle } from '../rules/throttle.ts'
import { appEvent } from './history-event.ts'
import { selectHistory } from './history-selection.ts'

export interface HistoryExportDeps {
  readonly store: Store
  readonly clock: Clock
  readonly emit: Emit
  readonly supervisor: Supervisor
  readonly stopping: AbortSignal
  readonly appVersion: string
  /** Asks the person for a place; null if they thought better of it. */
  readonly askWhere: (suggestedName: string) => Promise<string | null>
  readonly write: WriteHistoryExport
}

const progressGapMs = 250

const endings: Readonly<Record<HistoryExportFormat, string>> = {
  report: 'html',
  pdf: 'pdf',
  csv: 'csv',
  jsonl: 'jsonl'
}

/** Exports the history to a file that the person chooses; one export at a time. */
export const createHistoryExport = (deps: HistoryExportDeps) => {
  const { store, clock, emit } = deps
  let now: HistoryExport | null = null
  let stop: AbortController | null = null
  let savedPath: string | null = null

  const tell = createThrottle(clock, progressGapMs, (_name: 'exporting') => {
    // How it ended is told once, at once.
    if (now !== null && stop !== null) emit('history:exportChanged', now)
  })

  const note = (patch: Partial<HistoryExport>): void => {
    if (now === null) return
    now = { ...now, ...patch }
    tell('exporting')
  }

  const storyOf = (selection: HistorySelection): ReportAbout['story'] => {
    if (selection.scope !== 'story') return null
    const { ref } = selection
    const asset = store.read.asset(ref)
    const named = store.read
      .historyStory(ref, 100)
      .rows.find(({ assetName }) => assetName !== null && assetName !== '')
    return {
      name: asset?.name || named?.assetName || ref.id,
      posterId: asset?.posterId ?? null
    }
  }

  const aboutOf = (selection: HistorySelection): ReportAbout => {
    const filter = selection.scope === 'shown' ? selection.filter : null
    const accounts = store.read.accounts()
    return {
      madeAt: clock.nowAt(),
      appVersion: deps.appVersion,
      story: storyOf(selection),
      filter,
      personName: store.read.persons().find(({ id }) => id === filter?.personId)?.name ?? null,
      accountName: accounts.find(({ id }) => id === filter?.accountId)?.name ?? null,
      sampleAccounts: new Set(store.read.sampleAccounts().map(({ name }) => name))
    }
  }

  const save = async (
    path: string,
    selection: HistorySelection,
    format: HistoryExportFormat,
    signal: AbortSignal
  ): Promise<Result<null>> => {
    const selected = await selectHistory(store.read, selection, Date.parse(clock.nowAt()), signal)
    const all = selected.others.reduce((sum, { count }) => sum + count, selected.count)
    note({ all })
    const written = await deps.write(
      {
        path,
        format,
        content: { ...selected, about: aboutOf(selection) },
        onProgress: (state, done) => note({ state, done: Math.min(done, all) })
      },
      signal
    )
    if (!written.ok) return written
    savedPath = path
    const { count } = written.value
    const noted = store.transaction((write) =>
      write.append(appEvent('history-exported', { format, count }))
    )
    if (!noted.ok) return noted
    const saved = { ...written.value, fileName: basename(path).slice(0, 400) }
    end({ state: 'saved', done: count, saved })
    return ok(null)
  }

  const end = (patch: Partial<HistoryExport>): void => {
    if (now === null) return
    now = { ...now, ...patch }
    stop = null
    emit('history:exportChanged', now)
  }

  const run = async (
    path: string,
    selection: HistorySelection,
    format: HistoryExportFormat,
    signal: AbortSignal
  ): Promise<void> => {
    try {
      const saved = await save(path, selection, format, signal)
      if (saved.ok) return
      if (saved.error.kind === 'canceled') end({ state: 'stopped' })
      else end({ state: 'failed', error: saved.error })
    } catch (error) {
      if (signal.aborted) return end({ state: 'stopped' })
      end({
        state: 'failed',
        error: { kind: 'bug', reference: deps.supervisor.report('app', error) }
      })
    }
  }

  /** Asks where to save and begins; null if the person thought better of it. What goes on already is answered as it is. */
  const begin = async (
    selection: HistorySelection,
    format: HistoryExportFormat
  ): Promise<Result<{ export: HistoryExport | null }>> => {
    if (stop !== null) return ok({ export: now })
    const day = clock.nowAt().slice(0, 10)
    const path = await deps.askWhere(`replica-desk-history-${day}.${endings[format]}`)
    if (path === null || stop !== null) return ok({ export: null })
    const stopped = new AbortController()
    stop = stopped
    now = { format, state: 'preparing', done: 0, all: 0, saved: null, error: null }
    const signal = AbortSignal.any([stopped.signal, deps.stopping])
    deps.supervisor.start('app', () => run(path, selection, format, signal))
    return ok({ export: now })
  }

  return {
    begin,
    stop: (): void => stop?.abort(),
    current: (): HistoryExport | null => now,
    /** Where the file lies that was saved last in this run. */
    savedPath: (): string | null => savedPath
  }
}
