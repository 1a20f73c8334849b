import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { AccountId } from '../../shared/domain/account.ts'
import type { RestoreRun } from '../../shared/domain/backup.ts'
import { type SettingsPatch, settingsSchema } from '../../shared/domain/settings.ts'
import type { AppError } from '../../shared/errors.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { BackupReader } from '../ports/backup-file.ts'
import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type { SettingsStore } from '../ports/settings-store.ts'
import type { Store } from '../ports/store.ts'
import type { Supervisor } from '../ports/supervisor.ts'
import { createThrottle } from '../rules/throttle.ts'
import { appEvent } from './history-event.ts'

export interface BackupRestoringDeps {
  readonly store: Pick<Store, 'read' | 'transaction' | 'lookIntoBackup' | 'takeInBackup'>
  readonly settings: Pick<SettingsStore, 'update'>
  readonly reader: BackupReader
  /** Where a backup is unpacked; in the data folder, so that no other disk has to be there at the next start. */
  readonly folder: string
  /** Keeps a picture under its file's name; false if it is none. */
  readonly keepPicture: (name: string, bytes: Buffer) => Promise<boolean>
  /** Asks the person for a file to read; null if they thought better of it. */
  readonly askFile: () => Promise<string | null>
  /** Called when other things are stored than before. */
  readonly onRestored: () => void
  /** Forgets once more what was forgotten here and came back with its name. `storage-failed`. */
  readonly forgetAgain: () => Promise<Result<unknown>>
  readonly clock: Clock
  readonly emit: Emit
  readonly supervisor: Supervisor
  readonly stopping: AbortSignal
}

/** What is noted while a restore is under way: it is gone on with at the next start. */
interface Pending {
  readonly computer: string
  readonly madeAt: string
  readonly withSettings: boolean
}

const pendingKey = 'restore.pending'
const progressGapMs = 250

/** Settings that are about the computer and not about the person. */
const portableSettings = (
  text: string,
  isKnown: (accountId: AccountId) => boolean
): SettingsPatch => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return {}
  }
  const read = settingsSchema.partial().strip().safeParse(value)
  if (!read.success) return {}
  const {
    exportFolder: _folder,
    startsAtLogin: _login,
    holdSeconds: _hold,
    historyViews,
    ...portable
  } = read.data
  if (historyViews === undefined) return portable
  // One of an account that has another ID here would find nothing.
  const views = historyViews.filter(
    ({ filter: { accountId } }) => accountId === null || isKnown(accountId)
  )
  return { ...portable, historyViews: views }
}

