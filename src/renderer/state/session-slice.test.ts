import { expect, it } from 'vitest'
import { defaultSettings } from '../../shared/domain/settings.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { createAppStore } from './app-store.ts'

it('shows the same settings before the answer as main has by default', () => {
  expect(createAppStore({} as Bridge).getState().settings).toEqual(defaultSettings)
})
