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
import type { BucketTrouble } from '../../../shared/catalogue/bucket-troubles.ts'
import type { Bucket, BucketId, BucketInput } from '../../../shared/domain/bucket.ts'
import type { AppError } from '../../../shared/errors.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { describeError } from '../../text/describe-error.ts'
import { issueFor } from '../../text/issue-words.ts'
import { useFocusReturn } from '../../ui/focus-return.ts'
import { useIsLate } from '../../ui/use-is-late.ts'
import classes from './account-form-dialog.module.css'
import { KeyFormFailure } from './key-form-failure.tsx'
import { useKeyForm } from './use-key-form.ts'

interface Fields extends Omit<BucketInput, 'id' | 'secretKey' | 'keyStorage'> {
  readonly service: BucketService
  readonly secretKey: string
}

const usualPrefix = 'replica-desk'

const fieldsOf = (bucket: Bucket | null): Fields => ({
  service: bucket === null ? 'aws' : serviceAt(bucket.endpoint),
  name: bucket?.name ?? t('bucketService.aws'),
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
  const isDefaultName = fields.name === t(`bucketService.${fields.service}`)
  return {
    ...fields,
    service,
    region,
    isPathStyle,
    name: isDefaultName ? t(`bucketService.${service}`) : fields.name,
    endpoint: endpointFor(service, region)
  }
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

type FieldName = 'endpoint' | 'region' | 'bucket' | 'accessKeyId' | 'secretKey'

/** Where a trouble is put right, if it is in one field. */
const fieldOfTrouble: Readonly<Partial<Record<BucketTrouble, FieldName>>> = {
  'wrong-key': 'accessKeyId',
  'wrong-secret': 'secretKey',
  'no-bucket': 'bucket',
  'wrong-region': 'region',
  'not-s3': 'endpoint'
}

const fieldOf = (error: AppError | null): FieldName | null =>
  error?.kind === 'bucket-failed' ? (fieldOfTrouble[error.trouble] ?? null) : null

/** What is wrong with a field, by its looks or by the storage's own answer. */
const wrongAt = (error: AppError | null, field: keyof Fields): string | null => {
  if (error === null) return null
  if (error.kind === 'invalid-input') return issueFor(error.issues, field)
  if (fieldOf(error) !== field) return null
  const { meaning, advice } = describeError(error)
  return `${meaning} ${advice}`
}

export const BucketFormDialog = ({ bucketId }: { readonly bucketId: BucketId | null }) => {
  useFocusReturn()
  const bucket = useApp((state) => state.buckets?.find(({ id }) => id === bucketId) ?? null)
  const closeBucketForm = useApp((state) => state.closeBucketForm)
  const saveBucket = useApp((state) => state.saveBucket)
  const [fields, setFields] = useState(() => fieldsOf(bucket))
  const tryBucket = useApp((state) => state.tryBucket)
  const keyForm = useKeyForm<BucketInput>({
    input: (keyStorage) => {
      const { service: _service, secretKey, ...place } = fields
      return { ...place, id: bucketId, secretKey: secretKey === '' ? null : secretKey, keyStorage }
    },
    tryOut: tryBucket,
    save: saveBucket,
    onSaved: closeBucketForm
  })
  const { error, step } = keyForm
  const isLongTry = useIsLate(step === 'trying' && fields.secretKey !== '')
  const change = (patch: Partial<Fields>) => setFields((held) => ({ ...held, ...patch }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void keyForm.submit('keychain')
  }
  const text = (name: 'name' | 'endpoint' | 'bucket' | 'prefix' | 'accessKeyId', hint?: string) => (
    <TextInput
      label={t(`bucketForm.${name}`)}
      description={hint}
      value={fields[name]}
      spellCheck={false}
      autoComplete="off"
      error={wrongAt(error, name)}
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
      <form
        ref={keyForm.form}
        className={classes['form']}
        onSubmit={submit}
        noValidate
        autoComplete="off"
      >
        <NativeSelect
          label={t('bucketForm.service')}
          value={fields.service}
          data={bucketServiceNames.map((value) => ({ value, label: t(`bucketService.${value}`) }))}
          onChange={(event) => {
            const chosen = bucketServiceNames.find((name) => name === event.currentTarget.value)
            if (chosen !== undefined) setFields((held) => withService(held, chosen))
          }}
        />
        {text('name', t('accountForm.nameHint'))}
        <TextInput
          {...(bucket === null ? { 'data-autofocus': true } : {})}
          label={t('bucketForm.region')}
          value={fields.region}
          spellCheck={false}
          error={wrongAt(error, 'region')}
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
          {...(bucket === null ? {} : { 'data-autofocus': true })}
          label={t('bucketForm.secretKey')}
          description={
            bucket !== null && bucket.key.last4 !== null
              ? t('bucketForm.secretStays', { last4: bucket.key.last4 })
              : t('bucketForm.secretHint')
          }
          value={fields.secretKey}
          autoComplete="off"
          spellCheck={false}
          error={wrongAt(error, 'secretKey')}
          aria-invalid={wrongAt(error, 'secretKey') !== null}
          visibilityToggleFocusable
          visibilityToggleButtonProps={{ 'aria-label': t('bucketForm.showTyped') }}
          onChange={(event) => change({ secretKey: event.currentTarget.value })}
        />
        <p role="status" className={classes['checking']}>
          {isLongTry && t('bucketForm.checking')}
        </p>
        {error !== null && error.kind !== 'invalid-input' && fieldOf(error) === null && (
          <KeyFormFailure
            error={error}
            who={null}
            canSaveAnyway={error.kind === 'bucket-failed'}
            keyForm={keyForm}
          />
        )}
        <div className={classes['actions']}>
          <Button onClick={closeBucketForm}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" loading={step !== 'idle'}>
            {t('bucketForm.save')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
