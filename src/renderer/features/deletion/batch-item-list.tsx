import { useCallback, useEffect, useRef } from 'react'
import { keeperName } from '../../../shared/catalogue/kinds.ts'
import type { Batch, BatchItem } from '../../../shared/domain/batch.ts'
import { t } from '../../../shared/messages/messages.ts'
import { itemAt } from '../../state/batch-items-slice.ts'
import { useApp } from '../../state/use-app.ts'
import { assetName } from '../../text/asset-words.ts'
import { checkLine, errorToTell, itemState } from '../../text/batch-words.ts'
import { describeError } from '../../text/describe-error.ts'
import { PersonText } from '../../ui/person-text.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { useNow } from '../../ui/use-now.ts'
import { VirtualList } from '../../ui/virtual-list.tsx'
import classes from './batch-card.module.css'

/** Why one was not deleted, in a line. */
const errorLine = (item: BatchItem, who: string): string | null => {
  const error = errorToTell(item)
  if (error === null) return null
  const { title, said, meaning } = describeError(error, who)
  return said === null ? `${title}. ${meaning}` : `${title}: “${said}”`
}

const Item = ({ item }: { readonly item: BatchItem }) => {
  const nowMs = useNow()
  const who = keeperName(item.target.kind)
  const state = itemState(item, who)
  const error = errorLine(item, who)
  const since = item.finishedAt ?? item.sentAt ?? item.askedAt
  const looked = item.checks.filter(({ checkedAt }) => checkedAt !== null)
  const last = looked.at(-1)
  const line = last === undefined ? null : checkLine(last, since, nowMs, item.mode)
  return (
    <div className={classes['item']}>
      <span className={classes['itemName']}>
        <PersonText text={assetName(item)} />
        <code title={item.target.id}>{item.target.id}</code>
      </span>
      <StateMark tone={state.tone} text={state.text} lines="any" />
      {error !== null && <span className={classes['error']}>{error}</span>}
      {line !== null && <StateMark tone={line.tone} text={line.text} lines="any" />}
    </div>
  )
}

/** Each deletion of a batch with where it stands; asked for as it is scrolled to, and anew as the batch goes on. */
export const BatchItemList = ({ batch }: { readonly batch: Batch }) => {
  const { id } = batch
  const items = useApp((state) => state.batchItems.get(id) ?? null)
  const showBatchItems = useApp((state) => state.showBatchItems)
  const closeBatchItems = useApp((state) => state.closeBatchItems)
  const range = useRef({ first: 0, last: 0 })
  // biome-ignore lint/correctness/useExhaustiveDependencies: every news of the batch may have changed its items
  useEffect(() => {
    showBatchItems(id, range.current.first, range.current.last)
  }, [id, batch, showBatchItems])
  useEffect(() => () => closeBatchItems(id), [id, closeBatchItems])
  const onShow = useCallback(
    (first: number, last: number) => {
      range.current = { first, last }
      showBatchItems(id, first, last)
    },
    [id, showBatchItems]
  )
  if (items === null) return null
  if (items.error !== null) {
    return <p className={classes['more']}>{describeError(items.error).title}</p>
  }
  return (
    <VirtualList
      label={t('batches.items')}
      count={items.total}
      rowHeight={49}
      keyOf={(index) => itemAt(items, index)?.operationId ?? String(index)}
      onShow={onShow}
    >
      {(index) => {
        const item = itemAt(items, index)
        return item === null ? (
          <div className={classes['item']} aria-busy="true" />
        ) : (
          <Item item={item} />
        )
      }}
    </VirtualList>
  )
}
