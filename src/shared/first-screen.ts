import { type AssetKind, assetKindsOf } from './catalogue/kinds.ts'
import { type ProviderId, providerIds } from './catalogue/providers.ts'
import type { Account } from './domain/account.ts'
import type { AssetCounts, AssetPage } from './domain/asset.ts'
import type { FirstLook } from './domain/first-look.ts'
import type { Settings } from './domain/settings.ts'
import type { SyncStatus } from './domain/sync.ts'

/**
 * What the window draws before main's core is there: the library as the last run left it. It is there to be looked at:
 * whatever is done waits for the core. Holds no link, no key, no part of one, and nothing a provider said in sentences.
 */
export interface FirstScreen {
  readonly version: string
  readonly platform: 'linux' | 'mac' | 'windows'
  readonly providers: readonly ProviderId[]
  readonly settings: Settings
  readonly accounts: readonly Account[]
  readonly sync: readonly SyncStatus[]
  readonly counts: AssetCounts
  /** Of which kind the rows are. */
  readonly kind: AssetKind
  /** The first rows of the listing that the window begins with. */
  readonly page: AssetPage
  /** Where its cards stood; null: not known. */
  readonly look: FirstLook | null
}

/** Id of the element of the page that holds it as JSON; `null` there: the page begins with nothing. */
export const firstScreenElement = 'first-screen'

type Owned = Pick<Account, 'provider' | 'isSample'>

/** What the library begins with for whoever has these accounts. */
export const homeKind = (accounts: readonly Owned[]): AssetKind => {
  const own = accounts.filter(({ isSample }) => !isSample)
  const shown = own.length > 0 ? own : accounts
  const [kind] = assetKindsOf(
    providerIds.find((id) => shown.some(({ provider }) => provider === id)) ?? providerIds[0]
  )
  if (kind === undefined) throw new Error('A provider keeps nothing')
  return kind
}

/**
 * Ids of the faces that stand on the cards of a first screen, card by card. Null where there is none, or where the library
 * does not show it as it is: such a card waits for the library.
 */
export const firstFaces = ({
  look,
  page
}: Pick<FirstScreen, 'look' | 'page'>): readonly (string | null)[] =>
  page.rows
    .slice(0, look?.cards.length ?? 0)
    .map(({ posterId, presence, deletion }) =>
      presence === 'listed' && deletion === null ? posterId : null
    )
