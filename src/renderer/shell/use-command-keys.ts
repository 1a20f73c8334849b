import { useEffect } from 'react'
import { commandOf } from '../../shared/commands.ts'
import { useApp } from '../state/use-app.ts'
import { isDialogOpen, isTyping } from '../ui/keyboard.ts'

/** Signs without Ctrl or Cmd belong to the field while one types. */
const isText = (event: KeyboardEvent): boolean => !event.ctrlKey && !event.metaKey

/** The keys of the commands, wherever the focus is. A dialog has the window for itself. */
export const useCommandKeys = (): void => {
  const runCommand = useApp((state) => state.runCommand)
  const closeOverlay = useApp((state) => state.closeOverlay)
  const undoDeletion = useApp((state) => state.undoDeletion)
  const undoChange = useApp((state) => state.undoChange)
  const go = useApp((state) => state.go)
  const overlay = useApp((state) => state.overlay)
  const place = useApp((state) => state.place)
  const isMac = useApp(({ boot }) => boot.kind === 'ready' && boot.value.platform === 'mac')
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || event.isComposing) return
      const command = commandOf(event, isMac)
      if (command === null) {
        const isStepBack = event.key === 'Escape' && place === 'new-replica'
        if (isStepBack && !isDialogOpen() && !isTyping(event)) go('replicas')
        return
      }
      if (isText(event) && isTyping(event)) return
      // What is held can be taken back wherever the hands are; without any, the key undoes typing as ever.
      if (command === 'undo-deletion') {
        if (undoDeletion() || (!isTyping(event) && !isDialogOpen() && undoChange())) {
          event.preventDefault()
        }
        return
      }
      if (overlay === 'palette' && command === 'command-palette') closeOverlay()
      else if (isDialogOpen()) return
      else runCommand(command)
      event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [runCommand, closeOverlay, undoDeletion, undoChange, go, overlay, place, isMac])
}

/** Puts the focus into the search field of the screen each time Find is asked for. */
export const useFindFocus = (): void => {
  const findCount = useApp((state) => state.findCount)
  useEffect(() => {
    if (findCount === 0) return
    const field = document.querySelector<HTMLInputElement>('#content input[type="search"]')
    field?.focus()
    field?.select()
  }, [findCount])
}
