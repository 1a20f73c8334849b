import { Suspense } from 'react'
import type { Asset } from '../../../shared/domain/asset.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { loadedLater, preloaded } from '../../ui/preloaded.tsx'
import { useIsLate } from '../../ui/use-is-late.ts'
import { AssetGrid } from './asset-grid.tsx'
import classes from './library-content.module.css'

export const Nothing = preloaded(async () => (await import('./library-nothing.tsx')).LibraryNothing)

const Failed = loadedLater(async () => (await import('./failures.tsx')).LibraryFailed)

const shapes = Array.from({ length: 12 }, (_, index) => index)

const FirstLoad = () => {
  const isLate = useIsLate(true)
  if (!isLate) return null
  return (
    <div className={classes['skeleton']} role="status" aria-label={t('states.loading')}>
      {shapes.map((shape) => (
        <div key={shape} className={classes['shape']} />
      ))}
    </div>
  )
}

interface Props {
  readonly menuKey: string | null
  readonly onMenu: (asset: Asset, at: { readonly x: number; readonly y: number }) => void
  readonly onRename: (asset: Asset) => void
}

export const LibraryContent = (props: Props) => {
  const library = useApp((state) => state.library)
  const view = useApp((state) => state.settings.libraryView)
  const isEmpty = library.kind === 'ready' && library.value.total === 0
  if (library.kind === 'ready' && !isEmpty) {
    return <AssetGrid key={view} pages={library.value} view={view} {...props} />
  }
  if (library.kind !== 'failed' && !isEmpty) return <FirstLoad />
  return (
    <Suspense fallback={null}>
      {library.kind === 'failed' ? <Failed error={library.error} /> : <Nothing.View />}
    </Suspense>
  )
}
