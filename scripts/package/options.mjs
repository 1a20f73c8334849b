import { StepFailure } from '../lib/step-failure.mjs'
import { builderFormats } from './builder-config.mjs'
import { linuxFormats } from './linux-packages.mjs'
import { flavors } from './product.mjs'

/** What is made where no format is named. An AppImage needs a runtime that is fetched from outside a registry. */
const usual = { linux: linuxFormats, darwin: ['dmg', 'zip'], win32: ['nsis'] }

const possible = (platform) => [
  ...builderFormats[platform],
  ...(platform === 'linux' ? linuxFormats : [])
]

/**
 * What the command line asks for: formats, `--flavor=test`, `--quick` (compress little), `--release` (refuse what
 * must not be passed on; what is made is signed with that of the other systems).
 */
export function readOptions(args, platform) {
  const flavor = args.find((arg) => arg.startsWith('--flavor='))?.slice('--flavor='.length)
  const named = args.filter((arg) => !arg.startsWith('--'))
  const unknown = [
    ...args.filter((arg) => arg.startsWith('--') && !/^--(?:flavor=.+|quick|release)$/.test(arg)),
    ...named.filter((format) => !possible(platform).includes(format)),
    ...(flavor === undefined || flavors.includes(flavor) ? [] : [`--flavor=${flavor}`])
  ]
  if (unknown.length > 0) {
    throw new StepFailure(
      `cannot be made here: ${unknown.join(', ')}`,
      `name formats (${possible(platform).join(', ')}), --flavor=test, --quick or --release.`
    )
  }
  return {
    flavor: flavor ?? 'release',
    formats: named.length > 0 ? named.filter((format) => format !== 'dir') : usual[platform],
    level: args.includes('--quick') ? 1 : 6,
    isRelease: args.includes('--release')
  }
}
