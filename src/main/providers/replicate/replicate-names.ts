import { readModelName } from '../../../shared/model-name.ts'
import { fail, ok } from '../../../shared/result.ts'
import type { Finder, Provider } from '../../ports/provider.ts'
import { isVersionId, modelIdOf, readParts, versionIdOf } from './replicate-address.ts'

const WEBSITE = 'https://replicate.com'

/** The page of a model or a version; a version's visibility is set where its model's is. */
export const pageUrlOf = (id: string, page: 'home' | 'settings'): string | null => {
  const parts = readParts(id)
  if (parts === null) return null
  const model = `${WEBSITE}/${encodeURIComponent(parts.owner)}/${encodeURIComponent(parts.name)}`
  if (page === 'settings') return `${model}/settings`
  return parts.version === null ? model : `${model}/versions/${encodeURIComponent(parts.version)}`
}

export const pageUrl: Provider['pageUrl'] = (kind, id, page) => {
  if (kind !== 'model' && kind !== 'version') return null
  return isVersionId(id) === (kind === 'version') ? pageUrlOf(id, page) : null
}

const refuse = (code: string) =>
  fail({ kind: 'invalid-input', issues: [{ field: 'text', code, said: null }] })

/** A name or an address as people copy it; why it is neither otherwise. */
export const readName: Finder['readName'] = (text) => {
  const named = readModelName(text)
  if (named.kind === 'none') return refuse(named.why)
  const model = modelIdOf(named.owner, named.name)
  if (model === null) return refuse('not-a-name')
  if (named.kind === 'model') return ok({ kind: 'model', id: model })
  const version = versionIdOf(model, named.version)
  return version === null ? refuse('not-a-name') : ok({ kind: 'version', id: version })
}
