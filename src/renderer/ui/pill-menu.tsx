import { IconChevronDown } from '@tabler/icons-react'
import { Suspense, useRef, useState } from 'react'
import type { MenuEntry, MenuPoint } from './floating-menu.tsx'
import classes from './pill-select.module.css'
import { loadedLater } from './preloaded.tsx'

const FloatingMenu = loadedLater(async () => (await import('./floating-menu.tsx')).FloatingMenu)

interface Props {
  readonly label: string
  /** What stands on the chip; may say more than the label. */
  readonly text: string
  readonly isOn?: boolean
  readonly groups: readonly (readonly MenuEntry[])[]
  /** What each of the groups is about. */
  readonly headings?: readonly string[] | undefined
}

/** A chip that opens a list in which several can be chosen. */
export const PillMenu = ({ label, text, isOn = false, groups, headings }: Props) => {
  const [at, setAt] = useState<MenuPoint | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => {
    setAt(null)
    button.current?.focus({ preventScroll: true })
  }
  return (
    <span className={classes['pill']}>
      <button
        ref={button}
        type="button"
        aria-label={label}
        aria-description={text}
        aria-haspopup="menu"
        aria-expanded={at !== null}
        data-on={isOn}
        className={classes['select']}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          setAt({ x: box.right, y: box.bottom })
        }}
      >
        {text}
      </button>
      <IconChevronDown size={13} aria-hidden="true" className={classes['arrow']} />
      {at !== null && (
        <Suspense fallback={null}>
          <FloatingMenu label={label} at={at} groups={groups} headings={headings} onClose={close} />
        </Suspense>
      )}
    </span>
  )
}
