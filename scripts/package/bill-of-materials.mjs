import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot, readJson } from '../lib/project.mjs'
import { npmCommand, runOrFail } from '../lib/run-command.mjs'
import { shippedPackages } from './notices.mjs'
import { product, systems } from './product.mjs'

/** Everything installed, as npm writes it in CycloneDX. */
async function npmBill() {
  const { command, args, options } = npmCommand(['sbom', '--sbom-format', 'cyclonedx'])
  const { stdout } = await runOrFail(command, args, { ...options, cwd: projectRoot }, () => ({
    message: 'npm sbom failed',
    advice: 'run npm ci, then start again.'
  }))
  return JSON.parse(stdout)
}

/**
 * npm knows what is installed, the build what it bundled: the bill of a package lists what is in it, and the Electron
 * it runs on. `shipped`: name@version of each, by the name that it is installed under.
 */
export function reduceBill(bill, shipped, electronVersion) {
  const components = (bill.components ?? []).filter((component) =>
    shipped.has(`${component.name}@${component.version}`)
  )
  const kept = new Set(components.map((component) => component['bom-ref']))
  const root = bill.metadata.component['bom-ref']
  const electron = {
    'bom-ref': `electron@${electronVersion}`,
    type: 'framework',
    name: 'electron',
    version: electronVersion,
    purl: `pkg:npm/electron@${electronVersion}`,
    licenses: [{ license: { id: 'MIT' } }]
  }
  const edges = (bill.dependencies ?? []).filter(({ ref }) => kept.has(ref))
  return {
    ...bill,
    components: [...components, electron],
    dependencies: [
      { ref: root, dependsOn: [...kept, electron['bom-ref']] },
      ...edges.map(({ ref, dependsOn = [] }) => ({
        ref,
        dependsOn: dependsOn.filter((other) => kept.has(other))
      }))
    ]
  }
}

/** The bill of materials of a package for a system, as an object of CycloneDX. */
async function makeBill({ platform, arch, electronVersion, when }) {
  const shipped = new Set(
    shippedPackages(platform, arch).map((folder) => {
      const { version } = readJson(join(projectRoot, folder, 'package.json'))
      return `${folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${version}`
    })
  )
  const bill = reduceBill(await npmBill(), shipped, electronVersion)
  const missing = shipped.size + 1 - bill.components.length
  if (missing !== 0) throw new Error(`The bill of materials lacks ${missing} packages`)
  return { ...bill, metadata: { ...bill.metadata, timestamp: when.toISOString() } }
}

/** Writes the bill beside the downloads; answers how many components it has. */
export async function writeBill(folder, options) {
  const bill = await makeBill(options)
  const { platform, arch } = options
  const name = `${product.id}-${product.version}-${systems[platform]}-${arch}.cdx.json`
  writeFileSync(join(folder, name), `${JSON.stringify(bill, null, 2)}\n`)
  return bill.components.length
}
