import { IconBookmark, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { historyTopics } from '../../../shared/catalogue/history-events.ts'
import { type TargetKind, targetKinds } from '../../../shared/catalogue/kinds.ts'
import type { HistoryFilter } from '../../../shared/domain/history.ts'
import { isFiltered, mostViews, unfiltered } from '../../../shared/history-filter.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { kindsTitle } from '../../text/kind-words.ts'
import { FilterChips } from '../../ui/filter-chips.tsx'
import { PillSelect } from '../../ui/pill-select.tsx'
import { PillToggle } from '../../ui/pill-toggle.tsx'
import classes from './history-screen.module.css'

/** What is looked for most has a chip; the rest is in one list. */
const groups = ['all', 'deletions', 'creations', 'uploads', 'elsewhere'] as const
const moreGroups = historyTopics.filter((topic) => !groups.some((group) => group === topic))
const outcomes = ['good', 'warn', 'bad'] as const
const sides = ['here', 'elsewhere'] as const
const spans = [7, 30, 365] as const

interface ChipProps<Key extends keyof HistoryFilter> {
  readonly of: Key
  readonly label: string
  /** What stands there while it narrows nothing. */
  readonly anyLabel: string
  readonly choices: readonly {
    readonly value: NonNullable<HistoryFilter[Key]>
    readonly label: string
  }[]
}

/** A chip that narrows the timeline by one thing, or does not. */
const Chip = <Key extends 'accountId' | 'personId' | 'kind' | 'outcome' | 'by'>({
  of,
  label,
  anyLabel,
  choices
}: ChipProps<Key>) => {
  const chosen = useApp((state) => state.historyFilter[of])
  const change = useApp((state) => state.changeHistoryFilter)
  return (
    <PillSelect<string>
      label={label}
      value={chosen ?? ''}
      isOn={chosen !== null}
      choices={[{ value: '', label: anyLabel }, ...choices]}
      onChange={(next) =>
        change({ [of]: choices.find(({ value }) => value === next)?.value ?? null })
      }
    />
  )
}

/** What happened, by what is looked for most. */
const Groups = () => {
  const group = useApp((state) => state.historyFilter.group)
  const change = useApp((state) => state.changeHistoryFilter)
  return (
    <FilterChips
      label={t('history.group')}
      value={group}
      choices={groups.map((value) => ({ value, label: t(`history.groups.${value}`) }))}
      onChange={(next) => change({ group: next })}
    />
  )
}

/** What else happened: what has no chip. */
const MoreGroups = () => {
  const group = useApp((state) => state.historyFilter.group)
  const change = useApp((state) => state.changeHistoryFilter)
  const more = moreGroups.find((topic) => topic === group)
  return (
    <PillSelect<string>
      label={t('history.moreGroups')}
      value={more ?? ''}
      isOn={more !== undefined}
      choices={[
        { value: '', label: t('history.moreGroups') },
        ...moreGroups.map((value) => ({ value, label: t(`history.groups.${value}`) }))
      ]}
      onChange={(next) => change({ group: moreGroups.find((topic) => topic === next) ?? 'all' })}
    />
  )
}

const Persons = () => {
  const persons = useApp((state) => state.persons)
  const loadPersons = useApp((state) => state.loadPersons)
  const isConfirmed = useApp((state) => state.isConfirmed)
  useEffect(() => {
    if (isConfirmed) void loadPersons()
  }, [isConfirmed, loadPersons])
  if (persons.kind !== 'ready' || persons.value.length === 0) return null
  return (
    <Chip
      of="personId"
      label={t('history.filter.person')}
      anyLabel={t('history.filter.anyPerson')}
      choices={persons.value.map(({ id, name }) => ({ value: id, label: name }))}
    />
  )
}

/** "The last 7 days", or the days chosen beside it. */
const When = () => {
  const lastDays = useApp((state) => state.historyFilter.lastDays)
  const isRange = useApp(({ historyFilter: { fromAt, untilAt } }) => (fromAt ?? untilAt) !== null)
  const change = useApp((state) => state.changeHistoryFilter)
  return (
    <PillSelect<string>
      label={t('history.filter.when')}
      value={isRange ? 'range' : String(lastDays ?? '')}
      isOn={isRange || lastDays !== null}
      choices={[
        { value: '', label: t('history.filter.anyTime') },
        ...spans.map((days) => ({
          value: String(days),
          label: t('history.filter.lastDays', { days })
        })),
        ...(isRange ? [{ value: 'range', label: t('history.filter.range') }] : [])
      ]}
      onChange={(chosen) => {
        if (chosen === 'range') return
        const days = spans.find((span) => String(span) === chosen) ?? null
        change({ lastDays: days, fromAt: null, untilAt: null })
      }}
    />
  )
}

/** An instant of the person's own calendar: where a chosen day begins, or `further` days on. */
const dayAt = (day: string, further: number): string | null => {
  const [year, month, date] = day.split('-').map(Number)
  if (year === undefined || month === undefined || date === undefined) return null
  const at = new Date(year, month - 1, date + further)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}

/** The day that an instant lies in, as a field for dates has it. */
const dayOf = (atMs: number): string => {
  const at = new Date(atMs)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

interface DayProps {
  readonly label: string
  readonly value: string
  readonly onChange: (day: string) => void
}

const Day = ({ label, value, onChange }: DayProps) => (
  <input
    type="date"
    className={classes['date']}
    aria-label={label}
    title={label}
    data-on={value !== ''}
    value={value}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
)

/** From a day on, and up to one: the timeline then begins with that day. */
const Days = () => {
  const fromAt = useApp((state) => state.historyFilter.fromAt)
  const untilAt = useApp((state) => state.historyFilter.untilAt)
  const change = useApp((state) => state.changeHistoryFilter)
  return (
    <span className={classes['days']}>
      <Day
        label={t('history.filter.from')}
        value={fromAt === null ? '' : dayOf(Date.parse(fromAt))}
        onChange={(day) => change({ fromAt: dayAt(day, 0), lastDays: null })}
      />
      <span aria-hidden="true">–</span>
      <Day
        label={t('history.filter.jump')}
        value={untilAt === null ? '' : dayOf(Date.parse(untilAt) - 1)}
        onChange={(day) => change({ untilAt: dayAt(day, 1), lastDays: null })}
      />
    </span>
  )
}

/** What can be done with a filter that is on. */
const FilterActions = () => {
  const isOn = useApp((state) => isFiltered(state.historyFilter))
  const hasRoom = useApp((state) => state.settings.historyViews.length < mostViews)
  // Where nothing matches, the same stands in the middle of the screen.
  const hasLines = useApp(
    ({ history }) => history.kind === 'ready' && history.value.lines.length > 0
  )
  const change = useApp((state) => state.changeHistoryFilter)
  const openViewForm = useApp((state) => state.openViewForm)
  if (!isOn) return null
  return (
    <span className={classes['actions']}>
      {hasRoom && (
        <button type="button" className={classes['action']} onClick={() => openViewForm(null)}>
          <IconBookmark size={14} aria-hidden="true" />
          {t('history.views.save')}
        </button>
      )}
      {hasLines && (
        <button type="button" className={classes['action']} onClick={() => change(unfiltered)}>
          <IconX size={14} aria-hidden="true" />
          {t('history.clear')}
        </button>
      )}
    </span>
  )
}

/** Where there is room, all that it can be narrowed by; else what is on, and the rest behind one chip. */
export const HistoryFilters = () => {
  const accounts = useApp((state) => state.accounts)
  const [isOpen, setIsOpen] = useState(false)
  return (
    <div className={classes['filters']} data-open={isOpen}>
      <Groups />
      <span className={classes['toggle']}>
        <PillToggle
          label={t('library.filter')}
          isOpen={isOpen}
          onToggle={() => setIsOpen(!isOpen)}
        />
      </span>
      <div className={classes['more']}>
        <MoreGroups />
        {accounts.length > 1 && (
          <Chip
            of="accountId"
            label={t('common.account')}
            anyLabel={t('common.allAccounts')}
            choices={accounts.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <Persons />
        <Chip
          of="kind"
          label={t('history.filter.kind')}
          anyLabel={t('history.filter.anyKind')}
          choices={targetKinds.map((value: TargetKind) => ({ value, label: kindsTitle(value) }))}
        />
        <Chip
          of="outcome"
          label={t('history.filter.outcome')}
          anyLabel={t('history.filter.anyOutcome')}
          choices={outcomes.map((value) => ({
            value,
            label: t(`history.filter.outcomes.${value}`)
          }))}
        />
        <Chip
          of="by"
          label={t('history.filter.by')}
          anyLabel={t('history.filter.anybody')}
          choices={sides.map((value) => ({ value, label: t(`history.filter.sides.${value}`) }))}
        />
        <When />
        <Days />
      </div>
      <FilterActions />
    </div>
  )
}
