import '../../ui/modal-styles.ts'
import '@mantine/core/styles/Radio.layer.css'
import '@mantine/core/styles/InlineInput.layer.css'
import { Button, Modal, Radio, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import type { AssetRef } from '../../../shared/domain/asset.ts'
import type { PersonId } from '../../../shared/domain/person.ts'
import type { AppError } from '../../../shared/errors.ts'
import { t } from '../../../shared/messages/messages.ts'
import type { AppState } from '../../state/app-state.ts'
import { nameOf } from '../../state/library-slice.ts'
import { useApp } from '../../state/use-app.ts'
import { describeError } from '../../text/describe-error.ts'
import { issueFor } from '../../text/issue-words.ts'
import { missing } from '../../text/missing.ts'
import { useFocusReturn } from '../../ui/focus-return.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { useRefusalFocus } from '../../ui/refusal-focus.ts'
import classes from './assign-dialog.module.css'

const nobody = 'nobody'
const somebodyNew = 'new'

/** A face is usually called after its person. */
const firstName = (state: AppState, refs: readonly AssetRef[]): string => {
  const [only, ...others] = refs
  return only?.kind === 'replica' && others.length === 0 ? (nameOf(state, only) ?? '') : ''
}

const Failure = ({ error }: { readonly error: AppError }) => {
  const { title, meaning, advice } = describeError(error)
  return <MessageBox isLive tone="bad" title={title} text={`${meaning} ${advice}`} />
}

export const AssignDialog = ({ refs }: { readonly refs: readonly AssetRef[] }) => {
  useFocusReturn()
  const persons = useApp((state) => state.persons)
  const closeAssign = useApp((state) => state.closeAssign)
  const assignPerson = useApp((state) => state.assignPerson)
  const savePerson = useApp((state) => state.savePerson)
  const [chosen, setChosen] = useState<string | null>(null)
  const [newName, setNewName] = useState(useApp((state) => firstName(state, refs)))
  const [error, setError] = useState<AppError | null>(null)
  const [isSaving, setIsSaving] = useState(false)
  const form = useRefusalFocus(error)
  const known = persons.kind === 'ready' ? persons.value : []
  // Taken once: people who are added or renamed meanwhile must not change whom this is about.
  const offered = useRef<string | null>(null)
  if (offered.current === null && persons.kind === 'ready') {
    offered.current = known[0]?.id ?? somebodyNew
  }
  const isStill = known.some(({ id }) => id === offered.current)
  const choice = chosen ?? (isStill ? offered.current : null) ?? somebodyNew

  const personId = async (): Promise<PersonId | null | undefined> => {
    if (choice === nobody) return null
    if (choice !== somebodyNew) return known.find(({ id }) => id === choice)?.id
    const saved = await savePerson({
      id: null,
      name: newName.trim(),
      nameRule: null,
      consent: null
    })
    if (!saved.ok) setError(saved.error)
    const madeId = saved.ok ? saved.value : null
    // If assigning fails now, trying again must not add the person once more.
    if (madeId !== null) setChosen(madeId)
    return madeId ?? undefined
  }

  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (isSaving) return
    if (choice === somebodyNew && newName.trim() === '') {
      setError(missing('name'))
      return
    }
    setError(null)
    setIsSaving(true)
    const id = await personId()
    const isDone = id !== undefined && (await assignPerson(refs, id))
    setIsSaving(false)
    if (isDone) closeAssign()
  }

  return (
    <Modal
      opened
      onClose={closeAssign}
      title={t('people.assign.title', { count: refs.length })}
      withCloseButton={false}
      size={420}
    >
      <form ref={form} noValidate onSubmit={(event) => void save(event)}>
        <Radio.Group
          value={choice}
          onChange={setChosen}
          aria-label={t('people.assign.title', { count: refs.length })}
        >
          <div className={classes['choices']}>
            {known.map((person) => (
              <Radio key={person.id} value={person.id} label={<bdi>{person.name}</bdi>} />
            ))}
            <Radio
              value={nobody}
              classNames={{ description: classes['hint'] }}
              label={t('people.assign.nobody')}
              description={t('people.assign.nobodyHint')}
            />
            <Radio value={somebodyNew} label={t('people.assign.newPerson')} />
          </div>
        </Radio.Group>
        {choice === somebodyNew && (
          <TextInput
            data-autofocus
            className={classes['name']}
            label={t('people.assign.newName')}
            value={newName}
            maxLength={120}
            dir="auto"
            error={error?.kind === 'invalid-input' ? issueFor(error.issues, 'name') : null}
            onChange={(event) => setNewName(event.currentTarget.value)}
          />
        )}
        {error !== null && error.kind !== 'invalid-input' && <Failure error={error} />}
        <div className={classes['actions']}>
          <Button onClick={closeAssign}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" loading={isSaving}>
            {t('people.assign.save')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
