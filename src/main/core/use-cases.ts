import { writeExport } from '../export/write-export.ts'
import { createAccounts } from '../usecases/accounts.ts'
import { createCreations } from '../usecases/creations.ts'
import { createDrafts } from '../usecases/drafts.ts'
import { createHistory } from '../usecases/history.ts'
import { createLibrary } from '../usecases/library.ts'
import { createNews } from '../usecases/news.ts'
import { createPersons } from '../usecases/persons.ts'
import { createSample } from '../usecases/sample.ts'
import type { Adapters } from './adapters.ts'
import type { AssetLinks } from './asset-links.ts'
import { createDeleting } from './deleting.ts'

/** What the use cases need besides the adapters. */
export interface UseCaseContext {
  readonly assetLinks: AssetLinks
  /** Asks the person for a place; null if they thought better of it. */
  readonly askWhere: (suggestedName: string) => Promise<string | null>
  /** Asks the person for a folder; null if they thought better of it. */
  readonly askFolder: () => Promise<string | null>
  readonly stopping: AbortSignal
}

/** Hands every use case what it needs, and tells those that follow from another. */
export const createUseCases = (adapters: Adapters, context: UseCaseContext) => {
  const { store, keyRing, providerOf, clock, emit, media, announcements } = adapters
  const { supervisor } = adapters
  const common = { store, keyRing, providerOf, clock, emit }

  const drafts = createDrafts({
    store,
    clock,
    emit,
    canTrain: (account) => adapters.trainerOf(account) !== null
  })
  const { plans, pins, outbox, proofs, localMedia } = createDeleting(adapters, context)
  const library = createLibrary({
    ...common,
    makeReady: (account) => sample.makeReady(account),
    finderOf: adapters.finderOf,
    rememberMedia: context.assetLinks.remember,
    stopping: context.stopping,
    onFault: (error) => supervisor.report('refreshing', error),
    onReached: (account) => {
      proofs.onReached(account.id)
      return outbox.settle(account)
    },
    onListed: async (account, listingBeganAt, isWhole) => {
      creations.settleUnclear(account, listingBeganAt, isWhole)
      if (isWhole) persons.applyRules(account.id, listingBeganAt)
    },
    keepPosters: (posterIds) =>
      supervisor.start('pictures', () => media.prefetch(posterIds, context.stopping)),
    onEnded: announcements.onEnded,
    onReturned: proofs.onReturned,
    onKeyTold: () => accounts.tell()
  })
  adapters.answered.tell = library.noteAnswered
  adapters.waiting.tell = library.noteWait
  const persons = createPersons({ store, clock, emit })
  const creations = createCreations({
    store,
    keyRing,
    drafts,
    trainerOf: adapters.trainerOf,
    clock,
    log: adapters.log,
    supervisor,
    emit,
    // The first may have begun before the answer was lost, so only the second can tell.
    lookAgain: async (accountId) => {
      const { lastError } = await library.refresh(accountId)
      if (lastError?.kind !== 'canceled') await library.refresh(accountId)
    }
  })
  const accounts = createAccounts({
    ...common,
    providers: adapters.providerIds,
    onConnected: (accountId) => {
      drafts.forAccountChanged(accountId)
      supervisor.start('refreshing', () =>
        library.refresh(accountId, (signal) => accounts.check(accountId, signal))
      )
    },
    onRemoving: outbox.forAccountRemoved,
    onRemoved: (accountId) => {
      drafts.forAccountChanged(accountId)
      emit('library:changed', { accountId })
    }
  })
  const sample = createSample({
    store,
    keyRing,
    clock,
    providers: adapters.providerIds,
    ensure: adapters.sampleProvider.ensure,
    onExplored: (accountId) => {
      accounts.tell()
      supervisor.start('refreshing', () => library.refresh(accountId))
    }
  })
  const history = createHistory({
    store,
    secrets: adapters.secrets,
    askWhere: context.askWhere,
    writeExport,
    isKeychainOpen: adapters.health.isKeychainOpen,
    clock,
    onChecked: adapters.health.onHistory,
    today: () => clock.nowAt().slice(0, 10)
  })
  const news = createNews({ store, clock })
  return {
    news,
    drafts,
    plans,
    pins,
    outbox,
    proofs,
    localMedia,
    persons,
    library,
    creations,
    accounts,
    sample,
    history
  }
}
export type UseCases = ReturnType<typeof createUseCases>

/** Takes up what a database holds open: at start, and after a backup took its place. */
export const takeUp = ({ outbox, creations, drafts }: UseCases): void => {
  outbox.restore()
  creations.markOpenAsUnclear()
  drafts.restore()
  creations.catchUp()
}
