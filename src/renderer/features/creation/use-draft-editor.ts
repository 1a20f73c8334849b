import { useCallback, useEffect, useRef, useState } from 'react'
import type { LinkField } from '../../../shared/catalogue/draft-fields.ts'
import type { Draft, DraftPatch } from '../../../shared/domain/draft.ts'
import { useApp } from '../../state/use-app.ts'
import { stillToSend, stillToShow } from './link-edits.ts'

/** Long enough for a word, short enough that findings come while one looks. */
const restMs = 450

export interface DraftEditor {
  /** What was typed and is not yet what main holds. */
  readonly edits: DraftPatch
  readonly change: (patch: DraftPatch) => void
  readonly focusLink: (field: LinkField) => void
  readonly blurLink: () => void
  readonly flush: () => Promise<boolean>
}

/** Types ahead of main: fields answer at once, main gets what was typed after a rest, in order. */
export const useDraftEditor = (draft: Draft): DraftEditor => {
  const updateDraft = useApp((state) => state.updateDraft)
  const [edits, setEdits] = useState<DraftPatch>({})
  const pending = useRef<DraftPatch>({})
  const focused = useRef<LinkField | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const queue = useRef<Promise<boolean>>(Promise.resolve(true))

  const send = useCallback(async (): Promise<boolean> => {
    const sent = pending.current
    if (Object.keys(sent).length === 0) return true
    const answer = await updateDraft(draft.id, sent)
    if (!answer.ok) return false
    pending.current = stillToSend(pending.current, sent)
    setEdits((shown) => stillToShow(shown, sent, focused.current))
    return true
  }, [draft.id, updateDraft])

  const flush = useCallback((): Promise<boolean> => {
    clearTimeout(timer.current)
    queue.current = queue.current.then(send)
    return queue.current
  }, [send])

  const change = useCallback(
    (patch: DraftPatch) => {
      pending.current = { ...pending.current, ...patch }
      setEdits((shown) => ({ ...shown, ...patch }))
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void flush(), restMs)
    },
    [flush]
  )

  const focusLink = useCallback((field: LinkField) => {
    focused.current = field
  }, [])

  const blurLink = useCallback(() => {
    const left = focused.current
    focused.current = null
    void flush().then((isSaved) => {
      if (!isSaved || left === null || left in pending.current) return
      setEdits(({ [left]: _, ...kept }) => kept)
    })
  }, [flush])

  // Leaving the screen must not lose what was typed last.
  useEffect(() => () => void flush(), [flush])

  return { edits, change, focusLink, blurLink, flush }
}
