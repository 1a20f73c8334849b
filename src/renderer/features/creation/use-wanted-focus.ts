import { type RefObject, useEffect, useRef } from 'react'
import type { DraftField } from '../../../shared/catalogue/draft-fields.ts'
import type { DraftId } from '../../../shared/domain/draft.ts'
import { useApp } from '../../state/use-app.ts'

/** The input of a field, which gets the focus once that is the one to be filled in next. */
export const useWantedFocus = (
  draftId: DraftId,
  field: DraftField
): RefObject<HTMLInputElement | null> => {
  const input = useRef<HTMLInputElement>(null)
  const isWanted = useApp(
    ({ wantedField }) => wantedField?.draftId === draftId && wantedField.field === field
  )
  const noteFieldFocused = useApp((state) => state.noteFieldFocused)
  useEffect(() => {
    if (!isWanted) return
    input.current?.focus()
    noteFieldFocused()
  }, [isWanted, noteFieldFocused])
  return input
}
