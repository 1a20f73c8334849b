import { expect, it } from 'vitest'
import { createManualClock } from '../../../test/main/manual-clock.ts'
import { hasTrayHost } from './tray-host.ts'

it('there is none where there is no bus', async () => {
  expect(await hasTrayHost(createManualClock(), ['/nonexistent/bus'])).toBe(false)
  expect(await hasTrayHost(createManualClock(), [])).toBe(false)
})
