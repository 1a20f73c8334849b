import { fail, ok } from '../../../shared/result.ts'
import type { HttpAnswer } from '../../ports/http-client.ts'
import type { Provider, RemovalAnswer } from '../../ports/provider.ts'
import { type Call, isPage } from '../account-call.ts'
import { assetUrl } from './replicate-address.ts'
import { refusalOf, saysUnknown } from './replicate-errors.ts'
import { incomplete } from './replicate-findings.ts'
import { isWhole } from './replicate-pages.ts'
import { notOffered, type Reads } from './replicate-reads.ts'
import { walkVersions } from './replicate-versions.ts'

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

/** A refusal for the versions (R3) looks like any other; these mean something else, whatever they say. */
const neverPass: ReadonlySet<number> = new Set([401, 402, 404, 410, 429])

type Changes = Required<Pick<Provider, 'rename' | 'remove' | 'mayRemove' | 'mayPass'>>

/** Everything that changes something there; each leaves once. */
export const createChanges = (call: Call, { isGone }: Pick<Reads, 'isGone'>): Changes => ({
  /** A model is asked for only after a whole, empty list of its versions. */
  mayRemove: async (connection, kind, id, signal) => {
    if (kind !== 'model') return ok('yes')
    const pages = await walkVersions(call, connection, id, signal)
    if (pages.ok) {
      const { rows, error } = pages.value
      if (rows.length > 0) return ok('not-yet')
      return isWhole(pages.value) ? ok('yes') : fail(error ?? incomplete)
    }
    if (pages.error.kind !== 'provider-refused') return pages
    // Official models list none; one that is gone has none.
    const gone = await isGone(connection, kind, id, signal)
    return gone.ok && gone.value ? ok('yes') : pages
  },

  mayPass: (kind, error) =>
    kind === 'model' && error.kind === 'provider-refused' && !neverPass.has(error.status),

  rename: async () => notOffered('name'),

  remove: async (connection, kind, id, mode, signal) => {
    // Nothing here can be undone, so nobody may believe to have asked for something milder.
    if (mode !== 'permanent') return notOffered('mode')
    const url = assetUrl(connection.apiAddress, kind, id)
    if (!url.ok) return url
    const got = await call(connection, { method: 'DELETE', url: url.value }, signal)
    if (!got.ok) return got
    const { answer, redactText } = got.value
    const outcome = outcomeOf(answer)
    if (outcome !== null) return ok({ outcome, httpStatus: answer.status })
    const isRefusal = answer.status < 200 || answer.status >= 300
    const unusable = { kind: 'unexpected-response', where: 'not-json' } as const
    return fail(isRefusal ? refusalOf(answer, 'remove', redactText) : unusable)
  }
})
