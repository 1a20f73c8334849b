import { type MantineColorSchemeManager, MantineProvider } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import type { AppStore } from '../state/app-store.ts'
import { StoreContext, useApp } from '../state/use-app.ts'
import { ErrorBoundary } from '../ui/error-boundary.tsx'
import { cssVariables, theme } from '../ui/theme.ts'
import { Frame } from './frame.tsx'
import { StoppedScreen } from './stopped-screen.tsx'

/** The theme is one of the settings, which main keeps; Mantine is told and remembers nothing. */
const forgetfulManager: MantineColorSchemeManager = {
  get: (fallback) => fallback,
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined
}

const darkQuery = window.matchMedia('(prefers-color-scheme: dark)')

const subscribeToSystem = (listener: () => void): (() => void) => {
  darkQuery.addEventListener('change', listener)
  return () => darkQuery.removeEventListener('change', listener)
}

const useColorScheme = (): 'light' | 'dark' => {
  const chosen = useApp((state) => state.settings.theme)
  const isSystemDark = useSyncExternalStore(subscribeToSystem, () => darkQuery.matches)
  if (chosen !== 'system') return chosen
  return isSystemDark ? 'dark' : 'light'
}

const ThemedApp = ({ nonce }: { readonly nonce: string }) => (
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariables}
    forceColorScheme={useColorScheme()}
    colorSchemeManager={forgetfulManager}
    getStyleNonce={() => nonce}
  >
    <ErrorBoundary fallback={<StoppedScreen />}>
      <Frame />
    </ErrorBoundary>
  </MantineProvider>
)

interface Props {
  readonly store: AppStore
  readonly nonce: string
}

export const App = ({ store, nonce }: Props) => (
  <StoreContext value={store}>
    <ThemedApp nonce={nonce} />
  </StoreContext>
)
