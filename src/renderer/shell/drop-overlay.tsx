import { IconFileText, IconLink, IconMovie } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { keeperName } from '../../shared/catalogue/kinds.ts'
import { providers } from '../../shared/catalogue/providers.ts'
import { useApp } from '../state/use-app.ts'
import { overlayWords } from '../text/drop-words.ts'
import { namesModel } from '../text/model-words.ts'
import { isDialogOpen, isTyping } from '../ui/keyboard.ts'
import classes from './drop-overlay.module.css'
import {
  carriedFiles,
  carriedText,
  type DragKind,
  draggedFiles,
  dragKind,
  mayHoldLink
} from './dropped-text.ts'

interface Over {
  readonly kind: DragKind
  readonly files: number
}

const isSame = (a: Over | null, b: Over): boolean => a?.kind === b.kind && a.files === b.files

/** A link in a name is never meant for it, and is not to be stored with one either: it may be signed. */
const isNoPlaceForLinks = ({ target }: Event): boolean =>
  target instanceof HTMLElement && target.closest('[data-no-links]') !== null

const useTakesModels = (): boolean =>
  useApp((state) => state.accounts.some(({ provider }) => providers[provider].takesNames))

/** The whole window takes links and files of links, by drop and by paste. Nothing dropped may ever navigate it. */
const useIncomingLinks = (): Over | null => {
  const addDrafts = useApp((state) => state.addDrafts)
  const importFiles = useApp((state) => state.importFiles)
  const tell = useApp((state) => state.tell)
  const openAddModel = useApp((state) => state.openAddModel)
  const takesModels = useTakesModels()
  const [over, setOver] = useState<Over | null>(null)

  useEffect(() => {
    const take = (carrier: DataTransfer): boolean => {
      const carried = carriedFiles(carrier)
      const files = carried.filter(({ isFolder }) => !isFolder).map(({ file }) => file)
      const folders = carried.filter(({ isFolder }) => isFolder).map(({ file }) => file.name)
      const text = carriedText(carrier)
      if (takesModels && namesModel(text)) openAddModel(text.trim())
      else if (/https?:/i.test(text)) void addDrafts(text)
      else if (carried.length > 0) void importFiles(files, folders)
      else if (mayHoldLink(text)) void addDrafts(text)
      else return false
      return true
    }
    // What is dragged out of this window, such as a poster, is not dropped into it.
    let isOurs = false
    const onDragStart = (event: DragEvent) => {
      // A drag that was handed to the system ends there, and nothing tells of it here.
      isOurs = !event.defaultPrevented
    }
    const onDragEnd = () => {
      isOurs = false
    }
    const onDragOver = (event: DragEvent) => {
      event.preventDefault()
      if (event.dataTransfer === null || isOurs) return
      event.dataTransfer.dropEffect = 'copy'
      const now = { kind: dragKind(event.dataTransfer), files: draggedFiles(event.dataTransfer) }
      setOver((before) => (isSame(before, now) ? before : now))
    }
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(null)
    }
    const onDrop = (event: DragEvent) => {
      event.preventDefault()
      setOver(null)
      if (event.dataTransfer === null || isOurs) return
      if (!take(event.dataTransfer)) tell({ kind: 'nothing-dropped' })
    }
    const onPaste = (event: ClipboardEvent) => {
      const { clipboardData: carrier } = event
      if (carrier === null || isDialogOpen()) return
      if (isTyping(event)) {
        if (!isNoPlaceForLinks(event) || !mayHoldLink(carriedText(carrier))) return
        event.preventDefault()
      }
      take(carrier)
    }
    window.addEventListener('dragstart', onDragStart)
    window.addEventListener('dragend', onDragEnd)
    window.addEventListener('dragenter', onDragOver)
    window.addEventListener('dragover', onDragOver)
    window.addEventListener('dragleave', onDragLeave)
    window.addEventListener('drop', onDrop)
    window.addEventListener('paste', onPaste)
    return () => {
      window.removeEventListener('dragstart', onDragStart)
      window.removeEventListener('dragend', onDragEnd)
      window.removeEventListener('dragenter', onDragOver)
      window.removeEventListener('dragover', onDragOver)
      window.removeEventListener('dragleave', onDragLeave)
      window.removeEventListener('drop', onDrop)
      window.removeEventListener('paste', onPaste)
    }
  }, [addDrafts, importFiles, tell, openAddModel, takesModels])

  return over
}

const icons = {
  links: <IconLink size={28} />,
  files: <IconFileText size={28} />,
  videos: <IconMovie size={28} />
} as const satisfies Record<DragKind, unknown>

export const DropOverlay = () => {
  const over = useIncomingLinks()
  const takesModels = useTakesModels()
  if (over === null) return null
  const { title, text } = overlayWords({ ...over, takesModels, who: keeperName('replica') })
  return (
    <div role="status" className={classes['overlay']} data-kind={over.kind}>
      <div className={classes['sign']}>
        {icons[over.kind]}
        <strong>{title}</strong>
        <span>{text}</span>
      </div>
    </div>
  )
}
