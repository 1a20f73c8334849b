import { Button } from '@mantine/core'
import type { LinkFinding, LinkView } from '../../../shared/domain/link.ts'
import { t } from '../../../shared/messages/messages.ts'
import type { StateTone } from '../../text/asset-words.ts'
import { findingText, signerText } from '../../text/link-words.ts'
import { exactTime, relativeTime } from '../../text/time-words.ts'
import { StateMark } from '../../ui/state-mark.tsx'
import { useNow } from '../../ui/use-now.ts'
import classes from './link-findings.module.css'

const tones = {
  error: 'bad',
  warning: 'warn',
  note: 'quiet',
  good: 'good'
} as const satisfies Record<LinkFinding['level'], StateTone>

const order: readonly LinkFinding['level'][] = ['error', 'warning', 'good', 'note']

const bySeverity = (a: LinkFinding, b: LinkFinding): number =>
  order.indexOf(a.level) - order.indexOf(b.level)

const Validity = ({ link }: { readonly link: LinkView }) => {
  const nowMs = useNow()
  if (link.validUntilAt === null) return null
  const time = relativeTime(link.validUntilAt, nowMs)
  const isOver = Date.parse(link.validUntilAt) <= nowMs
  return (
    <p className={classes['until']} title={exactTime(link.validUntilAt)}>
      <time dateTime={link.validUntilAt}>
        {isOver ? t('link.expired', { time }) : t('link.expires', { time })}
      </time>
    </p>
  )
}

interface Props {
  readonly title: string
  readonly link: LinkView
  /** Puts the corrected link in its place; without it nothing is offered. */
  readonly onMend?: (() => void) | undefined
}

export const LinkFindings = ({ title, link, onMend }: Props) => (
  <div className={classes['findings']}>
    <h2 className={classes['title']}>{title}</h2>
    {link.fileName !== '' && <p className={classes['file']}>{link.fileName}</p>}
    {signerText(link) !== null && <p className={classes['dim']}>{signerText(link)}</p>}
    <Validity link={link} />
    <ul className={classes['list']}>
      {[...link.findings].sort(bySeverity).map((finding) => (
        <li key={`${finding.code} ${finding.detail}`}>
          <StateMark tone={tones[finding.level]} text={findingText(finding)} lines="any" />
        </li>
      ))}
    </ul>
    {onMend !== undefined && link.findings.some(({ code }) => code === 'mend-known') && (
      <Button size="compact-sm" className={classes['mend']} onClick={onMend}>
        {t('creation.useMended')}
      </Button>
    )}
  </div>
)
