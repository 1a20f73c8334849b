import type { AssetKind } from '../../../shared/domain/asset.ts'
import type { DeletionMode } from '../../../shared/domain/deletion.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'

/** Where Tavus keeps each kind. The newer `/v2/faces` means the same replicas; switching is a change here. */
const collection: Readonly<Record<AssetKind, string>> = {
  replica: '/v2/replicas',
  video: '/v2/videos'
}

const SEGMENT = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,128}$/

export type ListParameters = Readonly<
  Partial<Record<'limit' | 'page' | 'verbose' | 'replica_type' | 'replica_ids', string>>
>

export const listUrl = (
  apiAddress: string,
  kind: AssetKind,
  parameters: ListParameters = {}
): string => {
  const query = new URLSearchParams(parameters).toString()
  return `${apiAddress}${collection[kind]}${query === '' ? '' : `?${query}`}`
}

/** The address of one asset; an id that could reach another address is refused (security R1). */
export const assetUrl = (apiAddress: string, kind: AssetKind, id: string): Result<string> =>
  SEGMENT.test(id)
    ? ok(`${apiAddress}${collection[kind]}/${encodeURIComponent(id)}`)
    : fail({ kind: 'invalid-input', issues: [{ field: 'id', code: 'not-an-id', said: null }] })

/** The only place that asks for a deletion that cannot be undone. */
export const withDeletionMode = (url: string, mode: DeletionMode): string =>
  mode === 'permanent' ? `${url}?hard=true` : url
