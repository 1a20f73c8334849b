import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runMain } from './command-line.mjs'
import { machineSwitches } from './electron-switches.mjs'
import { formatTable } from './measure.mjs'
import { projectRoot } from './project.mjs'
import { StepFailure } from './step-failure.mjs'

const benchFolder = join(projectRoot, 'bench')

/** Runs inside the desktop session that bench.mjs has set up: TEMP_DIR [NAME…]. */
await runMain(async () => {
  const [tempDir, ...names] = process.argv.slice(2)
  const results = []
  for (const bench of chooseBenches(await loadBenches(), names)) {
    console.log(`Measuring ${bench.name} …`)
    results.push(...(await bench.run(createContext(tempDir))))
  }
  writeFileSync(join(benchFolder, 'results.json'), `${JSON.stringify(results, null, 2)}\n`)
  console.log(`\n${formatTable(results)}\n\nWritten to bench/results.json`)
  return 0
})

async function loadBenches() {
  const files = readdirSync(benchFolder).filter((name) => name.endsWith('.bench.mjs'))
  return Promise.all(
    files.sort().map((name) => import(pathToFileURL(join(benchFolder, name)).href))
  )
}

function chooseBenches(benches, names) {
  const known = benches.map((bench) => bench.name)
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    throw new StepFailure(
      `no bench named ${unknown.join(', ')}`,
      `choose from: ${known.join(', ')}.`
    )
  }
  return names.length === 0 ? benches : benches.filter((bench) => names.includes(bench.name))
}

/** What a bench gets: where things are, a place for its files, and a way to launch an app. */
function createContext(tempDir) {
  return { projectRoot, tempDir, electronPath: process.env.ELECTRON_EXEC_PATH, launch }
}

/** Launches the app in a folder through Playwright; every app is launched in this same way. */
async function launch(folder, userDataDir, extraArguments = []) {
  const { _electron } = await import('@playwright/test')
  return _electron.launch({
    executablePath: process.env.ELECTRON_EXEC_PATH,
    args: [...machineSwitches(), folder, `--user-data-dir=${userDataDir}`, ...extraArguments]
  })
}
