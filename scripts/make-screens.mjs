import { join } from 'node:path'
import { runMain } from './lib/command-line.mjs'
import { withDesktopSession } from './lib/desktop-session.mjs'
import { runtimeEnvironment } from './lib/electron-runtime.mjs'
import { prepareApp, readSwitches } from './lib/prepare.mjs'
import { projectRoot } from './lib/project.mjs'
import { runAttached } from './lib/run-command.mjs'
import { createSteps } from './lib/steps.mjs'

const playwright = join(projectRoot, 'node_modules', '@playwright', 'test', 'cli.js')

// Takes the pictures of docs/screens anew, from the real app: npm run screens [-- -g NAME]
await runMain(async () => {
  const { isFresh, rest } = readSwitches(process.argv.slice(2))
  const runtime = await prepareApp(createSteps(process.stdout), {
    isFresh,
    purposes: ['keyring', 'screens']
  })
  return withDesktopSession(async (wrap) => {
    const wanted = ['test', '--config=playwright.screens.config.ts', ...rest]
    const { command, args, env } = wrap(process.execPath, [playwright, ...wanted])
    const { code } = await runAttached(command, args, {
      cwd: projectRoot,
      // Dates read the same wherever the pictures are taken.
      env: { ...env, ...runtimeEnvironment(runtime), TZ: 'UTC', LANG: 'en_GB.UTF-8' }
    })
    return code ?? 1
  })
})
