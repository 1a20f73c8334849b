import { parseArgs } from 'node:util'
import { runMain } from './lib/command-line.mjs'
import { projectRoot } from './lib/project.mjs'
import { runAttached } from './lib/run-command.mjs'

/** The long form of the run that kills the app again and again; `npm test` holds a short one. */
await runMain(async () => {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: '100' }, seed: { type: 'string' } }
  })
  if (!/^[1-9]\d{0,3}$/.test(values.rounds)) throw new Error('--rounds takes a number from 1 on')
  const { code } = await runAttached(
    process.execPath,
    ['scripts/test.mjs', 'e2e', 'kills.spec.ts'],
    {
      cwd: projectRoot,
      env: {
        ...process.env,
        FAULT_ROUNDS: values.rounds,
        ...(values.seed === undefined ? {} : { FAULT_SEED: values.seed })
      }
    }
  )
  return code ?? 1
})
