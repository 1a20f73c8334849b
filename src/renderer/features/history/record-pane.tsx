import type { HistoryEvent } from '../../../shared/domain/history.ts'
import { useApp } from '../../state/use-app.ts'
import { eventSubject, eventText, eventTone, factsOf, shortHash } from '../../text/history-words.ts'
import { whoKeeps } from '../../text/kind-words.ts'
import { exactTime, number } from '../../text/time-words.ts'
import { words } from '../../text/words.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { SidePane } from '../../ui/side-pane.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import classes from './record-pane.module.css'

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
    <CopyButton text={whole} label={label} copiedLabel={words.common.copied} />
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
  const { history } = words
  const facts = factsOf(record.body, whoKeeps(record.assetKind))
  return (
    <SidePane
      label={history.detailLabel}
      closeLabel={words.detail.close}
      owner={owner}
      onClose={() => selectRecord(null)}
    >
      <div className={classes['head']}>
        <h2 className={classes['subject']} dir="auto">
          {eventSubject(record)}
        </h2>
        <StateMark tone={eventTone(record)} text={eventText(record)} canWrap />
      </div>
      <FactList
        rows={[
          { name: history.when, value: exactTime(record.at) },
          ...(record.accountName === null
            ? []
            : [{ name: history.account, value: record.accountName }]),
          ...(record.assetId === null
            ? []
            : [
                {
                  name: history.id,
                  value: (
                    <Copyable
                      shown={record.assetId}
                      whole={record.assetId}
                      label={words.library.actions.copyId}
                    />
                  )
                }
              ]),
          ...facts
        ]}
      />
      <section className={classes['receipt']} aria-label={history.chain}>
        <FactList
          rows={[
            { name: history.record, value: number(record.seq) },
            {
              name: history.chain,
              value: (
                <Copyable
                  shown={shortHash(record.hash)}
                  whole={record.hash}
                  label={history.copyHash}
                />
              )
            }
          ]}
        />
      </section>
    </SidePane>
  )
}
