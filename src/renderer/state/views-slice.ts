import type { HistoryView } from '../../shared/domain/history.ts'
import { isSameFilter } from '../../shared/history-filter.ts'
import type { AppState, Slice } from './app-state.ts'

export interface ViewsSlice {
  /** The view whose name is asked for; `view` null: the filter that is on becomes a new one. */
  readonly viewForm: { readonly view: HistoryView | null } | null
  readonly openViewForm: (view: HistoryView | null) => void
  readonly closeViewForm: () => void
  /** Keeps the filter that is on under a name, or gives a view another name. */
  readonly saveView: (view: HistoryView | null, name: string) => Promise<void>
  readonly removeView: (view: HistoryView) => Promise<void>
  /** Moves it up (-1) or down (1) by one. */
  readonly moveView: (view: HistoryView, by: -1 | 1) => Promise<void>
  /** Shows the history as it was narrowed. */
  readonly showView: (view: HistoryView) => void
}

/** The view that the history is narrowed as just now. */
export const isViewOn = (
  { place, historyFilter }: Pick<AppState, 'place' | 'historyFilter'>,
  { filter }: HistoryView
): boolean => place === 'history' && isSameFilter(filter, historyFilter)

export const createViewsSlice = (): Slice<ViewsSlice> => (set, get) => {
  const views = (): readonly HistoryView[] => get().settings.historyViews
  const keep = (historyViews: readonly HistoryView[]): Promise<void> =>
    get().updateSettings({ historyViews: [...historyViews] })

  return {
    viewForm: null,
    openViewForm: (view) => set({ viewForm: { view } }),
    closeViewForm: () => set({ viewForm: null }),
    saveView: async (view, name) => {
      set({ viewForm: null })
      const made = { id: crypto.randomUUID(), name, filter: get().historyFilter }
      await keep(
        view === null
          ? [...views(), made]
          : views().map((held) => (held.id === view.id ? { ...held, name } : held))
      )
    },
    removeView: async (view) => {
      const at = views().findIndex(({ id }) => id === view.id)
      if (at < 0) return
      await keep(views().filter(({ id }) => id !== view.id))
      get().tell({ kind: 'view-removed', name: view.name, undo: { of: 'view', view, at } })
    },
    moveView: async (view, by) => {
      const held = [...views()]
      const from = held.findIndex(({ id }) => id === view.id)
      const to = from + by
      if (from < 0 || to < 0 || to >= held.length) return
      held.splice(to, 0, ...held.splice(from, 1))
      await keep(held)
    },
    showView: ({ filter }) => {
      get().go('history')
      get().selectRecord(null)
      get().changeHistoryFilter(filter)
    }
  }
}
