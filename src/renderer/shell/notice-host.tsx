import '@mantine/core/styles/CloseButton.layer.css'
import '@mantine/core/styles/Paper.layer.css'
import '@mantine/core/styles/Notification.layer.css'
import '@mantine/notifications/styles.layer.css'
import { Button } from '@mantine/core'
import { Notifications, notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react'
import { useEffect } from 'react'
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

/** Starting the sample data belongs to no screen that would offer it again. */
const canStartAgain = (notice: Notice): boolean =>
  notice.kind === 'failed' && notice.doing === 'explore-sample'

const StartAgain = ({ text, onAgain }: { readonly text: string; readonly onAgain: () => void }) => (
  <>
    {text}
    <span className={classes['action']}>
      <Button onClick={onAgain}>{words.common.tryAgain}</Button>
    </span>
  </>
)

export const NoticeHost = () => {
  const notices = useApp((state) => state.notices)
  const dropNotice = useApp((state) => state.dropNotice)
  const exploreSample = useApp((state) => state.exploreSample)
  useEffect(() => {
    for (const notice of notices) {
      const { tone, title, text } = noticeContent(notice)
      notifications.show({
        id: `notice-${notice.id}`,
        title,
        message: canStartAgain(notice) ? (
          <StartAgain
            text={text}
            onAgain={() => {
              notifications.hide(`notice-${notice.id}`)
              void exploreSample()
            }}
          />
        ) : (
          text
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
  }, [notices, dropNotice, exploreSample])
  return <Notifications position="bottom-center" limit={4} transitionDuration={120} />
}
