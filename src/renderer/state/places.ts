import {
  type AssetKind,
  assetKindsOf,
  kindAt,
  kinds,
  type LibraryPlace
} from '../../shared/catalogue/kinds.ts'
import { type ProviderId, providerIds } from '../../shared/catalogue/providers.ts'
import type { Account, AccountId } from '../../shared/domain/account.ts'
import { homeKind } from '../../shared/first-screen.ts'

export const placeOf = (kind: AssetKind): LibraryPlace => kinds[kind].place

/** Where the library of a provider begins. */
export const firstPlaceOf = (provider: ProviderId): LibraryPlace => {
  const [first] = assetKindsOf(provider)
  if (first === undefined) throw new Error(`Nothing is kept at ${provider}`)
  return placeOf(first)
}

/** A place is there once an account fills it; before there is any, what the app begins with. */
export const hasPlace = (place: LibraryPlace, accounts: readonly Account[]): boolean => {
  const kind = kindAt(place)
  const there = accounts.length === 0 ? [providerIds[0]] : accounts.map(({ provider }) => provider)
  return kind !== null && there.includes(kinds[kind].provider)
}

/** Where the library begins for whoever has these accounts. */
export const homeOf = (accounts: readonly Account[]): LibraryPlace => placeOf(homeKind(accounts))

/** The account that is offered first: the one that is looked at, else one's own; sample data only if there is no other. */
export const offeredFirst = (
  accounts: readonly Account[],
  viewed: AccountId | null
): AccountId | null =>
  (
    accounts.find(({ id }) => id === viewed) ??
    accounts.find(({ isSample }) => !isSample) ??
    accounts[0]
  )?.id ?? null
