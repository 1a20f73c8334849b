import { Button } from '@mantine/core'
import { IconCloudOff, IconMoodSmile, IconSearch } from '@tabler/icons-react'
import { type AssetKind, keeperName, kinds } from '../../../shared/catalogue/kinds.ts'
import { t } from '../../../shared/messages/messages.ts'
import { assertNever } from '../../../shared/result.ts'
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

interface Empty {
  readonly title: string
  readonly text: string
}

const emptyStock = (kind: AssetKind): Empty => {
  const text = t('library.emptyStockText')
  if (kind === 'voice') return { title: t('library.emptyStockVoicesTitle'), text }
  if (kind === 'persona') return { title: t('library.emptyStockPalsTitle'), text }
  return { title: t('library.emptyStockTitle'), text }
}

const emptyOwn = (kind: AssetKind): Empty => {
  switch (kind) {
    case 'replica':
      return { title: t('library.emptyTitle'), text: t('library.emptyText') }
    case 'video':
      return { title: t('library.emptyVideosTitle'), text: t('library.emptyVideosText') }
    case 'voice':
      return { title: t('library.emptyVoicesTitle'), text: t('library.emptyVoicesText') }
    case 'persona':
      return { title: t('library.emptyPalsTitle'), text: t('library.emptyPalsText') }
    case 'conversation':
      return {
        title: t('library.emptyConversationsTitle'),
        text: t('library.emptyConversationsText')
      }
    case 'model':
      return { title: t('models.emptyTitle'), text: t('models.emptyText') }
    case 'version':
      return { title: t('models.emptyVersionsTitle'), text: t('models.emptyVersionsText') }
    default:
      return assertNever(kind)
  }
}

/** Why there is nothing to show, and what to do about it. */
export const LibraryNothing = () => {
  const filter = useApp((state) => state.filter)
  const openAddModel = useApp((state) => state.openAddModel)
  const isListed = useApp((state) =>
    [...state.sync.values()].some((status) => status.asOfAt !== null)
  )
  if (isNarrowed(filter)) return <Filtered />
  if (!isListed) return <NotListedYet />
  const { kind, origin } = filter
  const { title, text } =
    origin === 'stock' && kinds[kind].hasStock ? emptyStock(kind) : emptyOwn(kind)
  return (
    <EmptyState icon={<KindIcon kind={kind} size={26} />} title={title} text={text}>
      {kind === 'model' ? (
        <Button onClick={() => openAddModel('')}>{t('models.add')}</Button>
      ) : undefined}
    </EmptyState>
  )
}
