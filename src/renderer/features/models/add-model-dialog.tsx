import { keeperName } from '../../../shared/catalogue/kinds.ts'
import { providers } from '../../../shared/catalogue/providers.ts'
import '../../ui/modal-styles.ts'
import { Button, Modal, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useShallow } from 'zustand/shallow'
import type { AppError } from '../../../shared/errors.ts'
import { t } from '../../../shared/messages/messages.ts'
import type { AddingModel } from '../../state/models-slice.ts'
import { offeredFirst } from '../../state/places.ts'
import { useApp } from '../../state/use-app.ts'
import { describeError } from '../../text/describe-error.ts'
import { issueFor, issueText } from '../../text/issue-words.ts'
import { useFocusReturn } from '../../ui/focus-return.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { useRefusalFocus } from '../../ui/refusal-focus.ts'
import classes from './model-dialogs.module.css'

const Failure = ({ error }: { readonly error: AppError }) => {
  if (error.kind === 'invalid-input') {
    const loose = error.issues.find(({ field }) => field !== 'text')
    return loose === undefined ? null : (
      <MessageBox isLive tone="bad" title={issueText(loose, keeperName('model'))} text="" />
    )
  }
  const { title, meaning, advice, said } = describeError(error, keeperName('model'))
  return (
    <MessageBox
      isLive
      tone="bad"
      title={error.kind === 'not-found' ? t('models.form.notFound') : title}
      quote={{ who: keeperName('model'), said }}
      text={error.kind === 'not-found' ? t('models.form.notFoundText') : `${meaning} ${advice}`}
    />
  )
}

const noModel = { field: 'text', code: 'no-model', said: null } as const

/** Replicate lists no private models, so they can be named. */
export const AddModelDialog = ({ adding }: { readonly adding: AddingModel }) => {
  useFocusReturn()
  const accounts = useApp(
    useShallow((state) => state.accounts.filter(({ provider }) => providers[provider].takesNames))
  )
  const closeAddModel = useApp((state) => state.closeAddModel)
  const addModel = useApp((state) => state.addModel)
  const viewed = useApp((state) => state.filter.accountId)
  const [text, setText] = useState(adding.text)
  // Taken once: an account that is added meanwhile must not change where this goes.
  const [chosen, setChosen] = useState(() => offeredFirst(accounts, viewed))
  const [error, setError] = useState<AppError | null>(null)
  const [isLooking, setIsLooking] = useState(false)
  const account = accounts.find(({ id }) => id === chosen) ?? accounts[0]
  const formRef = useRefusalFocus(error)

  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (account === undefined || isLooking) return
    if (text.trim() === '') {
      setError({ kind: 'invalid-input', issues: [noModel] })
      return
    }
    setIsLooking(true)
    const answer = await addModel(account.id, text)
    setIsLooking(false)
    if (answer.ok) closeAddModel()
    else setError(answer.error)
  }

  return (
    <Modal
      opened
      onClose={closeAddModel}
      title={t('models.form.title')}
      withCloseButton={false}
      size={480}
    >
      <form
        ref={formRef}
        className={classes['form']}
        onSubmit={(event) => void save(event)}
        noValidate
        autoComplete="off"
      >
        <TextInput
          data-autofocus
          label={t('models.form.text')}
          description={t('models.form.hint')}
          placeholder="owner/name"
          value={text}
          maxLength={2000}
          spellCheck={false}
          error={error?.kind === 'invalid-input' ? issueFor(error.issues, 'text') : null}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {accounts.length > 1 && (
          <NativeSelect
            label={t('models.form.account')}
            value={account?.id ?? ''}
            data={accounts.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => {
              const { value } = event.currentTarget
              setChosen(accounts.find(({ id }) => id === value)?.id ?? null)
            }}
          />
        )}
        {account === undefined && <p className={classes['dim']}>{t('models.noAccount')}</p>}
        {error !== null && <Failure error={error} />}
        <div className={classes['actions']}>
          <Button onClick={closeAddModel}>{t('common.cancel')}</Button>
          <Button
            type="submit"
            variant="filled"
            disabled={account === undefined}
            loading={isLooking}
          >
            {t('models.form.save')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
