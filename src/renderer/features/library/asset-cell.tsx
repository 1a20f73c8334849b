import { IconDots, IconTrash } from '@tabler/icons-react'
import { type MouseEvent, memo, useState } from 'react'
import type { Account } from '../../../shared/domain/account.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import { assetLabel, assetName, assetState, originText, percent } from '../../text/asset-words.ts'
import { exactTime, shortDate } from '../../text/time-words.ts'
import { words } from '../../text/words.ts'
import { AccountDot } from '../../ui/account-dot.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { PersonText } from '../../ui/person-text.tsx'
import { Poster } from '../../ui/poster.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { SampleBadge } from '../../ui/sample-badge.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import classes from './asset-cell.module.css'

/** The same for every cell and every drawing, so that cells that did not change are left alone. */
export interface CellHandlers {
  /** True while the person scrolls past; pictures wait for a rest. */
  readonly isHurried: () => boolean
  readonly onSelect: (asset: Asset, index: number) => void
  readonly onDelete: (asset: Asset) => void
  readonly onMenu: (
    asset: Asset,
    index: number,
    at: { readonly x: number; readonly y: number }
  ) => void
}

export interface CellProps {
  readonly asset: Asset
  readonly account: Account | null
  readonly index: number
  readonly isDeleting: boolean
  readonly isSelected: boolean
  /** True for the one that the Tab key reaches. */
  readonly isMarked: boolean
  readonly isMenuOpen: boolean
  readonly handlers: CellHandlers
}

const CellButtons = ({ asset, index, isMarked, isMenuOpen, isDeleting, handlers }: CellProps) => {
  const name = assetName(asset)
  const openMenu = (event: MouseEvent<HTMLButtonElement>) => {
    event.stopPropagation()
    const box = event.currentTarget.getBoundingClientRect()
    handlers.onMenu(asset, index, { x: box.right, y: box.bottom })
  }
  return (
    <div className={classes['buttons']} data-open={isMenuOpen}>
      <IconButton
        label={words.library.deleteNamed(name)}
        tabIndex={isMarked ? 0 : -1}
        disabled={isDeleting}
        onClick={(event) => {
          event.stopPropagation()
          handlers.onDelete(asset)
        }}
      >
        <IconTrash size={16} />
      </IconButton>
      <IconButton
        label={words.library.actionsFor(name)}
        tabIndex={isMarked ? 0 : -1}
        aria-haspopup="menu"
        aria-expanded={isMenuOpen}
        onClick={openMenu}
      >
        <IconDots size={16} />
      </IconButton>
    </div>
  )
}

const isShadowed = (asset: Asset, isDeleting: boolean): boolean =>
  isDeleting || asset.deletion !== null || asset.presence === 'gone'

const attributesOf = (props: CellProps) => ({
  'data-index': props.index,
  'data-selected': props.isSelected,
  'aria-label': assetLabel(props.asset, props.isDeleting),
  'aria-selected': props.isSelected,
  tabIndex: props.isMarked ? 0 : -1,
  onClick: () => props.handlers.onSelect(props.asset, props.index),
  onContextMenu: (event: MouseEvent<HTMLElement>) => {
    event.preventDefault()
    const box = event.currentTarget.getBoundingClientRect()
    // The keyboard's menu key has no place of its own.
    const isKeyboard = event.clientX === 0 && event.clientY === 0
    props.handlers.onMenu(
      props.asset,
      props.index,
      isKeyboard
        ? { x: box.left + box.width / 2, y: box.top + box.height / 2 }
        : { x: event.clientX, y: event.clientY }
    )
  }
})

