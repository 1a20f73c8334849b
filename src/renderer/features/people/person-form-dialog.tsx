import '../../ui/modal-styles.ts'
import '@mantine/core/styles/ScrollArea.layer.css'
import '@mantine/core/styles/Popover.layer.css'
import '@mantine/core/styles/Combobox.layer.css'
import { Autocomplete, Button, Modal, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import type { Person, PersonId } from '../../../shared/domain/person.ts'
import type { AppError, FieldIssue } from '../../../shared/errors.ts'
import { t } from '../../../shared/messages/messages.ts'
import { personById } from '../../state/persons-slice.ts'
import { useApp } from '../../state/use-app.ts'
import { describeError } from '../../text/describe-error.ts'
import { issueFor, issueText } from '../../text/issue-words.ts'
import { useFocusReturn } from '../../ui/focus-return.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { useRefusalFocus } from '../../ui/refusal-focus.ts'
import classes from './person-form-dialog.module.css'

interface Fields {
  readonly name: string
  readonly rule: string
  readonly note: string
  readonly agreedOn: string
  readonly untilOn: string
  readonly keepUntilOn: string
}

const shortestRule = 2

const fieldsOf = (person: Person | null): Fields => ({
  name: person?.name ?? '',
  rule: person?.nameRule ?? '',
  note: person?.consent?.note ?? '',
  agreedOn: person?.consent?.agreedOn ?? '',
  untilOn: person?.consent?.untilOn ?? '',
  keepUntilOn: person?.keepUntilOn ?? ''
})

/** What can be said without asking anybody. */
const issuesOf = ({ name, rule }: Fields): readonly FieldIssue[] => {
  const found: FieldIssue[] = []
  if (name.trim() === '') found.push({ field: 'name', code: 'no-name', said: null })
  const length = rule.trim().length
  if (length > 0 && length < shortestRule) {
    found.push({ field: 'nameRule', code: 'too-short', said: null })
  }
  return found
}

/** Issues about these are shown at the field itself. */
const fieldNames = new Set(['name', 'nameRule'])

const Failure = ({ error }: { readonly error: AppError }) => {
  if (error.kind === 'invalid-input') {
    const loose = error.issues.find(({ field }) => !fieldNames.has(field))
    return loose === undefined ? null : (
      <MessageBox isLive tone="bad" title={issueText(loose)} text="" />
    )
  }
  const { title, meaning, advice } = describeError(error)
  return <MessageBox isLive tone="bad" title={title} text={`${meaning} ${advice}`} />
}

const dayOf = (text: string): string | null => (text === '' ? null : text)

const consentOf = ({ note, agreedOn, untilOn }: Fields) =>
  note.trim() === '' && agreedOn === '' && untilOn === ''
    ? null
    : { note: note.trim(), agreedOn: dayOf(agreedOn), untilOn: dayOf(untilOn) }

interface NameProps {
  readonly value: string
  readonly isNew: boolean
  readonly error: string | null
  readonly onChange: (name: string) => void
  /** A name of the library: what is called so is theirs. */
  readonly onChoose: (name: string) => void
}

/** Whose name it is; the library has most of them already. The list opens by typing or an arrow key. */
const NameField = ({ value, isNew, error, onChange, onChoose }: NameProps) => {
  const freeNames = useApp((state) => state.freeNames)
  const [offered, setOffered] = useState<readonly string[]>([])
  useEffect(() => {
    let isPast = false
    if (isNew) {
      void freeNames(value.trim()).then((names) => {
        if (!isPast) setOffered(names)
      })
    }
    return () => {
      isPast = true
    }
  }, [freeNames, isNew, value])
  return (
    <Autocomplete
      data-autofocus
      label={t('people.form.name')}
      value={value}
      data={[...offered]}
      // Main has searched already, also in other spellings.
      filter={({ options }) => options}
      // A closed list that stays in the page would be a second thing called "Name".
      comboboxProps={{ keepMounted: false }}
      openOnFocus={false}
      maxLength={120}
      dir="auto"
      error={error}
      onChange={onChange}
      onOptionSubmit={onChoose}
    />
  )
}

export const PersonFormDialog = ({ personId }: { readonly personId: PersonId | null }) => {
  useFocusReturn()
  const person = useApp((state) => personById(state.persons, personId))
  const closePersonForm = useApp((state) => state.closePersonForm)
  const savePerson = useApp((state) => state.savePerson)
  const showPerson = useApp((state) => state.showPerson)
  const [fields, setFields] = useState(() => fieldsOf(person))
  const [error, setError] = useState<AppError | null>(null)
  const [isSaving, setIsSaving] = useState(false)
  const formRef = useRefusalFocus(error)
  const issues = error?.kind === 'invalid-input' ? error.issues : []
  const change = (patch: Partial<Fields>) => setFields((held) => ({ ...held, ...patch }))
  const rule = fields.rule.trim()

  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (isSaving) return
    const found = issuesOf(fields)
    if (found.length > 0) {
      setError({ kind: 'invalid-input', issues: [...found] })
      return
    }
    setIsSaving(true)
    const answer = await savePerson({
      id: personId,
      name: fields.name.trim(),
      nameRule: rule === '' ? null : rule,
      ...(fields.keepUntilOn === '' ? {} : { keepUntilOn: fields.keepUntilOn }),
      consent: consentOf(fields)
    })
    setIsSaving(false)
    if (!answer.ok) {
      setError(answer.error)
      return
    }
    closePersonForm()
    showPerson(answer.value)
  }

  return (
    <Modal
      opened
      onClose={closePersonForm}
      title={person === null ? t('people.form.addTitle') : t('people.form.editTitle')}
      withCloseButton={false}
      size={480}
    >
      <form
        ref={formRef}
        className={classes['form']}
        noValidate
        onSubmit={(event) => void save(event)}
        autoComplete="off"
      >
        <NameField
          value={fields.name}
          isNew={person === null}
          error={issueFor(issues, 'name')}
          onChange={(name) => change({ name })}
          onChoose={(name) => change(rule === '' ? { name, rule: name } : { name })}
        />
        <TextInput
          label={t('people.form.rule')}
          description={t('people.form.ruleHint')}
          value={fields.rule}
          maxLength={120}
          dir="auto"
          error={issueFor(issues, 'nameRule')}
          onChange={(event) => change({ rule: event.currentTarget.value })}
        />
        <Textarea
          label={t('people.form.note')}
          description={t('people.form.noteHint')}
          value={fields.note}
          maxLength={2000}
          rows={4}
          dir="auto"
          onChange={(event) => change({ note: event.currentTarget.value })}
        />
        <div className={classes['days']}>
          <TextInput
            type="date"
            label={t('people.form.agreedOn')}
            value={fields.agreedOn}
            onChange={(event) => change({ agreedOn: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label={t('people.form.untilOn')}
            value={fields.untilOn}
            onChange={(event) => change({ untilOn: event.currentTarget.value })}
          />
        </div>
        <TextInput
          type="date"
          label={t('people.form.keepUntil')}
          description={t('people.form.keepUntilHint')}
          value={fields.keepUntilOn}
          onChange={(event) => change({ keepUntilOn: event.currentTarget.value })}
        />
        {error !== null && <Failure error={error} />}
        <div className={classes['actions']}>
          <Button onClick={closePersonForm}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" loading={isSaving}>
            {t('people.form.save')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
