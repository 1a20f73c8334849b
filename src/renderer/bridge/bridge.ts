import type { Bridge } from '../../shared/ipc/bridge.ts'

declare global {
  interface Window {
    readonly app: Bridge
  }
}

/** The one way out of the window. Nothing else may touch `window.app`. */
export const bridge: Bridge = window.app
