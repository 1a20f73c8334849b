import { expect, it } from 'vitest'
import { defaultSettings } from '../../shared/domain/default-settings.ts'
import type { Settings, SettingsPatch } from '../../shared/domain/settings.ts'
import { unfiltered } from '../../shared/history-filter.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { ok } from '../../shared/result.ts'
import { createAppStore } from './app-store.ts'
import { isViewOn } from './views-slice.ts'

/** The settings are kept as main keeps them. */
const desk = () => {
  let settings: Settings = defaultSettings
  const store = createAppStore({
    settingsUpdate: async (patch: SettingsPatch) => {
      settings = { ...settings, ...(patch as Partial<Settings>) }
      return ok(settings)
    },
    historyTimeline: async () => ok({ lines: [], hasMore: false })
  } as unknown as Bridge)
  const state = () => store.getState()
  const names = () => settings.historyViews.map(({ name }) => name)
  const view = (name: string) => {
    const found = state().settings.historyViews.find((held) => held.name === name)
    if (found === undefined) throw new Error(`There is no view ${name}`)
    return found
  }
  const save = async (...wanted: readonly string[]) => {
    for (const name of wanted) await state().saveView(null, name)
  }
  return { state, names, view, save }
}

it('keeps the filter that is on under a name, and shows the history so again', async () => {
  const { state, view, save } = desk()
  state().changeHistoryFilter({ outcome: 'bad', lastDays: 30 })
  state().openViewForm(null)
  await save('Failures')
  expect(state().viewForm).toBeNull()
  state().changeHistoryFilter(unfiltered)
  expect(isViewOn(state(), view('Failures'))).toBe(false)
  state().showView(view('Failures'))
  expect(state().place).toBe('history')
  expect(state().historyFilter).toEqual({ ...unfiltered, outcome: 'bad', lastDays: 30 })
  expect(isViewOn(state(), view('Failures'))).toBe(true)
})

it('gives a view another name, and leaves its filter', async () => {
  const { state, names, view, save } = desk()
  state().changeHistoryFilter({ outcome: 'bad' })
  await save('Failures', 'Others')
  state().changeHistoryFilter(unfiltered)
  await state().saveView(view('Failures'), 'What failed')
  expect(names()).toEqual(['What failed', 'Others'])
  expect(view('What failed').filter.outcome).toBe('bad')
})

it('moves a view among the others, not beyond them', async () => {
  const { state, names, view, save } = desk()
  await save('One', 'Two', 'Three')
  await state().moveView(view('One'), 1)
  expect(names()).toEqual(['Two', 'One', 'Three'])
  await state().moveView(view('Three'), 1)
  await state().moveView(view('Two'), -1)
  expect(names()).toEqual(['Two', 'One', 'Three'])
})

it('puts a view that was deleted back where it stood', async () => {
  const { state, names, view, save } = desk()
  await save('One', 'Two', 'Three')
  await state().removeView(view('Two'))
  expect(names()).toEqual(['One', 'Three'])
  expect(state().undoChange()).toBe(true)
  await expect.poll(names).toEqual(['One', 'Two', 'Three'])
})
