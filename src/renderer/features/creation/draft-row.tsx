import { IconMovie, IconPhoto } from '@tabler/icons-react'
import { memo } from 'react'
import {
  draftFields,
  draftIssues,
  needsStatement,
  sourceField
} from '../../../shared/catalogue/draft-fields.ts'
import { keeperName } from '../../../shared/catalogue/kinds.ts'
import type { Draft, DraftId } from '../../../shared/domain/draft.ts'
import { t } from '../../../shared/messages/messages.ts'
import { type DraftStanding, draftStanding } from '../../state/draft-standing.ts'
import { useApp } from '../../state/use-app.ts'
import type { StateTone } from '../../text/asset-words.ts'
import { describeError } from '../../text/describe-error.ts'
import { choiceLabel, issueInRow } from '../../text/draft-words.ts'
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

/** What the person is to do about it, if anything. */
const verdictOf = (draft: Draft): { readonly tone: StateTone; readonly text: string } => {
  const standing = draftStanding(draft)
  const issues = draft.error?.kind === 'invalid-input' ? draft.error.issues : draftIssues(draft)
  const [issue] = issues.length > 0 ? issues : draftIssues(draft)
  if (standing === 'needs-you' && issue !== undefined) {
    return { tone: 'warn', text: issueInRow(issue, keeperName('replica')) }
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
  const link = draft[draftFields[sourceField(draft)].view]
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
        <span className={link === null ? classes['dim'] : undefined} dir="auto">
          {link === null ? t('creation.noLinkYet') : link.fileName || link.host}
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
