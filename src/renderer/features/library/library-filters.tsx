import { columnsOf } from '../../../shared/catalogue/columns.ts'
import { type AssetKind, kinds } from '../../../shared/catalogue/kinds.ts'
import { t } from '../../../shared/messages/messages.ts'
import type { LibrarySort } from '../../state/library-pages.ts'
import { useApp } from '../../state/use-app.ts'
import { countOfKind } from '../../text/kind-words.ts'
import { number } from '../../text/time-words.ts'
import { FilterChips } from '../../ui/filter-chips.tsx'
import { PillMenu } from '../../ui/pill-menu.tsx'
import { PillSelect } from '../../ui/pill-select.tsx'
import { sortDirection, sortedColumnOf } from './asset-columns.ts'
import { FilterMenu } from './filter-menu.tsx'
import classes from './library-screen.module.css'

const groups = ['all', 'ready', 'training', 'failed', 'deleted'] as const
/** For kinds whose states are worth no filter of their own. */
const presences = ['all', 'deleted'] as const
const sorts = ['created-desc', 'created-asc', 'name-asc', 'name-desc', 'status'] as const

/** What is under way is called by what is made. */
export const groupText = (group: (typeof groups)[number], kind: AssetKind): string => {
  if (group === 'training' && kind === 'video') return t('library.generating')
  return group === 'training' && kind === 'voice' ? t('library.cloning') : t(`library.${group}`)
}

const sortsOf = (kind: AssetKind) =>
  sorts.filter((sort) => {
    if (kind === 'model') return sort.startsWith('name')
    return kind !== 'version' || sort !== 'status'
  })

/** The orders that every view offers, and the one that a column's head brought. */
const sortChoices = (kind: AssetKind, now: LibrarySort) => {
  const offered = sortsOf(kind)
  const choices: { readonly value: LibrarySort; readonly label: string }[] = offered.map(
    (value) => ({ value, label: t(`library.sorts.${value}`) })
  )
  if (offered.some((value) => value === now)) return choices
  const column = sortedColumnOf(now)
  const way = sortDirection(column, now) ?? 'ascending'
  const label = t(`library.sortedBy.${way}`, { column: t(`library.columns.${column}`) })
  return [...choices, { value: now, label }]
}

/** Whose videos or versions are shown; one press lets go of it. */
const OfParent = ({ kind }: { readonly kind: 'video' | 'version' }) => {
  const parent = useApp((state) => state.filter.parent)
  const changeFilter = useApp((state) => state.changeFilter)
  if (parent === null) return null
  const isVideo = kind === 'video'
  const all = isVideo ? t('library.everyReplica') : t('models.everyModel')
  return (
    <PillMenu
      label={isVideo ? t('detail.madeWith') : t('models.parentFilter')}
      text={
        isVideo
          ? t('library.videosOf', { name: parent.name || parent.ref.id })
          : t('models.versionsOf', { model: parent.ref.id.split('/')[1] ?? parent.ref.id })
      }
      isOn
      groups={[[{ label: all, run: () => changeFilter({ parent: null }) }]]}
    />
  )
}

const Whose = () => {
  const origin = useApp((state) => state.filter.origin)
  const counts = useApp((state) => state.viewCounts?.byKind[state.filter.kind] ?? null)
  const changeFilter = useApp((state) => state.changeFilter)
  return (
    <>
      <FilterChips
        label={t('library.origin')}
        value={origin}
        choices={[
          { value: 'own', label: t('library.mine'), count: counts && number(counts.own) },
          { value: 'stock', label: t('library.stock'), count: counts && number(counts.stock) }
        ]}
        onChange={(next) => changeFilter({ origin: next })}
      />
      <span className={classes['divider']} aria-hidden="true" />
    </>
  )
}

const States = () => {
  const kind = useApp((state) => state.filter.kind)
  const group = useApp((state) => state.filter.group)
  const isOwn = useApp(({ filter }) => !kinds[filter.kind].hasStock || filter.origin === 'own')
  const counts = useApp((state) => state.viewCounts?.byKind[state.filter.kind] ?? null)
  const changeFilter = useApp((state) => state.changeFilter)
  const countsOf = {
    all: null,
    ready: counts?.ready,
    training: counts?.unfinished,
    failed: counts?.failed,
    deleted: null
  }
  const shown = kinds[kind].hasStates ? groups : presences
  return (
    <FilterChips
      label={t('library.state')}
      value={group}
      choices={shown.map((value) => {
        const count = countsOf[value]
        return {
          value,
          label: groupText(value, kind),
          // Only own ones are counted by state.
          count: isOwn && typeof count === 'number' ? number(count) : null
        }
      })}
      onChange={(next) => changeFilter({ group: next })}
    />
  )
}

const Columns = () => {
  const kind = useApp((state) => state.filter.kind)
  const layout = useApp((state) => state.settings.libraryColumns)
  const updateSettings = useApp((state) => state.updateSettings)
  return (
    <PillMenu
      label={t('library.columnsMenu')}
      text={t('library.columnsMenu')}
      groups={[
        columnsOf(kind).map((column) => ({
          label: t(`library.columns.${column}`),
          isChecked: layout.shown.includes(column),
          run: () =>
            void updateSettings({
              libraryColumns: {
                ...layout,
                shown: layout.shown.includes(column)
                  ? layout.shown.filter((held) => held !== column)
                  : [...layout.shown, column]
              }
            })
        }))
      ]}
    />
  )
}

/** On its own: each letter of a search finds another number. */
const Total = () => {
  const kind = useApp((state) => state.filter.kind)
  const total = useApp((state) =>
    state.library.kind === 'ready' ? state.library.value.total : null
  )
  return (
    <span className={classes['total']} role="status">
      {total === null ? '' : countOfKind(total, kind)}
    </span>
  )
}

export const LibraryFilters = () => {
  const kind = useApp((state) => state.filter.kind)
  const sort = useApp((state) => state.filter.sort)
  const view = useApp((state) => state.settings.libraryView)
  const changeFilter = useApp((state) => state.changeFilter)
  return (
    <div className={classes['filters']}>
      {kinds[kind].hasStock && <Whose />}
      <States />
      {(kind === 'version' || kind === 'video') && <OfParent kind={kind} />}
      <FilterMenu />
      <PillSelect
        label={t('library.sort')}
        value={sort}
        choices={sortChoices(kind, sort)}
        onChange={(next) => changeFilter({ sort: next })}
      />
      {view === 'list' && <Columns />}
      <Total />
    </div>
  )
}
