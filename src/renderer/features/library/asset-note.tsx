import { useEffect, useRef } from 'react'
import { targetKey } from '../../../shared/catalogue/keys.ts'
import type { AssetRef } from '../../../shared/domain/asset.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { NoteBox } from '../../ui/note-box.tsx'
import classes from './detail-pane.module.css'

/** What was written down about an asset; it stays when the asset is gone. */
export const AssetNote = ({ asset }: { readonly asset: AssetRef }) => {
  const key = targetKey(asset)
  const note = useApp((state) => state.notes.get(key) ?? null)
  const known = useApp((state) => state.tags.get(asset.kind) ?? null)
  const loadNote = useApp((state) => state.loadNote)
  const saveNote = useApp((state) => state.saveNote)
  const loadTags = useApp((state) => state.loadTags)
  const ref = useRef(asset)
  ref.current = asset
  // By what it names, not by which object names it.
  useEffect(
    () => void (key !== '' && loadNote({ what: 'asset', ref: ref.current })),
    [key, loadNote]
  )
  if (note === null) return null
  return (
    <section aria-label={t('notes.title')}>
      <h3 className={classes['heading']}>{t('notes.title')}</h3>
      <NoteBox
        key={key}
        note={note}
        known={known ?? []}
        onSave={(next) => saveNote({ what: 'asset', ref: asset }, next)}
        onTyping={() => void loadTags(asset.kind)}
      />
    </section>
  )
}
