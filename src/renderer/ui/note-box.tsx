import { Button, Textarea } from '@mantine/core'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { mostTags, noteLength, tagLength } from '../../shared/catalogue/limits.ts'
import type { Note, TagCounts } from '../../shared/domain/note.ts'
import { t } from '../../shared/messages/messages.ts'
import { number } from '../text/time-words.ts'
import classes from './note-box.module.css'
import { RemovableChip } from './removable-chip.tsx'

interface Props {
  readonly note: Note
  /** Tags that are in use elsewhere, offered while one is typed. */
  readonly known: TagCounts
  /** Answers whether it was stored. */
  readonly onSave: (note: Note) => Promise<boolean>
  readonly onTyping: () => void
}

const Tags = ({ note, known, onSave, onTyping }: Props) => {
  const { tags } = note
  const [typed, setTyped] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const listId = useId()
  const add = async (): Promise<void> => {
    if (typed.trim() === '') return
    if (await onSave({ ...note, tags: [...tags, typed.trim()] })) setTyped('')
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    // While letters are still being composed, Enter chooses among them.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault()
      void add()
    } else if (event.key === 'Escape' && typed !== '') {
      event.preventDefault()
      event.stopPropagation()
      setTyped('')
    }
  }
  return (
    <div className={classes['tags']}>
      {tags.map((tag) => (
        <RemovableChip
          key={tag}
          text={tag}
          label={t('notes.removeTag', { tag })}
          onRemove={() => {
            // The chip is gone with it, and the focus would be nowhere.
            field.current?.focus()
            void onSave({ ...note, tags: tags.filter((held) => held !== tag) })
          }}
        />
      ))}
      <input
        ref={field}
        className={classes['add']}
        aria-label={t('notes.addTag')}
        placeholder={t('notes.addTag')}
        dir="auto"
        list={listId}
        maxLength={tagLength}
        readOnly={tags.length >= mostTags}
        title={
          tags.length >= mostTags ? t('notes.mostTags', { most: number(mostTags) }) : undefined
        }
        value={typed}
        onFocus={onTyping}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => void add()}
      />
      <datalist id={listId}>
        {known
          .filter(({ tag }) => !tags.includes(tag))
          .map(({ tag }) => (
            <option key={tag} value={tag} />
          ))}
      </datalist>
    </div>
  )
}

const Text = ({ note, onSave }: Pick<Props, 'note' | 'onSave'>) => {
  const [typed, setTyped] = useState<string | null>(null)
  const edit = useRef<HTMLButtonElement>(null)
  const close = (): void => {
    setTyped(null)
    // After the button is there again.
    requestAnimationFrame(() => edit.current?.focus())
  }
  const save = async (): Promise<void> => {
    if (typed !== null && (await onSave({ ...note, text: typed }))) close()
  }
  if (typed === null) {
    return (
      <>
        {note.text !== '' && (
          <p className={classes['text']} dir="auto">
            {note.text}
          </p>
        )}
        <div className={classes['buttons']}>
          <Button ref={edit} size="xs" onClick={() => setTyped(note.text)}>
            {note.text === '' ? t('notes.add') : t('notes.edit')}
          </Button>
        </div>
      </>
    )
  }
  return (
    <>
      <Textarea
        aria-label={t('notes.label')}
        autoFocus
        autosize
        minRows={2}
        maxRows={8}
        maxLength={noteLength}
        dir="auto"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save()
          if (event.key !== 'Escape') return
          event.preventDefault()
          event.stopPropagation()
          close()
        }}
      />
      <div className={classes['buttons']}>
        <Button size="xs" variant="filled" onClick={() => void save()}>
          {t('notes.save')}
        </Button>
        <Button size="xs" onClick={close}>
          {t('common.cancel')}
        </Button>
      </div>
    </>
  )
}

/** What a person writes down about something, and the tags they put on it. */
export const NoteBox = (props: Props) => (
  <div className={classes['box']}>
    <Tags {...props} />
    <Text note={props.note} onSave={props.onSave} />
  </div>
)
