// Shows that a provider is a folder and a registry line: takes one out of a copy of the project, then builds the copy
// and runs the tests that are left.
//   node scripts/check-provider-removal.mjs            takes Replicate out
//   node scripts/check-provider-removal.mjs tavus      takes another out
import { existsSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { runMain } from './lib/command-line.mjs'
import { checkCopy } from './lib/project-copy.mjs'
import { StepFailure } from './lib/step-failure.mjs'

const registry = 'src/main/providers/registry.ts'

const sourcesIn = async (folder) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map(({ parentPath, name }) => path.join(parentPath, name))

/** Takes the tests that need a file of this name, and what stands in for tests and needs it, one after the other. */
async function removeTests(folder, name) {
  const files = [
    ...(await sourcesIn(path.join(folder, 'src'))),
    ...(await sourcesIn(path.join(folder, 'test')))
  ]
  const texts = new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')]))
  )
  const gone = [name]
  for (const missing of gone) {
    for (const [file, text] of texts) {
      if (!text.includes(`/${missing}'`)) continue
      texts.delete(file)
      await rm(file)
      gone.push(path.basename(file))
    }
  }
  await rm(path.join(folder, 'test/main/desks', name), { force: true })
}

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
  await rm(path.join(folder, 'test/main/providers', provider), { recursive: true, force: true })
  await removeTests(folder, `${provider}-desk.ts`)
  const file = path.join(folder, registry)
  const lines = (await readFile(file, 'utf8')).split('\n')
  const isMine = (line) => line.includes(`./${provider}/`) || line.trim().startsWith(`${provider}:`)
  const left = lines.filter((line) => !isMine(line)).join('\n')
  // The line before it may now end the list.
  await writeFile(file, left.replace(/,(\s*\}\))/, '$1'))
  // The documents speak of the provider's tests by name; rewriting them is part of taking it out for good.
  await rm(path.join(folder, 'scripts/lib/docs.test.mjs'))
  const e2e = path.join(folder, 'e2e')
  for (const name of await readdir(e2e)) {
    if (name.startsWith(provider)) await rm(path.join(e2e, name), { recursive: true })
  }
  return lines.length - left.split('\n').length
}

async function check(provider) {
  await checkCopy({
    title: `Take out ${provider}`,
    change: async (folder) =>
      `its folder and ${await removeProvider(folder, provider)} lines of ${registry}`,
    advice: 'look for what still leans on the provider outside its folder.'
  })
  process.stdout.write(`The project builds and its other tests pass without ${provider}.\n`)
  return 0
}

await runMain(() => check(process.argv[2] ?? 'replicate'))
