import { join } from 'node:path'
import { measureByTurns, toResult } from '../scripts/lib/measure.mjs'
import { settledMemory } from '../scripts/lib/process-memory.mjs'
import { runOrFail } from '../scripts/lib/run-command.mjs'
import { appPlaces } from '../scripts/package/inspect-app.mjs'
import { appFolderIn } from '../scripts/package/make-app.mjs'
import { distFolder } from '../scripts/package/product.mjs'
import { prepareReplicaDesk } from './apps.mjs'
import { startAlone } from './eye.mjs'
import { timeStarts } from './startup.bench.mjs'

const usual = { warmRuns: 7, memoryRuns: 3 }

export const name = 'packaged'

/** Start and memory of the app as it is installed, beside the one that `npm start` runs: its archive and fuses cost or save. */
export async function run(context, { warmRuns, memoryRuns } = usual) {
  const executable = await makePackagedApp(context)
  const built = await prepareReplicaDesk(context, `${name}-built`)
  const packaged = asPackaged(await prepareReplicaDesk(context, name), executable)
  const starts = await timeStarts(packaged, built, { warmRuns, coldRuns: 0, title: name })
  const memory = await measureByTurns(
    memoryRuns,
    () => memoryAlone(packaged.start),
    () => memoryAlone(built.start)
  )
  return [...starts, toResult(`${name}, memory`, 'MB', memory)]
}

/** Makes the app's folder as for a release, and answers its executable. */
async function makePackagedApp({ projectRoot }) {
  const { platform, arch } = process
  const script = join(projectRoot, 'scripts', 'package.mjs')
  await runOrFail(process.execPath, [script, 'dir', '--quick'], { cwd: projectRoot }, () => ({
    message: 'the app could not be packaged',
    advice: 'see what `npm run package -- dir` says.'
  }))
  const folder = appFolderIn(join(distFolder, 'release'), platform, arch)
  return appPlaces(folder, platform).executable
}

/** The same library, opened by another executable, which brings its app along. */
const asPackaged = (app, executable) => ({
  ...app,
  start: () => startAlone(null, app.userDataDir, { ...process.env, ELECTRON_EXEC_PATH: executable })
})

/** All processes together at rest, with nobody attached: a release lets nobody. */
async function memoryAlone(start) {
  const { pid, quit } = start()
  try {
    return await settledMemory({ process: () => ({ pid }) })
  } finally {
    await quit()
  }
}
