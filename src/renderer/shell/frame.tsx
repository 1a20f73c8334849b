import { Suspense, useEffect, useRef } from 'react'
import { isLibraryPlace } from '../../shared/catalogue/kinds.ts'
import { t } from '../../shared/messages/messages.ts'
import { assertNever } from '../../shared/result.ts'
import { Preview } from '../features/library/asset-rows.tsx'
import { DetailStory } from '../features/library/detail-pane.tsx'
import { Nothing } from '../features/library/library-content.tsx'
import { ActionsMenu, LibraryScreen } from '../features/library/library-screen.tsx'
import { needsToast } from '../state/batches.ts'
import { isWell, type Place } from '../state/session-slice.ts'
import { useApp } from '../state/use-app.ts'
import { ErrorBoundary } from '../ui/error-boundary.tsx'
import { useFocusNote } from '../ui/focus-return.ts'
import { KeysHeld, loadedLater, preloaded } from '../ui/preloaded.tsx'
import { SkipLink } from '../ui/skip-link.tsx'
import { beginSmallPictures } from '../ui/small-pictures.ts'
import { useIsLate } from '../ui/use-is-late.ts'
import { DropOverlay } from './drop-overlay.tsx'
import classes from './frame.module.css'
import { SideBar } from './side-bar.tsx'
import { StoppedScreen } from './stopped-screen.tsx'
import { useCommandKeys, useFindFocus } from './use-command-keys.ts'
import { useTypedAhead } from './use-typed-ahead.ts'
import { useWindowTitle } from './use-window-title.ts'

const HealthBanner = loadedLater(async () => (await import('./health-banner.tsx')).HealthBanner)
const NotStarted = loadedLater(async () => (await import('./not-started.tsx')).NotStarted)
const FirstRunScreen = loadedLater(
  async () => (await import('../features/first-run/first-run-screen.tsx')).FirstRunScreen
)
const CreationScreen = loadedLater(
  async () => (await import('../features/creation/creation-screen.tsx')).CreationScreen
)
const HistoryScreen = loadedLater(
  async () => (await import('../features/history/history-screen.tsx')).HistoryScreen
)
const InboxScreen = loadedLater(
  async () => (await import('../features/inbox/inbox-screen.tsx')).InboxScreen
)
const AccountsScreen = loadedLater(
  async () => (await import('../features/accounts/accounts-screen.tsx')).AccountsScreen
)
const AccountFormDialog = preloaded(
  async () => (await import('../features/accounts/account-form-dialog.tsx')).AccountFormDialog
)
const BucketFormDialog = loadedLater(
  async () => (await import('../features/accounts/bucket-form-dialog.tsx')).BucketFormDialog
)
const SettingsScreen = loadedLater(
  async () => (await import('../features/settings/settings-screen.tsx')).SettingsScreen
)
const PlanDialog = preloaded(
  async () => (await import('../features/deletion/plan-dialog.tsx')).PlanDialog
)
const PeopleScreen = loadedLater(
  async () => (await import('../features/people/people-screen.tsx')).PeopleScreen
)
const PersonFormDialog = preloaded(
  async () => (await import('../features/people/person-form-dialog.tsx')).PersonFormDialog
)
const ConsentFormDialog = loadedLater(
  async () => (await import('../features/people/consent-form-dialog.tsx')).ConsentFormDialog
)
const AssignDialog = preloaded(
  async () => (await import('../features/people/assign-dialog.tsx')).AssignDialog
)
const ModelDialogs = preloaded(
  async () => (await import('../features/models/model-dialogs.tsx')).ModelDialogs
)
const ExportDialog = loadedLater(
  async () => (await import('../features/history/export-dialog.tsx')).ExportDialog
)
const HoldHost = loadedLater(
  async () => (await import('../features/deletion/hold-host.tsx')).HoldHost
)
const DeletionsSheet = loadedLater(
  async () => (await import('../features/deletion/deletions-sheet.tsx')).DeletionsSheet
)
const WhatsNewDialog = loadedLater(
  async () => (await import('../features/settings/whats-new-dialog.tsx')).WhatsNewDialog
)
const BackupDialog = loadedLater(
  async () => (await import('../features/settings/backup-dialog.tsx')).BackupDialog
)
const RestoreDialog = loadedLater(
  async () => (await import('../features/settings/restore-dialog.tsx')).RestoreDialog
)
const VerdictDialog = loadedLater(
  async () => (await import('../features/deletion/verdict-dialog.tsx')).VerdictDialog
)
const ForgetDialog = loadedLater(
  async () => (await import('../features/history/forget-dialog.tsx')).ForgetDialog
)
const NewKeyDialog = loadedLater(
  async () => (await import('../features/deletion/new-key-dialog.tsx')).NewKeyDialog
)
const RemoveFileDialog = loadedLater(
  async () => (await import('../features/accounts/remove-file-dialog.tsx')).RemoveFileDialog
)
const ViewDialog = loadedLater(
  async () => (await import('../features/history/view-dialog.tsx')).ViewDialog
)
const CommandPalette = preloaded(async () => (await import('./command-palette.tsx')).CommandPalette)
const ShortcutSheet = preloaded(async () => (await import('./shortcut-sheet.tsx')).ShortcutSheet)
const NoticeHost = loadedLater(async () => (await import('./notice-host.tsx')).NoticeHost)

