import { IconLink, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useApp } from '../state/use-app.ts'
import { words } from '../text/words.ts'
import { isDialogOpen, isTyping } from '../ui/keyboard.ts'
import classes from './drop-overlay.module.css'
import { carriedText, type DragKind, dragKind, mayHoldLink } from './dropped-text.ts'

/** Main refuses more at once; nobody drops that much by intention. */
const mostCharacters = 200_000

/** The whole window takes links, by drop and by paste. Nothing that is dropped may ever navigate it. */
const useIncomingLinks = (): DragKind | null => {
  const addDrafts = useApp((state) => state.addDrafts)
  const tell = useApp((state) => state.tell)
  const [over, setOver] = useState<DragKind | null>(null)

  useEffect(() => {
    const take = (text: string, hasFiles: boolean) => {
      if (mayHoldLink(text)) void addDrafts(text.slice(0, mostCharacters))
      else tell({ kind: hasFiles ? 'files-dropped' : 'nothing-dropped' })
    }
    const onDragOver = (event: DragEvent) => {
      event.preventDefault()
      if (event.dataTransfer === null) return
      event.dataTransfer.dropEffect = 'copy'
      setOver(dragKind(event.dataTransfer.types))
    }
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(null)
    }
    const onDrop = (event: DragEvent) => {
      event.preventDefault()
      setOver(null)
      if (event.dataTransfer === null) return
      take(carriedText(event.dataTransfer), event.dataTransfer.types.includes('Files'))
    }
    const onPaste = (event: ClipboardEvent) => {
      if (isTyping(event) || isDialogOpen() || event.clipboardData === null) return
      const text = carriedText(event.clipboardData)
      if (mayHoldLink(text)) void addDrafts(text.slice(0, mostCharacters))
    }
    window.addEventListener('dragenter', onDragOver)
    window.addEventListener('dragover', onDragOver)
    window.addEventListener('dragleave', onDragLeave)
    window.addEventListener('drop', onDrop)
    window.addEventListener('paste', onPaste)
    return () => {
      window.removeEventListener('dragenter', onDragOver)
      window.removeEventListener('dragover', onDragOver)
      window.removeEventListener('dragleave', onDragLeave)
      window.removeEventListener('drop', onDrop)
      window.removeEventListener('paste', onPaste)
    }
  }, [addDrafts, tell])

  return over
}

export const DropOverlay = () => {
  const over = useIncomingLinks()
  if (over === null) return null
  const isFiles = over === 'files'
  return (
    <div role="status" className={classes['overlay']} data-kind={over}>
      <div className={classes['sign']}>
        {isFiles ? <IconX size={28} /> : <IconLink size={28} />}
        <strong>{isFiles ? words.creation.overlayFiles : words.creation.overlayTitle}</strong>
        <span>{isFiles ? words.creation.overlayFilesText : words.creation.overlayText}</span>
      </div>
    </div>
  )
}
