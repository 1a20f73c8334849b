import type { Creations } from '../../usecases/creations.ts'
import type { Drafts } from '../../usecases/drafts.ts'
import type { Handlers } from '../dispatcher.ts'

export const draftHandlers = (
  drafts: Drafts,
  creations: Creations
): Pick<Handlers, 'draft:add' | 'draft:update' | 'draft:discard' | 'draft:create'> => ({
  'draft:add': ({ text, fileName, accountId }) =>
    fileName === null ? drafts.add(text, accountId) : drafts.addFile(text, accountId, fileName),
  'draft:update': ({ draftId, patch }) => drafts.update(draftId, patch),
  'draft:discard': ({ draftId }) => drafts.discard(draftId),
  'draft:create': ({ draftId }) => creations.create(draftId)
})
