import { Button } from '@mantine/core'
import {
  IconBox,
  IconCloudOff,
  IconMoodSmile,
  IconMovie,
  IconSearch,
  IconStack2
} from '@tabler/icons-react'
import { keeperName } from '../../../shared/catalogue/kinds.ts'
import { t } from '../../../shared/messages/messages.ts'
import { cleared, isNarrowed, type LibraryFilter } from '../../state/library-pages.ts'
import { personById } from '../../state/persons-slice.ts'
import { useApp } from '../../state/use-app.ts'
import { inTheWay, type Narrowing, withoutText } from '../../text/filter-words.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { KindIcon } from '../../ui/kind-icon.tsx'
import { groupText } from './library-filters.tsx'

const change: Readonly<Record<Narrowing['by'], Partial<LibraryFilter>>> = {
  state: { group: 'all' },
  account: { accountId: null },
  model: { models: [] },
  age: { age: 'any' },
  parent: { parent: null },
  person: { personId: null },
  tag: { tag: null },
  search: { search: '' }
}

const narrowings = (
  filter: LibraryFilter,
  account: string | null,
  person: string | null
): readonly Narrowing[] => {
  const all: readonly (Narrowing | null)[] = [
    filter.group === 'all'
      ? null
      : {
          by: 'state',
          text: groupText(filter.group, filter.kind)
        },
    account === null ? null : { by: 'account', text: account },
    filter.models.length === 0 ? null : { by: 'model', text: filter.models.join(', ') },
    filter.age === 'any' ? null : { by: 'age', text: t(`library.ages.${filter.age}`) },
    filter.parent === null ? null : { by: 'parent', text: filter.parent.ref.id },
    person === null ? null : { by: 'person', text: person },
    filter.tag === null ? null : { by: 'tag', text: filter.tag },
    filter.search === '' ? null : { by: 'search', text: filter.search }
  ]
  return all.filter((item) => item !== null)
}

const Filtered = () => {
  const filter = useApp((state) => state.filter)
  const changeFilter = useApp((state) => state.changeFilter)
  const account = useApp(
    (state) => state.accounts.find(({ id }) => id === state.filter.accountId)?.name ?? null
  )
  const person = useApp((state) => personById(state.persons, state.filter.personId)?.name ?? null)
  const found = narrowings(filter, account, person)
  return (
    <EmptyState
      icon={<IconSearch size={26} />}
      title={t('library.filteredTitle')}
      text={inTheWay(found)}
    >
      {found.length > 1 &&
        found.map((narrowing) => (
          <Button key={narrowing.by} onClick={() => changeFilter(change[narrowing.by])}>
            {withoutText(narrowing)}
          </Button>
        ))}
      <Button onClick={() => changeFilter(cleared(filter))}>{t('library.clearFilters')}</Button>
    </EmptyState>
  )
}

const NotListedYet = () => {
  const kind = useApp((state) => state.filter.kind)
  const isRunning = useApp((state) =>
    [...state.sync.values()].some((status) => status.state === 'running')
  )
  return (
    <EmptyState
      icon={isRunning ? <IconMoodSmile size={26} /> : <IconCloudOff size={26} />}
      title={
        isRunning
          ? t('library.lookingTitle', { who: keeperName(kind) })
          : t('library.notListedYetTitle')
      }
      text={
        isRunning
          ? t('library.lookingText')
          : t('library.notListedYetText', { who: keeperName(kind) })
      }
    />
  )
}

const NoModels = ({ kind }: { readonly kind: 'model' | 'version' }) => {
  const openAddModel = useApp((state) => state.openAddModel)
  return kind === 'model' ? (
    <EmptyState
      icon={<IconBox size={26} />}
      title={t('models.emptyTitle')}
      text={t('models.emptyText')}
    >
      <Button onClick={() => openAddModel('')}>{t('models.add')}</Button>
    </EmptyState>
  ) : (
    <EmptyState
      icon={<IconStack2 size={26} />}
      title={t('models.emptyVersionsTitle')}
      text={t('models.emptyVersionsText')}
    />
  )
}

/** Why there is nothing to show, and what to do about it. */
export const LibraryNothing = () => {
  const filter = useApp((state) => state.filter)
  const isListed = useApp((state) =>
    [...state.sync.values()].some((status) => status.asOfAt !== null)
  )
  if (isNarrowed(filter)) return <Filtered />
  if (!isListed) return <NotListedYet />
  if (filter.kind === 'video') {
    return (
      <EmptyState
        icon={<IconMovie size={26} />}
        title={t('library.emptyVideosTitle')}
        text={t('library.emptyVideosText')}
      />
    )
  }
  if (filter.kind === 'model' || filter.kind === 'version') {
    return <NoModels kind={filter.kind} />
  }
  if (filter.kind === 'conversation') {
    return (
      <EmptyState
        icon={<KindIcon kind="conversation" size={26} />}
        title={t('library.emptyConversationsTitle')}
        text={t('library.emptyConversationsText')}
      />
    )
  }
  const isStock = filter.origin === 'stock'
  if (filter.kind === 'voice') {
    return (
      <EmptyState
        icon={<KindIcon kind="voice" size={26} />}
        title={isStock ? t('library.emptyStockVoicesTitle') : t('library.emptyVoicesTitle')}
        text={isStock ? t('library.emptyStockText') : t('library.emptyVoicesText')}
      />
    )
  }
  if (filter.kind === 'persona') {
    return (
      <EmptyState
        icon={<KindIcon kind="persona" size={26} />}
        title={isStock ? t('library.emptyStockPalsTitle') : t('library.emptyPalsTitle')}
        text={isStock ? t('library.emptyStockText') : t('library.emptyPalsText')}
      />
    )
  }
  return (
    <EmptyState
      icon={<IconMoodSmile size={26} />}
      title={isStock ? t('library.emptyStockTitle') : t('library.emptyTitle')}
      text={isStock ? t('library.emptyStockText') : t('library.emptyText')}
    />
  )
}
