import { keeperName } from '../../../shared/catalogue/kinds.ts'
import '../../ui/modal-styles.ts'
import { Button, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Asset } from '../../../shared/domain/asset.ts'
import type { AppError } from '../../../shared/errors.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { assetName } from '../../text/asset-words.ts'
import { describeError } from '../../text/describe-error.ts'
import { issueText, missing } from '../../text/issue-words.ts'
import { useFocusReturn } from '../../ui/focus-return.ts'
import { useRefusalFocus } from '../../ui/refusal-focus.ts'
import classes from './rename-dialog.module.css'

export interface RenameDialogProps {
  readonly asset: Asset
  readonly onClose: () => void
}

const failureText = (error: AppError, who: string): string => {
  if (error.kind === 'invalid-input' && error.issues[0] !== undefined) {
    return issueText(error.issues[0], who)
  }
  const { title, meaning, said } = describeError(error, who)
  return said === null ? `${title}. ${meaning}` : `${title}: “${said}”`
}

export const RenameDialog = ({ asset, onClose }: RenameDialogProps) => {
  useFocusReturn()
  const renameAsset = useApp((state) => state.renameAsset)
  const [name, setName] = useState(asset.name)
  const [error, setError] = useState<AppError | null>(null)
  const [isRunning, setIsRunning] = useState(false)
  const form = useRefusalFocus(error)

  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (isRunning) return
    if (name.trim() === '') {
      setError(missing('name'))
      return
    }
    if (name.trim() === asset.name) {
      onClose()
      return
    }
    setIsRunning(true)
    const answer = await renameAsset(asset.ref, name.trim())
    setIsRunning(false)
    if (answer.ok) onClose()
    else setError(answer.error)
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('rename.title', { name: assetName(asset) })}
      withCloseButton={false}
      size={440}
    >
      <form ref={form} noValidate onSubmit={(event) => void save(event)}>
        <TextInput
          data-autofocus
          label={t('rename.field')}
          value={name}
          maxLength={500}
          dir="auto"
          error={error === null ? null : failureText(error, keeperName(asset.ref.kind))}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={classes['actions']}>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" loading={isRunning}>
            {t('rename.save')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
