import { draftIssues, sentVideoFields, videoFields } from '../../shared/catalogue/draft-fields.ts'
import { keeperName } from '../../shared/catalogue/kinds.ts'
import type { Draft } from '../../shared/domain/draft.ts'
import type { Upload } from '../../shared/domain/upload.ts'
import type { VideoCheck } from '../../shared/domain/video-check.ts'
import type { FieldIssue } from '../../shared/errors.ts'
import { t } from '../../shared/messages/messages.ts'
import type { ToneWords } from './account-words.ts'
import type { StateTone } from './asset-words.ts'
import { describeError } from './describe-error.ts'
import { issueInRow } from './draft-words.ts'
import { verdictText } from './video-words.ts'

/** How each standing looks. */
export const standingTones = {
  ready: 'good',
  'needs-you': 'warn',
  creating: 'busy',
  unclear: 'warn',
  unsettled: 'warn',
  created: 'quiet'
} as const satisfies Readonly<Record<string, StateTone>>

const who = (): string => keeperName('replica')

/** How much of a file left this computer, of 1. */
export const sentShare = ({ sentBytes, sizeBytes }: Upload): number =>
  Math.min(1, sentBytes / Math.max(1, sizeBytes))

/** How the upload that keeps a draft waiting stands; null where none was begun. */
const uploadWords = (upload: Upload | null): ToneWords | null => {
  switch (upload?.state) {
    case 'waiting':
      return { tone: 'busy', text: t('uploads.waiting') }
    case 'sending':
      return { tone: 'busy', text: t('draft.uploading', { share: sentShare(upload) }) }
    case 'verifying':
      return { tone: 'busy', text: t('uploads.verifying') }
    case 'paused':
      return { tone: 'quiet', text: t('draft.uploadPaused', { share: sentShare(upload) }) }
    case 'failed':
      return { tone: 'bad', text: t('draft.uploadFailed') }
    default:
      return null
  }
}

const checkingWords = (check: VideoCheck | null): ToneWords | null =>
  check?.state === 'checking' ? { tone: 'busy', text: t('video.checking') } : null

/** What was found in the video is said rather than that something was found; the same for its upload. */
const issueWords = (draft: Draft, issue: FieldIssue, upload: Upload | null): ToneWords => {
  const { field, code } = issue
  const video = videoFields.find((name) => name === field)
  const check = video === undefined ? null : draft.checks[video]
  const isOfVideo = ['unfit-video', 'not-uploaded', 'file-changed'].includes(code)
  const isRefused = check?.findings.some(({ level }) => level === 'refused') === true
  // Before it is sent: an upload of what will be refused is time lost.
  const refusal = isOfVideo && check !== null && isRefused ? verdictText(check) : null
  if (refusal !== null) return { tone: 'bad', text: refusal }
  const words = code === 'not-uploaded' ? (uploadWords(upload) ?? checkingWords(check)) : null
  return words ?? { tone: 'warn', text: issueInRow(issue, who()) }
}

/** Nothing keeps it from being sent, but a check that runs or warns is worth knowing before. */
const readyWords = (draft: Draft): ToneWords => {
  const checks = sentVideoFields(draft).flatMap((field) => draft.checks[field] ?? [])
  if (checks.some(({ state }) => state === 'checking')) {
    return { tone: 'busy', text: t('video.checking') }
  }
  const warned = checks.find(({ findings }) => findings.some(({ level }) => level === 'warning'))
  const text = warned === undefined ? null : verdictText(warned)
  return text === null
    ? { tone: 'good', text: t('draft.state.ready') }
    : { tone: 'warn', text: t('draft.readyBut', { text }) }
}

/**
 * What a row says of its draft: what the person is to do about it, or what it waits for. `upload` is the one of the
 * file that is not in storage yet.
 */
export const draftVerdict = (draft: Draft, upload: Upload | null): ToneWords => {
  const { state, error } = draft
  if (state !== 'editing') {
    return { tone: standingTones[state], text: t(`draft.state.${state}`) }
  }
  const refused = error?.kind === 'invalid-input' ? error.issues : []
  const [issue] = [...refused, ...draftIssues(draft)]
  if (issue !== undefined) return issueWords(draft, issue, upload)
  return error === null
    ? readyWords(draft)
    : { tone: 'bad', text: describeError(error, who()).title }
}
