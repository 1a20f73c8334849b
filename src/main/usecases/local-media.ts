import type { Asset, AssetRef, TargetRef } from '../../shared/domain/asset.ts'
import type { LocalMedia as Counts, PlanChoices } from '../../shared/domain/plan.ts'
import type { Emit } from '../ports/emit.ts'
import type { Log } from '../ports/log.ts'
import type { Operation, Store } from '../ports/store.ts'
import type { Drafts } from './drafts.ts'
import { isAssetRef } from './plans/facts-from-store.ts'

export interface LocalMediaDeps {
  readonly store: Store
  readonly media: {
    readonly keptIds: () => Promise<ReadonlySet<string>>
    readonly forget: (mediaIds: readonly string[]) => Promise<void>
  }
  /** What was created from a draft leaves the draft, with its name and what was typed. */
  readonly drafts: Pick<Drafts, 'createdFor' | 'forget'>
  readonly emit: Emit
  readonly log: Log
}

const mostRecords = 500
const mostFolders = 20

type MediaOf = Pick<Asset, 'posterId' | 'clipId'>

const idsOf = ({ posterId, clipId }: MediaOf): readonly string[] =>
  [posterId, clipId].filter((id) => id !== null)

/** The pictures and clips that this computer keeps of faces, and their end. */
export const createLocalMedia = ({ store, media, drafts, emit, log }: LocalMediaDeps) => {
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

  /** By what they were called when they were saved: a folder may hold many things, and tells of none by its id. */
  const foldersOf = (assets: readonly Asset[]): readonly string[] => {
    const persons = new Map(store.read.persons().map(({ id, name }) => [id, name]))
    const owners = assets.flatMap(({ personId }) =>
      personId === null ? [] : (persons.get(personId) ?? [])
    )
    const names = new Set<unknown>([...assets.map(({ name }) => name), ...owners])
    const saved = (['archive-saved', 'person-saved'] as const).flatMap((type) =>
      store.read
        .history({
          search: type,
          accountId: null,
          asset: null,
          group: 'all',
          beforeSeq: null,
          limit: mostRecords
        })
        .rows.filter((event) => event.type === type)
    )
    const folders = saved
      .filter(({ body }) => names.has(body['title'] ?? body['person']))
      .sort((a, b) => b.seq - a.seq)
      .map(({ body }) => String(body['folderName']))
    return [...new Set(folders)].slice(0, mostFolders)
  }

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
        clips: assets.filter(({ clipId }) => isKept(clipId)).length,
        drafts: targets.flatMap(drafts.createdFor).length,
        folders: [...foldersOf(assets)]
      }
    },
    /** Once something is deleted, what this computer keeps of it goes too, if the plan said so. */
    onGone: async ({ accountId, assetKind, assetId, batchId }: Operation): Promise<void> => {
      if (assetId === null || !isToGo(batchId)) return
      const id = assetId as AssetRef['id']
      const target = { accountId, kind: assetKind, id }
      if (!drafts.forget(drafts.createdFor(target)).ok)
        log.warn('A draft of what was deleted is kept')
      const asset = assetOf(target)
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
