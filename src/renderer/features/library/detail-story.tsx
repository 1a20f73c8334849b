import type { Asset } from '../../../shared/domain/asset.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { describeError } from '../../text/describe-error.ts'
import { eventText } from '../../text/history-words.ts'
import { clockTime, dayAndTime, exactTime } from '../../text/time-words.ts'
import { useNow } from '../../ui/use-now.ts'
import { DetailDeletions } from './detail-deletions.tsx'
import classes from './detail-pane.module.css'

const RecentHistory = () => {
  const history = useApp((state) => state.detailHistory)
  const nowMs = useNow()
  if (history.kind === 'failed') {
    return <p className={classes['dim']}>{describeError(history.error).title}</p>
  }
  if (history.kind !== 'ready') return null
  return (
    <section aria-label={t('detail.history')}>
      <h3 className={classes['heading']}>{t('detail.history')}</h3>
      {history.value.length === 0 && <p className={classes['dim']}>{t('detail.noHistory')}</p>}
      <ol className={classes['events']}>
        {history.value.map((event) => (
          <li key={event.seq} className={classes['event']}>
            <time dateTime={event.at} title={exactTime(event.at)} className={classes['when']}>
              {dayAndTime(event.at, nowMs).replace(/^Today, .*/, clockTime(event.at))}
            </time>
            <span className={classes['what']}>{eventText(event)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** What was done with an asset before: its deletions, and the last records of its history. */
export const DetailStory = ({ asset }: { readonly asset: Asset }) => (
  <>
    <DetailDeletions asset={asset} />
    <RecentHistory />
  </>
)
