import { Button } from '@mantine/core'
import {
  IconAlertTriangle,
  IconFileExport,
  IconHistory,
  IconSearch,
  IconShieldCheck
} from '@tabler/icons-react'
import { Suspense, useEffect, useMemo } from 'react'
import { isFiltered, unfiltered } from '../../../shared/history-filter.ts'
import { t } from '../../../shared/messages/messages.ts'
import { recordKey } from '../../state/history-rows.ts'
import { useApp } from '../../state/use-app.ts'
import { describeError } from '../../text/describe-error.ts'
import { checkText, isHistoryAlarm } from '../../text/history-words.ts'
import { exactTime } from '../../text/time-words.ts'
import { nothingMatches } from '../../text/view-words.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { isDialogOpen } from '../../ui/keyboard.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { Page } from '../../ui/page.tsx'
import { loadedLater } from '../../ui/preloaded.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { HistoryFilters } from './history-filters.tsx'
import classes from './history-screen.module.css'
import { RecordPane } from './record-pane.tsx'
import { Timeline } from './timeline.tsx'
import { useFilterNames } from './use-filter-names.ts'

const ActivityChart = loadedLater(async () => (await import('./activity-chart.tsx')).ActivityChart)

const ExportButton = () => {
  const openExport = useApp((state) => state.openExport)
  return (
    <Button
      leftSection={<IconFileExport size={16} aria-hidden="true" />}
      onClick={() => openExport()}
    >
      {t('history.export')}
    </Button>
  )
}

const CheckButton = () => {
  const check = useApp((state) => state.historyCheck)
  const checkHistory = useApp((state) => state.checkHistory)
  const last = useApp((state) => state.health.history)
  return (
    <Button
      title={
        last === null ? undefined : t('history.checkedAt', { time: exactTime(last.checkedAt) })
      }
      leftSection={<IconShieldCheck size={16} aria-hidden="true" />}
      loading={check.kind === 'loading'}
      onClick={() => void checkHistory()}
    >
      {t('history.check')}
    </Button>
  )
}

const CheckResult = () => {
  const check = useApp((state) => state.historyCheck)
  const last = useApp((state) => state.health.history)
  const acceptEnd = useApp((state) => state.acceptHistoryEnd)
  const close = useApp((state) => state.closeHistoryCheck)
  if (check.kind === 'failed') {
    const { title, meaning, advice } = describeError(check.error)
    return <MessageBox isStrip isLive tone="bad" title={title} text={`${meaning} ${advice}`} />
  }
  const shown = check.kind === 'ready' ? check.value : (last?.check ?? null)
  if (shown === null || check.kind === 'loading') return null
  // The banner over every screen tells it already.
  if (check.kind === 'idle' && isHistoryAlarm(shown)) return null
  const { tone, title, text } = checkText(shown)
  // What is as it should be is said when it is asked for.
  if (check.kind === 'idle' && tone === 'good') return null
  const when =
    check.kind === 'ready' || last === null
      ? ''
      : ` ${t('history.checkedAt', { time: exactTime(last.checkedAt) })}`
  return (
    <MessageBox
      isStrip
      isLive={check.kind === 'ready'}
      tone={tone}
      title={title}
      text={`${text}${when}`}
      actions={
        shown.remembered === 'other-database' ? (
          <Button onClick={() => void acceptEnd()}>{t('history.acceptEnd')}</Button>
        ) : tone === 'good' ? (
          <Button onClick={close}>{t('common.close')}</Button>
        ) : undefined
      }
    />
  )
}

/** What came up elsewhere and nobody has acknowledged yet. */
const News = () => {
  const count = useApp((state) => state.newChanges)
  const acknowledge = useApp((state) => state.acknowledgeChanges)
  const change = useApp((state) => state.changeHistoryFilter)
  if (count === 0) return null
  return (
    <MessageBox
      isStrip
      tone="warn"
      title={t('history.news', { count })}
      text={t('history.newsHint')}
      actions={
        <>
          <Button onClick={() => change({ ...unfiltered, group: 'elsewhere' })}>
            {t('history.newsShow')}
          </Button>
          <Button onClick={() => void acknowledge(null)}>{t('history.acknowledge')}</Button>
        </>
      }
    />
  )
}

