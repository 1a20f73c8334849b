import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { AppError } from '../../../shared/errors.ts'
import { t } from '../../../shared/messages/messages.ts'
import { describeError } from '../../text/describe-error.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import classes from './account-form-dialog.module.css'
import type { KeyForm } from './use-key-form.ts'

interface Props {
  readonly error: AppError
  readonly who: string | null
  /** What the error means to the form, where that is another thing than elsewhere. */
  readonly text?: string
  /** Whether the form can be saved in spite of it. */
  readonly canSaveAnyway: boolean
  readonly keyForm: KeyForm
}

const Actions = ({ error, canSaveAnyway, keyForm }: Omit<Props, 'who' | 'text'>) => {
  if (error.kind === 'keychain-unavailable') {
    return (
      <>
        <Button type="submit">{t('common.tryAgain')}</Button>
        <Button
          title={t('accountForm.keepThisRunHint')}
          onClick={() => void keyForm.submit('this-run')}
        >
          {t('accountForm.keepThisRun')}
        </Button>
      </>
    )
  }
  if (!canSaveAnyway) return null
  return (
    <>
      <Button type="submit">{t('common.tryAgain')}</Button>
      <Button onClick={() => void keyForm.saveAnyway()}>{t('accountForm.saveAnyway')}</Button>
    </>
  )
}

/** What kept a form with a key from being saved, unless a field says it. */
export const KeyFormFailure = ({ error, who, text, canSaveAnyway, keyForm }: Props) => {
  const { title, meaning, advice, said } = describeError(error, who)
  const box = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each refusal is another one, which the form may be scrolled away from
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), [error])
  return (
    <div ref={box} className={classes['failure']}>
      <MessageBox
        isLive
        tone={canSaveAnyway || error.kind === 'keychain-unavailable' ? 'warn' : 'bad'}
        title={title}
        {...(who === null ? {} : { quote: { who, said } })}
        text={text ?? `${meaning} ${advice}`}
        actions={<Actions error={error} canSaveAnyway={canSaveAnyway} keyForm={keyForm} />}
      />
    </div>
  )
}
