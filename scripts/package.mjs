import { join, relative } from 'node:path'
import { runMain } from './lib/command-line.mjs'
import { pinnedVersion } from './lib/electron-official.mjs'
import {
  prepareAlone,
  prepareBuild,
  prepareDependencies,
  prepareRuntime,
  readSwitches
} from './lib/prepare.mjs'
import { projectRoot } from './lib/project.mjs'
import { StepFailure } from './lib/step-failure.mjs'
import { createSteps, formatMegabytes } from './lib/steps.mjs'

const steps = createSteps(process.stdout)
const { platform, arch } = process

await runMain(async () => {
  const { isFresh, rest } = readSwitches(process.argv.slice(2))
  const runtime = await prepareAlone(steps, async () => {
    await prepareDependencies(steps)
    const purposes = platform === 'linux' ? ['packaging'] : []
    const ready = await prepareRuntime(steps, { isFresh, purposes })
    await prepareBuild(steps, ready)
    const { ensurePackagingTools } = await import('./package/tools.mjs')
    await steps.step('Packaging tools', ensurePackagingTools)
    return ready
  })
  await makePackages(runtime, rest)
  return 0
})

/** From here on everything is loaded late: on a fresh checkout the packages it needs were not there before. */
async function makePackages(runtime, args) {
  const { readOptions } = await import('./package/options.mjs')
  const { distFolder } = await import('./package/product.mjs')
  const { releaseTime } = await import('./package/release-time.mjs')
  const options = { ...readOptions(args, platform), runtime, platform, arch }
  refuseDevelopmentElectron(options)
  const output = join(distFolder, options.flavor)
  const when = await releaseTime()
  await saySigning()
  const appFolder = await makeFolder({ ...options, output })
  await makeFormats({ ...options, appFolder, output, when })
  await makeProofs({ ...options, output, when })
  steps.say(`Made in ${relative(projectRoot, output)}`)
}

/** Without the official Electron a package is one for trying out. */
function refuseDevelopmentElectron({ runtime, isRelease }) {
  if (runtime.version === pinnedVersion()) return
  const line = `Electron ${runtime.version} instead of ${pinnedVersion()}: packages to try out, not to pass on`
  if (!isRelease) return steps.say(`          ${line}`)
  throw new StepFailure(line, 'make releases where the official Electron can be downloaded.')
}

async function saySigning() {
  const { readSigning } = await import('./package/builder-config.mjs')
  steps.say(`          ${readSigning(platform, process.env).line}`)
}

async function makeFolder(options) {
  const { makeIcons } = await import('./package/icons.mjs')
  const { makeApp, writeNotices } = await import('./package/make-app.mjs')
  const { builderFormats } = await import('./package/builder-config.mjs')
  await steps.step('Icons', async () => {
    await makeIcons()
    return { detail: 'drawn in every size' }
  })
  const { folder } = await steps.step('App', async () => {
    writeNotices(platform, arch)
    const formats = options.formats.filter((format) => builderFormats[platform].includes(format))
    const made = await makeApp({ ...options, formats })
    return { folder: made, detail: `${['folder', ...formats].join(', ')}; inspected` }
  })
  return folder
}

async function makeFormats({ formats, ...options }) {
  const { linuxFormats, makeLinuxPackage } = await import('./package/linux-packages.mjs')
  for (const format of formats.filter((name) => linuxFormats.includes(name))) {
    await steps.step(`.${format}`, async (report) => {
      const onTick = () => report('compressing')
      const { bytes } = await makeLinuxPackage(format, { ...options, onTick })
      return { detail: formatMegabytes(bytes) }
    })
  }
}

/**
 * The bill of materials, the checksums and the signature over them. A release has one list of checksums for the
 * downloads of all systems, made where they come together: scripts/sign-release.mjs.
 */
async function makeProofs({ output, runtime, when, isRelease }) {
  const { writeFeeds } = await import('./package/feeds.mjs')
  const { product } = await import('./package/product.mjs')
  const { writeBill } = await import('./package/bill-of-materials.mjs')
  const { signDownloads, signingKey } = await import('./package/release.mjs')
  await steps.step('Bill of materials', async () => {
    const count = await writeBill(output, {
      platform,
      arch,
      electronVersion: runtime.version,
      when
    })
    return { detail: `${count} components` }
  })
  if (isRelease) return
  await steps.step('Checksums', async () => {
    const key = signingKey({ isRelease: false })
    const { version } = product
    await writeFeeds(output, { version, when, key: key.key, isRelease })
    const count = await signDownloads(output, key)
    const by = key.isDevelopment ? 'a key of this computer, good for trying out' : 'the named key'
    return { detail: `${count} files, signed with ${by}` }
  })
}
