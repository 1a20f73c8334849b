import type { BrowserWindow } from 'electron'

const busy = new WeakSet<BrowserWindow>()

/** Shows a dialog of the system for a window, unless it has one open already: null then, as if it was canceled. */
export const showOnlyDialog = async <T>(
  window: BrowserWindow,
  show: () => Promise<T>
): Promise<T | null> => {
  if (window.isDestroyed() || busy.has(window)) return null
  busy.add(window)
  try {
    return await show()
  } finally {
    busy.delete(window)
  }
}
