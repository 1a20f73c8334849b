import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageValuesSource } from './lib/compile-messages.mjs'
import { projectRoot, readJson } from './lib/project.mjs'

const folder = join(projectRoot, 'src', 'shared', 'messages')
const source = messageValuesSource(readJson(join(folder, 'en-US.json')))
writeFileSync(join(folder, 'message-values.ts'), source)
