import {
  type ChoiceField,
  type DraftField,
  draftFieldNames,
  type LinkField,
  type PlainValues
} from '../../shared/catalogue/draft-fields.ts'
import type { FieldIssue } from '../../shared/errors.ts'
import { t } from '../../shared/messages/messages.ts'
import { issueText } from './issue-words.ts'
import { allOf } from './time-words.ts'

/** Which links of a draft have to be given once more, because their secrets were never stored. */
export const linksAgain = (fields: readonly LinkField[]): string => {
  const [field, ...others] = fields
  return field !== undefined && others.length === 0
    ? t('draft.linkAgain', { field })
    : t('draft.linksAgain', { links: allOf(fields.map((each) => t(`draft.link.${each}`))) })
}

/** What is wrong with a draft, in a line: the field by its name. */
export const issueInRow = (issue: FieldIssue, who: string): string => {
  const text = issueText(issue, who)
  if (issue.field === 'accountId')
    return t('draft.fieldIssue', { field: t('creation.account'), text })
  const field = draftFieldNames.find((name) => name === issue.field)
  return field === undefined ? text : t('draft.fieldIssue', { field: fieldLabel(field), text })
}

/** What a field of a draft is called above it. */
export const fieldLabel = (field: DraftField): string => t(`field.${field}`)

/** What a choice in one of the fields is called. */
export const choiceLabel = (choice: PlainValues[ChoiceField]): string => t(`choice.${choice}`)
