import { join } from 'node:path'
import { type BrowserWindow, nativeImage, nativeTheme, shell } from 'electron'
import { externalLinks } from '../../shared/catalogue/providers.ts'
import { isLocalFolder } from '../../shared/local-folder.ts'
import { fail, ok } from '../../shared/result.ts'
import type { Environment } from '../environment.ts'
import { saveWhole } from '../files/save-file.ts'
import type { Handlers } from '../ipc/dispatcher.ts'
import { draftTemplate } from '../links/draft-rows.ts'
import { lastLogLines } from '../log.ts'
import type { LoginStart } from '../login-start.ts'
import type { SettingsStore } from '../ports/settings-store.ts'
import type { AgendaKeeper } from '../usecases/agenda.ts'
import { describeForReport } from '../usecases/diagnostics.ts'
import { draftLike } from '../usecases/draft-again.ts'
import { createDragOut } from '../usecases/drag-out.ts'
import type { Pausing } from '../usecases/pausing.ts'
import type { Recents } from '../usecases/recents.ts'
import { trainingOutlook } from '../usecases/training-outlook.ts'
import { addChosenFiles, chosenFile } from '../usecases/uploads/chosen-files.ts'
import type { Adapters } from './adapters.ts'
import { takeUp, type UseCaseContext, type UseCases } from './use-cases.ts'

/** What requests are answered from. */
export interface RequestDeps {
  readonly environment: Environment
  readonly window: BrowserWindow
  readonly adapters: Adapters
  readonly useCases: UseCases
  readonly context: UseCaseContext
  readonly agenda: Pick<AgendaKeeper, 'now'>
  readonly pausing: Pausing
  readonly loginStart: LoginStart
  readonly recents: Pick<Recents, 'note'>
}

const done = ok({})

const dragIconPixels = 96

const dragIcon = (file: string): Electron.NativeImage =>
  nativeImage.createFromPath(file).resize({ width: dragIconPixels })

/** The app itself: settings, files around it, other programs. */
const appRequests = ({ environment, adapters, useCases, context, loginStart }: RequestDeps) => {
  const { store, clock, settings, health, secrets, emit, providerIds, supervisor } = adapters
  const updateSettings: SettingsStore['update'] = async (patch) => {
    const { startsAtLogin } = patch
    const set = startsAtLogin === undefined ? done : await loginStart.set(startsAtLogin)
    if (!set.ok) return set
    const updated = await settings.update(patch)
    if (updated.ok) {
      nativeTheme.themeSource = updated.value.theme
      emit('settings:changed', updated.value)
      if (patch.keepPicturesYears !== undefined || patch.keepRecordsYears !== undefined) {
        supervisor.start('pictures', useCases.keeping.remind)
      }
    } else health.notify()
    return updated
  }
  return {
    'app:bootstrap': () =>
      ok({
        version: environment.version,
        platform: environment.platform,
        settings: settings.get(),
        accounts: [...useCases.accounts.all()],
        sync: store.read.accounts().map(({ id }) => useCases.library.status(id)),
        health: health.now(),
        counts: store.read.counts(null),
        drafts: useCases.drafts.all(),
        batches: useCases.outbox.list(),
        providers: [...providerIds]
      }),
    'settings:update': updateSettings,
    'settings:chooseExportFolder': async () => {
      const folder = await context.dialogs.askFolder()
      if (folder === null) return ok(settings.get())
      if (isLocalFolder(folder)) return updateSettings({ exportFolder: folder })
      const issues = [{ field: 'exportFolder', code: 'not-local', said: null }]
      return fail({ kind: 'invalid-input', issues })
    },
    'diagnostics:save': async () => {
      const madeAt = clock.nowAt()
      const name = `replica-desk-diagnostics-${madeAt.slice(0, 10)}.json`
      const path = await context.dialogs.askWhere(name)
      if (path === null) return ok({ savedAs: null })
      const report = describeForReport(store, {
        madeAt,
        versions: environment.versions,
        health: health.now(),
        settings: settings.get(),
        logLines: lastLogLines(environment.dataFolder)
      })
      const written = await saveWhole(path, report)
      return written.ok ? ok({ savedAs: path }) : written
    },
    'keychain:stopWaiting': () => {
      secrets.close()
      return done
    },
    'link:open': async ({ linkId }) => {
      await shell.openExternal(externalLinks[linkId])
      return done
    },
    'data:reveal': () => {
      shell.showItemInFolder(join(environment.dataFolder, 'library.sqlite'))
      return done
    },
    'data:restore': () => {
      context.forgetFirstScreen()
      const restored = store.restoreBackup()
      if (!restored.ok) return restored
      takeUp(useCases)
      return ok(health.now())
    }
  } satisfies Partial<Handlers>
}

