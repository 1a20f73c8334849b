import './ui/base-styles.ts'
import { setNonce } from 'get-nonce'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { bridge } from './bridge/bridge.ts'
import { App } from './shell/app.tsx'
import { createAppStore } from './state/app-store.ts'
import { speakAtStart } from './state/language.ts'

const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? ''
setNonce(nonce)

await speakAtStart()
const store = createAppStore(bridge)
store.getState().start()

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no #root')
createRoot(root).render(
  <StrictMode>
    <App store={store} nonce={nonce} />
  </StrictMode>
)
