import { useContext, useEffect } from 'react'
import { StoreContext, useApp } from '../state/use-app.ts'

/** Another field may be a combobox too, such as the one for a model. */
const isInField = (): boolean => document.activeElement?.matches('[data-palette-field]') === true

const isDrawn = (): boolean => document.querySelector('[data-palette-field]') !== null

/** What `text` becomes by a key that is typed, or null if the key types nothing. */
const typed = (text: string, event: KeyboardEvent): string | null => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null
  if (event.key === 'Backspace') return text.slice(0, -1)
  return event.key.length === 1 ? text + event.key : null
}

/** The palette takes what is typed from its key on, whether or not its field is there already. */
export const useTypedAhead = (): void => {
  const store = useContext(StoreContext)
  const isOpen = useApp((state) => state.overlay === 'palette')
  useEffect(() => {
    if (!isOpen || store === null) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (isInField()) return
      const { paletteText, setPaletteText, closeOverlay } = store.getState()
      const text = typed(paletteText, event)
      // Nothing behind it may hear what is meant for it; commands close it or do nothing.
      if (
        text === null &&
        (event.ctrlKey || event.metaKey || (isDrawn() && event.key !== 'Enter'))
      ) {
        return
      }
      event.preventDefault()
      event.stopPropagation()
      if (text !== null) setPaletteText(text)
      else if (event.key === 'Escape') closeOverlay()
    }
    window.addEventListener('keydown', onKeyDown, true)
    return () => window.removeEventListener('keydown', onKeyDown, true)
  }, [isOpen, store])
}
