import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { targetKey } from '../../../shared/catalogue/keys.ts'
import type { AssetRef } from '../../../shared/domain/asset.ts'
import type { HistoryEvent } from '../../../shared/domain/history.ts'
import { historyTone } from '../../../shared/history-outcome.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { assetState } from '../../text/asset-words.ts'
import { eventText } from '../../text/history-words.ts'
import { dayAndTime, exactTime } from '../../text/time-words.ts'
import { Poster } from '../../ui/poster.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { useNow } from '../../ui/use-now.ts'
import classes from './story.module.css'

const Entry = ({ event, isShown }: { readonly event: HistoryEvent; readonly isShown: boolean }) => {
  const nowMs = useNow()
  const selectRecord = useApp((state) => state.selectRecord)
  return (
    <li className={classes['entry']} data-tone={historyTone(event)}>
      <button
        type="button"
        className={classes['step']}
        aria-current={isShown ? 'step' : undefined}
        onClick={() => selectRecord(event.seq)}
      >
        <time dateTime={event.at} title={exactTime(event.at)} className={classes['when']}>
          {dayAndTime(event.at, nowMs)}
        </time>
        <StateMark tone={historyTone(event)} text={eventText(event)} lines="any" />
      </button>
    </li>
  )
}

interface Props {
  readonly about: AssetRef
  readonly name: string
  readonly shownSeq: number
}

/** One thing from first seen to the last check, oldest first, as far as the history knows it. */
export const Story = ({ about, name, shownSeq }: Props) => {
  const story = useApp((state) => state.story)
  const loadStory = useApp((state) => state.loadStory)
  const askToForget = useApp((state) => state.askToForget)
  const key = targetKey(about)
  const asked = useRef(about)
  asked.current = about
  // By what it names, not by which object names it.
  useEffect(() => void (key !== '' && loadStory(asked.current)), [key, loadStory])
  const isItsOwn = useApp(({ storyRef }) => storyRef?.id === about.id)
  const told = story.kind === 'ready' && isItsOwn ? story.value : null
  const asset = told?.asset ?? null
  // What it is called now, or was called last.
  const named = told?.rows.find(({ assetName }) => assetName !== null && assetName !== '')
  const title = asset?.name || named?.assetName || name
  return (
    <section className={classes['story']} aria-label={t('history.story.label', { name: title })}>
      <div className={classes['head']}>
        <span className={classes['face']}>
          <Poster
            key={asset?.posterId ?? key}
            posterId={asset?.posterId ?? null}
            name={title}
            isDimmed={asset?.presence === 'gone'}
          />
        </span>
        <div className={classes['who']}>
          <h2 className={classes['name']} dir="auto">
            {title}
          </h2>
          {asset !== null && <StateMark {...assetState(asset, false)} />}
        </div>
      </div>
      {told !== null && (
        <>
          {told.hasMore && <p className={classes['older']}>{t('history.story.older')}</p>}
          <ol className={classes['entries']}>
            {[...told.rows].reverse().map((event) => (
              <Entry key={event.seq} event={event} isShown={event.seq === shownSeq} />
            ))}
          </ol>
          {asset?.presence !== 'listed' && (
            <Button
              className={classes['forget']}
              size="xs"
              variant="subtle"
              onClick={() => void askToForget({ refs: [about], personId: null })}
            >
              {t('forget.open')}
            </Button>
          )}
        </>
      )}
    </section>
  )
}
