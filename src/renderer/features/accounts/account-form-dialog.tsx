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
import { issueFor, issueText } from '../../text/issue-words.ts'
import { useFocusReturn } from '../../ui/focus-return.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { useIsLate } from '../../ui/use-is-late.ts'
import classes from './account-form-dialog.module.css'
import { ColorPicker } from './color-picker.tsx'
import { KeyFormFailure } from './key-form-failure.tsx'
import { type KeyForm, useKeyForm } from './use-key-form.ts'

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

/** The provider's name, with a number where another account is called so. */
const freeName = (provider: ProviderId, accounts: readonly Account[]): string => {
  const taken = new Set(accounts.map(({ name }) => name))
  const first = providerName(provider)
  let name = first
  for (let count = 2; taken.has(name); count += 1) name = `${first} ${count}`
  return name
}

const fieldsOf = (
  account: Account | null,
  accounts: readonly Account[],
  given: AccountForm['given']
): Fields => ({
  provider: account?.provider ?? given?.provider ?? providerIds[0],
  name: account?.name ?? (given?.name || freeName(given?.provider ?? providerIds[0], accounts)),
  color: account?.color ?? freeColor(accounts),
  apiAddress:
    account?.apiAddress ??
    providers[account?.provider ?? given?.provider ?? providerIds[0]].apiAddress,
  isReadOnly: account?.isReadOnly ?? false,
  apiKey: ''
})

/** Another provider has another name and address; one that was typed stays. */
const withProvider = (
  fields: Fields,
  provider: ProviderId,
  accounts: readonly Account[]
): Fields => ({
  ...fields,
  provider,
  name:
    fields.name === freeName(fields.provider, accounts)
      ? freeName(provider, accounts)
      : fields.name,
  apiAddress:
    fields.apiAddress === providers[fields.provider].apiAddress
      ? providers[provider].apiAddress
      : fields.apiAddress
})

/** What is wrong with the key, by its looks or by the provider's own answer. */
const keyIssue = (error: AppError | null, provider: ProviderId): string | null => {
  if (error?.kind === 'key-rejected') {
    const who = providerName(provider)
    const said = error.said === null ? '' : ` ${t('issue.said', { who, said: error.said })}`
    return `${t('accountForm.keyRejected', { who })}${said}`
  }
  const issues = issuesOf(error)
  return issues.some(({ field, code }) => field === 'apiKey' && code === 'other-provider')
    ? t(`provider.${provider}.foreignKey`)
    : issueFor(issues, 'apiKey')
}

const issuesOf = (error: AppError | null): readonly FieldIssue[] =>
  error?.kind === 'invalid-input' ? error.issues : []

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

/** Why nobody could say whether the key works; it may be stored all the same. */
const unanswered: ReadonlySet<AppError['kind']> = new Set([
  'offline',
  'timed-out',
  'rate-limited',
  'provider-down',
  'provider-refused',
  'unexpected-response',
  'insecure-connection',
  'sample-not-started'
])

interface FailureProps {
  readonly error: AppError
  readonly who: string
  readonly keyForm: KeyForm
}

const Failure = ({ error, who, keyForm }: FailureProps) => {
  if (error.kind === 'key-rejected') return null
  if (error.kind === 'invalid-input') {
    const loose = error.issues.find(({ field }) => !fieldNames.has(field))
    return loose === undefined ? null : (
      <MessageBox isLive tone="bad" title={issueText(loose, who)} text="" />
    )
  }
  const canSaveAnyway = unanswered.has(error.kind)
  return (
    <KeyFormFailure
      error={error}
      who={who}
      {...(canSaveAnyway ? { text: t('accountForm.unchecked', { who }) } : {})}
      canSaveAnyway={canSaveAnyway}
      keyForm={keyForm}
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
  const tryAccount = useApp((state) => state.tryAccount)
  const { provider } = fields
  const who = providerName(provider)
  const keyForm = useKeyForm<AccountInput>({
    input: (keyStorage) => ({
      ...fields,
      id: accountId,
      apiKey: fields.apiKey === '' ? null : fields.apiKey,
      keyStorage
    }),
    tryOut: tryAccount,
    save: saveAccount,
    onSaved: closeAccountForm
  })
  const { error, step } = keyForm
  const issues = issuesOf(error)
  const keyError = keyIssue(error, provider)
  const isLongTry = useIsLate(step === 'trying' && fields.apiKey !== '')
  const change = (patch: Partial<Fields>) => setFields((held) => ({ ...held, ...patch }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void keyForm.submit('keychain')
  }

  return (
    <Modal
      opened
      onClose={closeAccountForm}
      title={account === null ? t('accountForm.addTitle') : t('accountForm.editTitle')}
      withCloseButton={false}
      size={480}
    >
      <form
        ref={keyForm.form}
        className={classes['form']}
        onSubmit={submit}
        noValidate
        autoComplete="off"
      >
        {account === null ? (
          <ProviderChoice
            value={provider}
            onChange={(chosen) => {
              setFields((held) => withProvider(held, chosen, accounts))
              keyForm.clearError()
            }}
          />
        ) : (
          <p className={classes['provider']}>
            <span>{t('accountForm.provider')}</span>
            <strong>{providerName(provider)}</strong>
          </p>
        )}
        <TextInput
          label={t('accountForm.name')}
          description={t('accountForm.nameHint')}
          value={fields.name}
          maxLength={80}
          dir="auto"
          error={issueFor(issues, 'name')}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <PasswordInput
          data-autofocus
          label={t(`provider.${provider}.key`)}
          description={
            account !== null && account.key.last4 !== null
              ? t('accountForm.apiKeyStays', { last4: account.key.last4 })
              : t(`provider.${provider}.keyHint`)
          }
          value={fields.apiKey}
          autoComplete="off"
          spellCheck={false}
          error={keyError}
          visibilityToggleFocusable
          // This field alone does not say so by itself.
          aria-invalid={keyError !== null}
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
        <p role="status" className={classes['checking']}>
          {isLongTry && t('accountForm.checking', { who })}
        </p>
        {error !== null && <Failure error={error} who={who} keyForm={keyForm} />}
        <div className={classes['actions']}>
          <Button onClick={closeAccountForm}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" loading={step !== 'idle'}>
            {t('accountForm.save')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
