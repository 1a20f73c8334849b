import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { app } from 'electron'
import type { FirstLook } from '../../shared/domain/first-look.ts'
import { personPage } from '../archive/person-page.ts'
import { backupWords } from '../backup/backup-words.ts'
import { createBackupReader } from '../backup/read-backup.ts'
import { createBackupWriter } from '../backup/write-backup.ts'
import { elapsedWithSleepMs } from '../clock.ts'
import type { Environment } from '../environment.ts'
import { consentText, readClip } from '../export/consent-text.ts'
import { transcriptText } from '../export/transcript-text.ts'
import { saveWhole } from '../files/save-file.ts'
import type { WriteHistoryExport } from '../ports/history-exporter.ts'
import { printPdf } from '../receipts/print-pdf.ts'
import { createReceiptIssuer } from '../receipts/receipt-issuer.ts'
import type { Paper } from '../receipts/save-receipt.ts'
import { createSigningKeys } from '../receipts/signing-key.ts'
import { createAccounts } from '../usecases/accounts.ts'
import { createBackupMaking } from '../usecases/backup-making.ts'
import { createBackupRestoring } from '../usecases/backup-restoring.ts'
import { createBuckets } from '../usecases/buckets.ts'
import { createConsentReminders } from '../usecases/consent-reminders.ts'
import { createConsents } from '../usecases/consents.ts'
import { createCreations } from '../usecases/creations.ts'
import { loopbackOrigin } from '../usecases/draft-links.ts'
import { createDrafts, type Drafts } from '../usecases/drafts.ts'
import { createForgetting } from '../usecases/forgetting.ts'
import { createHistory } from '../usecases/history.ts'
import { createHistoryChart } from '../usecases/history-chart.ts'
import { createHistoryExport } from '../usecases/history-export.ts'
import { createHistoryPages } from '../usecases/history-pages.ts'
import { createKeeping } from '../usecases/keeping.ts'
import { createLibrary } from '../usecases/library.ts'
import { createLocalMedia } from '../usecases/local-media.ts'
import { createNews } from '../usecases/news.ts'
import { createNotes } from '../usecases/notes.ts'
import { createOutbox, type Outbox } from '../usecases/outbox/outbox.ts'
import type { Paused } from '../usecases/pausing.ts'
import { createPersonSaving } from '../usecases/person-saving.ts'
import { createPersons } from '../usecases/persons.ts'
import { createArchivePlan } from '../usecases/plans/archive-plan.ts'
import { createConfirmations } from '../usecases/plans/confirmations.ts'
import { createPins } from '../usecases/plans/pins.ts'
import { createPlans } from '../usecases/plans/plans.ts'
import { createProofs } from '../usecases/proofs.ts'
import { receiptKeyNotes } from '../usecases/receipt-key.ts'
import { createReceipts } from '../usecases/receipts.ts'
import { createSample } from '../usecases/sample.ts'
import { createSearchPreparing } from '../usecases/search-preparing.ts'
import { createTranscripts } from '../usecases/transcripts.ts'
import { createUpdates, updateMarginMs } from '../usecases/updates.ts'
import { createUploads } from '../usecases/uploads/uploads.ts'
import { createVideoChecks } from '../usecases/video-checks.ts'
import { createVideoFits } from '../usecases/video-fits.ts'
import type { Adapters } from './adapters.ts'
import type { AssetLinks } from './asset-links.ts'
import type { Dialogs } from './dialogs.ts'
import { createFacePicture } from './face-picture.ts'

/** What the use cases need besides the adapters. */
export interface UseCaseContext {
  readonly environment: Environment
  readonly assetLinks: AssetLinks
  readonly dialogs: Dialogs
  readonly stopping: AbortSignal
  /** Whether the person paused what goes on by itself. */
  readonly paused: Paused
  /** Called before something is erased that the window's first screen may show. */
  readonly forgetFirstScreen: () => void
  /** Told where the cards of the first screen stand. */
  readonly noteFirstLook: (look: FirstLook) => void
}

