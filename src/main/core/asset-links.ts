import { clipboard } from 'electron'
import type { AssetLink, AssetRef } from '../../shared/domain/asset.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { ObservedAsset } from '../ports/provider.ts'
import type { AccountRecord, AssetRecord } from '../ports/store.ts'
import { loopbackOrigin } from '../usecases/drafts.ts'
import type { Adapters } from './adapters.ts'

/** Links of assets, in memory only since they may be signed: fed by listings, used by media and the clipboard. */
export const createAssetLinks = ({ media }: Pick<Adapters, 'media'>) => {
  const links = new Map<string, ObservedAsset['links']>()
  const nameOf = ({ accountId, kind, id }: AssetRef): string => `${accountId}/${kind}/${id}`

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
      links.set(nameOf({ accountId: account.id, kind: asset.kind, id: asset.id }), asset.links)
      return { posterId: mediaIdOf(asset.posterUrl), clipId: mediaIdOf(asset.clipUrl) }
    },
    copy: (ref: AssetRef, link: AssetLink): Result<Record<string, never>> => {
      const address = links.get(nameOf(ref))?.[link]
      if (address === undefined) return fail({ kind: 'not-found' })
      clipboard.writeText(address)
      return ok({})
    }
  }
}
export type AssetLinks = ReturnType<typeof createAssetLinks>
