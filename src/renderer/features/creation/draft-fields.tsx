import { Autocomplete, NativeSelect } from '@mantine/core'
import { useMemo, useRef, useState } from 'react'
import {
  type DraftField,
  draftFieldNames,
  draftFields
} from '../../../shared/catalogue/draft-fields.ts'
import { replicaModels } from '../../../shared/catalogue/replica-models.ts'
import { t } from '../../../shared/messages/messages.ts'
import { trainingAccounts } from '../../state/training-accounts.ts'
import { useApp } from '../../state/use-app.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { ConsentBox } from './consent-box.tsx'
import classes from './draft-card.module.css'
import { AnyPart, ChoicePart, issueOf, LinkPart, type PartProps, TextPart } from './field-parts.tsx'
import { VideoFilePart } from './upload-progress.tsx'

/** Issues about these stand at the field itself. */
export const fieldNames: ReadonlySet<string> = new Set(['accountId', ...draftFieldNames])

/** Fields with a place of their own; the rest follow below them. */
const placed: readonly DraftField[] = [
  'replicaName',
  'trainVideoUrl',
  'subject',
  'consentIn',
  'consentVideoUrl',
  'model',
  'callbackUrl'
]
const others = draftFieldNames.filter((field) => !placed.includes(field))

const Consent = (props: PartProps) => {
  const { draft, editor } = props
  const consentIn = editor.edits.consentIn ?? draft.consentIn
  return (
    <>
      <ChoicePart {...props} field="consentIn" />
      {consentIn === 'consent-video' && (
        <>
          <LinkPart {...props} field="consentVideoUrl" />
          <VideoFilePart draft={draft} field="consentVideoUrl" />
        </>
      )}
      <ConsentBox fullName={editor.edits.replicaName ?? draft.replicaName} />
    </>
  )
}

const AccountSelect = ({ draft, editor, issues }: PartProps) => {
  const all = useApp((state) => state.accounts)
  const accounts = useMemo(() => trainingAccounts(all), [all])
  const error = issueOf(issues, 'accountId')
  if (accounts.length === 0) {
    return <MessageBox tone="warn" title={t('creation.needAccount')} text="" />
  }
  const isDecided = accounts.length === 1 && draft.accountId === accounts[0]?.id
  if (isDecided && error === null) return null
  return (
    <NativeSelect
      label={t('creation.account')}
      value={editor.edits.accountId ?? draft.accountId ?? ''}
      error={error}
      data={[
        { value: '', label: t('creation.chooseAccount'), disabled: true },
        ...accounts.map(({ id, name }) => ({ value: id, label: name }))
      ]}
      onChange={(event) => {
        const chosen = accounts.find(({ id }) => id === event.currentTarget.value)
        if (chosen === undefined) return
        editor.change({ accountId: chosen.id })
        void editor.flush()
      }}
    />
  )
}

/** Any text is a model; the list opens by a click or an arrow key, so that typing covers no other field. */
const Model = ({ draft, editor, issues }: PartProps) => {
  const [isOpen, setIsOpen] = useState(false)
  const isTyping = useRef(false)
  const change = (model: string) => {
    isTyping.current = true
    queueMicrotask(() => {
      isTyping.current = false
    })
    setIsOpen(false)
    editor.change({ model: model === t('creation.usualModel') ? '' : model })
  }
  return (
    <Autocomplete
      label={t('field.model')}
      placeholder={t('creation.usualModel')}
      data={[t('creation.usualModel'), ...replicaModels]}
      // All are offered whatever stands in the field; it is a short list, not a search.
      filter={({ options }) => options}
      // A closed list that stays in the page would be a second thing called "Model".
      comboboxProps={{ keepMounted: false }}
      openOnFocus={false}
      dropdownOpened={isOpen}
      onDropdownOpen={() => setIsOpen(!isTyping.current)}
      onDropdownClose={() => setIsOpen(false)}
      value={editor.edits.model ?? draft.model}
      maxLength={draftFields.model.longest}
      error={issueOf(issues, 'model')}
      onChange={change}
      onBlur={() => void editor.flush()}
    />
  )
}

/** Everything of a draft that can be filled in. */
export const DraftFields = (props: PartProps) => {
  const subject = props.editor.edits.subject ?? props.draft.subject
  const isPersonal = subject === 'personal'
  return (
    <div className={classes['fields']}>
      <AccountSelect {...props} />
      <TextPart {...props} field="replicaName" placeholder={t('creation.namePlaceholder')} />
      <LinkPart {...props} field="trainVideoUrl" />
      <VideoFilePart draft={props.draft} field="trainVideoUrl" />
      <ChoicePart
        {...props}
        field="subject"
        hint={isPersonal ? t('creation.personalHint') : t('creation.nonHumanHint')}
      />
      {isPersonal && <Consent {...props} />}
      <div className={classes['pair']}>
        <Model {...props} />
        <LinkPart {...props} field="callbackUrl" description={t('creation.callbackHint')} />
      </div>
      {others.map((field) => (
        <AnyPart key={field} {...props} field={field} />
      ))}
    </div>
  )
}
