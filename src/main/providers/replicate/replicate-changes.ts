import { fail, ok } from '../../../shared/result.ts'
import type { HttpAnswer } from '../../ports/http-client.ts'
import type { Provider, RemovalAnswer } from '../../ports/provider.ts'
import type { Call } from '../account-call.ts'
import { assetUrl } from './replicate-address.ts'
import { isPage, refusalOf, saysUnknown } from './replicate-errors.ts'
import { notOffered } from './replicate-reads.ts'

/**
 * Only the documented codes count. Bodies are not read: they are documented as empty, and parsing one once brought an
 * official client down. A web page with a good code is some network's, not Replicate's.
 */
const outcomeOf = (answer: HttpAnswer): RemovalAnswer['outcome'] | null => {
  if (saysUnknown(answer)) return 'not-known'
  if (isPage(answer)) return null
  if (answer.status === 202) return 'accepted'
  return answer.status === 204 || answer.status === 200 ? 'removed' : null
}

/** Everything that changes something there; each leaves once. */
export const createChanges = (call: Call): Pick<Provider, 'rename' | 'remove'> => ({
  rename: async () => notOffered('name'),

  remove: async (connection, kind, id, mode, signal) => {
    // Nothing here can be undone, so nobody may believe to have asked for something milder.
    if (mode !== 'permanent') return notOffered('mode')
    const url = assetUrl(connection.apiAddress, kind, id)
    if (!url.ok) return url
    const got = await call(connection, { method: 'DELETE', url: url.value }, signal)
    if (!got.ok) return got
    const { answer, tell } = got.value
    const outcome = outcomeOf(answer)
    if (outcome !== null) return ok({ outcome, httpStatus: answer.status })
    const isRefusal = answer.status < 200 || answer.status >= 300
    const unusable = { kind: 'unexpected-response', where: 'not-json' } as const
    return fail(isRefusal ? refusalOf(answer, 'remove', tell) : unusable)
  }
})
