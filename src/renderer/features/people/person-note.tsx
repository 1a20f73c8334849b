import type { Person } from '../../../shared/domain/person.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { NoteBox } from '../../ui/note-box.tsx'
import classes from './person-page.module.css'

/** What was written down about somebody. */
export const PersonNote = ({ person: { id, note } }: { readonly person: Person }) => {
  const known = useApp((state) => state.tags.get('person') ?? null)
  const saveNote = useApp((state) => state.saveNote)
  const loadTags = useApp((state) => state.loadTags)
  return (
    <section className={classes['group']} aria-label={t('notes.title')}>
      <h2 className={classes['saveHead']}>{t('notes.title')}</h2>
      <NoteBox
        key={id}
        note={note}
        known={known ?? []}
        onSave={(next) => saveNote({ what: 'person', personId: id }, next)}
        onTyping={() => void loadTags('person')}
      />
    </section>
  )
}
