import type { ProviderId } from '../../shared/catalogue/providers.ts'
import type { HttpClient } from '../ports/http-client.ts'
import type { Finder, Pace, Provider, Trainer } from '../ports/provider.ts'
import type { WalkLimits } from '../rules/walk-budget.ts'
import { createReplicateProvider } from './replicate/replicate-provider.ts'
import { createTavusProvider } from './tavus/tavus-provider.ts'

/** What a provider is built from. */
export interface ProviderDeps {
  readonly http: HttpClient
  /** Instead of the pace that each provider is owed. */
  readonly pace?: Pace
  /** Instead of the limits that a walk over a list has. */
  readonly walkLimits?: WalkLimits
}

/** A provider with what it can do besides keeping assets. */
export type RegisteredProvider = Provider & Partial<Trainer> & Partial<Finder>

/** The providers of a build; one that is missing leaves its accounts readable and nothing more. */
export type Providers = Readonly<Partial<Record<ProviderId, RegisteredProvider>>>

/** Each service that accounts can be kept at: one folder beside this file, one line here. */
export const createProviders = (deps: ProviderDeps) =>
  ({
    tavus: createTavusProvider(deps),
    replicate: createReplicateProvider(deps)
  }) satisfies Providers
