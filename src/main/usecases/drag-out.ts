import type { AssetRef } from '../../shared/domain/asset.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Store } from '../ports/store.ts'
import { fileNameOf } from '../rules/file-name.ts'

export interface DragOutDeps {
  readonly store: Pick<Store, 'read'>
  /** A copy of the kept picture under this name, without its ending; null for a clip and for what is not kept. */
  readonly copyPicture: (posterId: string, fileName: string) => Promise<string | null>
  /** Hands the file to the system, which follows the pointer until it is let go. */
  readonly begin: (file: string) => void
}

/** Lets a face be dragged out of the window as the picture that is kept of it. */
export const createDragOut =
  ({ store, copyPicture, begin }: DragOutDeps) =>
  async (ref: AssetRef): Promise<Result<Record<string, never>>> => {
    const asset = store.read.asset(ref)
    if (asset === null || asset.posterId === null) return fail({ kind: 'not-found' })
    const file = await copyPicture(asset.posterId, fileNameOf(asset.name, ref.id))
    if (file === null) return fail({ kind: 'not-found' })
    begin(file)
    return ok({})
  }
