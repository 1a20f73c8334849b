import { isTargetKind, kinds, stepModes, type TargetKind } from '../../shared/catalogue/kinds.ts'
import type { HistoryLine } from '../../shared/domain/history.ts'
import { t } from '../../shared/messages/messages.ts'
import { eventSubject, eventText } from './history-words.ts'
import { countOfKind } from './kind-words.ts'
import { allOf } from './time-words.ts'

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0)

/** How many things an operation is about; 1 where it is about one, or about none. */
export const thingCount = ({ kinds }: HistoryLine): number => Math.max(1, sum(kinds))

const itemsText = ({ kinds }: HistoryLine): string =>
  allOf(
    (Object.entries(kinds) as [TargetKind | 'other', number][])
      .filter(([, count]) => count > 0)
      .sort(([, a], [, b]) => b - a)
      .map(([kind, count]) => countOfKind(count, kind === 'other' ? null : kind))
  )

const namedAtOnce = 2

/** Whom or what an operation is about: "Amara Osei", "Amara Osei, Kenji Watanabe, and 14 more". */
export const lineSubject = (line: HistoryLine): string => {
  const count = thingCount(line)
  if (count === 1) return line.names[0] ?? eventSubject(line.head)
  if (line.names.length === 0) return line.accountName ?? t('history.several')
  if (line.names.length === count) return allOf(line.names)
  const named = line.names.slice(0, namedAtOnce)
  return allOf([...named, t('history.line.more', { count: count - named.length })])
}

const standingParts = ['accepted', 'kept', 'unclear', 'canceled', 'open'] as const

const deletionText = (line: HistoryLine): string => {
  const mayChange = Object.keys(line.kinds).some(
    (kind) => isTargetKind(kind) && kinds[kind].change !== null
  )
  const { open = 0, accepted = 0, deleted = 0, canceled = 0 } = line.standings
  const total = sum(line.standings)
  const mode = stepModes.find((one) => one === line.head.body['mode']) ?? 'soft'
  if (deleted === total && mayChange)
    return t('history.line.carriedOut', { items: itemsText(line) })
  if (deleted === total) return t('history.line.deleted', { items: itemsText(line), mode })
  if (accepted === total) return t('history.line.accepted', { items: itemsText(line), mode })
  if (open === total || canceled === total) return eventText(line.head)
  const others = standingParts.flatMap((standing) => {
    const count = line.standings[standing] ?? 0
    return count === 0 ? [] : [t(`history.line.standing.${standing}`, { count })]
  })
  const done = mayChange
    ? t('history.line.carriedOutOf', { count: deleted, total })
    : t('history.line.deletedOf', { count: deleted, total, mode })
  return [done, ...others].join(' · ')
}

/** What happened, after whom or what it happened to. */
export const lineText = (line: HistoryLine): string => {
  if (thingCount(line) === 1) return eventText(line.head)
  if (sum(line.standings) > 1) return deletionText(line)
  const { type } = line.head
  switch (type) {
    case 'asset-first-seen':
    case 'asset-renamed':
    case 'asset-vanished':
    case 'asset-returned':
    case 'asset-pinned':
    case 'asset-unpinned':
      return t(`history.line.${type}`, { items: itemsText(line) })
    default:
      return eventText(line.head)
  }
}

/** "checked 3 times", or what the checks still find of what was deleted; null before the first check. */
export const checksText = ({ checks, onlineCount }: HistoryLine): string | null => {
  if (onlineCount > 0) return t('history.line.online', { count: onlineCount })
  const count = sum(checks)
  return count === 0 ? null : t('history.line.checked', { count })
}

/** The button below what is shown of an open operation. */
export const moreText = (leftCount: number): string =>
  t('history.line.showMore', { left: leftCount })
