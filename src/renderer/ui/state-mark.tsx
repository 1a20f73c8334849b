import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconInfoCircle,
  IconProgress
} from '@tabler/icons-react'
import type { StateTone } from '../text/asset-words.ts'
import classes from './state-mark.module.css'

const icons = {
  good: IconCircleCheck,
  busy: IconProgress,
  warn: IconAlertTriangle,
  bad: IconCircleX,
  quiet: IconInfoCircle
} as const satisfies Record<StateTone, unknown>

interface Props {
  readonly tone: StateTone
  readonly text: string
  /** True where the text may take several lines. */
  readonly canWrap?: boolean
}

/** Never colour alone: a sign and a word. */
export const StateMark = ({ tone, text, canWrap = false }: Props) => {
  const Icon = icons[tone]
  return (
    <span className={classes['mark']} data-tone={tone} data-wrap={canWrap}>
      <Icon size={14} stroke={2} aria-hidden="true" className={classes['icon']} />
      <span className={classes['text']} title={canWrap ? undefined : text}>
        {text}
      </span>
    </span>
  )
}
