import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCloudOff, IconMoodSmile, IconSearch } from '@tabler/icons-react'
import type { Asset } from '../../../shared/domain/asset.ts'
import type { AppError } from '../../../shared/errors.ts'
import { firstFilter, type LibraryFilter } from '../../state/library-pages.ts'
import { useApp } from '../../state/use-app.ts'
import { describeError, errorDetails } from '../../text/describe-error.ts'
import { nothingMatches } from '../../text/filter-words.ts'
import { words } from '../../text/words.ts'
import { copyText } from '../../ui/copy-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useIsLate } from '../../ui/use-is-late.ts'
import { AssetGrid } from './asset-grid.tsx'
import classes from './library-content.module.css'

const isFiltered = (filter: LibraryFilter): boolean =>
  filter.group !== 'all' || filter.search !== '' || filter.accountId !== null

const Filtered = () => {
  const filter = useApp((state) => state.filter)
  const changeFilter = useApp((state) => state.changeFilter)
  const account = useApp(
    (state) => state.accounts.find(({ id }) => id === state.filter.accountId)?.name ?? null
  )
  return (
    <EmptyState
      icon={<IconSearch size={26} />}
      title={words.library.filteredTitle}
      text={nothingMatches({
        state: filter.group === 'all' ? null : words.library[filter.group],
        account,
        search: filter.search
      })}
    >
      <Button
        onClick={() => changeFilter({ ...firstFilter, origin: filter.origin, sort: filter.sort })}
      >
        {words.library.clearFilters}
      </Button>
    </EmptyState>
  )
}

const NotListedYet = () => {
  const isRunning = useApp((state) =>
    [...state.sync.values()].some((status) => status.state === 'running')
  )
  const { library } = words
  return (
    <EmptyState
      icon={isRunning ? <IconMoodSmile size={26} /> : <IconCloudOff size={26} />}
      title={isRunning ? library.lookingTitle : library.notListedYetTitle}
      text={isRunning ? library.lookingText : library.notListedYetText}
    />
  )
}

const Nothing = () => {
  const filter = useApp((state) => state.filter)
  const isListed = useApp((state) =>
    [...state.sync.values()].some((status) => status.asOfAt !== null)
  )
  if (isFiltered(filter)) return <Filtered />
  if (!isListed) return <NotListedYet />
  const isStock = filter.origin === 'stock'
  return (
    <EmptyState
      icon={<IconMoodSmile size={26} />}
      title={isStock ? words.library.emptyStockTitle : words.library.emptyTitle}
      text={isStock ? words.library.emptyStockText : words.library.emptyText}
    />
  )
}

const Failed = ({ error }: { readonly error: AppError }) => {
  const loadLibrary = useApp((state) => state.loadLibrary)
  const version = useApp((state) => (state.boot.kind === 'ready' ? state.boot.value.version : null))
  const { title, meaning, advice } = describeError(error)
  return (
    <EmptyState icon={<IconAlertTriangle size={26} />} title={title} text={`${meaning} ${advice}`}>
      <Button onClick={() => void loadLibrary()}>{words.common.tryAgain}</Button>
      <Button onClick={() => copyText(errorDetails(error, version))}>
        {words.common.copyDetails}
      </Button>
    </EmptyState>
  )
}

const shapes = Array.from({ length: 12 }, (_, index) => index)

const FirstLoad = () => {
  const isLate = useIsLate(true)
  if (!isLate) return null
  return (
    <div className={classes['skeleton']} role="status" aria-label={words.states.loading}>
      {shapes.map((shape) => (
        <div key={shape} className={classes['shape']} />
      ))}
    </div>
  )
}

interface Props {
  readonly menuKey: string | null
  readonly onMenu: (asset: Asset, at: { readonly x: number; readonly y: number }) => void
}

export const LibraryContent = ({ menuKey, onMenu }: Props) => {
  const library = useApp((state) => state.library)
  const view = useApp((state) => state.settings.libraryView)
  const filter = useApp((state) => state.filter)
  if (library.kind === 'failed') return <Failed error={library.error} />
  if (library.kind !== 'ready') return <FirstLoad />
  if (library.value.total === 0) return <Nothing />
  const key = JSON.stringify({ ...filter, view })
  return <AssetGrid key={key} pages={library.value} view={view} menuKey={menuKey} onMenu={onMenu} />
}
