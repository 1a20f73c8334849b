import { type MouseEvent, type ReactNode, Suspense, useState } from 'react'
import { t } from '../../shared/messages/messages.ts'
import type { MenuEntry, MenuPoint } from './floating-menu.tsx'
import { menuPointOf } from './menu-point.ts'
import { KeysHeld, loadedLater } from './preloaded.tsx'

const FloatingMenu = loadedLater(async () => (await import('./floating-menu.tsx')).FloatingMenu)

interface ContextMenu {
  readonly onContextMenu: (event: MouseEvent<HTMLElement>) => void
  /** To be drawn beside what it belongs to, not in it: it would be part of a button. */
  readonly menu: ReactNode
}

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
      at === null ? null : (
        <Suspense fallback={<KeysHeld />}>
          <FloatingMenu
            label={t('library.actionsFor', { name })}
            at={at}
            groups={groupsOf().filter(({ length }) => length > 0)}
            onClose={() => setAt(null)}
          />
        </Suspense>
      )
  }
}
