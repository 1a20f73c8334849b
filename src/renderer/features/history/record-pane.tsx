import { Button } from '@mantine/core'
import { isAssetKind } from '../../../shared/catalogue/kinds.ts'
import type { AssetRef } from '../../../shared/domain/asset.ts'
import type { HistoryEvent } from '../../../shared/domain/history.ts'
import { historyTone } from '../../../shared/history-outcome.ts'
import { t } from '../../../shared/messages/messages.ts'
import { isEnded } from '../../state/batches.ts'
import { useApp } from '../../state/use-app.ts'
import { eventSubject, eventText, factsOf, shortHash } from '../../text/history-words.ts'
import { keeperText } from '../../text/kind-words.ts'
import { exactTime, number } from '../../text/time-words.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { ReceiptMenu } from '../../ui/receipt-menu.tsx'
import { SidePane } from '../../ui/side-pane.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import classes from './record-pane.module.css'

/** The deletion that a record belongs to; null if it is of something else. */
const batchOf = ({ type, body }: HistoryEvent): string | null => {
  const { batch } = body
  return type.startsWith('deletion-') && typeof batch === 'string' ? batch : null
}

/** The asset that a record is about, as the library keeps it; null for what is not kept there. */
const assetRefOf = ({ accountId, assetKind, assetId }: HistoryEvent): AssetRef | null =>
  accountId === null || assetId === null || assetKind === null || !isAssetKind(assetKind)
    ? null
    : // Main refuses what is no id.
      { accountId, kind: assetKind, id: assetId as AssetRef['id'] }

const Copyable = ({
  shown,
  whole,
  label
}: {
  readonly shown: string
  readonly whole: string
  readonly label: string
}) => (
  <span className={classes['copyable']}>
    <code title={whole}>{shown}</code>
    <CopyButton text={whole} label={label} copiedLabel={t('common.copied')} />
  </span>
)

/** One record, with everything that was written down. */
export const RecordPane = ({
  record,
  owner
}: {
  readonly record: HistoryEvent
  /** Key of the line that it was opened from. */
  readonly owner: string
}) => {
  const selectRecord = useApp((state) => state.selectRecord)
  const showAsset = useApp((state) => state.showAsset)
  const saveReceipt = useApp((state) => state.saveReceipt)
  const hasAccount = useApp((state) => state.accounts.some(({ id }) => id === record.accountId))
  const ref = hasAccount ? assetRefOf(record) : null
  const named = batchOf(record)
  // An open one has no receipt yet.
  const isOpen = useApp((state) =>
    state.batches.some((batch) => batch.id === named && !isEnded(batch))
  )
  const batchId = isOpen ? null : named
  const facts = factsOf(record.body, keeperText(record.assetKind))
  return (
    <SidePane
      label={t('history.detailLabel')}
      closeLabel={t('detail.close')}
      owner={owner}
      onClose={() => selectRecord(null)}
      {...(batchId === null && ref === null
        ? {}
        : {
            footer: (
              <>
                {ref !== null && (
                  <Button onClick={() => showAsset(ref)}>{t('history.showAsset')}</Button>
                )}
                {batchId !== null && (
                  <ReceiptMenu size="sm" onSave={(format) => void saveReceipt(batchId, format)} />
                )}
              </>
            )
          })}
    >
      <div className={classes['head']}>
        <h2 className={classes['subject']} dir="auto">
          {eventSubject(record)}
        </h2>
        <StateMark tone={historyTone(record)} text={eventText(record)} lines="any" />
      </div>
      <FactList
        rows={[
          { name: t('history.when'), value: exactTime(record.at) },
          ...(record.accountName === null
            ? []
            : [{ name: t('history.account'), value: record.accountName }]),
          ...(record.assetId === null
            ? []
            : [
                {
                  name: t('history.id'),
                  value: (
                    <Copyable
                      shown={record.assetId}
                      whole={record.assetId}
                      label={t('library.actions.copyId')}
                    />
                  )
                }
              ]),
          ...facts
        ]}
      />
      <section className={classes['receipt']} aria-label={t('history.chain')}>
        <FactList
          rows={[
            { name: t('history.record'), value: number(record.seq) },
            {
              name: t('history.chain'),
              value: (
                <Copyable
                  shown={shortHash(record.hash)}
                  whole={record.hash}
                  label={t('history.copyHash')}
                />
              )
            }
          ]}
        />
      </section>
    </SidePane>
  )
}