const updateRequests = ({ environment, useCases: { updates } }: RequestDeps) =>
  ({
    'update:get': () => ok(updates.status()),
    'update:check': () => updates.check(),
    'update:install': () => updates.install(),
    'update:openPage': async () => {
      const { page } = updates
      if (page === null) return fail({ kind: 'not-found' })
      await shell.openExternal(page)
      return done
    },
    'whatsNew:take': () => ok({ version: updates.takeWhatsNew() }),
    'whatsNew:get': async () => {
      const { releaseNotes } = await import('../updates/release-notes.ts')
      return ok({ releases: releaseNotes(environment.version, updates.before()) })
    }
  }) satisfies Partial<Handlers>

/** Everything on this computer, as one file. */
const backupRequests = ({ useCases: { backupMaking, backupRestoring } }: RequestDeps) =>
  ({
    'backup:make': () => backupMaking.begin(),
    'backup:current': () => ok({ run: backupMaking.current() }),
    'backup:stop': () => {
      backupMaking.stop()
      return done
    },
    'backup:show': () => {
      const path = backupMaking.savedPath()
      if (path === null) return fail({ kind: 'not-found' })
      shell.showItemInFolder(path)
      return done
    },
    'restore:open': () => backupRestoring.open(),
    'restore:current': () => ok({ run: backupRestoring.current() }),
    'restore:begin': ({ withSettings }) => backupRestoring.begin(withSettings),
    'restore:close': async () => {
      await backupRestoring.close()
      return done
    }
  }) satisfies Partial<Handlers>

/** What is older than the person chose to keep it. */
const keepingRequests = ({ useCases: { keeping } }: RequestDeps) =>
  ({
    'keeping:count': async () => ok(await keeping.overdue()),
    'keeping:removePictures': () => keeping.removePictures()
  }) satisfies Partial<Handlers>

/** Everything of a person, in a folder. */
const savingRequests = ({ useCases: { personSaving } }: RequestDeps) =>
  ({
    'person:saveAll': ({ personId, transcripts }) => personSaving.begin(personId, transcripts),
    'person:conversations': ({ personId }) => ok(personSaving.conversations(personId)),
    'person:saving': () => ok({ save: personSaving.current() }),
    'person:stopSaving': () => {
      personSaving.stop()
      return done
    },
    'person:showSaved': () => {
      const path = personSaving.savedPath()
      if (path === null) return fail({ kind: 'not-found' })
      shell.showItemInFolder(join(path, 'index.html'))
      return done
    }
  }) satisfies Partial<Handlers>

