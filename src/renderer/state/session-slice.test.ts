import { describe, expect, it } from 'vitest'
import { defaultSettings } from '../../shared/domain/default-settings.ts'
import type { Settings, SettingsPatch } from '../../shared/domain/settings.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { createAppStore } from './app-store.ts'

/** Answers to changes of the settings come when the test says so. */
const settingsDesk = () => {
  let held = defaultSettings
  const answers: (() => void)[] = []
  const bridge = {
    settingsUpdate: (patch: SettingsPatch) =>
      new Promise<Result<Settings>>((resolve) => {
        held = { ...held, ...patch } as Settings
        const then = held
        answers.push(() => resolve(ok(then)))
      })
  }
  const store = createAppStore(bridge as unknown as Bridge)
  return { store, answers, holdSeconds: () => store.getState().settings.holdSeconds }
}

describe('settings', () => {
  it('changed twice in a row show the newer change, whatever the answer to the older one says', async () => {
    const desk = settingsDesk()
    const { updateSettings, noteSettings } = desk.store.getState()
    const first = updateSettings({ holdSeconds: 20 })
    const second = updateSettings({ holdSeconds: 30, theme: 'dark' })
    expect(desk.holdSeconds()).toBe(30)
    noteSettings({ ...defaultSettings, holdSeconds: 20 })
    desk.answers[0]?.()
    await first
    expect(desk.holdSeconds()).toBe(30)
    expect(desk.store.getState().settings.theme).toBe('dark')
    desk.answers[1]?.()
    await second
    expect(desk.store.getState().settings).toMatchObject({ holdSeconds: 30, theme: 'dark' })
  })

  it('that could not be saved go back, and others that were changed meanwhile stay', async () => {
    const failed = fail({ kind: 'storage-failed', reason: 'disk-full' })
    const endings: ((result: Result<Settings>) => void)[] = []
    const bridge = {
      settingsUpdate: () => new Promise<Result<Settings>>((resolve) => endings.push(resolve))
    }
    const store = createAppStore(bridge as unknown as Bridge)
    const first = store.getState().updateSettings({ holdSeconds: 20 })
    const second = store.getState().updateSettings({ theme: 'dark' })
    endings[0]?.(failed)
    await first
    expect(store.getState().settings).toMatchObject({ holdSeconds: 10, theme: 'dark' })
    endings[1]?.(ok({ ...defaultSettings, theme: 'dark' }))
    await second
    expect(store.getState().settings).toMatchObject({ holdSeconds: 10, theme: 'dark' })
  })
})

describe('a link from outside', () => {
  const open = async (isDialogOpen: boolean) => {
    const store = createAppStore({} as unknown as Bridge, () => isDialogOpen)
    store.setState({ whenConfirmed: async () => undefined, leaveEmptyPlace: () => undefined })
    const { openDestination } = store.getState()
    await openDestination({ kind: 'place', place: 'history' })
    await openDestination({ kind: 'add-account', provider: 'tavus', name: 'Second Studio' })
    return store.getState()
  }

  it('leads to its place, and fills in a form', async () => {
    const { place, accountForm } = await open(false)
    expect(place).toBe('history')
    expect(accountForm?.given?.name).toBe('Second Studio')
  })

  it('leaves a dialog that is open alone, and what lies behind it', async () => {
    const { place, accountForm } = await open(true)
    expect(place).toBe('replicas')
    expect(accountForm).toBeNull()
  })
})
