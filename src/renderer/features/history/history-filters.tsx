import { useEffect } from 'react'
import { type TargetKind, targetKinds } from '../../../shared/catalogue/kinds.ts'
import { t } from '../../../shared/messages/messages.ts'
import type { HistoryFilter } from '../../state/history-slice.ts'
import { useApp } from '../../state/use-app.ts'
import { kindsTitle } from '../../text/kind-words.ts'
import { FilterChips } from '../../ui/filter-chips.tsx'
import { PillSelect } from '../../ui/pill-select.tsx'
import { useNow } from '../../ui/use-now.ts'
import classes from './history-screen.module.css'

const groups = ['all', 'deletions', 'creations', 'uploads', 'elsewhere'] as const
const outcomes = ['good', 'warn', 'bad'] as const
const sides = ['here', 'elsewhere'] as const
const spans = ['7', '30', '365'] as const

const dayMs = 24 * 60 * 60 * 1000

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

/** "The last 7 days": from the beginning of an hour, so that it is the same for a while. */
const When = () => {
  const fromAt = useApp((state) => state.historyFilter.fromAt)
  const change = useApp((state) => state.changeHistoryFilter)
  const nowMs = useNow()
  const days = fromAt === null ? null : (nowMs - Date.parse(fromAt)) / dayMs
  const shown = days === null ? '' : (spans.find((span) => days <= Number(span) + 1) ?? '365')
  return (
    <PillSelect<string>
      label={t('history.filter.when')}
      value={shown}
      isOn={fromAt !== null}
      choices={[
        { value: '', label: t('history.filter.anyTime') },
        ...spans.map((span) => ({
          value: span,
          label: t('history.filter.lastDays', { days: Number(span) })
        }))
      ]}
      onChange={(span) =>
        change({
          fromAt: span === '' ? null : new Date(nowMs - Number(span) * dayMs).toISOString()
        })
      }
    />
  )
}

/** The day after the chosen one, where the person is: the timeline then begins with the chosen day. */
const endOf = (day: string): string | null => {
  const [year, month, date] = day.split('-').map(Number)
  if (year === undefined || month === undefined || date === undefined) return null
  const end = new Date(year, month - 1, date + 1)
  return Number.isNaN(end.getTime()) ? null : end.toISOString()
}

const dayBefore = (at: string): string => {
  const end = new Date(Date.parse(at) - 1)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${end.getFullYear()}-${two(end.getMonth() + 1)}-${two(end.getDate())}`
}

const JumpToDate = () => {
  const untilAt = useApp((state) => state.historyFilter.untilAt)
  const change = useApp((state) => state.changeHistoryFilter)
  return (
    <input
      type="date"
      className={classes['date']}
      aria-label={t('history.filter.jump')}
      title={t('history.filter.jump')}
      data-on={untilAt !== null}
      value={untilAt === null ? '' : dayBefore(untilAt)}
      onChange={(event) => change({ untilAt: endOf(event.currentTarget.value) })}
    />
  )
}

export const HistoryFilters = () => {
  const group = useApp((state) => state.historyFilter.group)
  const change = useApp((state) => state.changeHistoryFilter)
  const accounts = useApp((state) => state.accounts)
  return (
    <div className={classes['filters']}>
      <FilterChips
        label={t('history.group')}
        value={group}
        choices={groups.map((value) => ({ value, label: t(`history.groups.${value}`) }))}
        onChange={(next) => change({ group: next })}
      />
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
        choices={outcomes.map((value) => ({ value, label: t(`history.filter.outcomes.${value}`) }))}
      />
      <Chip
        of="by"
        label={t('history.filter.by')}
        anyLabel={t('history.filter.anybody')}
        choices={sides.map((value) => ({ value, label: t(`history.filter.sides.${value}`) }))}
      />
      <When />
      <JumpToDate />
    </div>
  )
}
