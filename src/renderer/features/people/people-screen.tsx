import { Button } from '@mantine/core'
import { IconPlus, IconSearch, IconUsersGroup } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { Person } from '../../../shared/domain/person.ts'
import { folded } from '../../../shared/folded.ts'
import { t } from '../../../shared/messages/messages.ts'
import { personById } from '../../state/persons-slice.ts'
import { useApp } from '../../state/use-app.ts'
import { describeError } from '../../text/describe-error.ts'
import { consentText } from '../../text/person-words.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { PersonText } from '../../ui/person-text.tsx'
import { Poster } from '../../ui/poster.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { useContextMenu } from '../../ui/use-context-menu.tsx'
import { useNow } from '../../ui/use-now.ts'
import classes from './people-screen.module.css'
import { PersonPage } from './person-page.tsx'

const PersonRow = ({ person }: { readonly person: Person }) => {
  const nowMs = useNow()
  const showPerson = useApp((state) => state.showPerson)
  const consent = consentText(person.consent, nowMs)
  const openPersonForm = useApp((state) => state.openPersonForm)
  const showPersonHistory = useApp((state) => state.showPersonHistory)
  const go = useApp((state) => state.go)
  const { onContextMenu, menu } = useContextMenu(person.name, () => [
    [
      { label: t('library.actions.open'), run: () => showPerson(person.id) },
      { label: t('people.edit'), run: () => openPersonForm(person.id) },
      {
        label: t('library.actions.showHistory'),
        run: () => {
          go('history')
          showPersonHistory(person.id)
        }
      }
    ]
  ])
  return (
    <li>
      <button
        type="button"
        className={classes['row']}
        onClick={() => showPerson(person.id)}
        onContextMenu={onContextMenu}
      >
        <span className={classes['face']}>
          <Poster posterId={person.posterId ?? null} name={person.name} />
        </span>
        <span className={classes['who']}>
          <span className={classes['name']}>
            <PersonText text={person.name} />
          </span>
          <span className={classes['dim']}>
            {t('people.assets', { count: person.assetCount })}
            {person.note.tags.map((tag) => (
              <bdi key={tag} className={classes['tag']}>
                {tag}
              </bdi>
            ))}
          </span>
        </span>
        <StateMark tone={consent.tone} text={consent.text} />
      </button>
      {menu}
    </li>
  )
}

const AddButton = () => {
  const openPersonForm = useApp((state) => state.openPersonForm)
  return (
    <Button
      variant="filled"
      leftSection={<IconPlus size={16} aria-hidden="true" />}
      onClick={() => openPersonForm(null)}
    >
      {t('people.add')}
    </Button>
  )
}

/** By the name, or what was written down about the person. */
const isFound = ({ name, note }: Person, search: string): boolean =>
  [name, note.text, ...note.tags].some((text) => folded(text).includes(folded(search).trim()))

interface ListProps {
  readonly search: string
  readonly onClear: () => void
}

const List = ({ search, onClear }: ListProps) => {
  const persons = useApp((state) => state.persons)
  const loadPersons = useApp((state) => state.loadPersons)
  if (persons.kind === 'failed') {
    const { title, meaning, advice } = describeError(persons.error)
    return (
      <EmptyState icon={<IconUsersGroup size={26} />} title={title} text={`${meaning} ${advice}`}>
        <Button onClick={() => void loadPersons()}>{t('common.tryAgain')}</Button>
      </EmptyState>
    )
  }
  if (persons.kind !== 'ready') return null
  if (persons.value.length === 0) {
    return (
      <EmptyState
        icon={<IconUsersGroup size={26} />}
        title={t('people.emptyTitle')}
        text={t('people.emptyText')}
      />
    )
  }
  const found = persons.value.filter((person) => isFound(person, search))
  if (found.length === 0) {
    return (
      <EmptyState
        icon={<IconSearch size={26} />}
        title={t('library.filteredTitle')}
        text={t('people.noneFound', { search: search.trim() })}
      >
        <Button onClick={onClear}>{t('people.clearSearch')}</Button>
      </EmptyState>
    )
  }
  return (
    <ul className={classes['list']} aria-label={t('people.title')} data-scroller data-results>
      {found.map((person) => (
        <PersonRow key={person.id} person={person} />
      ))}
    </ul>
  )
}

export const PeopleScreen = () => {
  const [search, setSearch] = useState('')
  const loadPersons = useApp((state) => state.loadPersons)
  const open = useApp((state) => personById(state.persons, state.openPersonId))
  useEffect(() => void loadPersons(), [loadPersons])
  if (open !== null) return <PersonPage person={open} />
  return (
    <Page
      title={t('people.title')}
      search={
        <SearchField
          label={t('common.search')}
          hint={t('people.search')}
          value={search}
          onChange={setSearch}
        />
      }
      actions={<AddButton />}
    >
      <List search={search} onClear={() => setSearch('')} />
    </Page>
  )
}
