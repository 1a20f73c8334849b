import type { HistoryBar, HistoryChart } from '../../shared/domain/history.ts'
import { t } from '../../shared/messages/messages.ts'
import { allOf, dateText, monthText, yearText } from './time-words.ts'

/** "March 3", "Week of March 2", "March 2026", "2026": which time a bar stands for. */
export const barTime = (
  unit: HistoryChart['unit'],
  { fromAt }: HistoryBar,
  nowMs: number
): string => {
  switch (unit) {
    case 'day':
      return dateText(fromAt, nowMs)
    case 'week':
      return t('history.chart.week', { day: dateText(fromAt, nowMs) })
    case 'month':
      return monthText(fromAt)
    case 'year':
      return yearText(fromAt)
  }
}

const parts = ['deleted', 'failed', 'elsewhere'] as const

/** "March 3: 16 deleted and 1 failed", "March 3: 5 found": what a bar says by its height and colors. */
export const barText = (
  { of, unit }: Pick<HistoryChart, 'of' | 'unit'>,
  bar: HistoryBar,
  nowMs: number
): string => {
  const told = parts.flatMap((part) =>
    bar[part] === 0 ? [] : [t(`history.chart.${part}`, { count: bar[part] })]
  )
  const all = t(of === 'records' ? 'history.chart.found' : 'history.chart.entries', {
    count: bar.count
  })
  return t('history.chart.bar', {
    time: barTime(unit, bar, nowMs),
    what: of === 'records' ? allOf([all, ...told]) : told.length === 0 ? all : allOf(told)
  })
}
