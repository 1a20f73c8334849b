import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { bundledNotes } from '../lib/bundled-packages.mjs'
import { projectRoot, readJson } from '../lib/project.mjs'
import { StepFailure } from '../lib/step-failure.mjs'

/** The build of libsql for a system, by `platform-arch`; Linux packages are for glibc. */
const libsqlTargets = {
  'linux-x64': 'linux-x64-gnu',
  'linux-arm64': 'linux-arm64-gnu',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'win32-x64-msvc'
}

/**
 * Packages that are not bundled, each with the files of it that run. `libsql` and what it asks for find their binary by
 * the name of a package, keytar by a folder.
 */
export function unbundled(platform, arch) {
  const libsql = libsqlTargets[`${platform}-${arch}`]
  if (libsql === undefined) {
    throw new StepFailure(
      `libsql has no build for ${platform} ${arch}`,
      'make the package on a system that docs/releasing.md lists.'
    )
  }
  return {
    libsql: ['package.json', 'index.js', 'auth.js', 'sqlite-error.js'],
    [`@libsql/${libsql}`]: ['package.json', 'index.node'],
    '@neon-rs/load': ['package.json', 'dist/index.js'],
    'detect-libc': ['package.json', 'lib/detect-libc.js', 'lib/filesystem.js', 'lib/process.js'],
    keytar: ['package.json', 'lib/keytar.js', `prebuilds/${platform}-${arch}/keytar.node`]
  }
}

/** What of out/ is not shipped: maps stay with the maintainers, the rest is about the build. */
export function isShipped(path) {
  return !/\.map$/.test(path) && !['build-stamp', 'bundled'].includes(basename(path))
}

/** package.json as the packaged app needs it. */
export function appManifest(manifest) {
  const { name, productName, version, description, license, author, homepage, main, type } =
    manifest
  const desktopName = `${name}.desktop`
  return {
    name,
    productName,
    desktopName,
    version,
    description,
    license,
    author,
    homepage,
    main,
    type
  }
}

/** Sources of a build that may not be shipped: tests, faults and whatever else is beside the product. */
export function foreignSources(sources) {
  return sources.filter(
    (path) => /\.test\.|^(?:test|e2e|bench|scripts)\//.test(path) || /development-/.test(path)
  )
}

/** Lays out in `stage` what goes into the asar, and nothing else. */
export function stageApp(stage, platform, arch) {
  const foreign = foreignSources(bundledNotes().flatMap(({ sources }) => sources))
  if (foreign.length > 0) {
    throw new StepFailure(
      `the build holds what is no part of the product: ${foreign.join(', ')}`,
      'look for what imports it.'
    )
  }
  rmSync(stage, { recursive: true, force: true })
  mkdirSync(stage, { recursive: true })
  const out = join(projectRoot, 'out')
  cpSync(out, join(stage, 'out'), {
    recursive: true,
    filter: (source) => isShipped(relative(out, source))
  })
  const manifest = appManifest(readJson(join(projectRoot, 'package.json')))
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  for (const [name, files] of Object.entries(unbundled(platform, arch))) {
    for (const file of files) copyModuleFile(stage, name, file)
  }
}

function copyModuleFile(stage, name, file) {
  const source = join(projectRoot, 'node_modules', name, file)
  if (!existsSync(source)) {
    throw new StepFailure(
      `${relative(projectRoot, source)} is missing`,
      'run npm ci on the system that the package is for.'
    )
  }
  const target = join(stage, 'node_modules', name, file)
  mkdirSync(join(target, '..'), { recursive: true })
  // Not a copy of modes: what npm unpacked may be closed to others.
  writeFileSync(target, readFileSync(source), { mode: 0o644 })
}
