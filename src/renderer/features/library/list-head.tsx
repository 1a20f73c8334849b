import { IconChevronDown } from '@tabler/icons-react'
import type { KeyboardEvent, PointerEvent, RefObject } from 'react'
import type { ListColumn } from '../../../shared/catalogue/columns.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import {
  boundedWidth,
  columnTemplate,
  narrowestColumnPx,
  nextSort,
  sortDirection,
  widestColumnPx
} from './asset-columns.ts'
import classes from './list-head.module.css'

interface Props {
  readonly className: string | undefined
  readonly columns: readonly ListColumn[]
  /** Holds the widths for the head and every line; while one is drawn, nothing else changes. */
  readonly grid: RefObject<HTMLElement | null>
}

const stepPx = 16

const widthOf = (handle: HTMLElement): number =>
  Math.round(handle.parentElement?.getBoundingClientRect().width ?? 0)

const Handle = ({ column, columns, grid }: Props & { readonly column: ListColumn }) => {
  const layout = useApp((state) => state.settings.libraryColumns)
  const updateSettings = useApp((state) => state.updateSettings)

  const show = (px: number) =>
    grid.current?.style.setProperty(
      '--rd-columns',
      columnTemplate(columns, { ...layout.widths, [column]: px })
    )
  const keep = (px: number) =>
    void updateSettings({
      libraryColumns: { ...layout, widths: { ...layout.widths, [column]: px } }
    })

  const drag = (event: PointerEvent<HTMLElement>) => {
    event.preventDefault()
    const handle = event.currentTarget
    const startX = event.clientX
    const startPx = widthOf(handle)
    let px = startPx
    const move = (moved: globalThis.PointerEvent) => {
      px = boundedWidth(startPx + moved.clientX - startX)
      show(px)
    }
    const end = () => {
      handle.removeEventListener('pointermove', move)
      if (px !== startPx) keep(px)
    }
    handle.setPointerCapture(event.pointerId)
    handle.addEventListener('pointermove', move)
    handle.addEventListener('lostpointercapture', end, { once: true })
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'ArrowRight' ? stepPx : event.key === 'ArrowLeft' ? -stepPx : 0
    if (step === 0) return
    event.preventDefault()
    event.stopPropagation()
    keep(boundedWidth(widthOf(event.currentTarget) + step))
  }

  const forget = () => {
    const { [column]: _forgotten, ...widths } = layout.widths
    void updateSettings({ libraryColumns: { ...layout, widths } })
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule between columns that can be moved is no thematic break
    <span
      role="separator"
      aria-orientation="vertical"
      aria-label={t('library.widthOf', { column: t(`library.columns.${column}`) })}
      aria-valuenow={layout.widths[column] ?? narrowestColumnPx}
      aria-valuemin={narrowestColumnPx}
      aria-valuemax={widestColumnPx}
      tabIndex={0}
      className={classes['handle']}
      onPointerDown={drag}
      onDoubleClick={forget}
      onKeyDown={onKeyDown}
    />
  )
}

export const ListHead = (props: Props) => {
  const sort = useApp((state) => state.filter.sort)
  const changeFilter = useApp((state) => state.changeFilter)
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are drawn by position, which a table cannot do
    <div role="rowgroup" className={classes['head']}>
      {/* biome-ignore lint/a11y/useSemanticElements: rows are drawn by position, which a table cannot do */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its buttons take the focus */}
      <div role="row" aria-rowindex={1} className={props.className}>
        <span role="presentation" />
        {props.columns.map((column) => (
          // biome-ignore lint/a11y/useSemanticElements: rows are drawn by position, which a table cannot do
          // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
          <div
            key={column}
            role="columnheader"
            className={classes['column']}
            aria-label={t(`library.columns.${column}`)}
            aria-sort={sortDirection(column, sort) ?? undefined}
          >
            <button
              type="button"
              className={classes['sort']}
              onClick={() => changeFilter({ sort: nextSort(column, sort) })}
            >
              <span className={classes['title']}>{t(`library.columns.${column}`)}</span>
              {sortDirection(column, sort) !== null && (
                <IconChevronDown
                  size={13}
                  aria-hidden="true"
                  className={classes['arrow']}
                  data-direction={sortDirection(column, sort)}
                />
              )}
            </button>
            <Handle {...props} column={column} />
          </div>
        ))}
        <span role="presentation" />
      </div>
    </div>
  )
}
