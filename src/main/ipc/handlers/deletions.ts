import type { Deletions } from '../../usecases/deletions.ts'
import type { Handlers } from '../dispatcher.ts'

export const deletionHandlers = (
  deletions: Deletions
): Pick<Handlers, 'deletion:prepare' | 'deletion:run'> => ({
  'deletion:prepare': ({ refs, mode }) => deletions.prepare(refs, mode),
  'deletion:run': ({ token, refs, mode, typedName }) => deletions.run(token, refs, mode, typedName)
})
