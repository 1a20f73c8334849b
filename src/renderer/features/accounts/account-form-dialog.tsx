import { type AccountColor, accountColors } from '../../../shared/catalogue/account-colors.ts'
import {
  keysLink,
  type ProviderId,
  providerIds,
  providerName,
  providers
} from '../../../shared/catalogue/providers.ts'
import '../../ui/modal-styles.ts'
import '@mantine/core/styles/InlineInput.layer.css'
import '@mantine/core/styles/PasswordInput.layer.css'
import '@mantine/core/styles/Switch.layer.css'
import '@mantine/core/styles/ActionIcon.layer.css'
import { Button, Modal, PasswordInput, Switch, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Account, AccountInput } from '../../../shared/domain/account.ts'
import type { AppError, FieldIssue } from '../../../shared/errors.ts'
import { t } from '../../../shared/messages/messages.ts'
import type { AccountForm } from '../../state/accounts-slice.ts'
import { useApp } from '../../state/use-app.ts'
import { describeError } from '../../text/describe-error.ts'
import { issueFor, issueText } from '../../text/issue-words.ts'
import { useFocusReturn } from '../../ui/focus-return.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { useRefusalFocus } from '../../ui/refusal-focus.ts'
import classes from './account-form-dialog.module.css'
import { ColorPicker } from './color-picker.tsx'

interface Fields {
  readonly provider: ProviderId
  readonly name: string
  readonly color: AccountColor
  readonly apiAddress: string
  readonly isReadOnly: boolean
  readonly apiKey: string
}

/** A colour that no account has yet, so that accounts can be told apart without choosing. */
const freeColor = (accounts: readonly Account[]): AccountColor =>
  accountColors.find((color) => accounts.every((account) => account.color !== color)) ?? 'indigo'

const fieldsOf = (
  account: Account | null,
  accounts: readonly Account[],
  given: AccountForm['given']
): Fields => ({
  provider: account?.provider ?? given?.provider ?? providerIds[0],
  name: account?.name ?? given?.name ?? '',
  color: account?.color ?? freeColor(accounts),
  apiAddress:
    account?.apiAddress ??
    providers[account?.provider ?? given?.provider ?? providerIds[0]].apiAddress,
  isReadOnly: account?.isReadOnly ?? false,
  apiKey: ''
})

/** Another provider has another address; one that was typed stays. */
const withProvider = (fields: Fields, provider: ProviderId): Fields => ({
  ...fields,
  provider,
  apiAddress:
    fields.apiAddress === providers[fields.provider].apiAddress
      ? providers[provider].apiAddress
      : fields.apiAddress
})

const keyIssue = (issues: readonly FieldIssue[], provider: ProviderId): string | null =>
  issues.some(({ field, code }) => field === 'apiKey' && code === 'other-provider')
    ? t(`provider.${provider}.foreignKey`)
    : issueFor(issues, 'apiKey')

interface ProviderChoiceProps {
  readonly value: ProviderId
  readonly onChange: (provider: ProviderId) => void
}

