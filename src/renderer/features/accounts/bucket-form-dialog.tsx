import '../../ui/modal-styles.ts'
import '@mantine/core/styles/InlineInput.layer.css'
import '@mantine/core/styles/PasswordInput.layer.css'
import '@mantine/core/styles/Switch.layer.css'
import '@mantine/core/styles/ActionIcon.layer.css'
import { Button, Modal, NativeSelect, PasswordInput, Switch, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import {
  type BucketService,
  bucketServiceNames,
  bucketServices,
  endpointFor,
  serviceAt
} from '../../../shared/catalogue/bucket-services.ts'
import type { Bucket, BucketId, BucketInput } from '../../../shared/domain/bucket.ts'
import type { AppError } from '../../../shared/errors.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { describeError } from '../../text/describe-error.ts'
import { issueFor } from '../../text/issue-words.ts'
import { useFocusReturn } from '../../ui/focus-return.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { useRefusalFocus } from '../../ui/refusal-focus.ts'
import classes from './account-form-dialog.module.css'

interface Fields extends Omit<BucketInput, 'id' | 'secretKey' | 'keyStorage'> {
  readonly service: BucketService
  readonly secretKey: string
}

const usualPrefix = 'replica-desk'

const fieldsOf = (bucket: Bucket | null): Fields => ({
  service: bucket === null ? 'aws' : serviceAt(bucket.endpoint),
  name: bucket?.name ?? '',
  endpoint: bucket?.endpoint ?? endpointFor('aws', ''),
  region: bucket?.region ?? '',
  bucket: bucket?.bucket ?? '',
  prefix: bucket?.prefix ?? usualPrefix,
  isPathStyle: bucket?.isPathStyle ?? false,
  accessKeyId: bucket?.accessKeyId ?? '',
  secretKey: ''
})

const withService = (fields: Fields, service: BucketService): Fields => {
  const { region, isPathStyle } = bucketServices[service]
  return { ...fields, service, region, isPathStyle, endpoint: endpointFor(service, region) }
}

/** The endpoint follows the region as long as it is the service's own. */
const withRegion = (fields: Fields, region: string): Fields => ({
  ...fields,
  region,
  endpoint:
    fields.endpoint === endpointFor(fields.service, fields.region)
      ? endpointFor(fields.service, region)
      : fields.endpoint
})

const Failure = ({
  error,
  onKeepThisRun
}: {
  readonly error: AppError
  readonly onKeepThisRun: () => void
}) => {
  if (error.kind === 'invalid-input') return null
  const { title, meaning, advice } = describeError(error)
  const isKeychain = error.kind === 'keychain-unavailable'
  return (
    <MessageBox
      isLive
      tone={isKeychain ? 'warn' : 'bad'}
      title={title}
      text={`${meaning} ${advice}`}
      actions={
        isKeychain ? (
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

export const BucketFormDialog = ({ bucketId }: { readonly bucketId: BucketId | null }) => {
  useFocusReturn()
  const bucket = useApp((state) => state.buckets?.find(({ id }) => id === bucketId) ?? null)
  const closeBucketForm = useApp((state) => state.closeBucketForm)
  const saveBucket = useApp((state) => state.saveBucket)
  const [fields, setFields] = useState(() => fieldsOf(bucket))
  const [error, setError] = useState<AppError | null>(null)
  const [isSaving, setIsSaving] = useState(false)
  const form = useRefusalFocus(error)
  const issues = error?.kind === 'invalid-input' ? error.issues : []
  const change = (patch: Partial<Fields>) => setFields((held) => ({ ...held, ...patch }))

  const save = async (keyStorage: BucketInput['keyStorage']) => {
    if (isSaving) return
    setIsSaving(true)
    const { service: _service, secretKey, ...place } = fields
    const answer = await saveBucket({
      ...place,
      id: bucketId,
      secretKey: secretKey === '' ? null : secretKey,
      keyStorage
    })
    setIsSaving(false)
    if (answer.ok) closeBucketForm()
    else setError(answer.error)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void save('keychain')
  }
  const text = (
    name: 'name' | 'endpoint' | 'bucket' | 'prefix' | 'accessKeyId',
    hint?: string,
    isFirst = false
  ) => (
    <TextInput
      {...(isFirst ? { 'data-autofocus': true } : {})}
      label={t(`bucketForm.${name}`)}
      description={hint}
      value={fields[name]}
      spellCheck={false}
      autoComplete="off"
      error={issueFor(issues, name)}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
    />
  )

  return (
    <Modal
      opened
      onClose={closeBucketForm}
      title={bucket === null ? t('bucketForm.addTitle') : t('bucketForm.editTitle')}
      withCloseButton={false}
      size={480}
    >
      <form ref={form} className={classes['form']} onSubmit={submit} noValidate autoComplete="off">
        <NativeSelect
          label={t('bucketForm.service')}
          value={fields.service}
          data={bucketServiceNames.map((value) => ({ value, label: t(`bucketService.${value}`) }))}
          onChange={(event) => {
            const chosen = bucketServiceNames.find((name) => name === event.currentTarget.value)
            if (chosen !== undefined) setFields((held) => withService(held, chosen))
          }}
        />
        {text('name', t('accountForm.nameHint'), true)}
        <TextInput
          label={t('bucketForm.region')}
          value={fields.region}
          spellCheck={false}
          error={issueFor(issues, 'region')}
          onChange={(event) => {
            const { value } = event.currentTarget
            setFields((held) => withRegion(held, value))
          }}
        />
        {text('endpoint')}
        {text('bucket')}
        {text('prefix', t('bucketForm.prefixHint'))}
        <Switch
          classNames={{ description: classes['switchHint'] }}
          label={t('bucketForm.pathStyle')}
          description={t('bucketForm.pathStyleHint')}
          checked={fields.isPathStyle}
          onChange={(event) => change({ isPathStyle: event.currentTarget.checked })}
        />
        {text('accessKeyId', t('bucketForm.rights'))}
        <PasswordInput
          label={t('bucketForm.secretKey')}
          description={
            bucket !== null && bucket.key.last4 !== null
              ? t('bucketForm.secretStays', { last4: bucket.key.last4 })
              : t('bucketForm.secretHint')
          }
          value={fields.secretKey}
          autoComplete="off"
          spellCheck={false}
          error={issueFor(issues, 'secretKey')}
          aria-invalid={issueFor(issues, 'secretKey') !== null}
          visibilityToggleFocusable
          visibilityToggleButtonProps={{ 'aria-label': t('bucketForm.showTyped') }}
          onChange={(event) => change({ secretKey: event.currentTarget.value })}
        />
        {error !== null && <Failure error={error} onKeepThisRun={() => void save('this-run')} />}
        <div className={classes['actions']}>
          <Button onClick={closeBucketForm}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" loading={isSaving}>
            {t('bucketForm.save')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
