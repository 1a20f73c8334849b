import { clipboard } from 'electron'
import { targetKey } from '../../shared/catalogue/keys.ts'
import type { AssetLink, AssetRecord, AssetRef, TargetRef } from '../../shared/domain/asset.ts'
import type { ProofCheck } from '../../shared/domain/batch.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { ObservedAsset } from '../ports/provider.ts'
import type { AccountRecord } from '../ports/store.ts'
import { createBoundedMap } from '../rules/bounded-map.ts'
import { loopbackOrigin } from '../usecases/draft-links.ts'
import type { Adapters } from './adapters.ts'

/** A link of an asset by what it leads to. */
export interface KnownLink {
  readonly what: Exclude<ProofCheck['what'], 'asset'>
  readonly url: string
}

const linksOf = (asset: ObservedAsset): readonly KnownLink[] => {
  const all: readonly (readonly [KnownLink['what'], string | null | undefined])[] = [
    ['thumbnail', asset.posterUrl ?? asset.clipUrl],
    ['hosted', asset.links.hosted],
    ['download', asset.links.download],
    ['stream', asset.links.stream]
  ]
  return all.flatMap(([what, url]) => (typeof url === 'string' ? [{ what, url }] : []))
}

/** So many characters of links are held: those of 100,000 assets with three links each. */
const mostCharacters = 64 * 1024 * 1024

/** Links of assets, in memory only since they may be signed: fed by listings, used by media, clipboard and probes. */
export const createAssetLinks = ({ media }: Pick<Adapters, 'media'>) => {
  const links = createBoundedMap<readonly KnownLink[]>(mostCharacters, (known) =>
    known.reduce((sum, { url }) => sum + url.length, 0)
  )

  return {
    remember: (
      account: AccountRecord,
      asset: ObservedAsset
    ): Pick<AssetRecord, 'posterId' | 'clipId'> => {
      const allowLoopbackOrigin = loopbackOrigin(account.apiAddress)
      const mediaIdOf = (url: string | null): string | null => {
        if (url === null) return null
        const id = media.posterIdFor(account.id, asset.kind, asset.id, url)
        media.remember(id, url, { allowLoopbackOrigin })
        return id
      }
      links.set(
        targetKey({ accountId: account.id, kind: asset.kind, id: asset.id }),
        linksOf(asset)
      )
      return { posterId: mediaIdOf(asset.posterUrl), clipId: mediaIdOf(asset.clipUrl) }
    },
    of: (target: TargetRef): readonly KnownLink[] => links.get(targetKey(target)) ?? [],
    /** Answers once it is there: a promise since Electron 44, at once before. */
    copy: async (ref: AssetRef, link: AssetLink): Promise<Result<Record<string, never>>> => {
      const known = links.get(targetKey(ref))?.find(({ what }) => what === link)
      if (known === undefined) return fail({ kind: 'not-found' })
      await clipboard.writeText(known.url)
      return ok({})
    }
  }
}
export type AssetLinks = ReturnType<typeof createAssetLinks>
