import '@mantine/core/styles/CloseButton.layer.css'
import '@mantine/core/styles/Paper.layer.css'
import '@mantine/core/styles/Notification.layer.css'
import '@mantine/notifications/styles.layer.css'
import { Button } from '@mantine/core'
import { Notifications, notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react'
import { type CSSProperties, useEffect } from 'react'
import { needsToast } from '../state/batches.ts'
import type { Notice } from '../state/notice.ts'
import { useApp } from '../state/use-app.ts'
import type { StateTone } from '../text/asset-words.ts'
import { words } from '../text/words.ts'
import { noticeContent } from './notice-content.ts'
import classes from './notice-host.module.css'

const icons = {
  good: <IconCheck size={16} />,
  busy: <IconCheck size={16} />,
  quiet: <IconCheck size={16} />,
  warn: <IconAlertTriangle size={16} />,
  bad: <IconX size={16} />
} as const satisfies Record<StateTone, unknown>

/** Good news goes by itself; what needs reading stays until it is closed. */
const goodNewsMs = 7_000

const classNames = {
  root: classes['notice'] ?? '',
  icon: classes['icon'] ?? '',
  title: classes['title'] ?? '',
  description: classes['text'] ?? ''
}

interface Action {
  readonly label: string
  readonly run: () => void
}

/** What needs more than reading is one click away. */
const actionOf = (
  notice: Notice,
  ways: { readonly exploreSample: () => void; readonly openDeletions: () => void }
): Action | null => {
  // Starting the sample data belongs to no screen that would offer it again.
  if (notice.kind === 'failed' && notice.doing === 'explore-sample') {
    return { label: words.common.tryAgain, run: ways.exploreSample }
  }
  if (notice.kind !== 'batch' || notice.turn === 'undone') return null
  const { counts } = notice.batch
  const isOpen = notice.turn === 'waits' || counts.refused + counts.unclear > 0
  return isOpen ? { label: words.batches.show, run: ways.openDeletions } : null
}

const Message = ({ text, action }: { readonly text: string; readonly action: Action | null }) => (
  <>
    {text}
    {action !== null && (
      <span className={classes['action']}>
        <Button size="xs" onClick={action.run}>
          {action.label}
        </Button>
      </span>
    )}
  </>
)

export const NoticeHost = () => {
  const notices = useApp((state) => state.notices)
  const dropNotice = useApp((state) => state.dropNotice)
  const openDeletions = useApp((state) => state.openDeletions)
  const heldCount = useApp((state) => state.batches.filter(needsToast).length)
  const exploreSample = useApp((state) => state.exploreSample)
  useEffect(() => {
    for (const notice of notices) {
      const { tone, title, text } = noticeContent(notice)
      notifications.show({
        id: `notice-${notice.id}`,
        title,
        message: (
          <Message
            text={text}
            action={actionOf(notice, {
              exploreSample: () => {
                notifications.hide(`notice-${notice.id}`)
                void exploreSample()
              },
              openDeletions: () => {
                notifications.hide(`notice-${notice.id}`)
                openDeletions()
              }
            })}
          />
        ),
        icon: icons[tone],
        autoClose: tone === 'good' ? goodNewsMs : false,
        withBorder: true,
        classNames,
        attributes: { root: { 'data-tone': tone } },
        closeButtonProps: { 'aria-label': words.common.close },
        onClose: () => dropNotice(notice.id)
      })
    }
  }, [notices, dropNotice, exploreSample, openDeletions])
  return (
    <Notifications
      position="bottom-center"
      limit={4}
      transitionDuration={120}
      // Below dialogs, whose buttons they would cover.
      zIndex={150}
      classNames={{ root: classes['host'] ?? '' }}
      // Undo of what is held must never lie under a notice.
      style={{ '--rd-held': Math.min(heldCount, 3) } as CSSProperties}
    />
  )
}
