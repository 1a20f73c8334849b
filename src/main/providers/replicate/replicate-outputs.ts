import type { AssetId } from '../../../shared/domain/asset.ts'
import { ok } from '../../../shared/result.ts'
import type { Provider } from '../../ports/provider.ts'
import type { Call } from '../account-call.ts'
import { listUrl } from './replicate-address.ts'
import { isWhole, walkPages } from './replicate-pages.ts'
import { isVersion } from './replicate-surroundings.ts'
import { outputRowWireSchema } from './replicate-wire.ts'

const readUrl = (value: unknown): string | null =>
  typeof value === 'string' && value.length <= 8192 && /^https?:/.test(value) && URL.canParse(value)
    ? value
    : null

/** An output is a link, a list of them, or an object with some; whatever else it may be is no file. */
const urlsIn = (output: unknown): readonly string[] => {
  const parts = typeof output === 'object' && output !== null ? Object.values(output) : [output]
  return parts.flatMap((part) => readUrl(part) ?? [])
}

/**
 * The files that predictions of some versions made, while Replicate keeps them: an hour if they were asked for by API. The
 * list cannot be asked for a version, so all of it is read, once; of inputs and logs nothing is. Source: replicate.md 11.
 */
export const createOutputs = (call: Call): Required<Pick<Provider, 'listOutputs'>> => ({
  listOutputs: async (connection, ids, signal) => {
    const urls = new Map<AssetId, readonly string[]>()
    if (ids.length === 0) return ok({ urls, isComplete: true })
    const firstUrl = listUrl(connection.apiAddress, 'predictions')
    const list = { connection, list: 'predictions', firstUrl, row: outputRowWireSchema } as const
    const pages = await walkPages(call, list, signal)
    if (!pages.ok) return pages
    for (const { model, version, output } of pages.value.rows) {
      const id = ids.find((versionId) => isVersion(versionId, model, version))
      const found = urlsIn(output)
      if (id !== undefined && found.length > 0) urls.set(id, [...(urls.get(id) ?? []), ...found])
    }
    return ok({ urls, isComplete: isWhole(pages.value) })
  }
})
