import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { runMain } from './lib/command-line.mjs'
import { projectRoot } from './lib/project.mjs'
import { runAttached } from './lib/run-command.mjs'

/** The long form of the run that damages the database's files; `npm test` holds a short one. */
await runMain(async () => {
  const { values } = parseArgs({
    options: {
      flips: { type: 'string', default: '500' },
      seed: { type: 'string', default: randomBytes(4).toString('hex') }
    }
  })
  if (!/^[1-9]\d{0,5}$/.test(values.flips)) throw new Error('--flips takes a number from 1 on')
  const { code } = await runAttached(
    process.execPath,
    ['scripts/test.mjs', 'unit', 'test/main/storage/soak'],
    {
      cwd: projectRoot,
      env: { ...process.env, SOAK_FLIPS: values.flips, SOAK_SEED: values.seed }
    }
  )
  return code ?? 1
})
