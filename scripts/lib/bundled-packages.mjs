import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Where each part of a build notes the packages that went into it; for the notices and the bill of materials. */
export const bundledFolder = join('out', 'bundled')

const packageName = /^(@[^/]+\/[^/]+|[^/]+)/

/** The folder of the package that a module lies in, below the project; null for a module of our own. */
export function packageFolder(moduleId) {
  const path = moduleId.replaceAll('\\', '/').replace(/^\0/, '')
  const start = path.indexOf('node_modules/')
  if (start === -1) return null
  const inner = path.lastIndexOf('node_modules/') + 'node_modules/'.length
  const name = packageName.exec(path.slice(inner))?.[0]
  return name === undefined ? null : path.slice(start, inner) + name
}

/** Notes which packages a part of the build holds, beside the build: nothing of it is shipped. */
export const bundledPackagesPlugin = (part) => ({
  name: 'bundled-packages',
  apply: 'build',
  writeBundle(_options, bundle) {
    const modules = Object.values(bundle).flatMap((chunk) => Object.keys(chunk.modules ?? {}))
    const folders = new Set(modules.map(packageFolder).filter((folder) => folder !== null))
    mkdirSync(resolve(bundledFolder), { recursive: true })
    const list = `${JSON.stringify([...folders].sort(), null, 2)}\n`
    writeFileSync(resolve(bundledFolder, `${part}.json`), list)
  }
})
