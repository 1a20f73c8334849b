import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startAlone } from './eye.mjs'
import { keepKey, seedLibrary } from './seed-library.mjs'
import { startSilentProvider } from './silent-provider.mjs'

const usualReplicas = 1_000

/**
 * Looked at with every frame of the page. (A locator's `waitFor` looks again after 20, 50, 100, 100, 500 ms, and such
 * steps would be all that is measured.)
 */
const isOnScreen = ([buttonName, rows]) => {
  const isShown = (element) => element.checkVisibility() && element.clientHeight > 0
  const buttons = [...document.querySelectorAll('button')]
  const assets = [
    ...document.querySelectorAll('[role=grid] [role=gridcell], [role=grid] [role=row]')
  ]
  return (
    buttons.some((button) => button.textContent.trim() === buttonName && isShown(button)) &&
    assets.filter(isShown).length >= rows
  )
}

/**
 * An app in a data folder of its own. `start` starts it as the desktop would; `open` does so under Playwright, and
 * answers once its page has what is waited for.
 */
function appIn({ tempDir, launch }, folder, dataName, wanted) {
  const userDataDir = join(tempDir, dataName)
  mkdirSync(userDataDir, { recursive: true })
  return {
    userDataDir,
    start: () => startAlone(folder, userDataDir),
    open: async () => {
      const app = await launch(folder, userDataDir)
      const page = await app.firstWindow()
      await page.waitForFunction(isOnScreen, wanted)
      return app
    }
  }
}

/**
 * Our app over a library of replicas with faces, whose key is in the keychain and whose provider has not answered yet: a
 * notice of what is wrong would push the faces down, and would be what is waited for. Usable when they are listed and
 * one can be made.
 */
export async function prepareReplicaDesk(context, name, replicaCount = usualReplicas) {
  const app = appIn(context, context.projectRoot, `${name}-replica-desk`, ['New replica', 1])
  await keepKey()
  await seedLibrary(app.userDataDir, replicaCount, await startSilentProvider())
  return app
}

/** The floor: a page with one button; usable when that is to be seen. */
export async function prepareHello(context, name) {
  const folder = join(context.projectRoot, 'bench', 'hello')
  return appIn(context, folder, `${name}-hello`, ['Hello', 0])
}