/** Those that keys open first. What cannot be fetched now is asked for again when it is opened. */
const preloadAll = async (): Promise<void> => {
  const parts = [
    CommandPalette,
    Preview,
    ActionsMenu,
    DetailStory,
    ShortcutSheet,
    PlanDialog,
    AssignDialog,
    AccountFormDialog,
    PersonFormDialog,
    ModelDialogs,
    Nothing
  ]
  for (const { preload } of parts) await preload().catch(() => undefined)
}

const Screen = ({ place, isFirstRun }: { readonly place: Place; readonly isFirstRun: boolean }) => {
  if (isLibraryPlace(place)) return isFirstRun ? <FirstRunScreen /> : <LibraryScreen />
  switch (place) {
    case 'new-replica':
      return <CreationScreen />
    case 'people':
      return <PeopleScreen />
    case 'inbox':
      return <InboxScreen />
    case 'history':
      return <HistoryScreen />
    case 'accounts':
      return <AccountsScreen />
    case 'settings':
      return <SettingsScreen />
    default:
      return assertNever(place)
  }
}

/** Dialogs stand over every screen; their code comes when the first of them does. */
const Overlays = () => {
  const accountForm = useApp((state) => state.accountForm)
  const bucketForm = useApp((state) => state.bucketForm)
  const planDialog = useApp((state) => state.planDialog)
  const personForm = useApp((state) => state.personForm)
  const consentForm = useApp((state) => state.consentForm)
  const exportDialog = useApp((state) => state.exportDialog)
  const assigning = useApp((state) => state.assigning)
  const isAboutModels = useApp((state) => state.addingModel !== null || state.cleaningUp !== null)
  const verdict = useApp((state) => state.verdict)
  const lostKey = useApp((state) => state.lostKey)
  const viewForm = useApp((state) => state.viewForm)
  const askedToForget = useApp((state) => state.askedToForget)
  const fileToRemove = useApp((state) => state.fileToRemove)
  const isBackupOpen = useApp((state) => state.isBackupOpen)
  const isRestoreOpen = useApp((state) => state.isRestoreOpen)
  const whatsNew = useApp((state) => state.whatsNew)
  const overlay = useApp((state) => state.overlay)
  return (
    <Suspense fallback={<KeysHeld />}>
      {accountForm !== null && (
        <AccountFormDialog.View key={accountForm.accountId} {...accountForm} />
      )}
      {bucketForm !== null && (
        <BucketFormDialog key={bucketForm.bucketId} bucketId={bucketForm.bucketId} />
      )}
      {planDialog !== null && <PlanDialog.View open={planDialog} />}
      {personForm !== null && (
        <PersonFormDialog.View key={personForm.personId} personId={personForm.personId} />
      )}
      {consentForm !== null && <ConsentFormDialog beginning={consentForm} />}
      {assigning !== null && <AssignDialog.View refs={assigning} />}
      {exportDialog !== null && <ExportDialog story={exportDialog.story} />}
      {isAboutModels && <ModelDialogs.View />}
      {verdict !== null && <VerdictDialog verdict={verdict} />}
      {whatsNew !== null && <WhatsNewDialog releases={whatsNew} />}
      {isBackupOpen && <BackupDialog />}
      {isRestoreOpen && <RestoreDialog />}
      {askedToForget !== null && <ForgetDialog asked={askedToForget} />}
      {lostKey !== null && <NewKeyDialog lostKey={lostKey} />}
      {fileToRemove !== null && <RemoveFileDialog file={fileToRemove} />}
      {viewForm !== null && <ViewDialog view={viewForm.view} />}
      {overlay === 'palette' && <CommandPalette.View />}
      {overlay === 'shortcuts' && <ShortcutSheet.View />}
    </Suspense>
  )
}

