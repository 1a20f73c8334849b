import { kinds } from '../../shared/catalogue/kinds.ts'
import { mostFirstCards } from '../../shared/catalogue/limits.ts'
import type { Account } from '../../shared/domain/account.ts'
import { anyListed } from '../../shared/domain/any-asset.ts'
import type { Asset, AssetQuery } from '../../shared/domain/asset.ts'
import type { FirstLook } from '../../shared/domain/first-look.ts'
import type { SyncStatus } from '../../shared/domain/sync.ts'
import { type FirstScreen, homeKind } from '../../shared/first-screen.ts'
import type { Clock } from '../ports/clock.ts'
import type { FirstScreenFile } from '../storage/first-screen-file.ts'

/** Changes come in crowds; the file follows this long after the first of them. */
const settleMs = 3_000

export interface FirstScreenDeps {
  readonly file: FirstScreenFile
  readonly clock: Clock
  /** What the window would be answered now; null where the database cannot be trusted. */
  readonly read: () => Whole | null
  readonly assets: (query: AssetQuery) => FirstScreen['page']
  readonly stopping: AbortSignal
  /** Where the cards stood when the last run ended. */
  readonly look: FirstLook | null
  /** Runs what nobody waits for, and tells of its errors. */
  readonly start: (work: () => Promise<void>) => void
}

/** All that is known, of which the file holds less. */
type Whole = Omit<FirstScreen, 'kind' | 'page' | 'look'>

/** What is asked for first, as the window does. */
export const firstQuery = (kind: FirstScreen['kind']): AssetQuery => ({
  ...anyListed,
  kind,
  origin: kinds[kind].hasStock ? 'own' : 'all',
  sort: kind === 'model' ? 'name-asc' : 'created-desc',
  limit: mostFirstCards
})

const withoutKey = (account: Account): Account => ({
  ...account,
  apiAddress: '',
  key: { ...account.key, last4: null }
})

/** What a refresh said is of that run. */
const atRest = (status: SyncStatus): SyncStatus => ({
  ...status,
  state: 'idle',
  lastError: null,
  waitsUntilAt: null,
  unreadableCount: 0,
  readCount: 0,
  tooLarge: []
})

/** What a row shows; the rest is asked for when it is opened. */
const withoutSentences = (asset: Asset): Asset => ({ ...asset, errorMessage: null, details: [] })

/** Keeps the first screen's file in step with the library. */
export interface FirstScreenKeeper {
  /** Something that is shown has changed. */
  changed(): void
  /** The cards of the first screen stand there now. */
  noteLook(look: FirstLook): void
  /** Something is about to be erased, which must not outlive that here: the file goes first and is written anew after. */
  forget(): void
  /** Writes what is not written yet; for the end of the app. */
  settle(): Promise<void>
}

export const createFirstScreenKeeper = (deps: FirstScreenDeps): FirstScreenKeeper => {
  const { file, clock, stopping } = deps
  let isDue = false
  let isWaiting = false
  let saving: Promise<void> = Promise.resolve()
  let { look } = deps

  const save = async (): Promise<void> => {
    if (!isDue) return
    isDue = false
    const whole = deps.read()
    if (whole === null) {
      file.forget()
      return
    }
    const kind = homeKind(whole.accounts)
    const { total, rows } = deps.assets(firstQuery(kind))
    await file.save({
      ...whole,
      accounts: whole.accounts.map(withoutKey),
      sync: whole.sync.map(atRest),
      kind,
      page: { total, rows: rows.map(withoutSentences) },
      look
    })
  }

  const saveInTurn = (): Promise<void> => {
    saving = saving.then(save, save)
    return saving
  }

  const saveSoon = async (): Promise<void> => {
    await clock.wait(settleMs, stopping)
    isWaiting = false
    if (!stopping.aborted) await saveInTurn()
  }

  const changed = (): void => {
    isDue = true
    if (isWaiting || stopping.aborted) return
    isWaiting = true
    deps.start(saveSoon)
  }
  return {
    changed,
    noteLook: (now) => {
      if (JSON.stringify(now) === JSON.stringify(look)) return
      look = now
      changed()
    },
    forget: () => {
      file.forget()
      changed()
    },
    settle: saveInTurn
  }
}