/** What is in the library, and who is in it. */
const libraryRequests = ({ window, adapters, useCases, context, recents }: RequestDeps) => {
  const { store, media, providerOf } = adapters
  const { library, persons, notes, consents, pins, drafts, videoChecks, creations } = useCases
  const dragOut = createDragOut({
    store,
    copyPicture: media.copyPicture,
    begin: (file) => window.webContents.startDrag({ file, icon: dragIcon(file) })
  })
  return {
    'firstScreen:note': (look) => {
      context.noteFirstLook(look)
      return done
    },
    'asset:list': (query) => {
      const page = ok(store.read.assets(query))
      // The next letter is answered from memory.
      if (query.search !== '') useCases.prepareSearch(query)
      return page
    },
    'asset:prepareSearch': (query) => {
      useCases.prepareSearch(query)
      return done
    },
    'asset:place': ({ query, ref }) => ok({ place: store.read.assetPlace(query, ref) }),
    'asset:typed': ({ query, text, from }) =>
      ok({ found: store.read.assetTyped(query, text, from) }),
    // The window asks for one asset when it opens it.
    'asset:get': ({ ref }) => {
      recents.note(ref)
      return library.get(ref)
    },
    'training:outlook': ({ ref }) => trainingOutlook(store, ref),
    'transcript:get': ({ ref }) => useCases.transcripts.read(ref),
    'transcript:save': ({ ref }) => useCases.transcripts.save(ref),
    'voice:uses': ({ ref }) => ok({ uses: [...store.read.voiceUses(ref)] }),
    'pal:pages': async ({ ref }) => {
      const account = store.read.account(ref.accountId)
      if (account === null) return fail({ kind: 'not-found' })
      const { pagesOf } = providerOf(account)
      if (ref.kind !== 'persona' || pagesOf === undefined) {
        const issue = { field: 'kind', code: 'not-offered', said: null }
        return fail({ kind: 'invalid-input', issues: [issue] })
      }
      const pages = await pagesOf(adapters.keyRing.connect(account), ref.id, context.stopping)
      return pages.ok ? ok({ ...pages.value, pages: [...pages.value.pages] }) : pages
    },
    'asset:count': ({ accountId }) => ok(store.read.counts(accountId)),
    'asset:rename': ({ ref, name }) => library.rename(ref, name),
    'asset:add': ({ accountId, text }) => library.add(accountId, text),
    'asset:copyLink': ({ ref, link }) => context.assetLinks.copy(ref, link),
    'asset:startDrag': ({ ref }) => dragOut(ref),
    'picture:keepSmall': async ({ pictureId, side, webp }) => {
      const kept = await media.keepSmall(pictureId, side, Buffer.from(webp, 'base64'))
      return kept ? done : fail({ kind: 'not-found' })
    },
    'note:get': ({ about }) => ok(notes.get(about)),
    'note:set': ({ about, note }) => notes.set(about, note),
    'note:tags': ({ kind }) => ok(notes.tags(kind)),
    'asset:pin': ({ refs, isPinned }) => pins.setPinned(refs, isPinned),
    // The address comes from the provider's own table; the window names the asset alone (security E6).
    'asset:openPage': async ({ ref, page }) => {
      const account = store.read.account(ref.accountId)
      const address = account === null ? null : providerOf(account).pageUrl(ref.kind, ref.id, page)
      if (address === null || new URL(address).protocol !== 'https:')
        return fail({ kind: 'not-found' })
      await shell.openExternal(address)
      return done
    },
    'library:refresh': async ({ accountId }) => {
      const meant = accountId === null ? store.read.accounts().map(({ id }) => id) : [accountId]
      return ok(await Promise.all(meant.map(library.refreshAnew)))
    },
    'library:stop': async ({ accountId }) => ok(await library.stop(accountId)),
    'person:list': () => persons.list(),
    'person:save': (input) => persons.save(input),
    'person:remove': ({ personId }) => persons.remove(personId),
    'person:assign': ({ refs, personId }) => persons.assign(refs, personId),
    'consent:list': ({ personId }) => consents.list(personId),
    'consent:add': (input) => consents.add(input),
    'consent:remove': ({ noteId }) => consents.remove(noteId),
    'consent:chooseClip': () => consents.chooseClip(),
    'consent:draftClip': ({ draftId, field }) => consents.draftClip(draftId, field),
    'consent:export': ({ personId }) => consents.exportTo(personId),
    'draft:add': ({ text, fileName, encoding = null, accountId }) =>
      fileName === null
        ? drafts.add(text, accountId)
        : drafts.addFile(text, accountId, fileName, encoding),
    'draft:again': async ({ ref }) => {
      const known = draftLike(store, ref)
      return known.ok ? drafts.addAgain(known.value) : known
    },
    'draft:reopen': ({ draftId }) => drafts.reopen(draftId),
    'draft:update': ({ draftId, patch }) => drafts.update(draftId, patch),
    'draft:mendLink': ({ draftId, field }) => drafts.mendLink(draftId, field),
    'draft:applyToAll': ({ patch }) => drafts.applyToAll(patch),
    'draft:restore': () => drafts.restoreDiscarded(),
    'draft:saveTemplate': async () => {
      const path = await context.dialogs.askWhere('replica-desk-drafts.csv')
      if (path === null) return ok({ savedAs: null })
      const written = await saveWhole(path, draftTemplate())
      return written.ok ? ok({ savedAs: path }) : written
    },
    'draft:discard': ({ draftIds }) => drafts.discard(draftIds),
    'draft:create': ({ draftId }) => creations.create(draftId),
    'video:check': ({ draftId, field }) => videoChecks.again(draftId, field),
    'video:fit': ({ draftId, field }) => useCases.videoFits.begin(draftId, field),
    'video:cancelFit': ({ draftId, field }) => useCases.videoFits.cancel(draftId, field),
    'video:preview': ({ draftId, field }) => {
      const video = drafts.videos(draftId)?.[field] ?? null
      return video === null
        ? fail({ kind: 'not-found' })
        : ok({ mediaId: adapters.previews.open(video.source) })
    }
  } satisfies Partial<Handlers>
}

