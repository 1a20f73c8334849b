import { Autocomplete, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useId, useMemo, useRef, useState } from 'react'
import { draftFieldNames } from '../../../shared/catalogue/draft-fields.ts'
import { keeperName } from '../../../shared/catalogue/kinds.ts'
import { replicaModels } from '../../../shared/catalogue/replica-models.ts'
import type { Draft } from '../../../shared/domain/draft.ts'
import type { FieldIssue } from '../../../shared/errors.ts'
import { trainingAccounts } from '../../state/training-accounts.ts'
import { useApp } from '../../state/use-app.ts'
import { issueText } from '../../text/issue-words.ts'
import { words } from '../../text/words.ts'
import { FilterChips } from '../../ui/filter-chips.tsx'
import { MessageBox } from '../../ui/message-box.tsx'
import { ConsentBox } from './consent-box.tsx'
import classes from './draft-card.module.css'
import { LinkInput } from './link-input.tsx'
import type { DraftEditor } from './use-draft-editor.ts'

/** Only the provider that keeps replicas trains them, so it is the one that refused. */
const issueOf = (issues: readonly FieldIssue[], field: string): string | null => {
  const issue = issues.find((candidate) => candidate.field === field)
  return issue === undefined ? null : issueText(issue, keeperName('replica'))
}

/** Issues about these stand at the field itself. */
export const fieldNames: ReadonlySet<string> = new Set(['accountId', ...draftFieldNames])

interface PartProps {
  readonly draft: Draft
  readonly editor: DraftEditor
  readonly issues: readonly FieldIssue[]
}

const Consent = ({ draft, editor, issues }: PartProps) => {
  const consentIn = editor.edits.consentIn ?? draft.consentIn
  return (
    <>
      <div className={classes['choice']}>
        <span className={classes['choiceLabel']}>{words.creation.consentIn}</span>
        <FilterChips
          label={words.creation.consentIn}
          value={consentIn}
          choices={[
            { value: 'consent-video', label: words.creation.consentInOwn },
            { value: 'training-video', label: words.creation.consentInTraining }
          ]}
          onChange={(value) => {
            editor.change({ consentIn: value })
            void editor.flush()
          }}
        />
      </div>
      {consentIn === 'consent-video' && (
        <LinkInput
          draft={draft}
          editor={editor}
          field="consentVideoUrl"
          label={words.creation.consentVideo}
          error={issueOf(issues, 'consentVideoUrl')}
        />
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
    return <MessageBox tone="warn" title={words.creation.needAccount} text="" />
  }
  const isDecided = accounts.length === 1 && draft.accountId === accounts[0]?.id
  if (isDecided && error === null) return null
  return (
    <NativeSelect
      label={words.creation.account}
      value={editor.edits.accountId ?? draft.accountId ?? ''}
      error={error}
      data={[
        { value: '', label: words.creation.chooseAccount, disabled: true },
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
  const { creation } = words
  const [isOpen, setIsOpen] = useState(false)
  const isTyping = useRef(false)
  const change = (model: string) => {
    isTyping.current = true
    queueMicrotask(() => {
      isTyping.current = false
    })
    setIsOpen(false)
    editor.change({ model: model === creation.usualModel ? '' : model })
  }
  return (
    <Autocomplete
      label={creation.model}
      placeholder={creation.usualModel}
      data={[creation.usualModel, ...replicaModels]}
      // All are offered whatever stands in the field; it is a short list, not a search.
      filter={({ options }) => options}
      // A closed list that stays in the page would be a second thing called "Model".
      comboboxProps={{ keepMounted: false }}
      openOnFocus={false}
      dropdownOpened={isOpen}
      onDropdownOpen={() => setIsOpen(!isTyping.current)}
      onDropdownClose={() => setIsOpen(false)}
      value={editor.edits.model ?? draft.model}
      maxLength={100}
      error={issueOf(issues, 'model')}
      onChange={change}
      onBlur={() => void editor.flush()}
    />
  )
}

const GreenScreen = ({ draft, editor, issues }: PartProps) => {
  const errorId = useId()
  const error = issueOf(issues, 'hasGreenScreen')
  return (
    <Checkbox
      label={words.creation.greenScreen}
      checked={editor.edits.hasGreenScreen ?? draft.hasGreenScreen}
      // Unlike other fields this one does not tie its error to the input by itself.
      error={error === null ? null : <span id={errorId}>{error}</span>}
      {...(error === null ? {} : { 'aria-describedby': errorId, 'aria-invalid': true })}
      onChange={(event) => {
        editor.change({ hasGreenScreen: event.currentTarget.checked })
        void editor.flush()
      }}
    />
  )
}

/** Everything of a draft that can be filled in. */
export const DraftFields = ({ draft, editor, issues }: PartProps) => {
  const { creation } = words
  const { edits } = editor
  const subject = edits.subject ?? draft.subject
  return (
    <div className={classes['fields']}>
      <AccountSelect draft={draft} editor={editor} issues={issues} />
      <TextInput
        label={creation.replicaName}
        placeholder={creation.namePlaceholder}
        value={edits.replicaName ?? draft.replicaName}
        maxLength={200}
        dir="auto"
        error={issueOf(issues, 'replicaName')}
        onChange={(event) => editor.change({ replicaName: event.currentTarget.value })}
        onBlur={() => void editor.flush()}
      />
      <LinkInput
        draft={draft}
        editor={editor}
        field="trainVideoUrl"
        label={creation.trainVideo}
        error={issueOf(issues, 'trainVideoUrl')}
      />
      <div className={classes['choice']}>
        <span className={classes['choiceLabel']}>{creation.subject}</span>
        <FilterChips
          label={creation.subject}
          value={subject}
          error={issueOf(issues, 'subject')}
          choices={[
            { value: 'personal', label: creation.personal },
            { value: 'non-human', label: creation.nonHuman }
          ]}
          onChange={(value) => {
            editor.change({ subject: value })
            void editor.flush()
          }}
        />
        <span className={classes['dim']}>
          {subject === 'personal' ? creation.personalHint : creation.nonHumanHint}
        </span>
      </div>
      {subject === 'personal' && <Consent draft={draft} editor={editor} issues={issues} />}
      <div className={classes['pair']}>
        <Model draft={draft} editor={editor} issues={issues} />
        <LinkInput
          draft={draft}
          editor={editor}
          field="callbackUrl"
          label={creation.callback}
          description={creation.callbackHint}
          error={issueOf(issues, 'callbackUrl')}
        />
      </div>
      <GreenScreen draft={draft} editor={editor} issues={issues} />
    </div>
  )
}
