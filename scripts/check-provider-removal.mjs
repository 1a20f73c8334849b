// Shows that a provider is a folder and a registry line: takes one out of a copy of the project, then builds the copy
// and runs the tests that are left.
//   node scripts/check-provider-removal.mjs            takes Replicate out
//   node scripts/check-provider-removal.mjs tavus      takes another out
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runMain } from './lib/command-line.mjs'
import { copyProject, linkPackages, runTool } from './lib/project-copy.mjs'
import { StepFailure } from './lib/step-failure.mjs'
import { createSteps } from './lib/steps.mjs'

const registry = 'src/main/providers/registry.ts'

/** Takes the provider's folder, its registry line and what tests it through the whole app. */
async function removeProvider(folder, provider) {
  const place = path.join(folder, 'src/main/providers', provider)
  if (!existsSync(place)) {
    throw new StepFailure(
      `There is no provider ${provider}`,
      'name a folder of src/main/providers.'
    )
  }
  await rm(place, { recursive: true })
  const file = path.join(folder, registry)
  const lines = (await readFile(file, 'utf8')).split('\n')
  const isMine = (line) => line.includes(`./${provider}/`) || line.trim().startsWith(`${provider}:`)
  const left = lines.filter((line) => !isMine(line)).join('\n')
  // The line before it may now end the list.
  await writeFile(file, left.replace(/,(\s*\}\))/, '$1'))
  const e2e = path.join(folder, 'e2e')
  for (const name of await readdir(e2e)) {
    if (name.startsWith(provider)) await rm(path.join(e2e, name), { recursive: true })
  }
  return lines.length - left.split('\n').length
}

const broken = (message) => ({
  message,
  advice: 'look for what still leans on the provider outside its folder.'
})

async function check(provider) {
  const { step, say } = createSteps(process.stdout)
  const folder = await mkdtemp(path.join(tmpdir(), 'without-provider-'))
  try {
    await step('Copy', async () => {
      const count = await copyProject(folder)
      await linkPackages(folder)
      return { detail: `${count} files` }
    })
    await step(`Take out ${provider}`, async () => {
      const count = await removeProvider(folder, provider)
      return { detail: `its folder and ${count} lines of ${registry}` }
    })
    await step('Types', async () => {
      const tool = ['typescript', 'bin', 'tsc']
      await runTool(folder, tool, ['-b'], broken('The types do not fit any more'))
      return { detail: 'fit' }
    })
    await step('Build', async () => {
      const tool = ['electron-vite', 'bin', 'electron-vite.js']
      await runTool(folder, tool, ['build'], broken('It does not build any more'))
      return { detail: 'done' }
    })
    await step('Tests', async () => {
      const tool = ['vitest', 'vitest.mjs']
      const { stdout } = await runTool(folder, tool, ['run'], broken('Other tests fail'))
      const count = /Tests\D*?(\d+) passed/.exec(stdout)?.[1] ?? 'all'
      return { detail: `${count} passed` }
    })
    say(`The project builds and its other tests pass without ${provider}.`)
    return 0
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

await runMain(() => check(process.argv[2] ?? 'replicate'))
