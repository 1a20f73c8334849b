import { IconMovie, IconPhoto } from '@tabler/icons-react'
import { memo } from 'react'
import {
  draftFields,
  draftIssues,
  needsStatement,
  sourceField,
  videoFields
} from '../../../shared/catalogue/draft-fields.ts'
import { keeperName } from '../../../shared/catalogue/kinds.ts'
import type { Draft, DraftId } from '../../../shared/domain/draft.ts'
import type { FieldIssue } from '../../../shared/errors.ts'
import { t } from '../../../shared/messages/messages.ts'
import { type DraftStanding, draftStanding } from '../../state/draft-standing.ts'
import { useApp } from '../../state/use-app.ts'
import type { StateTone } from '../../text/asset-words.ts'
import { describeError } from '../../text/describe-error.ts'
import { choiceLabel, issueInRow } from '../../text/draft-words.ts'
import { findingSentence } from '../../text/video-words.ts'
import { AccountDot } from '../../ui/account-dot.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import classes from './draft-table.module.css'

export const standingTones = {
  ready: 'good',
  'needs-you': 'warn',
  creating: 'busy',
  unclear: 'warn',
  unsettled: 'warn',
  created: 'quiet'
} as const satisfies Record<DraftStanding, StateTone>

const videoCodes = ['unfit-video', 'not-uploaded']

/** What Tavus would refuse a video for says more than that it would, and than that its file is to be uploaded. */
const issueLine = (draft: Draft, issue: FieldIssue): string => {
  const field = videoFields.find((name) => name === issue.field)
  const refused =
    field === undefined || !videoCodes.includes(issue.code)
      ? undefined
      : draft.checks[field]?.findings.find(({ level }) => level === 'refused')
  return refused === undefined ? issueInRow(issue, keeperName('replica')) : findingSentence(refused)
}

/** What the person is to do about it, if anything. */
const verdictOf = (draft: Draft): { readonly tone: StateTone; readonly text: string } => {
  const standing = draftStanding(draft)
  const issues = draft.error?.kind === 'invalid-input' ? draft.error.issues : draftIssues(draft)
  const [issue] = issues.length > 0 ? issues : draftIssues(draft)
  if (standing === 'needs-you' && issue !== undefined) {
    return { tone: 'warn', text: issueLine(draft, issue) }
  }
  if (standing === 'needs-you' && draft.error !== null) {
    return { tone: 'bad', text: describeError(draft.error, keeperName('replica')).title }
  }
  return { tone: standingTones[standing], text: t(`draft.state.${standing}`) }
}

const consentOf = (draft: Draft): string =>
  needsStatement(draft) ? choiceLabel(draft.consentIn) : t('creation.noConsent')

const Account = ({ accountId }: Pick<Draft, 'accountId'>) => {
  const account = useApp((state) => state.accounts.find(({ id }) => id === accountId))
  return account === undefined ? (
    <span className={classes['dim']}>{t('creation.noAccount')}</span>
  ) : (
    <>
      <AccountDot color={account.color} />
      <span>{account.name}</span>
    </>
  )
}

interface Props {
  readonly draft: Draft
  readonly index: number
  readonly isOpen: boolean
  /** The one row that Tab leads to. */
  readonly isStop: boolean
  readonly onOpen: (id: DraftId) => void
  readonly onFocus: (index: number) => void
}

/** One draft in a line; pressing it opens its card. */
export const DraftRow = memo(({ draft, index, isOpen, isStop, onOpen, onFocus }: Props) => {
  const source = sourceField(draft)
  const link = draft[draftFields[source].view]
  const file = source === 'trainVideoUrl' ? draft.files[source] : null
  const given = file?.fileName ?? (link === null ? null : link.fileName || link.host)
  const verdict = verdictOf(draft)
  const isUnnamed = draft.replicaName.trim() === ''
  return (
    <button
      type="button"
      className={classes['row']}
      data-key={draft.id}
      aria-expanded={isOpen}
      tabIndex={isStop ? 0 : -1}
      onClick={() => onOpen(draft.id)}
      onFocus={() => onFocus(index)}
    >
      <span className={classes['cell']}>
        <span className={classes['face']} aria-hidden="true">
          {draft.trainFrom === 'image' ? <IconPhoto size={16} /> : <IconMovie size={16} />}
        </span>
        <span className={isUnnamed ? classes['dim'] : classes['name']} dir="auto">
          {isUnnamed ? t('creation.draftUnnamed', { position: index + 1 }) : draft.replicaName}
        </span>
      </span>
      <span className={classes['cell']}>
        <span className={given === null ? classes['dim'] : undefined} dir="auto">
          {given ?? t('creation.noLinkYet')}
        </span>
      </span>
      <span className={`${classes['cell']} ${classes['wide']}`}>
        <Account accountId={draft.accountId} />
      </span>
      <span className={`${classes['cell']} ${classes['wide']} ${classes['dim']}`}>
        <span>{draft.model.trim() === '' ? t('creation.usualModel') : draft.model}</span>
      </span>
      <span className={`${classes['cell']} ${classes['dim']}`}>
        <span>{consentOf(draft)}</span>
      </span>
      <span className={classes['cell']}>
        <StateMark tone={verdict.tone} text={verdict.text} />
      </span>
    </button>
  )
})
