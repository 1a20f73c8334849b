import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { projectRoot, readJson } from './project.mjs'

/**
 * Where each part of a build notes what went into it: the folders of packages, for the notices and the bill of
 * materials, and our own sources, so that no test is shipped.
 */
const bundledFolder = join('out', 'bundled')

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

/** A source below the project's folder; what a tool made up keeps its name. */
const ownPath = (id) => relative(resolve('.'), id.split('?')[0]).replaceAll('\\', '/')

/** Notes which packages a part of the build holds, beside the build: nothing of it is shipped. */
export const bundledPackagesPlugin = (part) => ({
  name: 'bundled-packages',
  apply: 'build',
  writeBundle(_options, bundle) {
    const chunks = Object.values(bundle)
    const modules = chunks.flatMap((chunk) => Object.keys(chunk.modules ?? {}))
    // A font is no module: it is a file that a sheet names.
    const files = chunks.flatMap((chunk) => chunk.originalFileNames ?? [])
    const packages = new Set(
      [...modules, ...files].map(packageFolder).filter((folder) => folder !== null)
    )
    const sources = modules.filter((id) => packageFolder(id) === null).map(ownPath)
    mkdirSync(resolve(bundledFolder), { recursive: true })
    const note = { packages: [...packages].sort(), sources: [...new Set(sources)].sort() }
    writeFileSync(resolve(bundledFolder, `${part}.json`), `${JSON.stringify(note, null, 2)}\n`)
  }
})

/** What the parts of the last build noted. */
export function bundledNotes() {
  const folder = join(projectRoot, bundledFolder)
  return readdirSync(folder).map((name) => readJson(join(folder, name)))
}
