import type { Overdue } from '../../shared/domain/keeping.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type { Store } from '../ports/store.ts'
import { appEvent } from './history-event.ts'

export interface KeepingDeps {
  readonly store: Pick<Store, 'read' | 'transaction'>
  /** Told by the time that is believed: a clock that runs ahead must not make things old. */
  readonly clock: Pick<Clock, 'nowAt' | 'wait'>
  readonly settings: () => Pick<Settings, 'keepRecordsYears' | 'keepPicturesYears'>
  readonly keptIds: () => Promise<ReadonlySet<string>>
  readonly forget: (mediaIds: readonly string[]) => Promise<void>
  readonly emit: Emit
}

const toldKey = 'keeping.told'
const roundMs = 6 * 60 * 60_000

/** The same day some years ago; null: everything is kept. */
const yearsBefore = (at: string, years: number): string | null => {
  if (years === 0) return null
  const day = new Date(at)
  day.setUTCFullYear(day.getUTCFullYear() - years)
  return day.toISOString()
}

const startOfNextMonth = (at: string): string => {
  const now = new Date(at)
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1)).toISOString()
}

/**
 * How long pictures and the history are kept is the person's choice. What is older is counted and told of once a month;
 * it goes only when the person says so.
 */
export const createKeeping = (deps: KeepingDeps) => {
  const { store, clock, emit } = deps
  let nextRoundAt: string | null = null

  const oldPictures = async (): Promise<readonly string[]> => {
    const before = yearsBefore(clock.nowAt(), deps.settings().keepPicturesYears)
    if (before === null) return []
    const kept = await deps.keptIds()
    return store.read.goneMediaIds(before).filter((id) => kept.has(id))
  }

  const overdue = async (): Promise<Overdue> => {
    const before = yearsBefore(clock.nowAt(), deps.settings().keepRecordsYears)
    const records = before === null ? 0 : store.read.linesBefore(before)
    return { records, pictures: (await oldPictures()).length }
  }

  /** Removes them from this computer, as the person confirmed. Answers how many. `storage-failed`: they are gone all the same. */
  const removePictures = async (): Promise<Result<{ count: number }>> => {
    const ids = await oldPictures()
    await deps.forget(ids)
    for (const { id } of store.read.accounts()) emit('library:changed', { accountId: id })
    if (ids.length === 0) return ok({ count: 0 })
    const noted = store.transaction((write) =>
      write.append(appEvent('pictures-removed', { count: ids.length }))
    )
    return noted.ok ? ok({ count: ids.length }) : noted
  }

  const isEverythingKept = (): boolean => {
    const { keepRecordsYears, keepPicturesYears } = deps.settings()
    return keepRecordsYears + keepPicturesYears === 0
  }

  /** Once a month, and once more for another choice. */
  const toldNow = (now: string): string => {
    const { keepRecordsYears, keepPicturesYears } = deps.settings()
    return [now.slice(0, 7), keepRecordsYears, keepPicturesYears].join(' ')
  }

  const remind = async (): Promise<void> => {
    const told = toldNow(clock.nowAt())
    if (isEverythingKept() || store.read.meta(toldKey) === told) return
    const found = await overdue()
    if (found.records + found.pictures === 0) return
    emit('keeping:exceeded', found)
    // If it cannot be kept, the next run reminds once more.
    store.transaction((write) => {
      write.append(appEvent('keep-due', { ...found }))
      write.putMeta(toldKey, told)
    })
  }

  /** When it is looked for next whether the person has to be reminded; null: everything is kept. */
  const nextAt = (): string | null => {
    if (isEverythingKept()) return null
    const now = clock.nowAt()
    return store.read.meta(toldKey) === toldNow(now) ? startOfNextMonth(now) : nextRoundAt
  }

  const round = async (signal: AbortSignal): Promise<void> => {
    await remind()
    nextRoundAt = new Date(Date.parse(clock.nowAt()) + roundMs).toISOString()
    await clock.wait(roundMs, signal)
  }

  return { overdue, removePictures, remind, nextAt, round }
}
