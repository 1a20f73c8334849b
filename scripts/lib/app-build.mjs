import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runtimeEnvironment } from './electron-runtime.mjs'
import { projectRoot } from './project.mjs'
import { runOrFail } from './run-command.mjs'

const outFolder = join(projectRoot, 'out')
const stampPath = join(outFolder, 'build-stamp')

/** Everything a build can depend on: files at the root that configure it, and the sources. */
const rootFiles =
  /^(package(-lock)?\.json|tsconfig.*\.json|electron\.vite\.config\..+|postcss\.config\..+|\.env.*)$/
const sourceFolders = ['src', 'resources']
const notBuilt = /\.test\.[a-z]+$/

/** A hash over names and contents of the files, independent of the order they are given in. */
export function hashFiles(root, paths) {
  const hash = createHash('sha256')
  for (const path of [...paths].sort()) {
    const content = readFileSync(join(root, path))
    hash.update(`${path.replaceAll('\\', '/')}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

export function buildInputs(root) {
  const atRoot = readdirSync(root).filter((name) => rootFiles.test(name))
  const inFolders = sourceFolders.flatMap((folder) => filesBelow(root, folder))
  return [...atRoot, ...inFolders.filter((path) => !notBuilt.test(path))]
}

function filesBelow(root, folder) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name).slice(root.length + 1))
}

/** Builds into out/ unless the last build had the same inputs. */
export async function ensureBuild(runtime, report) {
  const stamp = `${runtime.major} ${hashFiles(projectRoot, buildInputs(projectRoot))}`
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) {
    return { detail: 'up to date' }
  }
  rmSync(stampPath, { force: true })
  const builder = join(projectRoot, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const env = { ...process.env, ...runtimeEnvironment(runtime) }
  const onTick = () => report('electron-vite at work')
  await runOrFail(process.execPath, [builder, 'build'], { cwd: projectRoot, env, onTick }, () => ({
    message: 'the app could not be built',
    advice: 'mend what the lines above name, then start again.'
  }))
  mkdirSync(outFolder, { recursive: true })
  writeFileSync(stampPath, stamp)
  return { detail: 'built' }
}
