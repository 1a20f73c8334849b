import { Button } from '@mantine/core'
import { IconLayoutGrid, IconList, IconPlus, IconRefresh } from '@tabler/icons-react'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import type { Asset } from '../../../shared/domain/asset.ts'
import { assetKey } from '../../state/asset-key.ts'
import { useApp } from '../../state/use-app.ts'
import { countOf } from '../../text/time-words.ts'
import { words } from '../../text/words.ts'
import { FilterChips } from '../../ui/filter-chips.tsx'
import type { MenuPoint } from '../../ui/floating-menu.tsx'
import { isDialogOpen } from '../../ui/keyboard.ts'
import { Page } from '../../ui/page.tsx'
import { PillSelect } from '../../ui/pill-select.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { LibraryContent } from './library-content.tsx'
import classes from './library-screen.module.css'
import { SyncBanner } from './sync-banner.tsx'

const ActionsMenu = lazy(async () => ({
  default: (await import('./actions-menu.tsx')).ActionsMenu
}))
const RenameDialog = lazy(async () => ({
  default: (await import('./rename-dialog.tsx')).RenameDialog
}))
const DetailPane = lazy(async () => ({ default: (await import('./detail-pane.tsx')).DetailPane }))

const ViewSwitch = () => {
  const view = useApp((state) => state.settings.libraryView)
  const updateSettings = useApp((state) => state.updateSettings)
  return (
    <fieldset className={classes['switch']} aria-label={words.library.view}>
      {(['grid', 'list'] as const).map((choice) => (
        <button
          key={choice}
          type="button"
          className={classes['switchButton']}
          aria-label={words.library[choice]}
          title={words.library[choice]}
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
      {words.common.refresh}
    </Button>
  )
}

const Filters = () => {
  const filter = useApp((state) => state.filter)
  const changeFilter = useApp((state) => state.changeFilter)
  const accounts = useApp((state) => state.accounts)
  const total = useApp((state) =>
    state.library.kind === 'ready' ? state.library.value.total : null
  )
  const { library } = words
  return (
    <div className={classes['filters']}>
      <FilterChips
        label={library.origin}
        value={filter.origin}
        choices={[
          { value: 'own', label: library.mine },
          { value: 'stock', label: library.stock }
        ]}
        onChange={(origin) => changeFilter({ origin })}
      />
      <span className={classes['divider']} aria-hidden="true" />
      <FilterChips
        label={library.state}
        value={filter.group}
        choices={(['all', 'ready', 'training', 'failed'] as const).map((value) => ({
          value,
          label: library[value]
        }))}
        onChange={(group) => changeFilter({ group })}
      />
      {accounts.length > 1 && (
        <PillSelect
          label={words.common.account}
          value={filter.accountId ?? ''}
          choices={[
            { value: '', label: words.common.allAccounts },
            ...accounts.map((account) => ({ value: account.id, label: account.name }))
          ]}
          onChange={(id) =>
            changeFilter({ accountId: accounts.find((account) => account.id === id)?.id ?? null })
          }
        />
      )}
      <PillSelect
        label={library.sort}
        value={filter.sort}
        choices={(['created-desc', 'created-asc', 'name-asc', 'name-desc', 'status'] as const).map(
          (value) => ({ value, label: library.sorts[value] })
        )}
        onChange={(sort) => changeFilter({ sort })}
      />
      <span className={classes['total']} role="status">
        {total === null ? '' : countOf(total, 'replica')}
      </span>
    </div>
  )
}

const useEscapeClosesDetail = () => {
  const select = useApp((state) => state.select)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !isDialogOpen()) select(null)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [select])
}

interface OpenMenu {
  readonly asset: Asset
  readonly at: MenuPoint
  readonly returnTo: Element | null
}

export const LibraryScreen = () => {
  const filter = useApp((state) => state.filter)
  const changeFilter = useApp((state) => state.changeFilter)
  const addDrafts = useApp((state) => state.addDrafts)
  const hasDrafts = useApp((state) => state.drafts.length > 0)
  const go = useApp((state) => state.go)
  const isDetailOpen = useApp((state) => state.selected !== null)
  const [menu, setMenu] = useState<OpenMenu | null>(null)
  const [renaming, setRenaming] = useState<Asset | null>(null)
  useEscapeClosesDetail()

  const openMenu = useCallback(
    (asset: Asset, at: MenuPoint) => setMenu({ asset, at, returnTo: document.activeElement }),
    []
  )
  const closeMenu = () => {
    if (menu?.returnTo instanceof HTMLElement) menu.returnTo.focus({ preventScroll: true })
    setMenu(null)
  }

  return (
    <Page
      title={words.library.title}
      search={
        <SearchField
          label={words.common.search}
          hint={words.library.searchHint}
          value={filter.search}
          onChange={(search) => changeFilter({ search })}
        />
      }
      actions={
        <>
          <ViewSwitch />
          <RefreshButton />
          <Button
            variant="filled"
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            onClick={() => (hasDrafts ? go('new-replica') : void addDrafts(''))}
          >
            {words.library.newReplica}
          </Button>
        </>
      }
    >
      <SyncBanner />
      <div className={classes['body']}>
        <div className={classes['main']}>
          <Filters />
          <LibraryContent
            menuKey={menu === null ? null : assetKey(menu.asset.ref)}
            onMenu={openMenu}
          />
        </div>
        <Suspense fallback={null}>
          {isDetailOpen && <DetailPane onRename={setRenaming} onMenu={openMenu} />}
          {menu !== null && (
            <ActionsMenu
              asset={menu.asset}
              at={menu.at}
              onRename={() => setRenaming(menu.asset)}
              onClose={closeMenu}
            />
          )}
          {renaming !== null && <RenameDialog asset={renaming} onClose={() => setRenaming(null)} />}
        </Suspense>
      </div>
    </Page>
  )
}