const Nothing = () => {
  const filter = useApp((state) => state.historyFilter)
  const change = useApp((state) => state.changeHistoryFilter)
  const names = useFilterNames()
  if (!isFiltered(filter)) {
    return (
      <EmptyState
        icon={<IconHistory size={26} />}
        title={t('history.emptyTitle')}
        text={t('history.emptyText')}
      />
    )
  }
  return (
    <EmptyState
      icon={<IconSearch size={26} />}
      title={t('history.filteredTitle')}
      text={nothingMatches(filter, names)}
    >
      <Button onClick={() => change(unfiltered)}>{t('history.clear')}</Button>
    </EmptyState>
  )
}

/** Nothing was recorded yet: there is nothing to narrow. */
const useIsNothingYet = () =>
  useApp(
    ({ history, historyFilter }) =>
      history.kind === 'ready' && history.value.lines.length === 0 && !isFiltered(historyFilter)
  )

const Chart = () => {
  const isReady = useApp(({ history }) => history.kind === 'ready')
  const isNothingYet = useIsNothingYet()
  if (!isReady || isNothingYet) return null
  return (
    <div className={classes['chart']}>
      <Suspense fallback={null}>
        <ActivityChart />
      </Suspense>
    </div>
  )
}

const Records = () => {
  const history = useApp((state) => state.history)
  const loadHistory = useApp((state) => state.loadHistory)
  if (history.kind === 'failed') {
    const { title, meaning, advice } = describeError(history.error)
    return (
      <EmptyState
        icon={<IconAlertTriangle size={26} />}
        title={title}
        text={`${meaning} ${advice}`}
      >
        <Button onClick={() => void loadHistory()}>{t('common.tryAgain')}</Button>
      </EmptyState>
    )
  }
  if (history.kind !== 'ready') return null
  return history.value.lines.length === 0 ? <Nothing /> : <Timeline history={history.value} />
}

const useEscapeClosesRecord = () => {
  const selectRecord = useApp((state) => state.selectRecord)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !isDialogOpen()) selectRecord(null)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [selectRecord])
}

/** What the pane is about, wherever its record is held. */
const useSelected = () => {
  const history = useApp((state) => state.history)
  const openLines = useApp((state) => state.openLines)
  const story = useApp((state) => state.story)
  const seq = useApp((state) => state.selectedSeq)
  const owner = useApp((state) => state.selectedOwner)
  return useMemo(() => {
    if (seq === null || owner === null || history.kind !== 'ready') return null
    const { lines } = history.value
    const line = lines.find(({ id, head }) => recordKey(id, false) === owner && head.seq === seq)
    if (line !== undefined) return { record: line.head, line, owner }
    const held = [...openLines.values(), story.kind === 'ready' ? story.value.rows : []].flat()
    const record = held.find((event) => event.seq === seq)
    return record === undefined ? null : { record, line: null, owner }
  }, [history, openLines, story, seq, owner])
}

export const HistoryScreen = () => {
  const filter = useApp((state) => state.historyFilter)
  const change = useApp((state) => state.changeHistoryFilter)
  const loadHistory = useApp((state) => state.loadHistory)
  const selected = useSelected()
  const isNothingYet = useIsNothingYet()
  useEscapeClosesRecord()
  useEffect(() => void loadHistory(), [loadHistory])
  return (
    <Page
      title={t('history.title')}
      search={
        <SearchField
          label={t('common.search')}
          hint={t('history.searchHint')}
          value={filter.search}
          onChange={(search) => change({ search })}
        />
      }
      actions={
        <>
          <CheckButton />
          <ExportButton />
        </>
      }
    >
      <CheckResult />
      <News />
      <div className={classes['body']}>
        <div className={classes['main']}>
          {!isNothingYet && <HistoryFilters />}
          <Chart />
          <Records />
        </div>
        {selected !== null && <RecordPane {...selected} />}
      </div>
    </Page>
  )
}
