import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StepFailure } from '../lib/step-failure.mjs'
import { builderConfig } from './builder-config.mjs'
import { inspectApp } from './inspect-app.mjs'
import { makeNotices } from './notices.mjs'
import { distFolder, product } from './product.mjs'
import { stageApp } from './stage.mjs'
import { packagingRequire } from './tools.mjs'

/** Where electron-builder leaves an app's folder, by system; a processor other than x64 is in the name. */
export function appFolderIn(output, platform, arch) {
  const ending = arch === 'x64' ? '' : `-${arch}`
  if (platform === 'darwin') return join(output, `mac${ending}`)
  return join(output, `${platform === 'win32' ? 'win' : 'linux'}${ending}-unpacked`)
}

/** Writes THIRD-PARTY-NOTICES.txt, which the app's folder gets a copy of. */
export function writeNotices(platform, arch) {
  mkdirSync(distFolder, { recursive: true })
  writeFileSync(join(distFolder, 'THIRD-PARTY-NOTICES.txt'), makeNotices(platform, arch))
}

/**
 * Makes the app's folder and the formats that electron-builder makes of it, and holds the folder to what a package may
 * be. Answers the folder.
 */
export async function makeApp({ platform, arch, flavor, runtime, formats, output }) {
  const stage = join(distFolder, 'stage')
  stageApp(stage, platform, arch)
  const folder = appFolderIn(output, platform, arch)
  rmSync(folder, { recursive: true, force: true })
  const { build, Platform, Arch } = packagingRequire('electron-builder')
  const system = { linux: Platform.LINUX, darwin: Platform.MAC, win32: Platform.WINDOWS }[platform]
  const config = builderConfig({ platform, flavor, runtime, stage, output, env: process.env })
  const targets = system.createTarget(['dir', ...formats], Arch[arch])
  await build({ targets, config, projectDir: join(distFolder, '..'), publish: 'never' })
  rmSync(stage, { recursive: true, force: true })
  const wrong = await inspectApp({ folder, platform, arch, flavor })
  if (wrong.length === 0) return folder
  throw new StepFailure(
    `${product.name} was packed wrongly:\n${wrong.slice(0, 20).join('\n')}`,
    'this is a bug in scripts/package, please report it.'
  )
}
