import type { AccountId } from '../../shared/domain/account.ts'
import type { AssetRef } from '../../shared/domain/asset.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { Notifier } from '../ports/notifier.ts'
import type { Store } from '../ports/store.ts'
import { noticesFor, shareDone } from './notices.ts'

export interface AnnouncementDeps {
  readonly store: Store
  readonly notifier: Notifier
  readonly settings: () => Pick<Settings, 'notifications'>
}

/** Tells the desktop what ended and how far the running trainings are. */
export const createAnnouncements = (deps: AnnouncementDeps) => {
  let waiting: readonly AssetRef[] = []

  /** Keeps what ended until its account's library is settled: a failure's reason is asked for after it is stored. */
  const onEnded = (refs: readonly AssetRef[]): void => {
    waiting = [...waiting, ...refs]
  }

  const onLibraryChanged = (accountId: AccountId): void => {
    const due = waiting.filter((ref) => ref.accountId === accountId)
    waiting = waiting.filter((ref) => ref.accountId !== accountId)
    const assets = due.flatMap((ref) => deps.store.read.asset(ref) ?? [])
    for (const notice of noticesFor(assets, deps.settings().notifications)) {
      deps.notifier.show(notice)
    }
    showProgress()
  }

  const showProgress = (): void => {
    const running = deps.store.read.unfinishedAssets().filter(({ origin }) => origin !== 'stock')
    deps.notifier.showProgress(shareDone(running))
  }

  return { onEnded, onLibraryChanged, showProgress }
}
