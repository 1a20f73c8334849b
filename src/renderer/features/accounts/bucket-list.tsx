import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { Bucket } from '../../../shared/domain/bucket.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { keyText } from '../../text/account-words.ts'
import { bucketTestText, sizeText } from '../../text/upload-words.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { PersonText } from '../../ui/person-text.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { useNow } from '../../ui/use-now.ts'
import classes from './accounts-screen.module.css'

const LeftoverList = ({ bucket }: { readonly bucket: Bucket }) => {
  const leftovers = useApp((state) => state.leftovers.get(bucket.id))
  const removeLeftFile = useApp((state) => state.removeLeftFile)
  const removeUnfinished = useApp((state) => state.removeUnfinished)
  if (leftovers === undefined) return null
  const { files, unfinished } = leftovers
  if (files.length + unfinished.length === 0) {
    return (
      <p role="status" className={classes['note']}>
        {t('buckets.noLeftovers')}
      </p>
    )
  }
  return (
    <ul className={classes['leftovers']}>
      {files.map(({ uploadId, fileName, sizeBytes, why, replicaName }) => (
        <li key={uploadId}>
          <span>
            {t(`buckets.leftover.${why}`, {
              file: fileName,
              size: sizeText(sizeBytes),
              name: replicaName ?? ''
            })}
          </span>
          <Button onClick={() => void removeLeftFile(bucket.id, uploadId)}>
            {t('buckets.removeFile', { file: fileName })}
          </Button>
        </li>
      ))}
      {unfinished.length > 0 && (
        <li>
          <span>{t('buckets.leftoverUnfinished', { count: unfinished.length })}</span>
          <Button onClick={() => void removeUnfinished(bucket.id)}>
            {t('buckets.removeUnfinished')}
          </Button>
        </li>
      )}
    </ul>
  )
}

const BucketCard = ({
  bucket,
  onRemove
}: {
  readonly bucket: Bucket
  readonly onRemove: () => void
}) => {
  const nowMs = useNow()
  const isTesting = useApp((state) => state.testingBuckets.has(bucket.id))
  const testBucket = useApp((state) => state.testBucket)
  const openBucketForm = useApp((state) => state.openBucketForm)
  const findLeftovers = useApp((state) => state.findLeftovers)
  const key = keyText(bucket.key, nowMs)
  const test = bucketTestText(bucket)
  return (
    <li className={classes['card']} data-account-color="gray">
      <div className={classes['head']}>
        <h3 className={classes['name']}>
          <PersonText text={bucket.name} />
        </h3>
        <span className={classes['provider']}>{new URL(bucket.endpoint).host}</span>
      </div>
      <FactList
        rows={[
          {
            name: t('buckets.place'),
            value: <code>{`${bucket.bucket}/${bucket.prefix}`}</code>
          },
          {
            name: t('buckets.secret'),
            value: <StateMark tone={key.tone} text={key.text} lines="any" />
          },
          {
            name: t('buckets.lastTest'),
            value: (
              <span role="status">
                <StateMark tone={test.tone} text={test.text} lines="any" />
              </span>
            )
          }
        ]}
      />
      <LeftoverList bucket={bucket} />
      <div className={classes['actions']}>
        <Button loading={isTesting} onClick={() => void testBucket(bucket.id)}>
          {t('buckets.test')}
        </Button>
        <Button onClick={() => openBucketForm(bucket.id)}>{t('buckets.edit')}</Button>
        <Button onClick={() => void findLeftovers(bucket.id)}>{t('buckets.leftovers')}</Button>
        <Button variant="subtle" className={classes['apart']} onClick={onRemove}>
          {t('buckets.remove')}
        </Button>
      </div>
    </li>
  )
}

/** The person's own storage, for videos that are on this computer. */
export const BucketList = () => {
  const buckets = useApp((state) => state.buckets)
  const loadBuckets = useApp((state) => state.loadBuckets)
  const openBucketForm = useApp((state) => state.openBucketForm)
  const removeBucket = useApp((state) => state.removeBucket)
  const [removing, setRemoving] = useState<Bucket | null>(null)
  useEffect(() => void loadBuckets(), [loadBuckets])
  return (
    <section className={classes['buckets']} aria-label={t('buckets.region')}>
      <div className={classes['bucketsHead']}>
        <h2>{t('buckets.title')}</h2>
        <Button
          leftSection={<IconPlus size={16} aria-hidden="true" />}
          onClick={() => openBucketForm(null)}
        >
          {t('buckets.add')}
        </Button>
      </div>
      <p className={classes['provider']}>{t('buckets.intro')}</p>
      {buckets !== null && buckets.length > 0 && (
        <ul className={classes['bucketCards']}>
          {buckets.map((bucket) => (
            <BucketCard key={bucket.id} bucket={bucket} onRemove={() => setRemoving(bucket)} />
          ))}
        </ul>
      )}
      {removing !== null && (
        <ConfirmDialog
          title={t('buckets.removeTitle', { name: removing.name })}
          text={t('buckets.removeText')}
          confirmLabel={t('buckets.remove')}
          cancelLabel={t('common.cancel')}
          onConfirm={() => removeBucket(removing.id)}
          onClose={() => setRemoving(null)}
        />
      )}
    </section>
  )
}
