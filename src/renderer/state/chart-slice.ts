import type { HistoryChart, HistoryFilter } from '../../shared/domain/history.ts'
import { askedFor } from '../../shared/history-filter.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Slice } from './app-state.ts'

export interface ChartSlice {
  /** What the timeline holds over time, as it is narrowed; the one before stays until it is counted. */
  readonly historyChart: HistoryChart | null
  /** Counts it anew. What comes while it is counted is counted once more after; another filter ends that at once. */
  readonly loadHistoryChart: () => Promise<void>
}

export const createChartSlice =
  (bridge: Bridge): Slice<ChartSlice> =>
  (set, get) => {
    let counting: HistoryFilter | null = null
    let isStale = false

    const count = async (filter: HistoryFilter): Promise<void> => {
      counting = filter
      isStale = false
      const answer = await bridge.historyChart(askedFor(filter, Date.now()))
      if (counting !== filter) return
      counting = null
      // The timeline beside it says what failed.
      if (answer.ok) set({ historyChart: answer.value })
      if (isStale) await count(get().historyFilter)
    }

    return {
      historyChart: null,
      loadHistoryChart: async () => {
        const filter = get().historyFilter
        if (counting === filter) isStale = true
        else await count(filter)
      }
    }
  }
