import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { completeLock, missingOptionalEntries } from './lib/lock-file.mjs'
import { projectRoot, readJson } from './lib/project.mjs'

const path = join(projectRoot, 'package-lock.json')
const lock = readJson(path)
const added = Object.keys(missingOptionalEntries(lock))
writeFileSync(path, `${JSON.stringify(completeLock(lock), null, 2)}\n`)
console.log(added.length === 0 ? 'The lock file is complete.' : `Added:\n${added.join('\n')}`)
