import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { seedLibrary } from './seed-library.mjs'

const replicaCount = 1000

/** Our app over a library of 1,000 replicas; usable when they are listed and one can be made. */
export async function prepareReplicaDesk({ projectRoot, tempDir, launch }, name) {
  const userDataDir = join(tempDir, `${name}-replica-desk`)
  mkdirSync(userDataDir, { recursive: true })
  await seedLibrary(userDataDir, replicaCount)
  return async () => {
    const app = await launch(projectRoot, userDataDir)
    const page = await app.firstWindow()
    await page.getByRole('button', { name: 'New replica' }).waitFor()
    await page.getByRole('row').or(page.getByRole('gridcell')).nth(1).waitFor()
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
    await page.getByRole('button', { name: 'Hello' }).waitFor()
    return app
  }
}
