import { Checkbox, TextInput } from '@mantine/core'
import { useId } from 'react'
import {
  type ChoiceField,
  choicesOf,
  type DraftField,
  draftFields,
  isOfType,
  type LinkField,
  type TextField,
  type YesNoField
} from '../../../shared/catalogue/draft-fields.ts'
import { keeperName } from '../../../shared/catalogue/kinds.ts'
import type { Draft } from '../../../shared/domain/draft.ts'
import type { FieldIssue } from '../../../shared/errors.ts'
import { assertNever } from '../../../shared/result.ts'
import { choiceLabel, fieldLabel } from '../../text/draft-words.ts'
import { issueText } from '../../text/issue-words.ts'
import { FilterChips } from '../../ui/filter-chips.tsx'
import classes from './draft-card.module.css'
import { LinkInput } from './link-input.tsx'
import type { DraftEditor } from './use-draft-editor.ts'
import { useWantedFocus } from './use-wanted-focus.ts'

/** Only the provider that keeps replicas trains them, so it is the one that refused. */
export const issueOf = (issues: readonly FieldIssue[], field: string): string | null => {
  const issue = issues.find((candidate) => candidate.field === field)
  return issue === undefined ? null : issueText(issue, keeperName('replica'))
}

export interface PartProps {
  readonly draft: Draft
  readonly editor: DraftEditor
  readonly issues: readonly FieldIssue[]
}

interface FieldProps<Field extends DraftField> extends PartProps {
  readonly field: Field
}

export const TextPart = (props: FieldProps<TextField> & { readonly placeholder?: string }) => {
  const { draft, editor, issues, field } = props
  const input = useWantedFocus(draft.id, field)
  return (
    <TextInput
      ref={input}
      label={fieldLabel(field)}
      placeholder={props.placeholder}
      value={editor.edits[field] ?? draft[field]}
      maxLength={draftFields[field].longest}
      dir="auto"
      {...(field === 'replicaName' ? { 'data-no-links': true } : {})}
      error={issueOf(issues, field)}
      onChange={(event) => editor.change({ [field]: event.currentTarget.value })}
      onBlur={() => void editor.flush()}
    />
  )
}

const YesNoPart = ({ draft, editor, issues, field }: FieldProps<YesNoField>) => {
  const errorId = useId()
  const error = issueOf(issues, field)
  return (
    <Checkbox
      label={fieldLabel(field)}
      checked={editor.edits[field] ?? draft[field]}
      // Unlike other fields this one does not tie its error to the input by itself.
      error={error === null ? null : <span id={errorId}>{error}</span>}
      {...(error === null ? {} : { 'aria-describedby': errorId, 'aria-invalid': true })}
      onChange={(event) => {
        editor.change({ [field]: event.currentTarget.checked })
        void editor.flush()
      }}
    />
  )
}

export const ChoicePart = (props: FieldProps<ChoiceField> & { readonly hint?: string }) => {
  const { draft, editor, issues, field } = props
  const label = fieldLabel(field)
  return (
    <div className={classes['choice']}>
      <span className={classes['choiceLabel']}>{label}</span>
      <FilterChips
        label={label}
        value={editor.edits[field] ?? draft[field]}
        error={issueOf(issues, field)}
        choices={choicesOf(field).map((value) => ({ value, label: choiceLabel(value) }))}
        onChange={(value) => {
          editor.change({ [field]: value })
          void editor.flush()
        }}
      />
      {props.hint !== undefined && <span className={classes['dim']}>{props.hint}</span>}
    </div>
  )
}

export const LinkPart = (props: FieldProps<LinkField> & { readonly description?: string }) => {
  const { issues, ...others } = props
  const { field } = props
  return <LinkInput {...others} label={fieldLabel(field)} error={issueOf(issues, field)} />
}

/** A field by what the catalogue knows of it, for those that need no place or words of their own. */
export const AnyPart = ({ field, ...props }: FieldProps<DraftField>) => {
  if (isOfType(field, 'text')) return <TextPart {...props} field={field} />
  if (isOfType(field, 'yes-no')) return <YesNoPart {...props} field={field} />
  if (isOfType(field, 'choice')) return <ChoicePart {...props} field={field} />
  if (isOfType(field, 'link')) return <LinkPart {...props} field={field} />
  return assertNever(field)
}
