// Prints how many lines each room has: npm run sizes. What is generated, or is a provider's answer word for word, does
// not count.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './lib/project.mjs'

const folders = ['src', 'scripts', 'e2e', 'test']
const depth = { 'src/main': 3, 'src/renderer': 3, 'src/renderer/features': 4, src: 2, test: 2 }

/** `src/main/storage/sql.ts` is in `src/main/storage`, `src/main/index.ts` in `src/main`. */
function roomOf(file) {
  const parts = file.split('/').slice(0, -1)
  const wanted = [3, 2, 1].map((count) => depth[parts.slice(0, count).join('/')]).find(Boolean)
  return parts.slice(0, wanted ?? 1).join('/')
}

function columnOf(file) {
  if (/\.(?:test|spec|shots)\.\w+$/.test(file)) return 'tests'
  return file.startsWith('test/') || file.startsWith('e2e/') ? 'kits' : 'product'
}

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', ...folders], {
  cwd: projectRoot,
  encoding: 'utf8'
})
  .split('\n')
  .filter((file) => /\.(?:tsx?|[cm]js|css|html|json|yaml)$/.test(file))
  .filter((file) => !/\/(?:generated|answers)\//.test(file) && existsSync(join(projectRoot, file)))

const rooms = {}
const totals = {}
for (const file of files.sort()) {
  const lines = readFileSync(join(projectRoot, file), 'utf8').split('\n').length - 1
  add(rooms, roomOf(file), columnOf(file), lines)
  add(totals, file.split('/', 1)[0], columnOf(file), lines)
}

function add(sums, name, column, lines) {
  sums[name] ??= { product: 0, kits: 0, tests: 0 }
  sums[name][column] += lines
}

console.table(rooms)
console.table(totals)
const counted = totals.src.product + totals.test.kits
console.log(`src without its tests, with what stands in for tests: ${counted} (50003 at 67d2f11)`)
