import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { runtimeMarker } from '../lib/electron-from-npm.mjs'
import { distFolder, product } from './product.mjs'

/**
 * The fuses of the packaged app, by electron-builder's names. A test flavor differs in one: test drivers attach through
 * --inspect. Electron checks the hash of the asar on macOS and Windows only.
 */
export function fusesFor(platform, flavor) {
  return {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: flavor === 'test',
    enableEmbeddedAsarIntegrityValidation: platform !== 'linux',
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false
  }
}

const missingIn = (env, names) => names.filter((name) => !env[name])

const appleNames = ['CSC_LINK', 'CSC_KEY_PASSWORD']
const notaryNames = ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER']
const azureNames = [
  'AZURE_TENANT_ID',
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_SIGNING_ENDPOINT',
  'AZURE_SIGNING_ACCOUNT',
  'AZURE_SIGNING_PROFILE',
  'AZURE_SIGNING_PUBLISHER'
]

/** Whether the system's own signing is on, from what the environment holds, and one line that says so. */
export function readSigning(platform, env) {
  if (platform === 'darwin') {
    const missing = missingIn(env, [...appleNames, ...notaryNames])
    if (missing.length > 0) return off('macOS', missing)
    return { isOn: true, line: 'macOS signing and notarization: on' }
  }
  if (platform === 'win32') {
    const missing = missingIn(env, azureNames)
    if (missing.length > 0) return off('Windows', missing)
    return { isOn: true, line: 'Windows signing: on' }
  }
  return { isOn: false, line: 'Linux packages are not signed one by one: SHA256SUMS is' }
}

const off = (system, missing) => ({
  isOn: false,
  line: `${system} signing: off, as ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not set`
})

/** Files beside the asar that the app reads and never runs. */
const extraResources = [
  {
    from: 'resources',
    to: 'resources',
    filter: ['icon.png', 'tray*.png', 'sample/**', 'verify-receipt.mjs']
  }
]

/** Formats that electron-builder makes itself, by system. The Linux packages are made of its app folder by us. */
export const builderFormats = {
  linux: ['dir', 'AppImage'],
  darwin: ['dir', 'dmg', 'zip'],
  win32: ['dir', 'nsis']
}

/**
 * electron-builder's configuration, the same on every system. `runtime` is the Electron to pack, `stage` the folder with
 * what goes into the asar, `output` where the result is written.
 */
export function builderConfig({ platform, flavor, runtime, stage, output, env }) {
  const { isOn } = readSigning(platform, env)
  return {
    appId: product.appId,
    // For macOS and the AppImage; the installed packages have a desktop file, and Windows is told by the app.
    protocols: [{ name: product.name, schemes: [product.scheme] }],
    productName: product.name,
    copyright: product.copyright,
    directories: { app: stage, output, buildResources: join(distFolder, 'icons') },
    electronVersion: runtime.version,
    electronDist: runtime.distPath,
    // What is staged is whole: everything native is Node-API and prebuilt, and no package is looked for.
    beforeBuild: async () => false,
    afterPack: async ({ appOutDir }) => removeDevelopment(appOutDir, platform),
    asar: true,
    asarUnpack: ['**/*.node'],
    files: ['**/*', { from: 'node_modules', to: 'node_modules', filter: ['**/*'] }],
    extraResources,
    extraFiles: [{ from: join(distFolder, 'THIRD-PARTY-NOTICES.txt'), to: noticesPlace(platform) }],
    electronFuses: fusesFor(platform, flavor),
    // The feed is our own and signed by us; nothing is published from here.
    publish: null,
    artifactName: `${product.id}-\${version}-\${os}-\${arch}.\${ext}`,
    toolsets: { appimage: '1.0.3' },
    linux: {
      executableName: product.id,
      icon: join(distFolder, 'icons', 'linux'),
      category: 'Utility',
      synopsis: product.description,
      // One file that is replaced in place keeps its name.
      artifactName: `${product.id}-\${os}-\${arch}.\${ext}`
    },
    mac: {
      icon: join(distFolder, 'icons', 'icon.icns'),
      category: 'public.app-category.utilities',
      minimumSystemVersion: '13.0',
      gatekeeperAssess: false,
      entitlements: join('packaging', 'entitlements.mac.plist'),
      entitlementsInherit: join('packaging', 'entitlements.mac.plist'),
      // Without an identity the app is signed ad hoc, as Apple silicon wants it; the hardened runtime would then not
      // load Electron's own libraries.
      hardenedRuntime: isOn,
      ...(isOn ? {} : { identity: '-' }),
      notarize: isOn
    },
    dmg: { sign: false },
    win: {
      icon: join(distFolder, 'icons', 'icon.ico'),
      ...(isOn && {
        azureSignOptions: {
          endpoint: env.AZURE_SIGNING_ENDPOINT,
          codeSigningAccountName: env.AZURE_SIGNING_ACCOUNT,
          certificateProfileName: env.AZURE_SIGNING_PROFILE,
          publisherName: env.AZURE_SIGNING_PUBLISHER
        }
      })
    },
    nsis: {
      oneClick: true,
      perMachine: false,
      deleteAppDataOnUninstall: false,
      installerIcon: join(distFolder, 'icons', 'icon.ico'),
      uninstallerIcon: join(distFolder, 'icons', 'icon.ico')
    }
  }
}

/** An Electron for development brings an app of its own, which a package must not hold. */
function removeDevelopment(folder, platform) {
  const resources =
    platform === 'darwin' ? join(`${product.name}.app`, 'Contents', 'Resources') : 'resources'
  for (const name of [join(resources, 'app'), join(resources, 'default_app.asar'), runtimeMarker]) {
    rmSync(join(folder, name), { recursive: true, force: true })
  }
}

const noticesPlace = (platform) =>
  join(platform === 'darwin' ? 'Resources' : '.', 'THIRD-PARTY-NOTICES.txt')
