// Makes the wire types of each provider out of its document in openapi/.
//   node scripts/generate-wire-types.mjs           writes them into the source tree
//   node scripts/generate-wire-types.mjs --check   compares them with a fresh run instead; fails if they differ
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@hey-api/openapi-ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const providersFolder = 'src/main/providers'
const entries = await readdir(path.join(root, providersFolder), { withFileTypes: true })
const providers = entries
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({
    document: `openapi/${name}.yaml`,
    folder: `${providersFolder}/${name}/generated`
  }))

const generate = async (document, output) => {
  await createClient({
    input: path.join(root, document),
    output: { path: output, entryFile: false },
    plugins: ['@hey-api/typescript', 'zod'],
    logs: { level: 'silent' }
  })
}

const readFolder = async (folder) => {
  const names = (await readdir(folder)).sort()
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')))
  return JSON.stringify(names.map((name, index) => [name, texts[index]]))
}

const isUpToDate = async ({ document, folder }) => {
  const scratch = await mkdtemp(path.join(tmpdir(), 'wire-types-'))
  try {
    await generate(document, scratch)
    return (await readFolder(scratch)) === (await readFolder(path.join(root, folder)))
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

if (process.argv.includes('--check')) {
  for (const provider of providers) {
    if (await isUpToDate(provider)) continue
    process.stderr.write(
      `${provider.folder} does not match ${provider.document}. Run: node scripts/generate-wire-types.mjs\n`
    )
    process.exitCode = 1
  }
} else {
  for (const { document, folder } of providers) await generate(document, path.join(root, folder))
}
