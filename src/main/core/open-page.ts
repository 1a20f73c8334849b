import { shell } from 'electron'
import type { AssetRef } from '../../shared/domain/asset.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Adapters } from './adapters.ts'

/** The address comes from the provider's own table; the window names the asset alone (security E6). */
export const createOpenPage =
  ({ store, providerOf }: Pick<Adapters, 'store' | 'providerOf'>) =>
  async (ref: AssetRef, page: 'home' | 'settings'): Promise<Result<Record<string, never>>> => {
    const account = store.read.account(ref.accountId)
    const address = account === null ? null : providerOf(account).pageUrl(ref.kind, ref.id, page)
    if (address === null || new URL(address).protocol !== 'https:')
      return fail({ kind: 'not-found' })
    await shell.openExternal(address)
    return ok({})
  }