/** What a deletion goes through: its plan, then the outbox. */
const createDeleting = (
  adapters: Adapters,
  context: UseCaseContext,
  drafts: Drafts,
  afterPlans: () => Promise<void>
) => {
  const { store, keyRing, providerOf, clock, clockTrust, emit, log, supervisor } = adapters
  const { settings, outboxDesktop } = adapters
  const shared = { store, keyRing, providerOf, clock, emit, log }
  const plans = createPlans({
    ...shared,
    confirmations: createConfirmations(clock),
    askWhere: context.dialogs.askWhere,
    writeText: saveWhole,
    saveArchive: createArchivePlan({
      ...shared,
      askFolder: context.dialogs.askFolder,
      writer: adapters.archiveWriter,
      rememberLinks: context.assetLinks.remember,
      linksOf: context.assetLinks.of
    })
  })
  const pins = createPins({ store, clock, emit })
  let isSending = false
  const proofs = createProofs({
    ...shared,
    // Looks may be months ahead, and a clock that was set must not bring them all at once.
    clock: { ...clock, nowAt: clockTrust.nowAt },
    onFault: (error) => supervisor.report('later-looks', error),
    notifier: adapters.notifier,
    linksOf: context.assetLinks.of,
    isBusy: () => isSending || context.paused.is(),
    probeLink: (url, account, signal) =>
      adapters.probeLink({ url, allowLoopbackOrigin: loopbackOrigin(account.apiAddress) }, signal)
  })
  const localMedia = createLocalMedia({ store, media: adapters.media, drafts, emit, log })
  const outbox: Outbox = createOutbox({
    ...shared,
    clockTrust,
    supervisor,
    recheck: plans.recheck,
    remake: plans.remake,
    holdSeconds: () => settings.get().holdSeconds,
    checksAfter: proofs.checksAfter,
    onGone: (operation) => {
      proofs.onGone()
      context.forgetFirstScreen()
      supervisor.start('pictures', async () => {
        await localMedia.onGone(operation)
        // What a plan says of the time after it is looked up once it has ended: plans are long.
        if (!outbox.isOpen(operation.batchId)) await afterPlans()
      })
    },
    onEnded: () => supervisor.start('pictures', afterPlans),
    onActivity: (activity) => {
      isSending = activity.isRunning
      outboxDesktop.onActivity(activity)
    },
    onAttention: outboxDesktop.onAttention,
    onCarriedOut: outboxDesktop.onCarriedOut,
    isPaused: context.paused.is
  })
  return { plans, pins, outbox, proofs, localMedia }
}

/** Where people print on Letter; everyone else has A4 (Unicode CLDR, `measurementData`, paper size US). */
const letterCountries = 'US CA MX CL CO CR DO GT NI PA PH PR SV VE BZ'.split(' ')

const paper = (): Paper => (letterCountries.includes(app.getLocaleCountryCode()) ? 'Letter' : 'A4')

/** Loaded when something is exported: most runs export nothing. */
const writeExport =
  ({ media }: Adapters): WriteHistoryExport =>
  async (order, signal) => {
    const { createExportWriter } = await import('../export/write-export.ts')
    const write = createExportWriter({
      faceOf: createFacePicture(media.pictureFile),
      printPdf: (page, footerText) => printPdf(page, paper(), footerText)
    })
    return write(order, signal)
  }

/** What makes and checks receipts. */
const receiptsOf = (
  { store, secrets, clock }: Adapters,
  { environment, dialogs }: UseCaseContext
) => {
  const issuer = createReceiptIssuer({
    keys: createSigningKeys({ secrets, ...receiptKeyNotes(store) }),
    printPdf,
    paper
  })
  const receipts = createReceipts({
    store,
    clock,
    appVersion: environment.version,
    askWhere: dialogs.askWhere,
    askFile: dialogs.askFile,
    issuer
  })
  return { issuer, receipts }
}

