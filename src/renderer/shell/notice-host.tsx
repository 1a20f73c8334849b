import '@mantine/core/styles/CloseButton.layer.css'
import '@mantine/core/styles/Paper.layer.css'
import '@mantine/core/styles/Notification.layer.css'
import '@mantine/notifications/styles.layer.css'
import { Button } from '@mantine/core'
import { Notifications, notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { t } from '../../shared/messages/messages.ts'
import type { Notice } from '../state/notice.ts'
import { useApp } from '../state/use-app.ts'
import type { StateTone } from '../text/asset-words.ts'
import { type NoticeAction, noticeAction } from './notice-action.ts'
import { noticeContent } from './notice-content.ts'
import classes from './notice-host.module.css'

const icons = {
  good: <IconCheck size={16} />,
  busy: <IconCheck size={16} />,
  quiet: <IconCheck size={16} />,
  warn: <IconAlertTriangle size={16} />,
  bad: <IconX size={16} />
} as const satisfies Record<StateTone, unknown>

/** What answers a press goes after a while if it is good news; what needs reading stays until it is closed. */
const goodNewsMs = 7_000

const isOfNews = ({ kind }: Notice): boolean =>
  ['news', 'files-left', 'update', 'updated', 'person-due', 'overdue'].includes(kind)

const classNames = {
  root: classes['notice'] ?? '',
  icon: classes['icon'] ?? '',
  title: classes['title'] ?? '',
  description: classes['text'] ?? ''
}

interface PartProps {
  readonly text: string
  readonly action: NoticeAction | null
}

const ActionButton = ({ label, run }: NoticeAction) => (
  <Button size="xs" onClick={run}>
    {label}
  </Button>
)

const Message = ({ text, action }: PartProps) => (
  <>
    {text}
    {action !== null && (
      <span className={classes['action']}>
        <ActionButton {...action} />
      </span>
    )}
  </>
)

/** Where nothing follows the title, what can be done stands beside it: such notices come often, and stay low. */
const Title = ({ text, action }: PartProps) => (
  <span className={classes['line']}>
    {text}
    {action !== null && <ActionButton {...action} />}
  </span>
)

export const NoticeHost = () => {
  const notices = useApp((state) => state.notices)
  const dropNotice = useApp((state) => state.dropNotice)
  const exploreSample = useApp((state) => state.exploreSample)
  const takeBack = useApp((state) => state.takeBack)
  const openDeletions = useApp((state) => state.openDeletions)
  const saveReceipt = useApp((state) => state.saveReceipt)
  const askForNewKey = useApp((state) => state.askForNewKey)
  const showAsset = useApp((state) => state.showAsset)
  const askToRemove = useApp((state) => state.askToRemove)
  const installUpdate = useApp((state) => state.installUpdate)
  const openReleases = useApp((state) => state.openReleases)
  const openWhatsNew = useApp((state) => state.openWhatsNew)
  const go = useApp((state) => state.go)
  const openSubject = useApp((state) => state.openSubject)
  const showExport = useApp((state) => state.showExport)
  const showKeeping = useApp((state) => state.showKeeping)
  const shown = useRef<ReadonlySet<string>>(new Set())
  useEffect(() => {
    const ways = {
      exploreSample,
      takeBack,
      openDeletions,
      saveReceipt,
      askForNewKey,
      showAsset,
      askToRemove,
      installUpdate,
      openReleases,
      openWhatsNew,
      openSubject,
      showExport,
      showKeeping,
      go
    }
    const wanted = new Set(notices.map(({ id }) => `notice-${id}`))
    const before = shown.current
    for (const id of before) if (!wanted.has(id)) notifications.hide(id)
    shown.current = wanted
    for (const notice of notices) {
      const { tone, title, text } = noticeContent(notice)
      const id = `notice-${notice.id}`
      const action = noticeAction(notice, ways)
      const run = () => {
        notifications.hide(id)
        action?.run()
      }
      const pressed = action === null ? null : { ...action, run }
      // News that grow stay one notice in its place, rather than one that leaves beside one that comes.
      const put = before.has(id) ? notifications.update : notifications.show
      put({
        id,
        title: <Title text={title} action={text === '' ? pressed : null} />,
        message: text === '' ? '' : <Message text={text} action={pressed} />,
        icon: icons[tone],
        // Good news and what nobody waited for are read out without cutting anything off.
        ...(tone === 'good' || isOfNews(notice) ? { role: 'status' } : {}),
        // Nobody may be there when news come, so they wait to be closed.
        autoClose: tone === 'good' && !isOfNews(notice) ? goodNewsMs : false,
        withBorder: true,
        classNames,
        attributes: { root: { 'data-tone': tone } },
        closeButtonProps: { 'aria-label': t('common.close') },
        onClose: () => dropNotice(notice.id)
      })
    }
  }, [
    notices,
    dropNotice,
    exploreSample,
    takeBack,
    openDeletions,
    saveReceipt,
    askForNewKey,
    showAsset,
    askToRemove,
    installUpdate,
    openReleases,
    openWhatsNew,
    openSubject,
    showExport,
    showKeeping,
    go
  ])
  return (
    <Notifications
      position="bottom-left"
      limit={4}
      transitionDuration={120}
      // Its own limit would cut a longer notice off at the top; the tray scrolls.
      notificationMaxHeight="none"
      withinPortal={false}
      classNames={{ root: classes['host'] ?? '' }}
    />
  )
}
