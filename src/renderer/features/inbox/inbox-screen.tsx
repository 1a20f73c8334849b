import { Button } from '@mantine/core'
import { IconAlertTriangle, IconInbox, IconMail, IconMailOpened } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { HistoryLine } from '../../../shared/domain/history.ts'
import type { PersonId } from '../../../shared/domain/person.ts'
import { t } from '../../../shared/messages/messages.ts'
import { assetRefOf, type HistoryRows } from '../../state/history-rows.ts'
import { useApp } from '../../state/use-app.ts'
import { describeError } from '../../text/describe-error.ts'
import { lineSubject, lineText, thingCount } from '../../text/line-words.ts'
import { dayAndTime, exactTime } from '../../text/time-words.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { LineFace } from '../../ui/line-face.tsx'
import { Page } from '../../ui/page.tsx'
import { receiptEntries } from '../../ui/receipt-entries.ts'
import { ReceiptMenu } from '../../ui/receipt-menu.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { useContextMenu } from '../../ui/use-context-menu.tsx'
import { useNow } from '../../ui/use-now.ts'
import { walkRecords } from '../../ui/walk-records.ts'
import classes from './inbox-screen.module.css'

/** The person that a reminder is about; null for anything else. */
const personOf = ({ head: { type, body } }: HistoryLine): PersonId | null =>
  type === 'person-due' && typeof body['personId'] === 'string'
    ? (body['personId'] as PersonId)
    : null

/** Leads where there is something to be done: to the one thing it is about, its person, or what was written down. */
const useOpen = (line: HistoryLine) => {
  const ref = thingCount(line) === 1 && line.batchId === null ? assetRefOf(line.head) : null
  const isKept = useApp(
    ({ accounts }) => ref !== null && accounts.some(({ id }) => id === ref.accountId)
  )
  const markInbox = useApp((state) => state.markInbox)
  const showAsset = useApp((state) => state.showAsset)
  const showLine = useApp((state) => state.showLine)
  const showPerson = useApp((state) => state.showPerson)
  const showKeeping = useApp((state) => state.showKeeping)
  const go = useApp((state) => state.go)
  return () => {
    if (line.isNew) void markInbox([line.id], true)
    const person = personOf(line)
    if (line.head.type === 'keep-due') return showKeeping()
    if (person !== null) {
      go('people')
      showPerson(person)
    } else if (ref !== null && isKept && line.presence !== null) showAsset(ref)
    else void showLine(line)
  }
}

interface ItemProps {
  readonly line: HistoryLine
  /** The list is one stop for Tab; the arrow keys go on from there. */
  readonly isTabStop: boolean
  readonly onFocus: () => void
}

const Item = ({ line, isTabStop, onFocus }: ItemProps) => {
  const { head, isNew, batchId } = line
  const nowMs = useNow()
  const open = useOpen(line)
  const markInbox = useApp((state) => state.markInbox)
  const saveReceipt = useApp((state) => state.saveReceipt)
  const subject = lineSubject(line)
  const label = isNew ? t('inbox.markRead', { subject }) : t('inbox.markUnread', { subject })
  const { onContextMenu, menu } = useContextMenu(subject, () => [
    [
      { label: t('library.actions.open'), run: open },
      { label, run: () => void markInbox([line.id], isNew) }
    ],
    batchId === null ? [] : receiptEntries((format) => void saveReceipt(batchId, format))
  ])
  return (
    <li className={classes['item']} data-unread={isNew} onContextMenu={onContextMenu}>
      <button
        type="button"
        className={classes['open']}
        data-record
        tabIndex={isTabStop ? 0 : -1}
        onFocus={onFocus}
        onClick={open}
      >
        <span className={classes['mark']}>
          {isNew && <span className={classes['new']} role="img" aria-label={t('inbox.unread')} />}
        </span>
        <LineFace line={line} />
        <span className={classes['words']}>
          <bdi className={classes['subject']} title={subject}>
            {subject}
          </bdi>
          <StateMark tone={line.outcome} text={lineText(line)} />
        </span>
        <time dateTime={head.at} title={exactTime(head.at)} className={classes['time']}>
          {dayAndTime(head.at, nowMs)}
        </time>
      </button>
      {batchId !== null && <ReceiptMenu onSave={(format) => void saveReceipt(batchId, format)} />}
      <IconButton label={label} onClick={() => void markInbox([line.id], isNew)}>
        {isNew ? <IconMailOpened size={18} /> : <IconMail size={18} />}
      </IconButton>
      {menu}
    </li>
  )
}

const Items = ({ rows }: { readonly rows: HistoryRows }) => {
  const loadOlder = useApp((state) => state.loadOlderInbox)
  const [lastFocused, setLastFocused] = useState<number | null>(null)
  const { lines, hasMore, isLoadingMore } = rows
  const tabStop = lines.find(({ id }) => id === lastFocused)?.id ?? lines[0]?.id
  return (
    <>
      <ul className={classes['items']} data-rows tabIndex={-1} onKeyDown={walkRecords}>
        {lines.map((line) => (
          <Item
            key={line.id}
            line={line}
            isTabStop={line.id === tabStop}
            onFocus={() => setLastFocused(line.id)}
          />
        ))}
      </ul>
      {hasMore && (
        <Button
          className={classes['more'] ?? ''}
          loading={isLoadingMore}
          onClick={() => void loadOlder()}
        >
          {t('inbox.older')}
        </Button>
      )}
    </>
  )
}

const Content = () => {
  const inbox = useApp((state) => state.inbox)
  const loadInbox = useApp((state) => state.loadInbox)
  if (inbox.kind === 'failed') {
    const { title, meaning, advice } = describeError(inbox.error)
    return (
      <EmptyState
        icon={<IconAlertTriangle size={26} />}
        title={title}
        text={`${meaning} ${advice}`}
      >
        <Button onClick={() => void loadInbox()}>{t('common.tryAgain')}</Button>
      </EmptyState>
    )
  }
  if (inbox.kind !== 'ready') return null
  return inbox.value.lines.length === 0 ? (
    <EmptyState
      icon={<IconInbox size={26} />}
      title={t('inbox.emptyTitle')}
      text={t('inbox.emptyText')}
    />
  ) : (
    <Items rows={inbox.value} />
  )
}

/** What ended, failed, vanished or changed elsewhere, until it is read and afterwards. */
export const InboxScreen = () => {
  const loadInbox = useApp((state) => state.loadInbox)
  const isConfirmed = useApp((state) => state.isConfirmed)
  const unread = useApp((state) => state.unreadCount)
  const markInbox = useApp((state) => state.markInbox)
  useEffect(() => {
    if (isConfirmed) void loadInbox()
  }, [isConfirmed, loadInbox])
  return (
    <Page
      title={t('inbox.title')}
      actions={
        <Button disabled={unread === 0} onClick={() => void markInbox(null, true)}>
          {t('inbox.markAll')}
        </Button>
      }
    >
      <section
        className={classes['inbox']}
        aria-label={t('inbox.title')}
        data-scroller
        data-results
      >
        <Content />
      </section>
    </Page>
  )
}
