import { Button } from '@mantine/core'
import { IconLayoutGrid, IconList, IconPlus, IconRefresh } from '@tabler/icons-react'
import { Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { targetKey } from '../../../shared/catalogue/keys.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import { t } from '../../../shared/messages/messages.ts'
import type { AppState } from '../../state/app-state.ts'
import { hasNews, outOfReach, readingIn, waitingIn } from '../../state/library-reach.ts'
import { useApp } from '../../state/use-app.ts'
import { kindsTitle } from '../../text/kind-words.ts'
import type { MenuPoint } from '../../ui/floating-menu.tsx'
import { giveFocusBack } from '../../ui/focus-return.ts'
import { isDialogOpen, isTyping } from '../../ui/keyboard.ts'
import { useOneStop } from '../../ui/one-stop.ts'
import { Page } from '../../ui/page.tsx'
import { KeysHeld, loadedLater, preloaded } from '../../ui/preloaded.tsx'
import { SampleBadge } from '../../ui/sample-badge.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { useIsLate } from '../../ui/use-is-late.ts'
import { DetailPane } from './detail-pane.tsx'
import { LibraryContent } from './library-content.tsx'
import { LibraryFilters } from './library-filters.tsx'
import classes from './library-screen.module.css'
import { SelectionBar } from './selection-bar.tsx'

export const ActionsMenu = preloaded(async () => (await import('./actions-menu.tsx')).ActionsMenu)

const SyncBanner = loadedLater(async () => (await import('./sync-banner.tsx')).SyncBanner)

const RefreshNote = loadedLater(async () => (await import('./refresh-note.tsx')).RefreshNote)

/** A refresh that is over by then needs no words. */
const worthTellingMs = 2_000

/** How far a refresh is, once it takes a while. */
const LongRefresh = () => {
  const isReading = useApp(({ sync, filter }) => readingIn(sync, filter.accountId).length > 0)
  const isWaiting = useApp(({ sync, filter }) => waitingIn(sync, filter.accountId).length > 0)
  const isLate = useIsLate(isReading, worthTellingMs)
  return <Suspense fallback={null}>{isLate && !isWaiting && <RefreshNote />}</Suspense>
}

/** On its own: the screen around it is not drawn anew for a letter. */
const LibrarySearch = () => {
  const search = useApp((state) => state.filter.search)
  const changeFilter = useApp((state) => state.changeFilter)
  const openFirst = useApp((state) => state.openFirst)
  const prepareSearch = useApp((state) => state.prepareSearch)
  return (
    <SearchField
      label={t('common.search')}
      hint={t('library.searchHint')}
      value={search}
      onChange={(next) => changeFilter({ search: next })}
      onOpenFirst={openFirst}
      onFocus={prepareSearch}
    />
  )
}

const ViewSwitch = () => {
  const view = useApp((state) => state.settings.libraryView)
  const updateSettings = useApp((state) => state.updateSettings)
  const oneStop = useOneStop<HTMLFieldSetElement>()
  return (
    <fieldset {...oneStop} className={classes['switch']} aria-label={t('library.view')}>
      {(['grid', 'list'] as const).map((choice) => (
        <button
          key={choice}
          type="button"
          className={classes['switchButton']}
          aria-label={t(`library.${choice}`)}
          title={t(`library.${choice}`)}
          aria-pressed={view === choice}
          onClick={() => void updateSettings({ libraryView: choice })}
        >
          {choice === 'grid' ? <IconLayoutGrid size={17} /> : <IconList size={17} />}
        </button>
      ))}
    </fieldset>
  )
}

const RefreshButton = () => {
  const isRefreshing = useApp(
    (state) =>
      state.isRefreshing || [...state.sync.values()].some((status) => status.state === 'running')
  )
  const refreshLibrary = useApp((state) => state.refreshLibrary)
  return (
    <Button
      className={classes['refresh'] ?? ''}
      title={t('common.refresh')}
      leftSection={
        <IconRefresh
          size={16}
          aria-hidden="true"
          className={isRefreshing ? classes['turning'] : undefined}
        />
      }
      aria-busy={isRefreshing}
      onClick={() => void refreshLibrary()}
    >
      {t('common.refresh')}
    </Button>
  )
}

/** Escape goes one step back: first the selection, then the details. */
const useKeys = () => {
  const select = useApp((state) => state.select)
  const hasChosen = useApp((state) => state.chosen.size > 0)
  const clearChosen = useApp((state) => state.clearChosen)
  const chooseAll = useApp((state) => state.chooseAll)
  const wasDialogOpen = useRef(false)
  useEffect(() => {
    // A dialog that hears Escape is gone before the library does; closing it is the one step.
    const note = () => {
      wasDialogOpen.current = isDialogOpen()
    }
    window.addEventListener('keydown', note, true)
    return () => window.removeEventListener('keydown', note, true)
  }, [])
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || wasDialogOpen.current) return
      if (event.key === 'Escape') {
        if (hasChosen) clearChosen()
        else select(null)
      }
      const isAll = event.key === 'a' && (event.ctrlKey || event.metaKey) && !event.shiftKey
      if (isAll && !isTyping(event)) {
        event.preventDefault()
        void chooseAll()
      }
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [select, hasChosen, clearChosen, chooseAll])
}

