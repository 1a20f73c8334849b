import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { keeperName } from '../../../shared/catalogue/kinds.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import type { ProofCheck } from '../../../shared/domain/batch.ts'
import { t } from '../../../shared/messages/messages.ts'
import { isOutOfReach } from '../../state/library-reach.ts'
import type { PastDeletion } from '../../state/receipts-slice.ts'
import { useApp } from '../../state/use-app.ts'
import { askedWhen, checkLine, errorToTell, itemState } from '../../text/batch-words.ts'
import { describeError } from '../../text/describe-error.ts'
import { isWholeLikeness } from '../../text/kind-words.ts'
import { exactTime } from '../../text/time-words.ts'
import { ReceiptMenu } from '../../ui/receipt-menu.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { useNow } from '../../ui/use-now.ts'
import classes from './detail-pane.module.css'

/** What was looked at, and of what is still to come only the next. */
const toldChecks = (checks: readonly ProofCheck[]): readonly ProofCheck[] => {
  const looked = checks.filter(({ checkedAt }) => checkedAt !== null)
  const next = checks
    .filter(({ checkedAt }) => checkedAt === null)
    .sort((a, b) => a.dueAt.localeCompare(b.dueAt))[0]
  return next === undefined ? looked : [...looked, next]
}

const Deletion = ({ item }: { readonly item: PastDeletion }) => {
  const saveReceipt = useApp((state) => state.saveReceipt)
  const batch = useApp((state) => state.batches.find(({ id }) => id === item.batchId) ?? null)
  const nowMs = useNow()
  const who = keeperName(item.target.kind)
  const { tone, text } = itemState(item, who)
  const { batchId } = item
  const told = errorToTell(item)
  const error = told === null ? null : describeError(told, who)
  const since = item.finishedAt ?? item.sentAt ?? item.askedAt
  const isOver = batch === null || batch.state === 'finished' || batch.state === 'canceled'
  return (
    <li className={classes['deletion']}>
      <time dateTime={item.askedAt} title={exactTime(item.askedAt)}>
        {askedWhen(item, nowMs)}
      </time>
      <StateMark tone={tone} text={text} lines="any" />
      {error !== null && (
        <span className={classes['dim']}>
          {error.said === null ? `${error.title}.` : `${error.title}: “${error.said}”`}
        </span>
      )}
      {toldChecks(item.checks).map((check) => {
        const line = checkLine(check, since, nowMs, item.mode)
        return (
          <StateMark
            key={`${check.what} ${check.dueAt}`}
            tone={line.tone}
            text={line.text}
            lines="any"
          />
        )
      })}
      {batchId !== null && isOver && item.state !== 'canceled' && (
        <ReceiptMenu
          className={classes['receipt']}
          onSave={(format) => void saveReceipt(batchId, format)}
        />
      )}
    </li>
  )
}

/** Every deletion ever asked for an asset, what was seen of it later, and the way to a whole likeness. */
export const DetailDeletions = ({ asset }: { readonly asset: Asset }) => {
  const past = useApp((state) => state.pastDeletions)
  const loadPastDeletions = useApp((state) => state.loadPastDeletions)
  const openLikeness = useApp((state) => state.openLikeness)
  const history = useApp((state) => state.detailHistory)
  const isBlocked = useApp((state) => isOutOfReach(state.sync, asset.ref.accountId))
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new record may be one of a deletion
  useEffect(() => void loadPastDeletions(asset.ref), [asset.ref, history, loadPastDeletions])
  const items = past.kind === 'ready' ? past.value : []
  const canErase = isWholeLikeness(asset) && asset.presence === 'listed'
  if (items.length === 0 && !canErase) return null
  return (
    <section aria-label={t('detail.pastDeletions')}>
      {items.length > 0 && <h3 className={classes['heading']}>{t('detail.deletions')}</h3>}
      <ol className={classes['deletions']}>
        {items.map((item) => (
          <Deletion key={item.operationId} item={item} />
        ))}
      </ol>
      {canErase && (
        <Button
          size="xs"
          className={classes['erase'] ?? ''}
          disabled={isBlocked}
          title={isBlocked ? t('library.offlineReason') : undefined}
          onClick={() => void openLikeness(asset)}
        >
          {t('library.actions.eraseLikeness')}
        </Button>
      )}
    </section>
  )
}
