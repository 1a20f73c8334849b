import { join } from 'node:path'
import { runMain } from './lib/command-line.mjs'
import { runInDesktopSession } from './lib/desktop-session.mjs'
import { prepareApp, readSwitches } from './lib/prepare.mjs'
import { projectRoot } from './lib/project.mjs'
import { createSteps } from './lib/steps.mjs'

const playwright = join(projectRoot, 'node_modules', '@playwright', 'test', 'cli.js')

// Takes the pictures of docs/screens anew, from the real app: npm run screens [-- -g NAME]
await runMain(async () => {
  const { isFresh, rest } = readSwitches(process.argv.slice(2))
  const purposes = ['keyring', 'screens']
  const runtime = await prepareApp(createSteps(process.stdout), { isFresh, purposes })
  const wanted = [playwright, 'test', '--config=playwright.screens.config.ts', ...rest]
  // Dates read the same wherever the pictures are taken.
  return runInDesktopSession(wanted, runtime, { env: { TZ: 'UTC', LANG: 'en_GB.UTF-8' } })
})
