import { Button } from '@mantine/core'
import { IconDownload, IconPlus } from '@tabler/icons-react'
import { Suspense, useEffect, useState } from 'react'
import type { ConsentNote } from '../../../shared/domain/consent-note.ts'
import type { Person } from '../../../shared/domain/person.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { consentStatement } from '../../text/consent-statement.ts'
import { describeError } from '../../text/describe-error.ts'
import { noteTitle, noteUntil } from '../../text/person-words.ts'
import { FactList } from '../../ui/fact-list.tsx'
import { MessageBox } from '../../ui/message-box.tsx'
import { loadedLater } from '../../ui/preloaded.tsx'
import classes from './consent-notes.module.css'

const ConfirmDialog = loadedLater(
  async () => (await import('../../ui/confirm-dialog.tsx')).ConfirmDialog
)

const Note = ({ note }: { readonly note: ConsentNote }) => {
  const removeConsentNote = useApp((state) => state.removeConsentNote)
  const [isRemoving, setIsRemoving] = useState(false)
  const { scope, place, clip } = note
  const video = place === 'consent-video' ? 'separate' : 'training'
  const title = noteTitle(note)
  return (
    <li className={classes['note']} aria-label={title}>
      <div className={classes['head']}>
        <h3 className={classes['title']} dir="auto">
          {title}
        </h3>
        <Button
          size="xs"
          variant="subtle"
          aria-label={t('consent.removeNamed', { title })}
          onClick={() => setIsRemoving(true)}
        >
          {t('consent.remove')}
        </Button>
      </div>
      <FactList
        rows={[
          { name: t('consent.until'), value: noteUntil(note) },
          ...(scope === ''
            ? []
            : [
                {
                  name: t('consent.scope'),
                  value: (
                    <span className={classes['words']} dir="auto">
                      {scope}
                    </span>
                  )
                }
              ]),
          { name: t('consent.spokenIn'), value: t('consent.place', { place: video }) },
          ...(clip === null
            ? []
            : [
                { name: t('consent.clip'), value: <bdi>{clip.fileName}</bdi> },
                { name: 'SHA-256', value: <code className={classes['hash']}>{clip.sha256}</code> }
              ])
        ]}
      />
      <details>
        <summary className={classes['dim']}>{t('consent.statement')}</summary>
        <blockquote className={classes['words']} dir="auto">
          {note.statement}
        </blockquote>
      </details>
      <Suspense fallback={null}>
        {isRemoving && (
          <ConfirmDialog
            title={t('consent.removeTitle')}
            text={t('consent.removeText')}
            confirmLabel={t('consent.remove')}
            cancelLabel={t('common.cancel')}
            onConfirm={() => removeConsentNote(note.id)}
            onClose={() => setIsRemoving(false)}
          />
        )}
      </Suspense>
    </li>
  )
}

const List = () => {
  const notes = useApp((state) => state.consentNotes)
  if (notes.kind === 'failed') {
    const { title, meaning, advice } = describeError(notes.error)
    return <MessageBox tone="bad" title={title} text={`${meaning} ${advice}`} />
  }
  if (notes.kind !== 'ready') return null
  if (notes.value.length === 0) return <p className={classes['dim']}>{t('consent.none')}</p>
  return (
    <ul className={classes['list']} aria-label={t('consent.title')}>
      {notes.value.map((note) => (
        <Note key={note.id} note={note} />
      ))}
    </ul>
  )
}

/** What a person agreed to by the statements that they read, as whoever keeps this app noted it. */
export const ConsentNotes = ({ person }: { readonly person: Person }) => {
  const loadConsentNotes = useApp((state) => state.loadConsentNotes)
  const openConsentForm = useApp((state) => state.openConsentForm)
  const exportConsents = useApp((state) => state.exportConsents)
  const hasNotes = useApp(
    ({ consentNotes }) => consentNotes.kind === 'ready' && consentNotes.value.length > 0
  )
  useEffect(() => void loadConsentNotes(person.id), [loadConsentNotes, person.id])
  const begin = () =>
    openConsentForm({
      personId: person.id,
      spokenName: person.name,
      statement: consentStatement(person.name),
      place: 'training-video',
      video: null
    })
  return (
    <section className={classes['section']} aria-label={t('consent.title')}>
      <h2 className={classes['heading']}>{t('consent.title')}</h2>
      <p className={classes['dim']}>{t('consent.own')}</p>
      <List />
      <div className={classes['actions']}>
        <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={begin}>
          {t('consent.add')}
        </Button>
        {hasNotes && (
          <Button
            leftSection={<IconDownload size={16} aria-hidden="true" />}
            onClick={() => void exportConsents(person.id)}
          >
            {t('consent.export')}
          </Button>
        )}
      </div>
    </section>
  )
}
