import type {
  Connection,
  ObservedAsset,
  ObservedListing,
  Provider
} from '../../../src/main/ports/provider.ts'
import type { AssetKind } from '../../../src/shared/catalogue/kinds.ts'
import type { AssetId } from '../../../src/shared/domain/asset.ts'
import { ok, type Result } from '../../../src/shared/result.ts'

/** A listing with everything that was handed over on its way. */
export interface WholeListing extends ObservedListing {
  readonly assets: readonly ObservedAsset[]
}

/** Walks a listing and keeps what it hands over, which only a test with few assets may do. */
export const listAll = async (
  provider: Pick<Provider, 'list'>,
  connection: Connection,
  kind: AssetKind,
  signal: AbortSignal,
  knownIds?: () => readonly AssetId[]
): Promise<Result<WholeListing>> => {
  const assets: ObservedAsset[] = []
  const take = async (found: readonly ObservedAsset[]): Promise<Result<null>> => {
    assets.push(...found)
    return ok(null)
  }
  const listed = await provider.list(connection, kind, signal, take, knownIds)
  return listed.ok ? ok({ ...listed.value, assets }) : listed
}
