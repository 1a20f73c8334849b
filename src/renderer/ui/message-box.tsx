import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconInfoCircle
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { t } from '../../shared/messages/messages.ts'
import type { StateTone } from '../text/asset-words.ts'
import classes from './message-box.module.css'

const icons = {
  good: IconCircleCheck,
  busy: IconInfoCircle,
  quiet: IconInfoCircle,
  warn: IconAlertTriangle,
  bad: IconCircleX
} as const satisfies Record<StateTone, unknown>

interface Props {
  readonly tone: StateTone
  readonly title: string
  /** What somebody else said, and who: it must never be put into another one's mouth. */
  readonly quote?: { readonly who: string; readonly said: string | null }
  readonly text: string
  readonly actions?: ReactNode
  readonly children?: ReactNode
  /** True for a strip over the whole width of a screen. */
  readonly isStrip?: boolean
  /** True if it comes while the person is busy elsewhere and should be read out. */
  readonly isLive?: boolean
}

export const MessageBox = ({
  tone,
  title,
  quote,
  text,
  actions,
  children,
  isStrip = false,
  isLive = false
}: Props) => {
  const Icon = icons[tone]
  return (
    <div
      className={classes['box']}
      data-tone={tone}
      data-strip={isStrip}
      {...(isLive ? { role: 'status' } : {})}
    >
      <Icon size={17} className={classes['icon']} aria-hidden="true" />
      <div className={classes['words']}>
        <p className={text === '' ? undefined : classes['title']}>{title}</p>
        {quote !== undefined && quote.said !== null && (
          <blockquote className={classes['quote']}>
            {t('issue.said', { who: quote.who, said: quote.said })}
          </blockquote>
        )}
        {text !== '' && <p className={classes['text']}>{text}</p>}
        {children}
      </div>
      {actions !== undefined && <div className={classes['actions']}>{actions}</div>}
    </div>
  )
}