/** Takes in what another computer, or this one earlier, saved as one file. Nothing of it is ever sent anywhere. */
export const createBackupRestoring = (deps: BackupRestoringDeps) => {
  const { store, folder, emit } = deps
  let now: RestoreRun | null = null
  let isBusy = false
  let stop: AbortController | null = null
  /** What is still taken away since the start. */
  let cleaning: Promise<void> = Promise.resolve()

  const tell = createThrottle(deps.clock, progressGapMs, (_name: 'restore') => {
    emit('restore:changed', { run: now })
  })

  const become = (patch: Partial<RestoreRun>): void => {
    now = {
      state: 'reading',
      done: 0,
      all: 0,
      found: null,
      taken: null,
      error: null,
      ...now,
      ...patch
    }
    emit('restore:changed', { run: now })
  }

  const clean = (): Promise<void> => rm(folder, { recursive: true, force: true })

  const alone = async (
    work: () => Promise<void>,
    failedAs: 'refused' | 'failed'
  ): Promise<void> => {
    isBusy = true
    try {
      await work()
    } catch (error) {
      const reference = deps.supervisor.report('app', error)
      become({ state: failedAs, error: { kind: 'bug', reference } })
    } finally {
      isBusy = false
    }
  }

  const refuse = async (error: AppError): Promise<void> => {
    await clean()
    if (error.kind === 'canceled') {
      now = null
      emit('restore:changed', { run: null })
    } else become({ state: 'refused', error })
  }

  const look = async (path: string, signal: AbortSignal): Promise<void> => {
    await cleaning
    const unpacked = await deps.reader.unpack(
      path,
      folder,
      (done, all) => {
        if (now !== null) now = { ...now, done, all }
        tell('restore')
      },
      signal
    )
    if (!unpacked.ok) return refuse(unpacked.error)
    const { facts } = unpacked.value
    const found = await store.lookIntoBackup(join(folder, 'library.sqlite'), signal)
    if (!found.ok) return refuse(found.error)
    const { accounts, persons, ...counts } = found.value
    become({
      state: 'ready',
      found: {
        facts,
        look: { ...counts, accounts: [...accounts], persons: [...persons] },
        isOwn: facts.computer === store.read.lineage()
      }
    })
  }

  /** Asks for a file, unpacks it and says what it would bring; nothing is changed. Null: the person thought better of it. */
  const open = async (): Promise<Result<{ run: RestoreRun | null }>> => {
    if (isBusy) return ok({ run: now })
    const path = await deps.askFile()
    if (path === null || isBusy) return ok({ run: now })
    const stopped = new AbortController()
    stop = stopped
    now = null
    become({ state: 'reading' })
    const signal = AbortSignal.any([stopped.signal, deps.stopping])
    deps.supervisor.start('app', () => alone(() => look(path, signal), 'refused'))
    return ok({ run: now })
  }

  const keepPictures = async (): Promise<number> => {
    const from = join(folder, 'pictures')
    let count = 0
    for (const name of await readdir(from)) {
      const isKept = await deps.keepPicture(name, await readFile(join(from, name)))
      if (isKept) count += 1
    }
    return count
  }

  const takeIn = async ({ computer, madeAt, withSettings }: Pending): Promise<void> => {
    // First: a picture that nothing refers to goes at the next start, an asset without its picture stays so.
    const pictures = await keepPictures()
    const taken = await store.takeInBackup(join(folder, 'library.sqlite'), deps.stopping)
    if (!taken.ok) return become({ state: 'failed', error: taken.error })
    if (withSettings) {
      const patch = portableSettings(
        await readFile(join(folder, 'settings.json'), 'utf8'),
        (id) => store.read.account(id) !== null
      )
      await deps.settings.update(patch)
    }
    deps.onRestored()
    const forgotten = await deps.forgetAgain()
    if (!forgotten.ok) return become({ state: 'failed', error: forgotten.error })
    const { end, ...counts } = taken.value
    const { records, assets } = counts
    const isNothing = Object.values(counts).every((count) => count === 0)
    const noted = store.transaction((write) => {
      write.putMeta(pendingKey, '')
      if (!isNothing) {
        write.append(
          appEvent('backup-restored', {
            computer,
            backupMadeAt: madeAt,
            count: records,
            assets,
            lastSeq: end?.seq ?? null,
            lastHash: end?.hash ?? null
          })
        )
      }
    })
    if (!noted.ok) return become({ state: 'failed', error: noted.error })
    await clean()
    become({ state: 'restored', taken: { ...counts, pictures } })
  }

  /** Takes in what was opened last. `not-found`: nothing was, or it was refused. */
  const begin = (withSettings: boolean): Result<{ run: RestoreRun | null }> => {
    const found = now?.found ?? null
    if (isBusy || now?.state !== 'ready' || found === null) return ok({ run: now })
    const { computer, madeAt } = found.facts
    const pending: Pending = { computer, madeAt, withSettings }
    const noted = store.transaction((write) => write.putMeta(pendingKey, JSON.stringify(pending)))
    if (!noted.ok) return noted
    become({ state: 'restoring' })
    deps.supervisor.start('app', () => alone(() => takeIn(pending), 'failed'))
    return ok({ run: now })
  }

  const isThere = async (path: string): Promise<boolean> =>
    stat(path).then(
      () => true,
      () => false
    )

  /** At start: goes on with what was cut short, or takes away what was only opened. */
  const resume = async (): Promise<void> => {
    const text = store.read.meta(pendingKey) ?? ''
    const isPending = text !== '' && (await isThere(join(folder, 'library.sqlite')))
    // A person was quicker: what they opened lies there now.
    if (isBusy || now !== null) return
    if (!isPending) {
      cleaning = clean()
      return cleaning
    }
    become({ state: 'restoring' })
    await alone(() => takeIn(JSON.parse(text) as Pending), 'failed')
  }

  /** Ends the reading, or forgets what was opened; what is coming in already comes in whole. */
  const close = async (): Promise<void> => {
    stop?.abort()
    if (isBusy || now === null) return
    now = null
    await clean()
    emit('restore:changed', { run: null })
  }

  return { open, begin, resume, close, current: (): RestoreRun | null => now }
}
