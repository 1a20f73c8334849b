import './ui/base-styles.ts'
import { setNonce } from 'get-nonce'
import { StrictMode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { bridge } from './bridge/bridge.ts'
import { App } from './shell/app.tsx'
import { createAppStore } from './state/app-store.ts'
import { readFirstScreen } from './state/first-screen.ts'
import { speakAtStart } from './text/language.ts'
import { whenFacesShow } from './ui/faces-shown.ts'
import { drawFirstLook } from './ui/first-look.ts'
import { isDialogOpen } from './ui/keyboard.ts'

const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? ''
setNonce(nonce)

/** In a function: what is loaded later imports this file, and would wait for ever for a script that waits itself. */
const begin = async (): Promise<void> => {
  const known = readFirstScreen()
  const look = known === null ? null : drawFirstLook(known)
  await Promise.all([speakAtStart(), look?.shown])
  const store = createAppStore(bridge, isDialogOpen)
  store.getState().begin(known, whenFacesShow)

  const root = document.getElementById('root')
  if (root === null) throw new Error('The page has no #root')
  // At once: the window is shown at the first paint, which should not be one of nothing.
  const draw = () =>
    flushSync(() =>
      createRoot(root).render(
        <StrictMode>
          <App store={store} nonce={nonce} />
        </StrictMode>
      )
    )
  if (look === null) draw()
  else look.giveWayTo(draw)
}

void begin()
