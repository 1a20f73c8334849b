import { runMain } from './lib/command-line.mjs'
import { projectRoot } from './lib/project.mjs'
import { runAttached } from './lib/run-command.mjs'

const usualRounds = '100'

/** The long form of the run that kills the app again and again; `npm test` holds a short one. */
await runMain(async () => {
  const { code } = await runAttached(
    process.execPath,
    ['scripts/test.mjs', 'e2e', 'kills.spec.ts', ...process.argv.slice(2)],
    {
      cwd: projectRoot,
      env: { ...process.env, FAULT_ROUNDS: process.env['FAULT_ROUNDS'] ?? usualRounds }
    }
  )
  return code ?? 1
})
