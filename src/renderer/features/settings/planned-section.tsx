import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { agendaText, agendaTime } from '../../../shared/agenda-words.ts'
import type { Agenda, AgendaEntry } from '../../../shared/domain/agenda.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { describeError } from '../../text/describe-error.ts'
import { exactTime, relativeTime } from '../../text/time-words.ts'
import { useNow } from '../../ui/use-now.ts'
import classes from './planned-section.module.css'
import { Section } from './section.tsx'

interface EntryProps {
  readonly entry: AgendaEntry
  readonly isPaused: boolean
  readonly nowMs: number
}

const Entry = ({ entry, isPaused, nowMs }: EntryProps) => (
  <li className={classes['entry']}>
    <span className={classes['what']}>{agendaText(entry)}</span>
    <span className={classes['when']}>
      {entry.dueAt === null || Date.parse(entry.dueAt) <= nowMs ? (
        t(isPaused ? 'tray.paused' : 'agenda.underWay')
      ) : (
        <time dateTime={entry.dueAt} title={exactTime(entry.dueAt)}>
          {agendaTime(entry.dueAt, nowMs)} · {relativeTime(entry.dueAt, nowMs)}
        </time>
      )}
    </span>
  </li>
)

const List = ({ agenda }: { readonly agenda: Agenda }) => {
  const turnAgenda = useApp((state) => state.turnAgenda)
  const nowMs = useNow()
  const { entries, isPaused } = agenda
  return (
    <>
      {isPaused && (
        <p role="status" className={classes['paused']}>
          {t('agenda.paused')}
        </p>
      )}
      {entries.length === 0 ? (
        <p>{t('agenda.empty')}</p>
      ) : (
        <ul className={classes['list']} aria-label={t('agenda.title')}>
          {entries.map((entry, index) => (
            // Entries have no names of their own, and none of them moves without the others.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <Entry key={index} entry={entry} isPaused={isPaused} nowMs={nowMs} />
          ))}
        </ul>
      )}
      <Button onClick={() => void turnAgenda(isPaused ? 'resume' : 'pause')}>
        {isPaused ? t('agenda.resume') : t('agenda.pause')}
      </Button>
    </>
  )
}

/** Everything that the app will do on its own, and when. */
export const Planned = () => {
  const agenda = useApp((state) => state.agenda)
  const loadAgenda = useApp((state) => state.loadAgenda)
  useEffect(() => void loadAgenda(), [loadAgenda])
  return (
    <Section title={t('agenda.title')}>
      <p className={classes['when']}>{t('agenda.text')}</p>
      {agenda.kind === 'ready' && <List agenda={agenda.value} />}
      {agenda.kind === 'failed' && <p role="alert">{describeError(agenda.error).title}</p>}
    </Section>
  )
}
