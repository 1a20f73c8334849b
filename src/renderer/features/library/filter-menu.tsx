import { useEffect, useRef } from 'react'
import { useShallow } from 'zustand/shallow'
import { kinds } from '../../../shared/catalogue/kinds.ts'
import { t } from '../../../shared/messages/messages.ts'
import { personById } from '../../state/persons-slice.ts'
import { useApp } from '../../state/use-app.ts'
import { number } from '../../text/time-words.ts'
import type { MenuEntry } from '../../ui/floating-menu.tsx'
import { PillMenu } from '../../ui/pill-menu.tsx'
import { RemovableChip } from '../../ui/removable-chip.tsx'

const ages = ['today', 'week', 'month', 'year'] as const

/** What the listing can be narrowed by, one group for each; choosing what is on lets go of it. */
interface Narrowing {
  readonly heading: string
  readonly entries: readonly MenuEntry[]
}

/** What is on, as it stands beside the menu. */
interface OnChip {
  readonly id: string
  readonly text: string
  readonly remove: () => void
}

const useAccounts = (): Narrowing => {
  const accounts = useApp(
    useShallow((state) =>
      state.accounts.filter(({ provider }) => provider === kinds[state.filter.kind].provider)
    )
  )
  const accountId = useApp((state) => state.filter.accountId)
  const changeFilter = useApp((state) => state.changeFilter)
  const entries = accounts.map(({ id, name }) => ({
    id,
    label: name,
    isChecked: id === accountId,
    run: () => changeFilter({ accountId: id === accountId ? null : id })
  }))
  return { heading: t('common.account'), entries: accounts.length < 2 ? [] : entries }
}

const usePersons = (): Narrowing => {
  const persons = useApp((state) => state.persons)
  const personId = useApp((state) => state.filter.personId)
  const changeFilter = useApp((state) => state.changeFilter)
  const loadPersons = useApp((state) => state.loadPersons)
  const isConfirmed = useApp((state) => state.isConfirmed)
  useEffect(() => {
    if (isConfirmed) void loadPersons()
  }, [isConfirmed, loadPersons])
  const known = persons.kind === 'ready' ? persons.value : []
  return {
    heading: t('library.person'),
    entries: known.map(({ id, name }) => ({
      id,
      label: name,
      isChecked: id === personId,
      run: () => changeFilter({ personId: id === personId ? null : id })
    }))
  }
}

const useTags = (): Narrowing => {
  const kind = useApp((state) => state.filter.kind)
  const tags = useApp((state) => state.tags.get(state.filter.kind) ?? null)
  const chosen = useApp((state) => state.filter.tag)
  const changeFilter = useApp((state) => state.changeFilter)
  const loadTags = useApp((state) => state.loadTags)
  const isConfirmed = useApp((state) => state.isConfirmed)
  useEffect(() => {
    if (isConfirmed) void loadTags(kind)
  }, [isConfirmed, kind, loadTags])
  return {
    heading: t('library.tag'),
    entries: (tags ?? []).map(({ tag, count }) => ({
      id: `tag:${tag}`,
      label: tag,
      hint: number(count),
      isChecked: tag === chosen,
      run: () => changeFilter({ tag: tag === chosen ? null : tag })
    }))
  }
}

const useModels = (): Narrowing => {
  const isReplica = useApp((state) => state.filter.kind === 'replica')
  const models = useApp((state) => state.filter.models)
  const known = useApp((state) => state.viewCounts?.models ?? null)
  const changeFilter = useApp((state) => state.changeFilter)
  const isWorthIt = isReplica && known !== null && (known.length > 1 || models.length > 0)
  const names = isWorthIt ? [...new Set([...known, ...models])] : []
  return {
    heading: t('library.columns.model'),
    entries: names.map((model) => ({
      label: model,
      isChecked: models.includes(model),
      run: () =>
        changeFilter({
          models: models.includes(model)
            ? models.filter((held) => held !== model)
            : [...models, model]
        })
    }))
  }
}

const useAges = (): Narrowing => {
  const isDated = useApp((state) => state.filter.kind !== 'model')
  const age = useApp((state) => state.filter.age)
  const changeFilter = useApp((state) => state.changeFilter)
  return {
    heading: t('library.age'),
    entries: (isDated ? ages : []).map((value) => ({
      label: t(`library.ages.${value}`),
      isChecked: value === age,
      run: () => changeFilter({ age: value === age ? 'any' : value })
    }))
  }
}

/** Also of what the menu does not offer, as an account that was chosen in the side bar. */
const useChips = (): readonly OnChip[] => {
  const tag = useApp((state) => state.filter.tag)
  const models = useApp((state) => state.filter.models)
  const age = useApp((state) => state.filter.age)
  const changeFilter = useApp((state) => state.changeFilter)
  const account = useApp(
    (state) => state.accounts.find(({ id }) => id === state.filter.accountId)?.name ?? null
  )
  const person = useApp((state) => personById(state.persons, state.filter.personId)?.name ?? null)
  const [model] = models
  const remove = (change: Parameters<typeof changeFilter>[0]) => () => changeFilter(change)
  return [
    ...(account === null
      ? []
      : [{ id: 'account', text: account, remove: remove({ accountId: null }) }]),
    ...(person === null
      ? []
      : [{ id: 'person', text: person, remove: remove({ personId: null }) }]),
    ...(tag === null ? [] : [{ id: 'tag', text: tag, remove: remove({ tag: null }) }]),
    ...(model === undefined
      ? []
      : [
          {
            id: 'model',
            text: models.length === 1 ? model : t('library.models', { count: models.length }),
            remove: remove({ models: [] })
          }
        ]),
    ...(age === 'any'
      ? []
      : [{ id: 'age', text: t(`library.ages.${age}`), remove: remove({ age: 'any' }) }])
  ]
}

/** One button for everything that the listing can be narrowed by, and a chip for each thing that is on. */
export const FilterMenu = () => {
  const narrowings = [useAccounts(), usePersons(), useTags(), useModels(), useAges()].filter(
    ({ entries }) => entries.length > 0
  )
  const chips = useChips()
  const menu = useRef<HTMLSpanElement>(null)
  return (
    <>
      {narrowings.length > 0 && (
        <span ref={menu}>
          <PillMenu
            label={t('library.filter')}
            text={t('library.filter')}
            isOn={chips.length > 0}
            groups={narrowings.map(({ entries }) => entries)}
            headings={narrowings.map(({ heading }) => heading)}
          />
        </span>
      )}
      {chips.map(({ id, text, remove }) => (
        <RemovableChip
          key={id}
          text={text}
          label={t('library.removeFilter', { filter: text })}
          onRemove={() => {
            // The chip is gone with it, and the focus would be nowhere.
            menu.current?.querySelector('button')?.focus()
            remove()
          }}
        />
      ))}
    </>
  )
}
