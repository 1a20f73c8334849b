import { IconHistory, IconInbox, IconKey, IconSettings, IconUsersGroup } from '@tabler/icons-react'
import { type ReactNode, Suspense } from 'react'
import { assetKinds, kindAt, kinds } from '../../shared/catalogue/kinds.ts'
import { providerName } from '../../shared/catalogue/providers.ts'
import type { Account } from '../../shared/domain/account.ts'
import { t } from '../../shared/messages/messages.ts'
import { oldestAsOf } from '../state/accounts-slice.ts'
import { firstPlaceOf, hasPlace, placeOf } from '../state/places.ts'
import type { Place } from '../state/session-slice.ts'
import { useApp } from '../state/use-app.ts'
import { asOfText, watchedText } from '../text/account-words.ts'
import { kindsTitle } from '../text/kind-words.ts'
import { exactTime, number } from '../text/time-words.ts'
import { AccountDot } from '../ui/account-dot.tsx'
import { KindIcon } from '../ui/kind-icon.tsx'
import { PersonText } from '../ui/person-text.tsx'
import { loadedLater } from '../ui/preloaded.tsx'
import { DeletionsButton } from './deletions-button.tsx'
import classes from './side-bar.module.css'

const SavedViews = loadedLater(async () => (await import('./saved-views.tsx')).SavedViews)

interface PlaceLinkProps {
  readonly place: Place
  readonly label: string
  readonly icon: ReactNode
  readonly count?: number | null
  /** What the count means, where it is more than how many there are. */
  readonly countText?: string
}

const PlaceLink = ({ place, label, icon, count = null, countText }: PlaceLinkProps) => {
  const here = useApp((state) => state.place)
  const go = useApp((state) => state.go)
  const isHere = here === place || (place === 'replicas' && here === 'new-replica')
  return (
    <a
      href={`#${place}`}
      className={classes['link']}
      aria-label={label}
      aria-description={countText ?? (count === null ? undefined : number(count))}
      title={label}
      aria-current={isHere ? 'page' : undefined}
      draggable={false}
      onClick={(event) => {
        event.preventDefault()
        go(place)
      }}
    >
      {icon}
      <span className={classes['linkLabel']}>{label}</span>
      {count !== null && (
        <span
          className={countText === undefined ? classes['count'] : classes['badge']}
          aria-hidden="true"
        >
          {number(count)}
        </span>
      )}
    </a>
  )
}

const AccountRow = ({ account }: { readonly account: Account }) => {
  const isChosen = useApp(
    (state) => kindAt(state.place) !== null && state.filter.accountId === account.id
  )
  const isAtItsOwn = useApp((state) => {
    const kind = kindAt(state.place)
    return kind !== null && kinds[kind].provider === account.provider
  })
  const changeFilter = useApp((state) => state.changeFilter)
  const go = useApp((state) => state.go)
  return (
    <button
      type="button"
      className={classes['account']}
      aria-pressed={isChosen}
      title={account.isSample ? `${account.name} (${t('common.sampleData')})` : account.name}
      onClick={() => {
        if (!isAtItsOwn) go(firstPlaceOf(account.provider))
        changeFilter({ accountId: isChosen ? null : account.id })
      }}
    >
      <AccountDot color={account.color} />
      <span className={classes['accountName']}>
        <PersonText text={account.name} />
      </span>
      <span className={classes['provider']}>{providerName(account.provider)}</span>
    </button>
  )
}

const AsOf = () => {
  const asOfAt = useApp((state) => oldestAsOf(state.sync, null))
  const unfinished = useApp((state) => state.counts?.byKind.replica.unfinished ?? 0)
  return (
    <section className={classes['asOf']} aria-label={t('nav.freshness')}>
      <p title={asOfAt === null ? undefined : exactTime(asOfAt)}>{asOfText(asOfAt)}</p>
      {unfinished > 0 && <p className={classes['watched']}>{watchedText(unfinished)}</p>}
    </section>
  )
}

export const SideBar = () => {
  const accounts = useApp((state) => state.accounts)
  const counts = useApp((state) => state.counts)
  const newChanges = useApp((state) => state.newChanges)
  const hasViews = useApp((state) => state.settings.historyViews.length > 0)
  const unread = useApp((state) => state.unreadCount)
  const hasAccounts = accounts.length > 0
  return (
    <div className={classes['bar']}>
      <nav className={classes['nav']} aria-label={t('nav.label')}>
        <h2 className={classes['heading']}>{t('nav.library')}</h2>
        {assetKinds
          .filter((kind) => hasPlace(placeOf(kind), accounts))
          .map((kind) => (
            <PlaceLink
              key={kind}
              place={placeOf(kind)}
              label={kindsTitle(kind)}
              icon={<KindIcon kind={kind} size={18} />}
              count={hasAccounts ? (counts?.byKind[kind].own ?? null) : null}
            />
          ))}
        {hasAccounts && (
          <PlaceLink
            place="people"
            label={t('nav.people')}
            icon={<IconUsersGroup size={18} aria-hidden="true" />}
          />
        )}
        {hasAccounts && (
          <PlaceLink
            place="inbox"
            label={t('nav.inbox')}
            icon={<IconInbox size={18} aria-hidden="true" />}
            {...(unread === 0
              ? {}
              : { count: unread, countText: t('inbox.unreadCount', { count: number(unread) }) })}
          />
        )}
        <PlaceLink
          place="history"
          label={t('nav.history')}
          icon={<IconHistory size={18} aria-hidden="true" />}
          count={newChanges === 0 ? null : newChanges}
        />
        <Suspense fallback={null}>{hasViews && <SavedViews />}</Suspense>
        <PlaceLink
          place="settings"
          label={t('nav.settings')}
          icon={<IconSettings size={18} aria-hidden="true" />}
        />
        {/* Last, as the accounts themselves follow: their place is their heading. */}
        <PlaceLink
          place="accounts"
          label={t('nav.accountsPlace')}
          icon={<IconKey size={18} aria-hidden="true" />}
        />
      </nav>
      {hasAccounts && (
        <section className={classes['accounts']} aria-label={t('nav.accounts')}>
          {accounts.map((account) => (
            <AccountRow key={account.id} account={account} />
          ))}
        </section>
      )}
      {hasAccounts && (
        <div className={classes['foot']}>
          <DeletionsButton />
          <AsOf />
        </div>
      )}
    </div>
  )
}
