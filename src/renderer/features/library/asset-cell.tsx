import { type MouseEvent, memo, useState } from 'react'
import type { ListColumn } from '../../../shared/catalogue/columns.ts'
import { targetKey } from '../../../shared/catalogue/keys.ts'
import type { Account } from '../../../shared/domain/account.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import { t } from '../../../shared/messages/messages.ts'
import { isDeletionOutOfReach } from '../../state/library-reach.ts'
import { useApp } from '../../state/use-app.ts'
import { assetLabel, assetName, assetState } from '../../text/asset-words.ts'
import { usesText } from '../../text/model-words.ts'
import { AssetPoster } from '../../ui/asset-poster.tsx'
import { Glyph } from '../../ui/glyph.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { menuPointOf } from '../../ui/menu-point.ts'
import { PersonText } from '../../ui/person-text.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { SampleBadge } from '../../ui/sample-badge.tsx'
import type { ScrollRest } from '../../ui/scroll-rest.ts'
import { StateMark } from '../../ui/state-mark.tsx'
import classes from './asset-cell.module.css'
import { ListCell } from './list-cell.tsx'
import { RenameField } from './rename-field.tsx'
import { SelectBox } from './select-box.tsx'

/** What a click with a modifier key, a tick or a range asks for. */
export type ChoiceKind = 'one' | 'range'

/** The same for every cell and every drawing, so that cells that did not change are left alone. */
export interface CellHandlers {
  /** Pictures wait for a rest while the person scrolls past. */
  readonly rest: ScrollRest
  readonly onSelect: (asset: Asset, index: number) => void
  readonly onChoose: (asset: Asset, index: number, kind: ChoiceKind) => void
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
  /** True for the one whose details are open. */
  readonly isSelected: boolean
  /** True if it is ticked, to be worked on with others. */
  readonly isChosen: boolean
  /** True for the one that the Tab key reaches. */
  readonly isMarked: boolean
  readonly isMenuOpen: boolean
  /** True while its name is edited where it stands. */
  readonly isRenaming: boolean
  /** Sample data is marked one by one where other accounts are in view; elsewhere the title says it. */
  readonly isMixed: boolean
  /** Whether things of several accounts stand side by side, so that their colours say something. */
  readonly isSeveral: boolean
  readonly handlers: CellHandlers
}

const offlineHint = () => ({
  title: t('library.offlineReason'),
  'aria-description': t('library.offlineReason')
})

const CellButtons = (props: CellProps) => {
  const { asset, index, isMarked, isMenuOpen, isDeleting, handlers } = props
  const isBlocked = useApp((state) => isDeletionOutOfReach(state.sync, asset.ref))
  const name = assetName(asset)
  const openMenu = (event: MouseEvent<HTMLButtonElement>) => {
    event.stopPropagation()
    const box = event.currentTarget.getBoundingClientRect()
    handlers.onMenu(asset, index, { x: box.right, y: box.bottom })
  }
  return (
    <div className={classes['buttons']} data-open={isMenuOpen}>
      {asset.presence === 'listed' && (
        <IconButton
          label={t('library.deleteNamed', { name })}
          data-part="delete"
          tabIndex={isMarked ? 0 : -1}
          disabled={isDeleting || isBlocked}
          {...(isBlocked ? offlineHint() : {})}
          onClick={(event) => {
            event.stopPropagation()
            // The button cannot be pressed any more and would lose the focus, and with it the keys their place.
            event.currentTarget.closest<HTMLElement>('[data-key]')?.focus({ preventScroll: true })
            handlers.onDelete(asset)
          }}
        >
          <Glyph name="trash" size={16} />
        </IconButton>
      )}
      <IconButton
        label={t('library.actionsFor', { name })}
        data-part="actions"
        tabIndex={isMarked ? 0 : -1}
        aria-haspopup="menu"
        aria-expanded={isMenuOpen}
        onClick={openMenu}
      >
        <Glyph name="dots" size={16} />
      </IconButton>
    </div>
  )
}

const Tick = ({ asset, index, isChosen, isMarked, handlers }: CellProps) =>
  asset.presence === 'gone' ? (
    <span />
  ) : (
    <SelectBox
      asset={asset}
      isChosen={isChosen}
      isReachable={isMarked}
      onChoose={(isRange) => handlers.onChoose(asset, index, isRange ? 'range' : 'one')}
    />
  )

const isShadowed = (asset: Asset, isDeleting: boolean): boolean =>
  isDeleting || asset.deletion !== null || asset.presence === 'gone'