/** The system says when a network is back; then there is no reason to wait for a click. */
const useBackOnline = () => {
  const isUnreached = useApp((state) => outOfReach(state.sync, null).length > 0)
  const refreshAccount = useApp((state) => state.refreshAccount)
  useEffect(() => {
    if (!isUnreached) return
    const again = () => void refreshAccount(null)
    window.addEventListener('online', again)
    return () => window.removeEventListener('online', again)
  }, [isUnreached, refreshAccount])
}

const inView = ({ accounts, filter }: Pick<AppState, 'accounts' | 'filter'>) =>
  accounts.filter(({ id }) => filter.accountId === null || filter.accountId === id)

interface OpenMenu {
  readonly asset: Asset
  readonly at: MenuPoint
  readonly returnTo: Element | null
  /** It was opened in the details, not at a row. */
  readonly isOfPane: boolean
}

export const LibraryScreen = () => {
  const kind = useApp((state) => state.filter.kind)
  const startReplica = useApp((state) => state.startReplica)
  const openAddModel = useApp((state) => state.openAddModel)
  const isDetailOpen = useApp((state) => state.selected !== null)
  const [menu, setMenu] = useState<OpenMenu | null>(null)
  const startRename = useApp((state) => state.startRename)
  const isAllSample = useApp(
    (state) => state.accounts.length > 0 && inView(state).every((account) => account.isSample)
  )
  const hasSyncNews = useApp((state) => hasNews(state.sync))
  useKeys()
  useBackOnline()

  const openMenu = useCallback((asset: Asset, at: MenuPoint) => {
    const returnTo = document.activeElement
    const isOfPane = returnTo !== null && returnTo.closest('[data-owner]') !== null
    setMenu({ asset, at, returnTo, isOfPane })
  }, [])
  const renameInRow = useCallback(
    ({ ref, name }: Asset) => startRename(ref, name, 'row'),
    [startRename]
  )
  const renameInPane = useCallback(
    ({ ref, name }: Asset) => startRename(ref, name, 'pane'),
    [startRename]
  )
  const closeMenu = () => {
    const returnTo = menu?.returnTo instanceof HTMLElement ? menu.returnTo : null
    setMenu(null)
    // The rows may have been drawn anew behind the menu.
    setTimeout(() => giveFocusBack(returnTo))
  }

  return (
    <Page
      title={kindsTitle(kind)}
      badge={isAllSample ? <SampleBadge label={t('common.sampleData')} /> : null}
      search={<LibrarySearch />}
      actions={
        <>
          <ViewSwitch />
          <RefreshButton />
          {kind === 'replica' && (
            <Button
              variant="filled"
              leftSection={<IconPlus size={16} aria-hidden="true" />}
              onClick={() => void startReplica()}
            >
              {t('library.newReplica')}
            </Button>
          )}
          {kind === 'model' && (
            <Button
              variant="filled"
              leftSection={<IconPlus size={16} aria-hidden="true" />}
              onClick={() => openAddModel('')}
            >
              {t('models.add')}
            </Button>
          )}
        </>
      }
    >
      <Suspense fallback={null}>{hasSyncNews && <SyncBanner />}</Suspense>
      <div className={classes['body']}>
        <div className={classes['main']}>
          <LibraryFilters />
          <div className={classes['content']}>
            <LibraryContent
              menuKey={menu === null ? null : targetKey(menu.asset.ref)}
              onMenu={openMenu}
              onRename={renameInRow}
            />
            <LongRefresh />
          </div>
          <SelectionBar />
        </div>
        {isDetailOpen && <DetailPane onRename={renameInPane} onMenu={openMenu} />}
        <Suspense fallback={<KeysHeld />}>
          {menu !== null && (
            <ActionsMenu.View
              asset={menu.asset}
              at={menu.at}
              onRename={() => (menu.isOfPane ? renameInPane : renameInRow)(menu.asset)}
              onClose={closeMenu}
            />
          )}
        </Suspense>
      </div>
    </Page>
  )
}
