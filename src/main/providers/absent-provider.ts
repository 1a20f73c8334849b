import { assetKindsOf } from '../../shared/catalogue/kinds.ts'
import type { ProviderId } from '../../shared/catalogue/providers.ts'
import { fail } from '../../shared/result.ts'
import type { Provider } from '../ports/provider.ts'

const notInThisBuild = async () =>
  fail({
    kind: 'invalid-input',
    issues: [{ field: 'provider', code: 'not-in-this-build', said: null }]
  })

/**
 * In place of a provider that this build does not have: what is stored of its accounts can be read, and every call to it
 * is refused.
 */
export const createAbsentProvider = (id: ProviderId): Provider => ({
  id,
  kinds: assetKindsOf(id),
  pace: { parallel: 1, gapMs: 0 },
  planner: { gather: notInThisBuild, plan: () => ({ steps: [], survives: [], unknowns: [] }) },
  checkKey: notInThisBuild,
  list: notInThisBuild,
  watch: notInThisBuild,
  get: notInThisBuild,
  probe: notInThisBuild,
  rename: notInThisBuild,
  remove: notInThisBuild,
  pageUrl: () => null
})
