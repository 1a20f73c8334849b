import type {
  DeletionCaution,
  DeletionMode,
  DeletionOutcome
} from '../../shared/domain/deletion.ts'
import type { AppError } from '../../shared/errors.ts'
import { assetName, type StateTone } from './asset-words.ts'
import { cautionText, outcomeText } from './deletion-words.ts'
import { describeError } from './describe-error.ts'
import { countOf } from './time-words.ts'

export interface NoticeWords {
  readonly tone: StateTone
  readonly title: string
  readonly text: string
}

const failedTitles = {
  'check-key': 'The key was not checked',
  'forget-key': 'The key was not forgotten',
  'remove-account': 'The account was not removed',
  'explore-sample': 'The sample data did not start',
  refresh: 'The list was not refreshed',
  delete: 'Nothing was deleted',
  rename: 'The name was not changed',
  'copy-link': 'The link was not copied',
  'add-drafts': 'No draft was made',
  'update-draft': 'The draft was not changed',
  'discard-draft': 'The draft was not discarded',
  create: 'The replica was not created',
  export: 'The history was not exported',
  'save-settings': 'The settings were not saved',
  'open-link': 'The page was not opened',
  'reveal-data': 'The folder was not shown',
  'restore-backup': 'The backup was not restored'
} as const

export const failureNotice = (doing: keyof typeof failedTitles, error: AppError): NoticeWords => {
  const { title, meaning, advice, said } = describeError(error)
  const quote = said === null ? '' : ` Tavus: “${said}”.`
  return {
    tone: 'bad',
    title: failedTitles[doing],
    text: `${title}.${quote} ${meaning} ${advice}`
  }
}

export const deletionNotice = (outcome: DeletionOutcome, mode: DeletionMode): NoticeWords => {
  const { title, text } = outcomeText({ ...outcome, name: assetName(outcome) }, mode)
  if (outcome.outcome === 'failed' && outcome.error !== null) {
    const words = describeError(outcome.error)
    const quote = words.said === null ? '' : ` Tavus: “${words.said}”.`
    return { tone: 'bad', title, text: `${words.title}.${quote} ${words.advice}` }
  }
  const isUnsure = outcome.outcome === 'unclear' || outcome.outcome === 'not-found'
  return { tone: isUnsure ? 'warn' : 'good', title, text }
}

export const blockedNotice = (name: string, cautions: readonly DeletionCaution[]): NoticeWords => ({
  tone: 'warn',
  title: `${assetName({ name })} was not deleted`,
  text: cautions.map((caution) => cautionText(caution.code)).join(' ')
})

export const renamedNotice = (name: string): NoticeWords => ({
  tone: 'good',
  title: `Renamed to ${name}`,
  text: 'Tavus accepted.'
})

export const createdNotice = (name: string): NoticeWords => ({
  tone: 'good',
  title: `Asked Tavus to train ${assetName({ name })}`,
  text: 'Tavus accepted. It usually takes 3 to 4 hours.'
})

export const exportedNotice = (savedAs: string, count: number): NoticeWords => ({
  tone: 'good',
  title: `${countOf(count, 'record')} exported`,
  text: `Saved as ${savedAs} and read back.`
})

export const filesDroppedNotice: NoticeWords = {
  tone: 'warn',
  title: 'Files cannot be sent yet',
  text: 'Put the video where Tavus can fetch it and drop its link.'
}

export const nothingDroppedNotice: NoticeWords = {
  tone: 'warn',
  title: 'There was no link in that',
  text: 'Drop the address of a training video, or the text that holds it.'
}

export const restoredNotice: NoticeWords = {
  tone: 'good',
  title: 'The backup was restored',
  text: 'The damaged database is kept beside it.'
}
