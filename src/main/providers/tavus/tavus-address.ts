import {
  type AssetKind,
  isAssetKind,
  type KindAt,
  kinds,
  type TargetKind
} from '../../../shared/catalogue/kinds.ts'
import type { AssetId } from '../../../shared/domain/asset.ts'
import { assetIdSchema } from '../../../shared/domain/asset.ts'
import type { StepMode } from '../../../shared/domain/deletion.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'

export type TavusKind = KindAt<'tavus'>
export type TavusAssetKind = Extract<TavusKind, AssetKind>

/** Where Tavus keeps each kind. The newer `/v2/faces` means the same replicas; switching is a change here. */
const collection: Readonly<Record<TavusKind, string>> = {
  replica: '/v2/replicas',
  video: '/v2/videos',
  voice: '/v2/voices',
  conversation: '/v2/conversations',
  persona: '/v2/personas',
  page: '/v2/deployments'
}

/** What personas remember of the people who talked. Source: tavus.md 3.7. */
export const memoryStores = '/v2/memory-stores'

const SEGMENT = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,128}$/

export type ListParameters = Readonly<
  Partial<
    Record<
      | 'limit'
      | 'page'
      | 'verbose'
      | 'replica_type'
      | 'replica_ids'
      | 'persona_type'
      | 'source'
      | 'pal_id',
      string
    >
  >
>

/** An id as Tavus gives them: one segment of a path, without the slashes and colons of other services. */
export const readTavusId = (value: unknown): AssetId | null => {
  const id = assetIdSchema.safeParse(value)
  return id.success && SEGMENT.test(id.data) ? id.data : null
}

export const isTavusKind = (kind: TargetKind): kind is TavusKind => kinds[kind].provider === 'tavus'

export const isTavusAssetKind = (kind: TargetKind): kind is TavusAssetKind =>
  isTavusKind(kind) && isAssetKind(kind)

/** The answer to a question about something that Tavus does not keep. */
export const notOffered = (field: string) =>
  fail({ kind: 'invalid-input', issues: [{ field, code: 'not-offered', said: null }] })

export const listUrl = (
  apiAddress: string,
  kind: TavusKind,
  parameters: ListParameters = {}
): string => {
  const query = new URLSearchParams(parameters).toString()
  return `${apiAddress}${collection[kind]}${query === '' ? '' : `?${query}`}`
}

/** The address of one thing; an id that could reach another address is refused (security R1). */
export const assetUrl = (apiAddress: string, kind: TargetKind, id: string): Result<string> => {
  if (!isTavusKind(kind)) return notOffered('kind')
  return SEGMENT.test(id)
    ? ok(`${apiAddress}${collection[kind]}/${encodeURIComponent(id)}`)
    : fail({ kind: 'invalid-input', issues: [{ field: 'id', code: 'not-an-id', said: null }] })
}

/**
 * The only place that asks for a deletion that cannot be undone, of kinds that know another one as well: a voice knows one
 * way alone, and no `hard` (tavus.md 3.5).
 */
export const withDeletionMode = (url: string, kind: TargetKind, mode: StepMode): string => {
  const { hasSoftDelete, hasPermanentDelete } = kinds[kind]
  return mode === 'permanent' && hasSoftDelete && hasPermanentDelete ? `${url}?hard=true` : url
}
