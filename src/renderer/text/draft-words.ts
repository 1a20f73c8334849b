import type {
  ChoiceField,
  DraftField,
  LinkField,
  PlainValues
} from '../../shared/catalogue/draft-fields.ts'
import { t } from '../../shared/messages/messages.ts'
import { allOf } from './time-words.ts'

/** Which links of a draft have to be given once more, because their secrets were never stored. */
export const linksAgain = (fields: readonly LinkField[]): string => {
  const [field, ...others] = fields
  return field !== undefined && others.length === 0
    ? t('draft.linkAgain', { field })
    : t('draft.linksAgain', { links: allOf(fields.map((each) => t(`draft.link.${each}`))) })
}

/** What a field of a draft is called above it. */
export const fieldLabel = (field: DraftField): string => t(`field.${field}`)

/** What a choice in one of the fields is called. */
export const choiceLabel = (choice: PlainValues[ChoiceField]): string => t(`choice.${choice}`)
