import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageValuesSource } from './lib/compile-messages.mjs'
import { projectRoot, readJson } from './lib/project.mjs'

const folder = join(projectRoot, 'src', 'shared', 'messages')
const byId = ([a], [b]) => (a < b ? -1 : 1)

for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
  const path = join(folder, name)
  const sorted = Object.fromEntries(Object.entries(readJson(path)).sort(byId))
  writeFileSync(path, `${JSON.stringify(sorted, null, 2)}\n`)
}
const source = messageValuesSource(readJson(join(folder, 'en-US.json')))
writeFileSync(join(folder, 'message-values.ts'), source)