const attributesOf = (props: CellProps) => ({
  'data-index': props.index,
  // What the keys act on, through whatever becomes of the rows around it.
  'data-key': targetKey(props.asset.ref),
  'data-selected': props.isSelected,
  'data-chosen': props.isChosen,
  'aria-label': assetLabel(props.asset, props.isDeleting),
  'aria-selected': props.isChosen,
  ...(props.isSelected ? { 'aria-current': true } : {}),
  tabIndex: props.isMarked ? 0 : -1,
  onClick: (event: MouseEvent<HTMLElement>) => {
    const { asset, index, handlers } = props
    if (event.shiftKey) handlers.onChoose(asset, index, 'range')
    else if (event.ctrlKey || event.metaKey) handlers.onChoose(asset, index, 'one')
    else handlers.onSelect(asset, index)
  },
  onContextMenu: (event: MouseEvent<HTMLElement>) => {
    event.preventDefault()
    props.handlers.onMenu(props.asset, props.index, menuPointOf(event))
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
      onBlur={({ currentTarget, relatedTarget }) => {
        // From one part of it to another, as by a press, nothing may go that is just being pressed.
        if (!currentTarget.contains(relatedTarget)) setIsLookedAt(false)
      }}
    >
      <div
        className={classes['cardPoster']}
        style={{ height: props.posterHeight }}
        {...(props.isSeveral ? { 'data-account-color': account?.color ?? 'gray' } : {})}
      >
        <AssetPoster
          asset={asset}
          clipId={asset.ref.kind === 'replica' ? asset.clipId : null}
          isPlaying={isLookedAt}
          rest={props.handlers.rest}
          isDimmed={isShadowed(asset, isDeleting)}
        />
        {asset.presence === 'listed' && (
          <span className={classes['tick']}>
            <Tick {...props} />
          </span>
        )}
        <CellButtons {...props} />
        {props.isMixed && account?.isSample === true && (
          <span className={classes['sample']}>
            <SampleBadge label={t('nav.sample')} />
          </span>
        )}
        {asset.status === 'training' &&
          asset.progress !== null &&
          !isShadowed(asset, isDeleting) && (
            <span className={classes['progress']}>
              <ProgressBar percent={asset.progress} label={t('library.columns.progress')} />
            </span>
          )}
      </div>
      <div className={classes['caption']} data-kind={asset.ref.kind}>
        {props.isRenaming ? (
          <RenameField asset={asset} />
        ) : (
          <strong className={classes['name']}>
            <PersonText text={assetName(asset)} />
          </strong>
        )}
        <span className={classes['standing']}>
          <StateMark tone={state.tone} text={state.text} lines="two" />
          {asset.isPinned && <Glyph name="pin" size={14} className={classes['pin']} />}
        </span>
        {asset.ref.kind === 'version' && (
          <span className={classes['uses']} title={usesText(asset)}>
            {usesText(asset)}
          </span>
        )}
      </div>
    </div>
  )
})

/** One line in the list. */
export const AssetLine = memo(
  (
    props: CellProps & {
      readonly columns: readonly ListColumn[]
    }
  ) => {
    const { asset, account, isDeleting } = props
    return (
      // biome-ignore lint/a11y/useSemanticElements: rows are drawn by position, which a table cannot do
      // biome-ignore lint/a11y/useFocusableInteractive: tabIndex is among the attributes
      <div
        role="row"
        className={classes['line']}
        {...attributesOf(props)}
        aria-rowindex={props.index + 2}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: rows are drawn by position, which a table cannot do */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus, not each of its cells */}
        <div role="gridcell" className={classes['face']}>
          <Tick {...props} />
          <AssetPoster
            key={asset.posterId}
            asset={asset}
            clipId={asset.ref.kind === 'voice' ? null : asset.clipId}
            rest={props.handlers.rest}
            isDimmed={isShadowed(asset, isDeleting)}
            isSmall
          />
        </div>
        {props.columns.map((column) => (
          <ListCell
            key={column}
            column={column}
            asset={asset}
            account={account}
            isDeleting={isDeleting}
            isMixed={props.isMixed}
            isSeveral={props.isSeveral}
            isRenaming={props.isRenaming}
          />
        ))}
        {/* biome-ignore lint/a11y/useSemanticElements: rows are drawn by position, which a table cannot do */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus, not each of its cells */}
        <div role="gridcell">
          <CellButtons {...props} />
        </div>
      </div>
    )
  }
)
