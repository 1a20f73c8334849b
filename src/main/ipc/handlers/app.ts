import type { RequestOutput } from '../../../shared/ipc/contract.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { externalLinks } from '../../security/external-links.ts'
import type { Handlers } from '../dispatcher.ts'

/** What these requests need of the app around them. */
export interface AppHandlerDeps {
  readonly bootstrap: () => RequestOutput<'app:bootstrap'>
  readonly updateSettings: Handlers['settings:update']
  readonly openExternal: (address: string) => Promise<void>
  readonly revealData: () => void
  readonly restoreBackup: () => Result<RequestOutput<'data:restore'>>
}

export const appHandlers = (
  deps: AppHandlerDeps
): Pick<
  Handlers,
  'app:bootstrap' | 'settings:update' | 'link:open' | 'data:reveal' | 'data:restore'
> => ({
  'app:bootstrap': () => ok(deps.bootstrap()),
  'settings:update': (patch) => deps.updateSettings(patch),
  'link:open': async ({ linkId }) => {
    await deps.openExternal(externalLinks[linkId])
    return ok({})
  },
  'data:reveal': () => {
    deps.revealData()
    return ok({})
  },
  'data:restore': () => deps.restoreBackup()
})
