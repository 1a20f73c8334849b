import type { AssetRef } from '../../../shared/domain/asset.ts'
import type { Draft } from '../../../shared/domain/draft.ts'
import type { Result } from '../../../shared/result.ts'
import type { Creations } from '../../usecases/creations.ts'
import type { Drafts } from '../../usecases/drafts.ts'
import type { Handlers } from '../dispatcher.ts'

export const draftHandlers = (
  drafts: Drafts,
  creations: Creations,
  likeOf: (ref: AssetRef) => Result<Partial<Draft>>
): Pick<
  Handlers,
  'draft:add' | 'draft:again' | 'draft:reopen' | 'draft:update' | 'draft:discard' | 'draft:create'
> => ({
  'draft:add': ({ text, fileName, accountId }) =>
    fileName === null ? drafts.add(text, accountId) : drafts.addFile(text, accountId, fileName),
  'draft:again': async ({ ref }) => {
    const known = likeOf(ref)
    return known.ok ? drafts.addAgain(known.value) : known
  },
  'draft:reopen': ({ draftId }) => drafts.reopen(draftId),
  'draft:update': ({ draftId, patch }) => drafts.update(draftId, patch),
  'draft:discard': ({ draftId }) => drafts.discard(draftId),
  'draft:create': ({ draftId }) => creations.create(draftId)
})