/** What goes on with deletions, beside the screen. */
const Deletions = () => {
  const isOpen = useApp((state) => state.isDeletionsOpen)
  return <Suspense fallback={null}>{isOpen && <DeletionsSheet />}</Suspense>
}

/**
 * Holds and notices are one stack over the screen's lower corner: nothing in the page moves when they come and go, and
 * what `data-scroller` marks can be scrolled further by as much as the stack is high.
 */
const Tray = () => {
  const hasHeld = useApp((state) => state.batches.some(needsToast))
  const hasNotices = useApp((state) => state.notices.length > 0)
  const tray = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const { current } = tray
    if (current === null) return
    const measure = () =>
      current.parentElement?.style.setProperty('--rd-stack', `${current.offsetHeight}px`)
    const observer = new ResizeObserver(measure)
    observer.observe(current)
    return () => observer.disconnect()
  }, [])
  return (
    <div ref={tray} className={classes['tray']} data-empty={!hasHeld && !hasNotices}>
      <Suspense fallback={null}>{hasHeld && <HoldHost />}</Suspense>
      {/* There before anything is said in it, else a screen reader may miss the first notice. */}
      <div aria-live="polite" className={classes['notices']}>
        <Suspense fallback={null}>{hasNotices && <NoticeHost />}</Suspense>
      </div>
    </div>
  )
}

/** What a key opens should be there at once; it is fetched while nothing else is to be done. */
const usePreload = (isConfirmed: boolean) => {
  useEffect(() => {
    if (!isConfirmed) return
    const asked = requestIdleCallback(() => void preloadAll())
    return () => cancelIdleCallback(asked)
  }, [isConfirmed])
}

/** Faces are drawn smaller for the next start once this one is over. */
const useSmallPictures = (isConfirmed: boolean) => {
  const keepSmallPicture = useApp((state) => state.keepSmallPicture)
  useEffect(() => {
    if (isConfirmed) beginSmallPictures(keepSmallPicture)
  }, [isConfirmed, keepSmallPicture])
}

/** Says that what is pressed waits for the core; most starts are past that before anyone could read it. */
const Waiting = () => {
  const isLate = useIsLate(useApp((state) => state.boot.kind === 'ready' && !state.isConfirmed))
  if (!isLate) return null
  return <div role="status" aria-label={t('states.loading')} className={classes['waiting']} />
}

export const Frame = () => {
  const place = useApp((state) => state.place)
  const isStarted = useApp((state) => state.boot.kind === 'ready')
  const hasFailed = useApp((state) => state.boot.kind === 'failed')
  const health = useApp((state) => state.health)
  const isFirstRun = useApp((state) => state.accounts.length === 0)
  useCommandKeys()
  useFindFocus()
  useFocusNote()
  useTypedAhead()
  useWindowTitle()
  const isConfirmed = useApp((state) => state.isConfirmed)
  usePreload(isConfirmed)
  useSmallPictures(isConfirmed)
  return (
    <div className={classes['frame']}>
      <SkipLink to="content" />
      <SkipLink to="results" />
      <SideBar />
      <main id="content" tabIndex={-1} className={classes['content']}>
        <Waiting />
        <Suspense fallback={null}>{!isWell(health) && <HealthBanner />}</Suspense>
        <div className={classes['screen']}>
          {isStarted ? (
            <ErrorBoundary key={place} fallback={<StoppedScreen />}>
              <Suspense fallback={null}>
                <Screen place={place} isFirstRun={isFirstRun} />
              </Suspense>
            </ErrorBoundary>
          ) : (
            <Suspense fallback={null}>{hasFailed && <NotStarted />}</Suspense>
          )}
          <Deletions />
        </div>
        <Tray />
      </main>
      <DropOverlay />
      <Overlays />
    </div>
  )
}
