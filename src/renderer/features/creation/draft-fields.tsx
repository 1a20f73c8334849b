import { Autocomplete, Button, NativeSelect } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useId, useMemo, useRef, useState } from 'react'
import {
  type DraftField,
  draftFieldNames,
  draftFields,
  firstValues,
  isOfType
} from '../../../shared/catalogue/draft-fields.ts'
import { replicaModels } from '../../../shared/catalogue/replica-models.ts'
import type { Draft } from '../../../shared/domain/draft.ts'
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

/** Fields of the short form, and those with words of their own; the rest follow them under Advanced. */
const short: readonly DraftField[] = [
  'replicaName',
  'trainVideoUrl',
  'trainImageUrl',
  'voiceName',
  'voiceId',
  'subject',
  'consentIn',
  'consentVideoUrl',
  'spokenName'
]
const advanced = draftFieldNames.filter((field) => !short.includes(field))
const worded: readonly DraftField[] = ['trainFrom', 'model', 'callbackUrl', 'hasImageFix']
const others = advanced.filter((field) => !worded.includes(field))

/** True if the field says something that a new draft does not. */
const isFilled = (draft: Draft, field: DraftField): boolean =>
  isOfType(field, 'link')
    ? draft[draftFields[field].view] !== null
    : draft[field] !== firstValues[field]

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
      <TextPart {...props} field="spokenName" placeholder={t('creation.spokenPlaceholder')} />
      <ConsentBox draft={draft} spokenName={editor.edits.spokenName ?? draft.spokenName} />
    </>
  )
}

/** An image says nothing, so it needs a voice. */
const ImageSource = (props: PartProps) => (
  <>
    <LinkPart {...props} field="trainImageUrl" description={t('creation.imageHint')} />
    <div className={classes['halves']}>
      <TextPart {...props} field="voiceName" placeholder="anna" />
      <TextPart {...props} field="voiceId" />
    </div>
    <p className={classes['dim']}>{t('creation.voiceHint')}</p>
  </>
)

/** What most replicas are made without. Open by a press, and where it holds or lacks something. */
const Advanced = (props: PartProps) => {
  const { draft, editor, issues } = props
  const [isPressed, setIsPressed] = useState(() => advanced.some((field) => isFilled(draft, field)))
  const isOpen = isPressed || advanced.some((field) => issueOf(issues, field) !== null)
  const isFromImage = (editor.edits.trainFrom ?? draft.trainFrom) === 'image'
  const id = useId()
  return (
    <div className={classes['advanced']}>
      <Button
        variant="subtle"
        size="compact-sm"
        aria-expanded={isOpen}
        aria-controls={id}
        leftSection={
          isOpen ? (
            <IconChevronDown size={14} aria-hidden="true" />
          ) : (
            <IconChevronRight size={14} aria-hidden="true" />
          )
        }
        onClick={() => setIsPressed(!isOpen)}
      >
        {t('creation.advanced')}
      </Button>
      <div id={id} hidden={!isOpen} className={classes['fields']}>
        {isOpen && (
          <>
            <ChoicePart {...props} field="trainFrom" />
            <div className={classes['pair']}>
              <Model {...props} />
              <LinkPart {...props} field="callbackUrl" description={t('creation.callbackHint')} />
            </div>
            {others.map((field) => (
              <AnyPart key={field} {...props} field={field} />
            ))}
            {isFromImage && <AnyPart {...props} field="hasImageFix" />}
          </>
        )}
      </div>
    </div>
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
  const { draft, editor } = props
  const subject = editor.edits.subject ?? draft.subject
  const isFromImage = (editor.edits.trainFrom ?? draft.trainFrom) === 'image'
  const isPersonal = subject === 'personal'
  return (
    // What was sent, or is about to be, stays as it was.
    <fieldset className={classes['fields']} disabled={draft.state !== 'editing'}>
      <AccountSelect {...props} />
      <TextPart {...props} field="replicaName" placeholder={t('creation.namePlaceholder')} />
      {isFromImage ? (
        <ImageSource {...props} />
      ) : (
        <>
          <LinkPart {...props} field="trainVideoUrl" />
          <VideoFilePart draft={draft} field="trainVideoUrl" />
        </>
      )}
      {!isFromImage && (
        <ChoicePart
          {...props}
          field="subject"
          hint={isPersonal ? t('creation.personalHint') : t('creation.nonHumanHint')}
        />
      )}
      {!isFromImage && isPersonal && <Consent {...props} />}
      <Advanced {...props} />
    </fieldset>
  )
}