/** Plans, what is sent of them, and what proves it. */
const deletionRequests = ({ useCases, context }: RequestDeps) => {
  const { plans, outbox, localMedia, receipts } = useCases
  const { stopping } = context
  return {
    'plan:make': ({ subject, choices }) => plans.make(subject, choices, stopping),
    'plan:choose': ({ planId, choices }) => plans.choose(planId, choices),
    'plan:local': async ({ planId }) => {
      const plan = plans.peek(planId)
      if (plan === null) return fail({ kind: 'not-found' })
      return ok(await localMedia.count(plan.steps.map(({ target }) => target)))
    },
    'plan:export': ({ planId }) => plans.exportPlan(planId),
    'plan:archive': ({ planId }) => plans.archive(planId, stopping),
    'deletion:start': ({ planId, token, mode, typed, runAt }) => {
      const confirmed = plans.take(planId, token, mode, typed)
      return confirmed.ok ? outbox.start(confirmed.value, runAt) : confirmed
    },
    'batch:list': () => ok(outbox.list()),
    'batch:past': (range) => ok(outbox.past(range)),
    'batch:items': ({ batchId, states, offset, limit }) =>
      outbox.items(batchId, states, { offset, limit }),
    'batch:undo': ({ batchId }) => outbox.undo(batchId),
    'batch:pause': ({ batchId }) => outbox.pause(batchId),
    'batch:resume': ({ batchId }) => outbox.resume(batchId),
    'batch:cancel': ({ batchId }) => outbox.cancel(batchId),
    'batch:retry': ({ batchId }) => outbox.retry(batchId),
    'batch:dismiss': ({ batchId }) => outbox.dismiss(batchId),
    'batch:putBack': ({ batchId }) => outbox.putBack(batchId),
    'asset:deletions': ({ ref }) => outbox.deletionsOf(ref),
    'receipt:save': ({ batchId, format }) => receipts.save(batchId, format),
    'receipt:verify': () => receipts.verify(),
    'receiptKey:get': () => receipts.key(),
    'receiptKey:renew': () => receipts.renewKey()
  } satisfies Partial<Handlers>
}

const accountRequests = ({ useCases: { accounts, sample } }: RequestDeps) =>
  ({
    'account:try': (input) => accounts.tryOut(input),
    'account:save': (input) => accounts.save(input),
    'account:check': ({ accountId }) => accounts.check(accountId),
    'account:remove': ({ accountId }) => accounts.remove(accountId),
    'account:exploreSample': () => sample.explore(),
    'key:forget': ({ accountId }) => accounts.forgetKey(accountId),
    'key:deleteUnused': () => accounts.deleteUnusedKeys()
  }) satisfies Partial<Handlers>

