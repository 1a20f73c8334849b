import {
  IconArrowDown,
  IconArrowUp,
  IconBookmark,
  IconDots,
  IconPencil,
  IconTrash
} from '@tabler/icons-react'
import { useState } from 'react'
import type { HistoryView } from '../../shared/domain/history.ts'
import { t } from '../../shared/messages/messages.ts'
import { useApp } from '../state/use-app.ts'
import { isViewOn } from '../state/views-slice.ts'
import { FloatingMenu, type MenuPoint } from '../ui/floating-menu.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { PersonText } from '../ui/person-text.tsx'
import classes from './side-bar.module.css'

const icon = { size: 16, 'aria-hidden': true } as const

interface MenuProps {
  readonly view: HistoryView
  readonly at: MenuPoint
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly onClose: () => void
}

const ViewMenu = ({ view, at, isFirst, isLast, onClose }: MenuProps) => {
  const openViewForm = useApp((state) => state.openViewForm)
  const moveView = useApp((state) => state.moveView)
  const removeView = useApp((state) => state.removeView)
  return (
    <FloatingMenu
      label={t('history.views.actions', { name: view.name })}
      at={at}
      onClose={onClose}
      groups={[
        [
          {
            label: t('history.views.rename'),
            icon: <IconPencil {...icon} />,
            run: () => openViewForm(view)
          },
          {
            label: t('history.views.up'),
            icon: <IconArrowUp {...icon} />,
            isDisabled: isFirst,
            run: () => void moveView(view, -1)
          },
          {
            label: t('history.views.down'),
            icon: <IconArrowDown {...icon} />,
            isDisabled: isLast,
            run: () => void moveView(view, 1)
          }
        ],
        [
          {
            label: t('history.views.remove'),
            icon: <IconTrash {...icon} />,
            isDanger: true,
            run: () => void removeView(view)
          }
        ]
      ]}
    />
  )
}

type ItemProps = Omit<MenuProps, 'at' | 'onClose'>

const View = ({ view, ...place }: ItemProps) => {
  const isOn = useApp((state) => isViewOn(state, view))
  const showView = useApp((state) => state.showView)
  const [at, setAt] = useState<MenuPoint | null>(null)
  return (
    <li className={classes['view']}>
      <button
        type="button"
        className={classes['link']}
        aria-label={view.name}
        aria-current={isOn ? 'true' : undefined}
        title={view.name}
        onClick={() => showView(view)}
        onContextMenu={(event) => {
          event.preventDefault()
          // The menu key names no point of its own.
          const box = event.currentTarget.getBoundingClientRect()
          const isByKey = event.clientX === 0 && event.clientY === 0
          setAt(isByKey ? { x: box.right, y: box.bottom } : { x: event.clientX, y: event.clientY })
        }}
      >
        <IconBookmark size={16} aria-hidden="true" />
        <span className={classes['linkLabel']}>
          <PersonText text={view.name} />
        </span>
      </button>
      <IconButton
        label={t('history.views.actions', { name: view.name })}
        aria-haspopup="menu"
        aria-expanded={at !== null}
        className={classes['viewActions'] ?? ''}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          setAt({ x: box.right, y: box.bottom })
        }}
      >
        <IconDots size={16} />
      </IconButton>
      {at !== null && <ViewMenu view={view} at={at} onClose={() => setAt(null)} {...place} />}
    </li>
  )
}

/** Filters of the history that were saved, below it. */
export const SavedViews = () => {
  const views = useApp((state) => state.settings.historyViews)
  return (
    <ul className={classes['views']} aria-label={t('history.views.label')}>
      {views.map((view, index) => (
        <View key={view.id} view={view} isFirst={index === 0} isLast={index === views.length - 1} />
      ))}
    </ul>
  )
}
