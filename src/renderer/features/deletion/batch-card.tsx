import { IconChevronDown, IconChevronRight, IconTrashX } from '@tabler/icons-react'
import { useState } from 'react'
import type { Batch } from '../../../shared/domain/batch.ts'
import { t } from '../../../shared/messages/messages.ts'
import { canRetry, isEnded, settledCount } from '../../state/batches.ts'
import { useApp } from '../../state/use-app.ts'
import { batchState, changeText, countsText, waitText } from '../../text/batch-words.ts'
import { describeEnd } from '../../text/end-words.ts'
import { partOf } from '../../text/kind-words.ts'
import { timeSince } from '../../text/time-words.ts'
import { AccountDot } from '../../ui/account-dot.tsx'
import { MessageBox } from '../../ui/message-box.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { useContextMenu } from '../../ui/use-context-menu.tsx'
import { useNow } from '../../ui/use-now.ts'
import { BatchActions, useBatchMenu } from './batch-actions.tsx'
import classes from './batch-card.module.css'
import { BatchItemList } from './batch-item-list.tsx'
import { useBatchNames } from './use-batch-words.ts'

const Accounts = ({ batch }: { readonly batch: Batch }) => {
  const accounts = useApp((state) => state.accounts)
  const touched = accounts.filter(({ id }) => batch.accountIds.includes(id))
  return touched.map((account) => (
    <span key={account.id} className={classes['account']}>
      <AccountDot color={account.color} />
      <bdi>{account.name}</bdi>
    </span>
  ))
}

const Why = ({ batch, who }: { readonly batch: Batch; readonly who: string }) => {
  const wait = waitText(batch, who)
  if (wait !== '' && !isEnded(batch)) {
    return (
      <div className={classes['why']}>
        <p>{wait}</p>
        {batch.changes.length > 0 && (
          <ul className={classes['changes']} aria-label={t('batches.changes')}>
            {batch.changes.map((change) => (
              <li key={`${change.what} ${change.kind} ${change.name}`}>{changeText(change)}</li>
            ))}
          </ul>
        )}
      </div>
    )
  }
  if (!canRetry(batch) || batch.lastError === null) return null
  const { title, meaning, advice, said } = describeEnd(batch.lastError, who)
  return <MessageBox tone="bad" title={title} quote={{ who, said }} text={`${meaning} ${advice}`} />
}

/** One confirmed plan on its way: how far it is, why it waits, what can be done. */
export const BatchCard = ({ batch }: { readonly batch: Batch }) => {
  const { heading, who } = useBatchNames(batch)
  const nowMs = useNow()
  const [isOpen, setIsOpen] = useState(false)
  const state = batchState(batch, nowMs)
  const settled = settledCount(batch)
  const hasProgress = batch.total > 1 && (batch.state === 'running' || batch.state === 'waiting')
  const { onContextMenu, menu } = useContextMenu(heading, useBatchMenu(batch))
  return (
    <article className={classes['card']} aria-label={heading} onContextMenu={onContextMenu}>
      <header className={classes['head']}>
        <h3 className={classes['title']}>
          <bdi>{heading}</bdi>
        </h3>
        {batch.mode === 'permanent' && (
          <span className={classes['permanent']}>
            <IconTrashX size={14} aria-hidden="true" />
            {t('batches.permanent')}
          </span>
        )}
      </header>
      <p className={classes['facts']}>
        <Accounts batch={batch} />
        <span>{timeSince(batch.askedAt, nowMs)}</span>
      </p>
      <StateMark tone={state.tone} text={state.text} lines="any" />
      {hasProgress && (
        <div className={classes['progress']}>
          <ProgressBar percent={(settled / batch.total) * 100} label={t('batches.progress')} />
          <span className={classes['part']}>{partOf(settled, batch.total)}</span>
        </div>
      )}
      {batch.total > 1 && batch.state !== 'held' && batch.state !== 'scheduled' && (
        <p className={classes['counts']}>{countsText(batch, who)}</p>
      )}
      <Why batch={batch} who={who} />
      <BatchActions batch={batch} />
      <button
        type="button"
        className={classes['toggle']}
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        {isOpen ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        {isOpen ? t('batches.hideItems') : t('batches.showItems')}
      </button>
      {isOpen && <BatchItemList batch={batch} />}
      {menu}
    </article>
  )
}