/** A face in the grid. */
export const AssetCard = memo((props: CellProps & { readonly posterHeight: number }) => {
  const { asset, account, isDeleting } = props
  const [isLookedAt, setIsLookedAt] = useState(false)
  const state = assetState(asset, isDeleting)
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are drawn by position, which a table cannot do
    // biome-ignore lint/a11y/useFocusableInteractive: tabIndex is among the attributes
    <div
      role="gridcell"
      className={classes['card']}
      {...attributesOf(props)}
      onPointerEnter={() => setIsLookedAt(true)}
      onPointerLeave={() => setIsLookedAt(false)}
      onFocus={() => setIsLookedAt(true)}
      onBlur={() => setIsLookedAt(false)}
    >
      <div
        className={classes['cardPoster']}
        style={{ height: props.posterHeight }}
        data-account-color={account?.color ?? 'gray'}
      >
        <Poster
          posterId={asset.posterId}
          name={asset.name}
          isPlaying={isLookedAt}
          isHurried={props.handlers.isHurried}
          isDimmed={isShadowed(asset, isDeleting)}
        />
        {account?.isSample === true && (
          <span className={classes['badge']}>
            <SampleBadge label={words.common.sampleData} />
          </span>
        )}
        <CellButtons {...props} />
      </div>
      <div className={classes['caption']}>
        <strong className={classes['name']}>
          <PersonText text={assetName(asset)} />
        </strong>
        <StateMark tone={state.tone} text={state.text} canWrap />
        {asset.status === 'training' && asset.progress !== null && !isDeleting && (
          <ProgressBar percent={asset.progress} label={words.library.columns.progress} />
        )}
      </div>
    </div>
  )
})

/** One line in the list. */
export const AssetLine = memo((props: CellProps) => {
  const { asset, account, isDeleting } = props
  const state = assetState(asset, isDeleting)
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are drawn by position, which a table cannot do
    // biome-ignore lint/a11y/useFocusableInteractive: tabIndex is among the attributes
    <div
      role="row"
      className={classes['line']}
      {...attributesOf(props)}
      aria-rowindex={props.index + 2}
    >
      <Cell className={classes['thumb']}>
        <span className={classes['thumbFrame']} data-account-color={account?.color ?? 'gray'}>
          <Poster
            posterId={asset.posterId}
            name={asset.name}
            isHurried={props.handlers.isHurried}
            isDimmed={isShadowed(asset, isDeleting)}
          />
        </span>
      </Cell>
      <Cell className={classes['lineName']}>
        {account !== null && <AccountDot color={account.color} />}
        <strong className={classes['name']}>
          <PersonText text={assetName(asset)} />
        </strong>
        {account?.isSample === true && <SampleBadge label={words.common.sampleData} />}
      </Cell>
      <Cell className={classes['lineId']}>
        <code title={asset.ref.id}>{asset.ref.id}</code>
      </Cell>
      <Cell>
        <StateMark tone={state.tone} text={state.text} />
      </Cell>
      <Cell className={classes['optional']}>
        {asset.status === 'training' && asset.progress !== null && (
          <span className={classes['lineProgress']}>
            <ProgressBar percent={asset.progress} label={words.library.columns.progress} />
            {percent(asset)}
          </span>
        )}
      </Cell>
      <Cell className={classes['optional']}>{asset.model ?? ''}</Cell>
      <Cell className={classes['optional']}>{originText(asset.origin)}</Cell>
      <Cell className={classes['created']}>
        {asset.createdAt !== null && (
          <time dateTime={asset.createdAt} title={exactTime(asset.createdAt)}>
            {shortDate(asset.createdAt)}
          </time>
        )}
      </Cell>
      <Cell className={classes['lineButtons']}>
        <CellButtons {...props} />
      </Cell>
    </div>
  )
})

const Cell = ({
  className,
  children
}: {
  readonly className?: string | undefined
  readonly children?: React.ReactNode
}) => (
  // biome-ignore lint/a11y/useSemanticElements: rows are drawn by position, which a table cannot do
  // biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus, not each of its cells
  <div role="gridcell" className={`${classes['cell']} ${className ?? ''}`}>
    {children}
  </div>
)