const ProviderChoice = ({ value, onChange }: ProviderChoiceProps) => {
  const providers = useApp((state) =>
    state.boot.kind === 'ready' ? state.boot.value.providers : noProviders
  )
  return (
    <fieldset className={classes['providers']}>
      <legend className={classes['legend']}>{t('accountForm.provider')}</legend>
      {providers.map((provider) => (
        <label key={provider} className={classes['choice']}>
          <input
            type="radio"
            name="provider"
            checked={provider === value}
            onChange={() => onChange(provider)}
          />
          <span>
            <strong>{providerName(provider)}</strong>
            <span className={classes['dim']}>{t(`provider.${provider}.keeps`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

const noProviders: readonly ProviderId[] = []

/** Issues about these are shown at the field itself. */
const fieldNames = new Set(['name', 'apiKey', 'apiAddress'])

const Failure = ({
  error,
  who,
  onKeepThisRun
}: {
  readonly error: AppError
  readonly who: string
  readonly onKeepThisRun: () => void
}) => {
  if (error.kind === 'invalid-input') {
    const loose = error.issues.find(({ field }) => !fieldNames.has(field))
    return loose === undefined ? null : (
      <MessageBox isLive tone="bad" title={issueText(loose, who)} text="" />
    )
  }
  const { title, meaning, advice, said } = describeError(error, who)
  return (
    <MessageBox
      isLive
      tone={error.kind === 'keychain-unavailable' ? 'warn' : 'bad'}
      title={title}
      quote={{ who, said }}
      text={`${meaning} ${advice}`}
      actions={
        error.kind === 'keychain-unavailable' ? (
          <>
            <Button type="submit">{t('common.tryAgain')}</Button>
            <Button title={t('accountForm.keepThisRunHint')} onClick={onKeepThisRun}>
              {t('accountForm.keepThisRun')}
            </Button>
          </>
        ) : undefined
      }
    />
  )
}

export const AccountFormDialog = ({ accountId, given }: AccountForm) => {
  useFocusReturn()
  const accounts = useApp((state) => state.accounts)
  const closeAccountForm = useApp((state) => state.closeAccountForm)
  const saveAccount = useApp((state) => state.saveAccount)
  const openLink = useApp((state) => state.openLink)
  const account = accounts.find(({ id }) => id === accountId) ?? null
  const [fields, setFields] = useState(() => fieldsOf(account, accounts, given))
  const [error, setError] = useState<AppError | null>(null)
  const [isSaving, setIsSaving] = useState(false)
  const { provider } = fields
  const issues = error?.kind === 'invalid-input' ? error.issues : []
  const change = (patch: Partial<Fields>) => setFields((held) => ({ ...held, ...patch }))

  const form = useRefusalFocus(error)

  const save = async (keyStorage: AccountInput['keyStorage']) => {
    if (isSaving) return
    setIsSaving(true)
    const answer = await saveAccount({
      ...fields,
      id: accountId,
      apiKey: fields.apiKey === '' ? null : fields.apiKey,
      keyStorage
    })
    setIsSaving(false)
    if (answer.ok) closeAccountForm()
    else setError(answer.error)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void save('keychain')
  }

  return (
    <Modal
      opened
      onClose={closeAccountForm}
      title={account === null ? t('accountForm.addTitle') : t('accountForm.editTitle')}
      withCloseButton={false}
      size={480}
    >
      <form ref={form} className={classes['form']} onSubmit={submit} noValidate autoComplete="off">
        {account === null ? (
          <ProviderChoice
            value={provider}
            onChange={(chosen) => {
              setFields((held) => withProvider(held, chosen))
              setError(null)
            }}
          />
        ) : (
          <p className={classes['provider']}>
            <span>{t('accountForm.provider')}</span>
            <strong>{providerName(provider)}</strong>
          </p>
        )}
        <TextInput
          data-autofocus
          label={t('accountForm.name')}
          description={t('accountForm.nameHint')}
          value={fields.name}
          maxLength={80}
          dir="auto"
          error={issueFor(issues, 'name')}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <PasswordInput
          label={t(`provider.${provider}.key`)}
          description={
            account !== null && account.key.last4 !== null
              ? t('accountForm.apiKeyStays', { last4: account.key.last4 })
              : t(`provider.${provider}.keyHint`)
          }
          value={fields.apiKey}
          autoComplete="off"
          spellCheck={false}
          error={keyIssue(issues, provider)}
          visibilityToggleFocusable
          // This field alone does not say so by itself.
          aria-invalid={issueFor(issues, 'apiKey') !== null}
          visibilityToggleButtonProps={{ 'aria-label': t('accountForm.showTyped') }}
          onChange={(event) => change({ apiKey: event.currentTarget.value })}
        />
        <button
          type="button"
          className={classes['link']}
          onClick={() => void openLink(keysLink(provider))}
        >
          {t(`provider.${provider}.keysPage`)}
        </button>
        <TextInput
          label={t('accountForm.apiAddress')}
          description={t('accountForm.apiAddressHint')}
          value={fields.apiAddress}
          type="url"
          spellCheck={false}
          readOnly={account?.isSample === true}
          error={issueFor(issues, 'apiAddress')}
          onChange={(event) => change({ apiAddress: event.currentTarget.value })}
        />
        <ColorPicker value={fields.color} onChange={(color) => change({ color })} />
        <Switch
          classNames={{ description: classes['switchHint'] }}
          label={t('accountForm.readOnly')}
          description={t('accountForm.readOnlyHint')}
          checked={fields.isReadOnly}
          onChange={(event) => change({ isReadOnly: event.currentTarget.checked })}
        />
        {error !== null && (
          <Failure
            error={error}
            who={providerName(provider)}
            onKeepThisRun={() => void save('this-run')}
          />
        )}
        <div className={classes['actions']}>
          <Button onClick={closeAccountForm}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" loading={isSaving}>
            {t('accountForm.save')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