/** Hands every use case what it needs, and tells those that follow from another. */
export const createUseCases = (adapters: Adapters, context: UseCaseContext) => {
  const { store, keyRing, providerOf, clock, emit, media, announcements } = adapters
  const { supervisor } = adapters
  const common = { store, keyRing, providerOf, clock, emit }
  const rest = () => new Promise<void>((resolve) => setImmediate(resolve))

  const drafts = createDrafts({
    store,
    clock,
    trustedNowAt: (url) => uploads.storageNowAt(url) ?? adapters.clockTrust.nowAt(),
    emit,
    canTrain: (account) => adapters.trainerOf(account) !== null,
    onVideos: (id) => {
      videoFits.sync(id)
      videoChecks.sync(id)
      uploads.sync(id)
    }
  })
  const uploads = createUploads({
    store,
    keyRing,
    openBucket: adapters.openBucket,
    drafts,
    clock,
    elapsedMs: elapsedWithSleepMs,
    random: Math.random,
    emit,
    supervisor,
    stopping: context.stopping
  })
  const videoChecks = createVideoChecks({
    drafts,
    checker: adapters.videoChecker,
    clock,
    supervisor,
    stopping: context.stopping
  })
  const videoFits = createVideoFits({
    drafts,
    fitter: adapters.videoFitter,
    clock,
    supervisor,
    stopping: context.stopping,
    askWhere: context.dialogs.askWhere,
    takeFile: async (id, field, path) => {
      const { size } = await stat(path)
      drafts.setFile(id, field, { path, fileName: basename(path), sizeBytes: size })
    }
  })
  const { plans, pins, outbox, proofs, localMedia } = createDeleting(
    adapters,
    context,
    drafts,
    () => forgetting.afterPlans()
  )
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
    onKeyStateKnown: () => accounts.notify()
  })
  adapters.answered.tell = library.noteAnswered
  adapters.waiting.tell = library.noteWait
  const persons = createPersons({ store, clock, emit })
  const consents = createConsents({
    store,
    clock,
    askFile: context.dialogs.askFile,
    askWhere: context.dialogs.askWhere,
    fileOf: drafts.filePath,
    readClip,
    saveText: saveWhole,
    wordsOf: consentText
  })
  const transcripts = createTranscripts({
    ...common,
    makeReady: (account) => sample.makeReady(account),
    stopping: context.stopping,
    askWhere: context.dialogs.askWhere,
    saveText: saveWhole,
    wordsOf: transcriptText
  })
  const creations = createCreations({
    store,
    keyRing,
    drafts,
    refreshVideos: async (draftId) => {
      // What was uploaded is sent with a link that is as young as can be; if none can be made, the old one may do.
      await uploads.refreshLinks(draftId)
      await videoChecks.fresh(draftId)
    },
    trainerOf: adapters.trainerOf,
    clock,
    log: adapters.log,
    supervisor,
    emit,
    // One under way may have begun before the answer was lost, so only the next can tell.
    refreshListings: library.refreshAnew
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
    onRemoving: (accountId) => {
      context.forgetFirstScreen()
      outbox.forAccountRemoved(accountId)
    },
    onRemoved: (accountId) => {
      drafts.forAccountChanged(accountId)
      emit('library:changed', { accountId })
    }
  })
  const buckets = createBuckets({
    store,
    keyRing,
    clock,
    emit,
    openBucket: adapters.openBucket,
    onRemoving: uploads.forBucketRemoved,
    stopping: context.stopping
  })
  const sample = createSample({
    store,
    keyRing,
    clock,
    providers: adapters.providerIds,
    ensure: adapters.sampleProvider.ensure,
    onExplored: (accountId) => {
      accounts.notify()
      supervisor.start('refreshing', () => library.refresh(accountId))
    }
  })
  const history = createHistory({
    store,
    secrets: adapters.secrets,
    isKeychainOpen: adapters.health.isKeychainOpen,
    clock,
    onChecked: adapters.health.onHistory
  })
  const historyExport = createHistoryExport({
    ...common,
    supervisor,
    stopping: context.stopping,
    appVersion: context.environment.version,
    askWhere: context.dialogs.askWhere,
    write: writeExport(adapters)
  })
  const forgetting = createForgetting({
    store,
    settings: adapters.settings,
    drafts,
    emit,
    log: adapters.log,
    tellPlans: () => {
      for (const batch of outbox.list()) emit('batch:changed', batch)
    },
    forgetFirstScreen: context.forgetFirstScreen,
    sweepPictures: localMedia.sweep
  })
  const news = createNews({ store, clock })
  const notes = createNotes({ store, clock, emit })
  const { issuer, receipts } = receiptsOf(adapters, context)
  const personSaving = createPersonSaving({
    ...common,
    supervisor,
    stopping: context.stopping,
    askFolder: context.dialogs.askFolder,
    writer: adapters.personFolderWriter,
    issuer,
    appVersion: context.environment.version,
    rememberLinks: context.assetLinks.remember,
    pageOf: personPage,
    readTranscript: transcripts.ask,
    transcriptInWords: transcriptText,
    notesInWords: consentText
  })
  const backupMaking = createBackupMaking({
    ...common,
    supervisor,
    stopping: context.stopping,
    settings: () => adapters.settings.get(),
    pictures: media.files,
    writer: createBackupWriter(),
    wordsOf: backupWords,
    appVersion: context.environment.version,
    askWhere: context.dialogs.askWhere
  })
  const keeping = createKeeping({
    store,
    clock: { ...clock, nowAt: adapters.clockTrust.nowAt },
    settings: () => adapters.settings.get(),
    keptIds: media.keptIds,
    forget: media.forget,
    emit
  })
  const backupRestoring = createBackupRestoring({
    ...common,
    supervisor,
    stopping: context.stopping,
    settings: {
      update: async (patch) => {
        const updated = await adapters.settings.update(patch)
        if (updated.ok) emit('settings:changed', updated.value)
        return updated
      }
    },
    reader: createBackupReader(),
    folder: join(context.environment.dataFolder, 'restoring'),
    keepPicture: media.keep,
    askFile: context.dialogs.askBackup,
    onRestored: () => {
      drafts.takeIn()
      creations.catchUp()
      accounts.notify()
      buckets.notify()
      persons.notify()
      for (const { id } of store.read.accounts()) emit('library:changed', { accountId: id })
    },
    forgetAgain: () => forgetting.again()
  })
  const updates = createUpdates({
    store,
    settings: () => adapters.settings.get(),
    source: adapters.updateSource,
    clock,
    emit,
    log: adapters.log,
    supervisor,
    version: context.environment.version,
    underWay: () => {
      if (outbox.isUnderWaySoon(updateMarginMs)) return 'deletion'
      if (uploads.isUnderWay()) return 'upload'
      return plans.isUnderWay() ? 'plan' : null
    },
    isPaused: context.paused.is,
    quit: () => app.quit(),
    makeRoom: () => app.releaseSingleInstanceLock(),
    stopping: context.stopping
  })
  return {
    news,
    notes,
    updates,
    drafts,
    videoChecks,
    videoFits,
    plans,
    pins,
    outbox,
    proofs,
    localMedia,
    persons,
    consents,
    transcripts,
    consentReminders: createConsentReminders({
      store,
      clock,
      notifier: adapters.notifier,
      settings: () => adapters.settings.get(),
      emit
    }),
    library,
    creations,
    accounts,
    buckets,
    uploads,
    sample,
    history,
    historyChart: createHistoryChart({ store, clock, rest }),
    historyPages: createHistoryPages({ store, clock, rest }),
    prepareSearch: createSearchPreparing({ store, rest, log: adapters.log }),
    forgetting,
    historyExport,
    receipts,
    backupMaking,
    backupRestoring,
    keeping,
    personSaving
  }
}
export type UseCases = ReturnType<typeof createUseCases>

/** Takes up what a database holds open: at start, and after a backup took its place. */
export const takeUp = ({ outbox, creations, drafts, videoChecks }: UseCases): void => {
  outbox.restore()
  creations.markOpenAsUnclear()
  drafts.restore()
  videoChecks.takeUp()
  creations.catchUp()
}
