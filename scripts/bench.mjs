import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runMain } from './lib/command-line.mjs'
import { runInDesktopSession } from './lib/desktop-session.mjs'
import { prepareApp, readSwitches } from './lib/prepare.mjs'
import { createSteps } from './lib/steps.mjs'

const runner = join(import.meta.dirname, 'lib', 'run-benches.mjs')

await runMain(async () => {
  const { isFresh, rest } = readSwitches(process.argv.slice(2))
  const runtime = await prepareApp(createSteps(process.stdout), {
    isFresh,
    purposes: ['keyring', 'videos', 'buckets']
  })
  // Removed here, for the runner may be interrupted.
  const tempDir = mkdtempSync(join(tmpdir(), 'replica-desk-bench-'))
  try {
    return await runInDesktopSession([runner, tempDir, ...rest], runtime)
  } finally {
    rmSync(tempDir, { recursive: true, force: true, maxRetries: 5 })
  }
})
