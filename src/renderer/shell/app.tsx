import { type MantineColorSchemeManager, MantineProvider } from '@mantine/core'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { currentLanguage } from '../../shared/messages/messages.ts'
import type { AppStore } from '../state/app-store.ts'
import { StoreContext, useApp } from '../state/use-app.ts'
import { speakInWindow } from '../text/language.ts'
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

/** Tag of the language on the screen. Another choice is drawn once its messages are there. */
const useLanguage = (): string => {
  const [language, setLanguage] = useState(() => currentLanguage() ?? 'en-US')
  const isReady = useApp((state) => state.boot.kind === 'ready')
  const chosen = useApp((state) => state.settings.language)
  useEffect(() => {
    if (isReady) void speakInWindow(chosen).then(setLanguage)
  }, [chosen, isReady])
  return language
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
      <Frame key={useLanguage()} />
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
