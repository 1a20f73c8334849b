import type { AssetLink, AssetRef } from '../../../shared/domain/asset.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Store } from '../../ports/store.ts'
import type { Library } from '../../usecases/library.ts'
import type { Handlers } from '../dispatcher.ts'

export const libraryHandlers = (
  store: Store,
  library: Library,
  copyLink: (ref: AssetRef, link: AssetLink) => Result<Record<string, never>>,
  dragOut: (ref: AssetRef) => Promise<Result<Record<string, never>>>
): Pick<
  Handlers,
  | 'asset:list'
  | 'asset:place'
  | 'asset:get'
  | 'asset:count'
  | 'asset:rename'
  | 'asset:add'
  | 'asset:copyLink'
  | 'asset:startDrag'
  | 'library:refresh'
  | 'library:stop'
> => ({
  'asset:list': (query) => ok(store.read.assets(query)),
  'asset:place': ({ query, ref }) => ok({ place: store.read.assetPlace(query, ref) }),
  'asset:get': ({ ref }) => library.get(ref),
  'asset:count': ({ accountId }) => ok(store.read.counts(accountId)),
  'asset:rename': ({ ref, name }) => library.rename(ref, name),
  'asset:add': ({ accountId, text }) => library.add(accountId, text),
  'asset:copyLink': ({ ref, link }) => copyLink(ref, link),
  'asset:startDrag': ({ ref }) => dragOut(ref),
  'library:refresh': async ({ accountId }) =>
    ok(accountId === null ? await library.refreshAll() : [await library.refresh(accountId)]),
  'library:stop': async ({ accountId }) => ok(await library.stop(accountId))
})
