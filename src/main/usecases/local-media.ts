import type { Asset, AssetRef, TargetRef } from '../../shared/domain/asset.ts'
import type { LocalMedia as Counts, PlanChoices } from '../../shared/domain/plan.ts'
import type { Emit } from '../ports/emit.ts'
import type { Log } from '../ports/log.ts'
import type { Operation, Store } from '../ports/store.ts'
import { isAssetRef } from './plans/facts-from-store.ts'

export interface LocalMediaDeps {
  readonly store: Store
  readonly media: {
    readonly keptIds: () => Promise<ReadonlySet<string>>
    readonly forget: (mediaIds: readonly string[]) => Promise<void>
  }
  readonly emit: Emit
  readonly log: Log
}

type MediaOf = Pick<Asset, 'posterId' | 'clipId'>

const idsOf = ({ posterId, clipId }: MediaOf): readonly string[] =>
  [posterId, clipId].filter((id) => id !== null)

/** The pictures and clips that this computer keeps of faces, and their end. */
export const createLocalMedia = ({ store, media, emit, log }: LocalMediaDeps) => {
  let lastAsked: { readonly batchId: string; readonly isToGo: boolean } | null = null

  /** What the person chose in the plan that a deletion belongs to. */
  const isToGo = (batchId: string | null): boolean => {
    if (batchId === null) return false
    if (lastAsked?.batchId !== batchId) {
      const planJson = store.read.batch(batchId)?.planJson
      const plan = JSON.parse(planJson ?? '{}') as { readonly choices?: PlanChoices }
      lastAsked = { batchId, isToGo: plan.choices?.pictures === 'delete' }
    }
    return lastAsked.isToGo
  }

  const assetOf = (target: TargetRef): Asset | null =>
    isAssetRef(target) ? store.read.asset(target) : null

  const remove = async (ids: readonly string[]): Promise<void> => {
    await media
      .forget(ids)
      .catch(() => log.warn('Pictures of something deleted could not be removed'))
  }

  return {
    count: async (targets: readonly TargetRef[]): Promise<Counts> => {
      const kept = await media.keptIds()
      const assets = targets.flatMap((target) => assetOf(target) ?? [])
      const isKept = (id: string | null): boolean => id !== null && kept.has(id)
      return {
        pictures: assets.filter(({ posterId }) => isKept(posterId)).length,
        clips: assets.filter(({ clipId }) => isKept(clipId)).length
      }
    },
    /** Once something is deleted, what this computer keeps of it goes too, if the plan said so. */
    onGone: async ({ accountId, assetKind, assetId, batchId }: Operation): Promise<void> => {
      if (assetId === null || !isToGo(batchId)) return
      const id = assetId as AssetRef['id']
      const asset = assetOf({ accountId, kind: assetKind, id })
      if (asset === null) return
      // First nothing speaks of them any more: should the app end in between, they are swept away at its next start.
      const written = store.transaction((write) => {
        write.putAsset({ ...asset, posterId: null, clipId: null })
        return null
      })
      if (!written.ok) log.warn('What was deleted still names its pictures')
      await remove(idsOf(asset))
      emit('library:changed', { accountId })
    },
    /** Removes what nothing in the library speaks of any more, such as the pictures of an account that was removed. */
    sweep: async (): Promise<void> => {
      const known = store.read.mediaIds()
      if (known === null || store.read.accounts().length === 0) return
      const kept = await media.keptIds()
      await remove([...kept].filter((id) => !known.has(id)))
    }
  }
}