const bucketRequests = ({ useCases: { buckets, uploads, drafts }, context }: RequestDeps) =>
  ({
    'draft:addVideoFiles': ({ paths, accountId }) =>
      addChosenFiles(paths, (files) => drafts.addVideos(files, accountId)),
    'draft:chooseVideoFile': async ({ draftId, field }) => {
      const path = await context.dialogs.askVideo()
      if (path === null) return ok({ draft: null })
      const file = await chosenFile(path)
      if (!file.ok) return file
      const changed = drafts.setFile(draftId, field, file.value)
      return changed.ok ? ok({ draft: changed.value }) : changed
    },
    'bucket:test': ({ bucketId }) => buckets.test(bucketId),
    'upload:list': () => ok(uploads.list()),
    'upload:start': ({ draftId, field, bucketId }) => uploads.start(draftId, field, bucketId),
    'upload:pause': ({ uploadId }) => uploads.pause(uploadId),
    'upload:resume': ({ uploadId }) => uploads.resume(uploadId),
    'upload:cancel': ({ uploadId }) => uploads.cancel(uploadId),
    'upload:leftovers': ({ bucketId }) => uploads.leftovers(bucketId),
    'upload:removeFile': ({ uploadId }) => uploads.removeFile(uploadId),
    'upload:removeUnfinished': ({ bucketId, ids }) => uploads.removeUnfinished(bucketId, ids),
    'bucket:list': () => ok(buckets.all()),
    'bucket:try': (input) => buckets.tryOut(input),
    'bucket:save': (input) => buckets.save(input),
    'bucket:remove': ({ bucketId }) => buckets.remove(bucketId)
  }) satisfies Partial<Handlers>

const agendaRequests = ({ agenda, pausing }: RequestDeps) =>
  ({
    'agenda:list': () => ok(agenda.now()),
    'agenda:pause': async () => {
      await pausing.pause()
      return ok(agenda.now())
    },
    'agenda:resume': async () => {
      await pausing.resume()
      return ok(agenda.now())
    }
  }) satisfies Partial<Handlers>

const historyRequests = ({
  adapters: { store },
  useCases: { forgetting, history, historyChart, historyExport, historyPages, news },
  context
}: RequestDeps) =>
  ({
    'history:list': (query) => ok(store.read.history(query)),
    'history:timeline': (query) => historyPages(query),
    'history:parts': (query) => ok(store.read.historyParts(query)),
    'history:story': ({ ref, limit }) =>
      ok({ ...store.read.historyStory(ref, limit), asset: store.read.asset(ref) }),
    'history:countNew': () =>
      ok({ count: store.read.newChangeCount(), unread: store.read.unreadCount() }),
    'history:acknowledge': ({ id }) => {
      const done = store.transaction((write) => write.acknowledgeChanges(id))
      return done.ok ? ok({}) : done
    },
    'history:chart': (query) => historyChart(query),
    'inbox:list': (query) => ok(store.read.inbox(query)),
    'inbox:mark': ({ ids, isRead }) => {
      const marked = store.transaction((write) => write.markInbox(ids, isRead))
      return marked.ok ? ok({}) : marked
    },
    'history:check': () => history.check(),
    'history:acceptEnd': async () => {
      const accepted = await history.acceptEnd()
      return accepted.ok ? done : accepted
    },
    'history:export': ({ selection, format }) => historyExport.begin(selection, format),
    'history:exporting': () => ok({ export: historyExport.current() }),
    'history:stopExport': () => {
      historyExport.stop()
      return done
    },
    'history:showExport': () => {
      const path = historyExport.savedPath()
      if (path === null) return fail({ kind: 'not-found' })
      shell.showItemInFolder(path)
      return done
    },
    'history:clear': ({ headSeq }) => {
      context.forgetFirstScreen()
      return history.clear(headSeq)
    },
    'names:preview': (target) => forgetting.preview(target),
    'names:forget': ({ target, records }) => forgetting.forget(target, records),
    'news:take': () => ok(news.take())
  }) satisfies Partial<Handlers>

/** One function for each request of the contract. */
export const createRequests = (deps: RequestDeps): Handlers => ({
  ...appRequests(deps),
  ...accountRequests(deps),
  ...libraryRequests(deps),
  ...backupRequests(deps),
  ...keepingRequests(deps),
  ...savingRequests(deps),
  ...deletionRequests(deps),
  ...bucketRequests(deps),
  ...agendaRequests(deps),
  ...historyRequests(deps),
  ...updateRequests(deps)
})
