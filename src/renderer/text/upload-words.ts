import type { Bucket } from '../../shared/domain/bucket.ts'
import type { Upload } from '../../shared/domain/upload.ts'
import { t } from '../../shared/messages/messages.ts'
import { assertNever } from '../../shared/result.ts'
import type { ToneWords } from './account-words.ts'
import { describeError } from './describe-error.ts'
import { megabytesText } from './settings-words.ts'
import { waitWords } from './time-words.ts'

/** "0.3 MB", "12 MB", "1.2 GB": as storage services count. */
export const sizeText = (bytes: number): string => {
  const megabytes = bytes / 1_000_000
  return megabytesText(megabytes < 10 ? Math.round(megabytes * 10) / 10 : Math.round(megabytes))
}

const sendingText = (upload: Upload): string => {
  const facts = { sent: sizeText(upload.sentBytes), size: sizeText(upload.sizeBytes) }
  if (upload.bytesPerSecond === null) return t('uploads.sent', facts)
  const speed = sizeText(upload.bytesPerSecond)
  return upload.secondsLeft === null
    ? t('uploads.speed', { ...facts, speed })
    : t('uploads.speedLeft', { ...facts, speed, left: waitWords(upload.secondsLeft * 1000) })
}

/** How an upload stands; `to` is the bucket's name. */
export const uploadText = (upload: Upload, to: string): ToneWords => {
  const { state } = upload
  switch (state) {
    case 'waiting':
      return { tone: 'busy', text: t('uploads.waiting') }
    case 'sending':
      return { tone: 'busy', text: sendingText(upload) }
    case 'verifying':
      return { tone: 'busy', text: t('uploads.verifying') }
    case 'paused':
    case 'canceled':
      return {
        tone: 'quiet',
        text: t('uploads.paused', {
          sent: sizeText(upload.sentBytes),
          size: sizeText(upload.sizeBytes)
        })
      }
    case 'done':
      return { tone: 'good', text: t('uploads.done', { name: to }) }
    case 'failed': {
      const words = upload.error === null ? null : describeError(upload.error)
      return { tone: 'bad', text: words === null ? '' : `${words.meaning} ${words.advice}` }
    }
    default:
      return assertNever(state)
  }
}

/** How the last test of a connection went. */
export const bucketTestText = ({ test }: Bucket): ToneWords => {
  if (test.outcome === 'works') return { tone: 'good', text: t('bucketTest.works') }
  if (test.outcome === 'not-tested' || test.trouble === null) {
    return { tone: 'quiet', text: t('bucketTest.notTested') }
  }
  if (test.trouble === 'denied' && test.right !== null) {
    return { tone: 'bad', text: t('bucketTest.missingRight', { right: test.right }) }
  }
  const { meaning, advice } = describeError({ kind: 'bucket-failed', trouble: test.trouble })
  return { tone: 'bad', text: `${meaning} ${advice}` }
}
