import { TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { LinkField } from '../../../shared/catalogue/draft-fields.ts'
import type { Draft } from '../../../shared/domain/draft.ts'
import { t } from '../../../shared/messages/messages.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import classes from './draft-card.module.css'
import { linkOf } from './link-edits.ts'
import type { DraftEditor } from './use-draft-editor.ts'
import { useWantedFocus } from './use-wanted-focus.ts'

interface Props {
  readonly draft: Draft
  readonly editor: DraftEditor
  readonly field: LinkField
  readonly label: string
  readonly description?: string
  readonly error: string | null
}

/**
 * A link goes in whole and is shown without its secrets. While main holds one, the field shows its harmless part;
 * on focus it empties, because typing replaces a link and never edits what was cut.
 */
export const LinkInput = ({ draft, editor, field, label, description, error }: Props) => {
  const [isFocused, setIsFocused] = useState(false)
  const input = useWantedFocus(draft.id, field)
  const held = linkOf(draft, field)
  const typed = editor.edits[field]
  const shown = typed ?? (isFocused ? '' : (held?.display ?? ''))
  const needsAgain = draft.needsLinkAgain.includes(field) && typed === undefined && held === null
  return (
    <TextInput
      ref={input}
      label={label}
      description={description}
      placeholder={held?.display ?? t('creation.urlPlaceholder')}
      value={shown}
      type="text"
      inputMode="url"
      spellCheck={false}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      autoComplete="off"
      maxLength={20_000}
      classNames={{ input: classes['link'] ?? '' }}
      error={error ?? (needsAgain ? t('creation.linkAgain') : null)}
      rightSection={
        held !== null && !isFocused ? (
          <IconButton
            label={t('creation.clearLink', { field })}
            onClick={() => {
              editor.change({ [field]: '' })
              void editor.flush()
            }}
          >
            <IconX size={14} />
          </IconButton>
        ) : null
      }
      onFocus={() => {
        setIsFocused(true)
        editor.focusLink(field)
      }}
      onBlur={() => {
        setIsFocused(false)
        editor.blurLink()
      }}
      onChange={(event) => editor.change({ [field]: event.currentTarget.value })}
      onPaste={() => setTimeout(() => void editor.flush())}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void editor.flush()
      }}
    />
  )
}
