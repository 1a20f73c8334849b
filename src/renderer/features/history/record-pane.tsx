import { Button } from '@mantine/core'
import { useEffect } from 'react'
import type { AssetRef } from '../../../shared/domain/asset.ts'
import type { HistoryEvent, HistoryLine } from '../../../shared/domain/history.ts'
import { ownSeq } from '../../../shared/history-chains.ts'
import { historyTone } from '../../../shared/history-outcome.ts'
import { t } from '../../../shared/messages/messages.ts'
import { isEnded } from '../../state/batches.ts'
import { assetRefOf } from '../../state/history-rows.ts'
import { personById } from '../../state/persons-slice.ts'
import { useApp } from '../../state/use-app.ts'
import { eventSubject, eventText, factsOf, shortHash } from '../../text/history-words.ts'
import { keeperText } from '../../text/kind-words.ts'
import { lineSubject, lineText, thingCount } from '../../text/line-words.ts'
import { exactTime, number } from '../../text/time-words.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { ReceiptMenu } from '../../ui/receipt-menu.tsx'
import { SidePane } from '../../ui/side-pane.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import classes from './record-pane.module.css'
import { Story } from './story.tsx'

/** The deletion that a record belongs to; null if it is of something else. */
const batchOf = ({ type, body }: HistoryEvent): string | null => {
  const { batch } = body
  return type.startsWith('deletion-') && typeof batch === 'string' ? batch : null
}

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

/** Everything that was written down of one record; its place in the chain folded at the end. */
const Facts = ({ record }: { readonly record: HistoryEvent }) => (
  <>
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
        ...factsOf(record.body, keeperText(record.assetKind)),
        ...(record.forgotten === undefined
          ? []
          : [
              {
                name: t('history.forgotten'),
                value: t('history.forgottenOn', { time: exactTime(record.forgotten.at) })
              }
            ])
      ]}
    />
    <details className={classes['technical']}>
      <summary>{t('history.technical')}</summary>
      <FactList
        rows={[
          { name: t('history.record'), value: number(ownSeq(record.seq)) },
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
    </details>
  </>
)

/** Leads to everything that happened to what is tied to the same person. */
const PersonButton = ({ about }: { readonly about: AssetRef }) => {
  const persons = useApp((state) => state.persons)
  const loadPersons = useApp((state) => state.loadPersons)
  const showPersonHistory = useApp((state) => state.showPersonHistory)
  const personId = useApp((state) => {
    const asset = state.story.kind === 'ready' ? state.story.value.asset : null
    return asset !== null && asset.ref.id === about.id ? asset.personId : null
  })
  useEffect(() => {
    if (personId !== null) void loadPersons()
  }, [personId, loadPersons])
  const person = personById(persons, personId)
  if (person === null) return null
  return (
    <Button onClick={() => showPersonHistory(person.id)}>
      {t('history.story.person', { name: person.name })}
    </Button>
  )
}

/** The deletion whose receipt can be had: it has ended, whether or not it was dismissed since. */
const useReceipt = (named: string | null): string | null => {
  // An open one has no receipt yet.
  const isOpen = useApp((state) =>
    state.batches.some((batch) => batch.id === named && !isEnded(batch))
  )
  return isOpen ? null : named
}

/** What the thing of the story is called now. */
const useStoryName = (record: HistoryEvent): string =>
  useApp(({ story }) => (story.kind === 'ready' ? story.value.asset?.name : null) || null) ??
  eventSubject(record)

interface Props {
  readonly record: HistoryEvent
  /** The operation that it was opened from as a whole; null: it was opened as a record. */
  readonly line: HistoryLine | null
  /** Key of the line that it was opened from. */
  readonly owner: string
}

/** The story of what a record is about, and the record with everything that was written down. */
export const RecordPane = ({ record, line, owner }: Props) => {
  const selectRecord = useApp((state) => state.selectRecord)
  const showAsset = useApp((state) => state.showAsset)
  const saveReceipt = useApp((state) => state.saveReceipt)
  const openExport = useApp((state) => state.openExport)
  const storyName = useStoryName(record)
  const hasAccount = useApp((state) => state.accounts.some(({ id }) => id === record.accountId))
  const isOfMany = line !== null && thingCount(line) > 1
  // The request for a thing does not name it yet, nor does a receipt: they belong to the story that they were opened in.
  const told = useApp((state) =>
    state.story.kind === 'ready' && state.story.value.rows.some(({ seq }) => seq === record.seq)
      ? state.storyRef
      : null
  )
  const about = isOfMany ? null : (assetRefOf(record) ?? told)
  const shown = hasAccount ? about : null
  const batchId = useReceipt(line?.batchId ?? batchOf(record))
  const footer = (
    <>
      {shown !== null && <Button onClick={() => showAsset(shown)}>{t('history.showAsset')}</Button>}
      {batchId !== null && (
        <ReceiptMenu size="sm" onSave={(format) => void saveReceipt(batchId, format)} />
      )}
      {about !== null && (
        <Button onClick={() => openExport({ ref: about, name: storyName })}>
          {t('history.exportStory')}
        </Button>
      )}
      {about !== null && <PersonButton about={about} />}
    </>
  )
  return (
    <SidePane
      label={t('history.detailLabel')}
      closeLabel={t('detail.close')}
      owner={owner}
      onClose={() => selectRecord(null)}
      {...(batchId === null && about === null ? {} : { footer })}
    >
      {about === null ? (
        <div className={classes['head']}>
          <h2 className={classes['subject']} dir="auto">
            {isOfMany ? lineSubject(line) : eventSubject(record)}
          </h2>
          <StateMark
            tone={isOfMany ? line.outcome : historyTone(record)}
            text={isOfMany ? lineText(line) : eventText(record)}
            lines="any"
          />
        </div>
      ) : (
        <Story about={about} name={eventSubject(record)} shownSeq={record.seq} />
      )}
      <Facts record={record} />
    </SidePane>
  )
}
