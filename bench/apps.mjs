import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { seedLibrary } from './seed-library.mjs'

const replicaCount = 1000

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

/** Our app over a library of 1,000 replicas; usable when they are listed and one can be made. */
export async function prepareReplicaDesk({ projectRoot, tempDir, launch }, name) {
  const userDataDir = join(tempDir, `${name}-replica-desk`)
  mkdirSync(userDataDir, { recursive: true })
  await seedLibrary(userDataDir, replicaCount)
  return async () => {
    const app = await launch(projectRoot, userDataDir)
    const page = await app.firstWindow()
    await page.waitForFunction(isOnScreen, ['New replica', 1])
    return app
  }
}

/** The floor: a page with one button; usable when that is to be seen. */
export async function prepareHello({ projectRoot, tempDir, launch }, name) {
  const userDataDir = join(tempDir, `${name}-hello`)
  mkdirSync(userDataDir, { recursive: true })
  return async () => {
    const app = await launch(join(projectRoot, 'bench', 'hello'), userDataDir)
    const page = await app.firstWindow()
    await page.waitForFunction(isOnScreen, ['Hello', 0])
    return app
  }
}
