import '@mantine/core/styles/Popover.layer.css'
import '@mantine/core/styles/Menu.layer.css'
import { Menu } from '@mantine/core'
import { Fragment, type ReactNode } from 'react'
import classes from './floating-menu.module.css'

export interface MenuPoint {
  readonly x: number
  readonly y: number
}

export interface MenuEntry {
  readonly label: string
  readonly icon: ReactNode
  readonly isDanger?: boolean
  readonly isDisabled?: boolean
  readonly hint?: string
  readonly run: () => void
}

interface Props {
  readonly label: string
  readonly at: MenuPoint
  /** Groups of entries, with a line between them. */
  readonly groups: readonly (readonly MenuEntry[])[]
  readonly onClose: () => void
}

/** One menu for a whole list, at a point: a list of thousands must not hold thousands of menus. */
export const FloatingMenu = ({ label, at, groups, onClose }: Props) => (
  <Menu
    opened
    onClose={onClose}
    position="bottom-end"
    offset={4}
    shadow="md"
    returnFocus={false}
    withInitialFocusPlaceholder={false}
    withinPortal={false}
    floatingStrategy="fixed"
  >
    <Menu.Target>
      <button
        type="button"
        tabIndex={-1}
        aria-hidden="true"
        className={classes['anchor']}
        style={{ left: at.x, top: at.y }}
      >
        {label}
      </button>
    </Menu.Target>
    <Menu.Dropdown className={classes['dropdown']}>
      {groups.map((entries, index) => (
        <Fragment key={entries[0]?.label}>
          {index > 0 && <Menu.Divider />}
          {entries.map((entry) => (
            <Menu.Item
              key={entry.label}
              leftSection={entry.icon}
              disabled={entry.isDisabled === true}
              className={entry.isDanger === true ? classes['danger'] : classes['item']}
              onClick={entry.run}
            >
              {entry.label}
              {entry.hint !== undefined && <span className={classes['hint']}>{entry.hint}</span>}
            </Menu.Item>
          ))}
        </Fragment>
      ))}
    </Menu.Dropdown>
  </Menu>
)
