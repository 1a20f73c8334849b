import { type MouseEvent, type ReactNode, Suspense, useState } from 'react'
import { createPortal } from 'react-dom'
import { t } from '../../shared/messages/messages.ts'
import type { MenuEntry, MenuPoint } from './floating-menu.tsx'
import { menuPointOf } from './menu-point.ts'
import { KeysHeld, loadedLater } from './preloaded.tsx'

const FloatingMenu = loadedLater(async () => (await import('./floating-menu.tsx')).FloatingMenu)

interface ContextMenu {
  readonly onContextMenu: (event: MouseEvent<HTMLElement>) => void
  /** To be rendered beside what it belongs to: in it, its presses would be those of a button, too. */
  readonly menu: ReactNode
}

/** A list that is drawn in parts moves and clips what lies in it: a menu would open elsewhere and under its rows. */
const menuPlace = (): Element => document.querySelector('main') ?? document.body

/** What can be done with the thing called `name`, by the right button, the menu key or Shift+F10. */
export const useContextMenu = (
  name: string,
  groupsOf: () => readonly (readonly MenuEntry[])[]
): ContextMenu => {
  const [at, setAt] = useState<MenuPoint | null>(null)
  return {
    onContextMenu: (event) => {
      // Text in a field has the system's own menu.
      if (event.target instanceof Element && event.target.closest('input, textarea') !== null)
        return
      event.preventDefault()
      event.stopPropagation()
      setAt(menuPointOf(event))
    },
    menu:
      at === null
        ? null
        : createPortal(
            <Suspense fallback={<KeysHeld />}>
              <FloatingMenu
                label={t('library.actionsFor', { name })}
                at={at}
                groups={groupsOf().filter(({ length }) => length > 0)}
                onClose={() => setAt(null)}
              />
            </Suspense>,
            menuPlace()
          )
  }
}
