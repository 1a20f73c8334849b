import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import type { BackupFacts, BackupRun } from '../../shared/domain/backup.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { BackupWriter, KeptFile } from '../ports/backup-file.ts'
import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type { Store } from '../ports/store.ts'
import type { Supervisor } from '../ports/supervisor.ts'
import { createThrottle } from '../rules/throttle.ts'
import { appEvent } from './history-event.ts'

export interface BackupMakingDeps {
  readonly store: Pick<Store, 'copyWithoutKeys' | 'transaction'> & {
    readonly read: Pick<Store['read'], 'sampleMediaIds'>
  }
  readonly settings: () => Settings
  /** Every picture and clip that is kept on this computer. */
  readonly pictures: () => Promise<readonly KeptFile[]>
  readonly writer: BackupWriter
  /** What the file holds, in the person's language. */
  readonly wordsOf: (facts: BackupFacts) => string
  readonly appVersion: string
  /** Asks the person for a place; null if they thought better of it. */
  readonly askWhere: (suggestedName: string) => Promise<string | null>
  readonly clock: Clock
  readonly emit: Emit
  readonly supervisor: Supervisor
  readonly stopping: AbortSignal
}

const progressGapMs = 250

/** Files are named after what they show. */
const idOf = (fileName: string): string => fileName.slice(0, fileName.indexOf('.'))

/** Makes one file of everything that is on this computer, but for keys and sample data. */
export const createBackupMaking = (deps: BackupMakingDeps) => {
  const { store, clock, emit } = deps
  let now: BackupRun | null = null
  let stop: AbortController | null = null
  let savedPath: string | null = null

  const tell = createThrottle(clock, progressGapMs, (_name: 'backup') => {
    if (now !== null) emit('backup:changed', now)
  })

  const become = (patch: Partial<BackupRun>): void => {
    if (now === null) return
    now = { ...now, ...patch }
    emit('backup:changed', now)
  }

  const writeFrom = async (
    database: string,
    facts: BackupFacts,
    path: string,
    signal: AbortSignal
  ): Promise<Result<{ readonly facts: BackupFacts; readonly sizeBytes: number }>> => {
    const sample = store.read.sampleMediaIds()
    const pictures = (await deps.pictures()).filter(({ name }) => !sample.has(idOf(name)))
    const held = { ...facts, counts: { ...facts.counts, pictures: pictures.length } }
    return deps.writer.write(
      path,
      held,
      {
        database,
        settings: `${JSON.stringify(deps.settings(), null, 2)}\n`,
        words: deps.wordsOf(held),
        pictures
      },
      (state, done, all) => {
        if (now === null) return
        const isNext = now.state !== state
        now = { ...now, state, done, all }
        if (isNext) emit('backup:changed', now)
        else tell('backup')
      },
      signal
    )
  }

  const make = async (path: string, signal: AbortSignal): Promise<Result<BackupRun['saved']>> => {
    const copied = await store.copyWithoutKeys(signal)
    if (!copied.ok) return copied
    const { file, facts } = copied.value
    try {
      const about = { ...facts, appVersion: deps.appVersion, madeAt: clock.nowAt() }
      const written = await writeFrom(file, about, path, signal)
      if (!written.ok) return written
      const { counts } = written.value.facts
      savedPath = path
      store.transaction((write) =>
        write.append(appEvent('backup-saved', { count: counts.records, pictures: counts.pictures }))
      )
      return ok({ fileName: basename(path), sizeBytes: written.value.sizeBytes, counts })
    } finally {
      await rm(file, { force: true })
    }
  }

  const run = async (path: string, signal: AbortSignal): Promise<void> => {
    try {
      const made = await make(path, signal)
      if (made.ok) become({ state: 'saved', saved: made.value })
      else if (made.error.kind === 'canceled') become({ state: 'stopped' })
      else become({ state: 'failed', error: made.error })
    } catch (error) {
      const reference = deps.supervisor.report('app', error)
      become({ state: 'failed', error: { kind: 'bug', reference } })
    } finally {
      stop = null
    }
  }

  /** Asks for a place and begins; null if the person thought better of it. What goes on already is answered as it is. */
  const begin = async (): Promise<Result<{ run: BackupRun | null }>> => {
    if (stop !== null) return ok({ run: now })
    const path = await deps.askWhere(`replica-desk-${clock.nowAt().slice(0, 10)}.replicadesk`)
    if (path === null || stop !== null) return ok({ run: null })
    const stopped = new AbortController()
    stop = stopped
    now = { state: 'copying', done: 0, all: 0, saved: null, error: null }
    const signal = AbortSignal.any([stopped.signal, deps.stopping])
    deps.supervisor.start('app', () => run(path, signal))
    return ok({ run: now })
  }

  return {
    begin,
    stop: (): void => stop?.abort(),
    current: (): BackupRun | null => now,
    /** Where the last one is that was saved in this run. */
    savedPath: (): string | null => savedPath
  }
}
