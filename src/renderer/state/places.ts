import type { Account, AccountId, ProviderId } from '../../shared/domain/account.ts'
import type { AssetKind } from '../../shared/domain/asset.ts'

/** The places that show a part of the library. */
export type LibraryPlace = 'replicas' | 'videos' | 'models' | 'versions'

const places: Readonly<Record<AssetKind, LibraryPlace>> = {
  replica: 'replicas',
  video: 'videos',
  model: 'models',
  version: 'versions'
}

const kinds: Readonly<Record<LibraryPlace, AssetKind>> = {
  replicas: 'replica',
  videos: 'video',
  models: 'model',
  versions: 'version'
}

export const placeOf = (kind: AssetKind): LibraryPlace => places[kind]

/** What a place lists; null for the places that are not of the library. */
export const kindAt = (place: string): AssetKind | null =>
  (kinds as Readonly<Record<string, AssetKind>>)[place] ?? null

/** Who keeps things of a kind; the same as `kindsOf` of the domain, without its schemas. */
export const providerOf = (kind: string): ProviderId =>
  kind === 'model' || kind === 'version' ? 'replicate' : 'tavus'

/** A place is there once an account fills it; before there is any, what the app began with. */
export const hasPlace = (place: LibraryPlace, accounts: readonly Account[]): boolean => {
  const provider = providerOf(kinds[place])
  return accounts.length === 0
    ? provider === 'tavus'
    : accounts.some((account) => account.provider === provider)
}

/** Where the library of a provider begins. */
export const firstPlaceOf = (provider: ProviderId): LibraryPlace =>
  provider === 'tavus' ? 'replicas' : 'models'

/** Where the library begins for whoever has these accounts. */
export const homeOf = (accounts: readonly Account[]): LibraryPlace => {
  const own = accounts.filter(({ isSample }) => !isSample)
  return hasPlace('replicas', own.length > 0 ? own : accounts) ? 'replicas' : 'models'
}

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
