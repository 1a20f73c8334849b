import '../../ui/modal-styles.ts'
import { Button, Modal, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type ChoiceField, choicesOf } from '../../../shared/catalogue/draft-fields.ts'
import { replicaModels } from '../../../shared/catalogue/replica-models.ts'
import type { SharedPatch } from '../../../shared/domain/draft.ts'
import { t } from '../../../shared/messages/messages.ts'
import { trainingAccounts } from '../../state/training-accounts.ts'
import { useApp } from '../../state/use-app.ts'
import { choiceLabel, fieldLabel } from '../../text/draft-words.ts'
import { useFocusReturn } from '../../ui/focus-return.ts'
import classes from './apply-dialog.module.css'

/** Stands for "leave each as it is"; no value of a field is this. */
const leave = 'leave'

interface PartProps {
  readonly patch: SharedPatch
  readonly change: (patch: SharedPatch) => void
}

interface SelectProps<T> extends PartProps {
  readonly field: keyof SharedPatch
  readonly label: string
  readonly choices: readonly { readonly value: T; readonly text: string }[]
}

/** A field that all drafts get, or keep as each has it. */
const SharedSelect = <T,>({ patch, change, field, label, choices }: SelectProps<T>) => (
  <NativeSelect
    label={label}
    value={String(
      choices.findIndex(({ value }) => value === patch[field]) === -1
        ? leave
        : choices.findIndex(({ value }) => value === patch[field])
    )}
    data={[
      { value: leave, label: t('creation.leaveAsIs') },
      ...choices.map(({ text }, index) => ({ value: String(index), label: text }))
    ]}
    onChange={(event) => {
      const chosen = choices[Number(event.currentTarget.value)]
      const { [field]: _old, ...others } = patch
      change(chosen === undefined ? others : { ...others, [field]: chosen.value })
    }}
  />
)

const choiceItems = (field: ChoiceField) =>
  choicesOf(field).map((value) => ({ value, text: choiceLabel(value) }))

const AccountPart = (props: PartProps) => {
  const accounts = useApp((state) => state.accounts)
  const choices = trainingAccounts(accounts).map(({ id, name }) => ({ value: id, text: name }))
  return choices.length < 2 ? null : (
    <SharedSelect {...props} field="accountId" label={t('creation.account')} choices={choices} />
  )
}

/** The same for all drafts that were not sent. */
export const ApplyDialog = ({ onClose }: { readonly onClose: () => void }) => {
  useFocusReturn()
  const applyToAll = useApp((state) => state.applyToAll)
  const [patch, setPatch] = useState<SharedPatch>({})
  const [isRunning, setIsRunning] = useState(false)
  const part = { patch, change: setPatch }
  const apply = async () => {
    setIsRunning(true)
    const isDone = await applyToAll(patch)
    setIsRunning(false)
    if (isDone) onClose()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('creation.applyTitle')}
      withCloseButton={false}
      size={560}
    >
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault()
          void apply()
        }}
      >
        <p className={classes['text']}>{t('creation.applyText')}</p>
        <AccountPart {...part} />
        <div className={classes['pair']}>
          <SharedSelect
            {...part}
            field="subject"
            label={fieldLabel('subject')}
            choices={choiceItems('subject')}
          />
          <SharedSelect
            {...part}
            field="consentIn"
            label={fieldLabel('consentIn')}
            choices={choiceItems('consentIn')}
          />
          <SharedSelect
            {...part}
            field="model"
            label={fieldLabel('model')}
            choices={[
              { value: '', text: t('creation.usualModel') },
              ...replicaModels.map((model) => ({ value: model, text: model }))
            ]}
          />
          <SharedSelect
            {...part}
            field="hasGreenScreen"
            label={fieldLabel('hasGreenScreen')}
            choices={[
              { value: true, text: t('common.on') },
              { value: false, text: t('common.off') }
            ]}
          />
        </div>
        <TextInput
          label={fieldLabel('callbackUrl')}
          placeholder={t('creation.leaveAsIs')}
          value={patch.callbackUrl ?? ''}
          inputMode="url"
          spellCheck={false}
          autoComplete="off"
          maxLength={20_000}
          onChange={({ currentTarget: { value } }) => {
            const { callbackUrl: _old, ...others } = patch
            setPatch(value === '' ? others : { ...others, callbackUrl: value })
          }}
        />
        <div className={classes['actions']}>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            type="submit"
            variant="filled"
            loading={isRunning}
            disabled={Object.keys(patch).length === 0}
          >
            {t('creation.apply')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
