import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { AppState } from './app-state.ts'
import type { AppStore } from './app-store.ts'

export const StoreContext = createContext<AppStore | null>(null)

/** Selects the least that a component needs. */
export const useApp = <T>(selector: (state: AppState) => T): T => {
  const store = useContext(StoreContext)
  if (store === null) throw new Error('useApp outside of StoreContext')
  return useStore(store, selector)
}
