import '@mantine/core/styles/Popover.layer.css'
import '@mantine/core/styles/Menu.layer.css'
import { Menu } from '@mantine/core'
import { Fragment, type ReactNode } from 'react'
import classes from './floating-menu.module.css'
import { useFocusReturn } from './focus-return.ts'

export interface MenuPoint {
  readonly x: number
  readonly y: number
}

export interface MenuEntry {
  /** Where two may have the same label. */
  readonly id?: string
  readonly label: string
  readonly icon?: ReactNode
  readonly isDanger?: boolean
  readonly isDisabled?: boolean
  readonly hint?: string
  /** For an entry that is on or off; choosing it leaves the menu open. */
  readonly isChecked?: boolean
  readonly run: () => void
}

interface Props {
  readonly label: string
  readonly at: MenuPoint
  /** Groups of entries, with a line between them. */
  readonly groups: readonly (readonly MenuEntry[])[]
  /** What each of the groups is about. */
  readonly headings?: readonly string[] | undefined
  readonly onClose: () => void
}

const Entry = ({ entry }: { readonly entry: MenuEntry }) => {
  const content = (
    <>
      {entry.label}
      {entry.hint !== undefined && <span className={classes['hint']}>{entry.hint}</span>}
    </>
  )
  const className = entry.isDanger === true ? classes['danger'] : classes['item']
  if (entry.isChecked !== undefined) {
    return (
      <Menu.CheckboxItem checked={entry.isChecked} className={className} onChange={entry.run}>
        {content}
      </Menu.CheckboxItem>
    )
  }
  return (
    <Menu.Item
      leftSection={entry.icon}
      disabled={entry.isDisabled === true}
      className={className}
      onClick={entry.run}
    >
      {content}
    </Menu.Item>
  )
}

const Entries = ({ entries }: { readonly entries: readonly MenuEntry[] }) =>
  entries.map((entry) => <Entry key={entry.id ?? entry.label} entry={entry} />)

interface GroupProps {
  readonly heading: string | undefined
  readonly entries: readonly MenuEntry[]
}

const Group = ({ heading, entries }: GroupProps) =>
  heading === undefined ? (
    <Entries entries={entries} />
  ) : (
    // biome-ignore lint/a11y/useSemanticElements: a menu has groups, not sets of fields
    <div role="group" aria-label={heading}>
      <Menu.Label aria-hidden="true">{heading}</Menu.Label>
      <Entries entries={entries} />
    </div>
  )

/** What is left between a menu and the edge of the window, in CSS pixels; the style sheet knows it too. */
const edge = 8

/** A low window has no room above its anchor nor below: then the menu may lie over it. */
const unlimited = { fn: ({ x, y }: MenuPoint): MenuPoint => ({ x, y }) }

/** One menu for a whole list, at a point: a list of thousands must not hold thousands of menus. */
export const FloatingMenu = ({ label, at, groups, headings, onClose }: Props) => {
  useFocusReturn()
  return (
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
      // What opened it may be cut by the edge of its list; the menu itself has room above or below.
      hideDetached={false}
      middlewares={{ flip: true, shift: { crossAxis: true, padding: edge, limiter: unlimited } }}
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
          <Fragment key={headings?.[index] ?? entries[0]?.label}>
            {index > 0 && <Menu.Divider />}
            <Group heading={headings?.[index]} entries={entries} />
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
