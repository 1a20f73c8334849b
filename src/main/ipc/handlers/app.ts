import { externalLinks } from '../../../shared/catalogue/providers.ts'
import type { RequestOutput } from '../../../shared/ipc/contract.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Handlers } from '../dispatcher.ts'

/** What these requests need of the app around them. */
export interface AppHandlerDeps {
  readonly bootstrap: () => RequestOutput<'app:bootstrap'>
  readonly updateSettings: Handlers['settings:update']
  readonly chooseExportFolder: Handlers['settings:chooseExportFolder']
  readonly saveDiagnostics: Handlers['diagnostics:save']
  readonly stopWaitingForKeychain: () => void
  readonly openExternal: (address: string) => Promise<void>
  readonly revealData: () => void
  readonly restoreBackup: () => Result<RequestOutput<'data:restore'>>
}

export const appHandlers = (
  deps: AppHandlerDeps
): Pick<
  Handlers,
  | 'app:bootstrap'
  | 'settings:update'
  | 'settings:chooseExportFolder'
  | 'diagnostics:save'
  | 'keychain:stopWaiting'
  | 'link:open'
  | 'data:reveal'
  | 'data:restore'
> => ({
  'app:bootstrap': () => ok(deps.bootstrap()),
  'settings:update': (patch) => deps.updateSettings(patch),
  'settings:chooseExportFolder': (input) => deps.chooseExportFolder(input),
  'diagnostics:save': (input) => deps.saveDiagnostics(input),
  'keychain:stopWaiting': () => {
    deps.stopWaitingForKeychain()
    return ok({})
  },
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
