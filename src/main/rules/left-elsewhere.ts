import type { AssetDetail } from '../../shared/domain/asset.ts'
import type { Evidence } from '../../shared/domain/deletion.ts'

/** Details that name a place where something of the thing lies, with what lies there. */
const left: ReadonlyMap<string, Evidence['kind']> = new Map([
  ['recording_bucket', 'recording'],
  ['callback_host', 'callback']
])

/**
 * What of a thing lies where its provider has no way to remove it: recordings in a bucket of the customer's own, and what
 * was sent on to a receiver of theirs. Source: tavus.md 3.8.
 */
export const leavesOf = (
  details: readonly AssetDetail[]
): { readonly leaves?: readonly Evidence[] } => {
  const leaves = details.flatMap(({ name, value }) => {
    const kind = left.get(name)
    const place = value.slice(0, 400)
    return kind === undefined ? [] : [{ kind, id: place, name: place }]
  })
  return leaves.length === 0 ? {} : { leaves }
}
