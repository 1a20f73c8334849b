import type { Page } from '@playwright/test'
import type { Account } from '../../src/shared/domain/account.ts'
import type { Bridge } from '../../src/shared/ipc/bridge.ts'
import type { ReplicateSandbox } from '../../test/sandbox/faulty-replicate.ts'
import { sandboxKey } from '../fixtures.ts'
import type { AccountForm } from './desk.ts'

/** The accounts as the window is told of them. */
export const accountsOf = (page: Page): Promise<readonly Account[]> =>
  page.evaluate(async () => {
    const answer = await (window as unknown as { app: Bridge }).app.appBootstrap({})
    if (!answer.ok) throw new Error(answer.error.kind)
    return answer.value.accounts
  })

/** An account at the sandbox, as it is typed into the form. */
export const studioNorth = (address: string, key = sandboxKey): AccountForm => ({
  name: 'Studio North',
  key,
  address
})

/** The same at the sandbox that plays Replicate. */
export const studioModels = ({
  apiKey,
  origin
}: Pick<ReplicateSandbox, 'apiKey' | 'origin'>): AccountForm => ({
  provider: 'Replicate',
  name: 'Studio models',
  key: apiKey,
  address: origin
})
