import type { ProviderId } from '../../shared/domain/account.ts'
import type { HttpClient } from '../ports/http-client.ts'
import type { Provider, Trainer } from '../ports/provider.ts'
import { createTavusProvider } from './tavus/tavus-provider.ts'

/** What a provider is built from. */
export interface ProviderDeps {
  readonly http: HttpClient
}

/** Each service that accounts can be kept at: one folder beside this file, one line here. */
export const createProviders = (
  deps: ProviderDeps
): Readonly<Record<ProviderId, Provider & Trainer>> => ({
  tavus: createTavusProvider(deps)
})
