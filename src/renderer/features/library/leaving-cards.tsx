import { useState } from 'react'
import type { AccountColor } from '../../../shared/catalogue/account-colors.ts'
import { targetKey } from '../../../shared/catalogue/keys.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import { type LibraryPages, type Placed, placedNoMore } from '../../state/library-pages.ts'
import { assetName } from '../../text/asset-words.ts'
import { AssetPoster } from '../../ui/asset-poster.tsx'
import { PersonText } from '../../ui/person-text.tsx'
import cellClasses from './asset-cell.module.css'
import { type GridShape, gridGap } from './asset-columns.ts'
import classes from './asset-grid.module.css'

interface Props {
  readonly pages: LibraryPages
  readonly shape: GridShape
  /** The places that are drawn. */
  readonly first: number
  readonly last: number
  /** What its stripe is colored by; null: it has none. */
  readonly colorOf: (asset: Asset) => AccountColor | null
}

/**
 * Cards that just left the listing fade where they stood, so that it is seen which of them went before the others move up.
 * They are pictures of what was: nothing reads them out, and no key or press reaches them.
 */
export const LeavingCards = ({ pages, shape, first, last, colorOf }: Props) => {
  const [seen, setSeen] = useState<{
    readonly pages: LibraryPages
    readonly leaving: readonly Placed[]
  }>({ pages, leaving: [] })
  if (seen.pages !== pages) {
    const leaving = [...seen.leaving, ...placedNoMore(seen.pages, pages, first, last)]
    setSeen({ pages, leaving })
  }
  const forget = (key: string) =>
    setSeen(({ pages: held, leaving }) => ({
      pages: held,
      leaving: leaving.filter(({ asset }) => targetKey(asset.ref) !== key)
    }))
  return seen.leaving.map(({ asset, index }) => {
    const key = targetKey(asset.ref)
    const color = colorOf(asset)
    return (
      <div
        key={key}
        aria-hidden="true"
        data-leaving
        className={`${classes['cards']} ${classes['leaving']}`}
        style={{
          height: shape.rowHeight - gridGap,
          top: Math.floor(index / shape.columns) * shape.rowHeight,
          gridTemplateColumns: `repeat(${shape.columns}, 1fr)`
        }}
        onAnimationEnd={() => forget(key)}
      >
        <div
          className={cellClasses['card']}
          style={{ gridColumnStart: (index % shape.columns) + 1 }}
        >
          <div
            className={cellClasses['cardPoster']}
            style={{ height: shape.posterHeight }}
            {...(color === null ? {} : { 'data-account-color': color })}
          >
            <AssetPoster asset={asset} isDimmed />
          </div>
          <div className={cellClasses['caption']} data-kind={asset.ref.kind}>
            <strong className={cellClasses['name']}>
              <PersonText text={assetName(asset)} />
            </strong>
          </div>
        </div>
      </div>
    )
  })
}
