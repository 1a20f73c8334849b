import type { Page } from '@playwright/test'
import { anyListed } from '../../src/shared/domain/any-asset.ts'
import type { Asset } from '../../src/shared/domain/asset.ts'
import type { Bridge } from '../../src/shared/ipc/bridge.ts'

/** The replicas of one's own that are listed, by name; as many as are answered at once. */
export const ownReplicas = (page: Page): Promise<readonly Asset[]> =>
  page.evaluate(
    async (query) => {
      const listed = await (window as unknown as { app: Bridge }).app.assetList(query)
      if (!listed.ok) throw new Error(listed.error.kind)
      return listed.value.rows
    },
    { ...anyListed, kind: 'replica', origin: 'own', sort: 'name-asc', limit: 500 } as const
  )
