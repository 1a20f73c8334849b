import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readFeed } from '../../src/main/updates/feed.ts'
import { packageFolder } from '../lib/bundled-packages.mjs'
import { projectRoot, readJson } from '../lib/project.mjs'
import { reduceBill } from './bill-of-materials.mjs'
import { builderConfig, fusesFor, readSigning } from './builder-config.mjs'
import { refuseWithoutNotes, writeFeeds } from './feeds.mjs'
import { debianControl, rpmSpec } from './linux-packages.mjs'
import { desktopEntry } from './linux-tree.mjs'
import { nativeTarget, wantsMusl } from './native-target.mjs'
import { noticesText, readLicence } from './notices.mjs'
import { readOptions } from './options.mjs'
import { isSigned, signDownloads, signingKey } from './release.mjs'
import { appManifest, foreignSources, isShipped, unbundled } from './stage.mjs'

const runtime = { version: '45.4.1', distPath: '/electron' }
const configFor = (platform, flavor = 'release', env = {}) =>
  builderConfig({ platform, flavor, runtime, stage: 'stage', output: 'dist', env })

describe('fuses', () => {
  test('everything that could run other code is off', () => {
    expect(configFor('darwin').electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false
    })
  })

  test.each(['linux', 'darwin', 'win32'])('%s: the test flavor differs in one', (platform) => {
    const { enableNodeCliInspectArguments, ...test } = fusesFor(platform, 'test')
    expect({ enableNodeCliInspectArguments: false, ...test }).toEqual(fusesFor(platform, 'release'))
    expect(enableNodeCliInspectArguments).toBe(true)
  })
})

describe('signing', () => {
  const apple = {
    CSC_LINK: 'x',
    CSC_KEY_PASSWORD: 'x',
    APPLE_API_KEY: 'x',
    APPLE_API_KEY_ID: 'x',
    APPLE_API_ISSUER: 'x'
  }

  test('is off without its secrets, and one line says which are missing', () => {
    const { CSC_LINK, ...partial } = apple
    expect(readSigning('darwin', partial)).toEqual({
      isOn: false,
      line: 'macOS signing: off, as CSC_LINK is not set'
    })
    expect(configFor('darwin').mac).toMatchObject({ identity: '-', notarize: false })
    expect(readSigning('win32', {}).line).toMatch(/^Windows signing: off, as AZURE_TENANT_ID/)
    expect(configFor('win32').win).not.toHaveProperty('azureSignOptions')
  })

  test('is on with them: hardened and notarized', () => {
    const { mac } = configFor('darwin', 'release', apple)
    expect(mac).toMatchObject({ hardenedRuntime: true, notarize: true })
    expect(mac).not.toHaveProperty('identity')
  })
})

test('Windows installs for one person, and updates when they choose', () => {
  expect(configFor('win32').nsis).toMatchObject({ oneClick: true, perMachine: false })
})

describe('what goes into the asar', () => {
  test.each([
    ['main/index.js', true],
    ['main/index.js.map', false],
    ['renderer/assets/index-1.css', true],
    ['build-stamp', false],
    ['bundled', false]
  ])('%s: %s', (path, expected) => expect(isShipped(path)).toBe(expected))

  test('the desktop name is that of the desktop file, and the window class its own', () => {
    const manifest = appManifest(readJson(join(projectRoot, 'package.json')))
    expect(manifest).toMatchObject({ desktopName: 'replica-desk.desktop', type: 'module' })
    expect(manifest).not.toHaveProperty('devDependencies')
    expect(desktopEntry()).toContain(`\nStartupWMClass=${manifest.productName}\n`)
    expect(desktopEntry()).toContain(
      '\nExec=replica-desk %u\nMimeType=x-scheme-handler/replica-desk;\n'
    )
  })

  test('of packages beside the build, the binaries of the target alone', () => {
    const natives = Object.entries(unbundled('linux', 'arm64')).flatMap(([name, files]) =>
      files.filter((file) => file.endsWith('.node')).map((file) => `${name}/${file}`)
    )
    expect(natives).toEqual([
      '@libsql/linux-arm64-gnu/index.node',
      'keytar/prebuilds/linux-arm64/keytar.node'
    ])
    expect(() => unbundled('win32', 'arm64')).toThrow('no build for win32 arm64')
  })
})

// Some of keytar's builds for systems that we do not ship for are of another processor than their folder says.
const prebuilds = join(projectRoot, 'node_modules', 'keytar', 'prebuilds')
test.each([
  ['linux-x64', 'linux-x64', false],
  ['linux-arm64', 'linux-arm64', false],
  ['linuxmusl-x64', 'linux-x64', true],
  ['darwin-x64', 'darwin-x64', false],
  ['darwin-arm64', 'darwin-arm64', false],
  ['win32-x64', 'win32-x64', false],
  ['win32-ia32', 'win32-ia32', false]
])('keytar for %s is for %s by its header', (name, target, isMusl) => {
  const bytes = readFileSync(join(prebuilds, name, 'keytar.node'))
  expect([nativeTarget(bytes), wantsMusl(bytes)]).toEqual([target, isMusl])
})

test('tests, faults and the development page are no part of the product', () => {
  const sources = [
    'src/main/index.ts',
    'test/sandbox/faulty-sandbox.ts',
    'src/main/security/development-page.ts'
  ]
  expect(foreignSources(sources)).toEqual(sources.slice(1))
})

test('a text is no binary', () => expect(nativeTarget(Buffer.alloc(80, 'a'))).toBeNull())

test.each([
  ['/p/node_modules/zod/v4/index.js', 'node_modules/zod'],
  ['/p/node_modules/@mantine/core/esm/x.mjs', 'node_modules/@mantine/core'],
  ['C:\\p\\node_modules\\a\\node_modules\\b\\x.js', 'node_modules/a/node_modules/b'],
  ['\0commonjs:/p/node_modules/react/index.js', 'node_modules/react'],
  ['/p/src/main/index.ts', null]
])('%s lies in %s', (id, folder) => expect(packageFolder(id)).toBe(folder))

test('each notice carries the text of a license, also where a package has none', () => {
  const own = readLicence(join(projectRoot, 'node_modules', 'zod'))
  expect(own.texts.join()).toContain('Permission is hereby granted')
  const bare = readLicence(join(projectRoot, 'node_modules', 'react-remove-scroll-bar'))
  expect(noticesText([own, bare])).toContain('Copyright (c) Anton Korzunov')
})

test('the Linux packages say what they need, and put the sandbox where root keeps it', () => {
  const control = debianControl('arm64', 4)
  expect(control).toMatch(/^Architecture: arm64$/m)
  expect(control).toMatch(/^Depends: .*libgtk-3-0t64 \| libgtk-3-0/m)
  expect(control).toMatch(/^Recommends: .*libgtk-4-1/m)
  const spec = rpmSpec({ root: '/r', when: new Date('2026-11-30T08:00:00Z'), level: 6 })
  expect(spec).toContain('%attr(4755, root, root) /usr/lib/replica-desk/chrome-sandbox')
  expect(spec).toContain('* Mon Nov 30 2026 ')
})

test('what cannot be made is named, with what can', () => {
  expect(readOptions([], 'linux').formats).toEqual(['deb', 'rpm', 'tar.gz'])
  expect(readOptions(['--quick', 'dir', '--flavor=test'], 'linux')).toMatchObject({
    formats: [],
    flavor: 'test',
    level: 1
  })
  expect(() => readOptions(['dmg'], 'linux')).toThrow('cannot be made here: dmg')
  expect(() => readOptions(['--flavor=fast'], 'linux')).toThrow('--flavor=fast')
})

test('the bill of materials lists what is shipped, and the Electron', () => {
  const component = (name) => ({ 'bom-ref': `${name}@1.0.0`, name, version: '1.0.0' })
  const bill = {
    metadata: { component: { 'bom-ref': 'app' } },
    components: ['shipped', 'tool'].map(component),
    dependencies: [{ ref: 'shipped@1.0.0', dependsOn: ['tool@1.0.0'] }]
  }
  const reduced = reduceBill(bill, new Set(['shipped@1.0.0']), '45.4.1')
  expect(reduced.components.map(({ name }) => name)).toEqual(['shipped', 'electron'])
  expect(reduced.dependencies).toContainEqual({ ref: 'shipped@1.0.0', dependsOn: [] })
})

describe('the signature over the checksums', () => {
  let folder
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'release-'))
    writeFileSync(join(folder, 'app.deb'), 'app')
    writeFileSync(join(folder, 'builder-debug.yml'), 'not passed on')
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const pem = () =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

  test('holds for what was signed and for nothing else', async () => {
    const keys = signingKey({ isRelease: false, env: {}, folder: join(folder, 'keys') })
    expect(await signDownloads(folder, keys)).toBe(1)
    const sums = readFileSync(join(folder, 'SHA256SUMS'))
    expect(sums.toString()).toMatch(/^[0-9a-f]{64} {2}app\.deb\n$/)
    const signature = readFileSync(join(folder, 'SHA256SUMS.sig'))
    const key = readFileSync(join(folder, 'development-key.pem'), 'utf8')
    expect(isSigned(sums, signature, key)).toBe(true)
    expect(isSigned(Buffer.concat([sums, Buffer.from('x')]), signature, key)).toBe(false)
  })

  test('of a release is made with the key in the repository or not at all', () => {
    const keyFile = join(folder, 'release-key.pem')
    expect(() => signingKey({ isRelease: true, env: {}, keyFile })).toThrow('a release needs')
    const env = { REPLICA_DESK_RELEASE_KEY: pem() }
    expect(() => signingKey({ isRelease: true, env, keyFile })).toThrow('is not the one')
  })

  test('is over the feeds as well, of every system that a release serves, and of nothing that is not there', async () => {
    const { key } = signingKey({ isRelease: false, env: {}, folder: join(folder, 'keys') })
    const about = { version: '1.2.3', when: new Date('2026-12-01T00:00:00Z'), key }
    expect(await writeFeeds(folder, about)).toEqual([])
    await expect(writeFeeds(folder, { ...about, isRelease: true })).rejects.toThrow('linux-x64')
    const name = 'replica-desk-linux-x86_64.AppImage'
    writeFileSync(join(folder, name), 'the app')
    expect(await writeFeeds(folder, about)).toEqual(['latest-linux-x64.signed'])
    const text = readFileSync(join(folder, 'latest-linux-x64.signed'), 'utf8')
    const publicKey = createPublicKey(readFileSync(join(folder, 'development-key.pem'), 'utf8'))
    expect(readFeed(text, publicKey, 'linux-x64')).toEqual({
      ok: true,
      value: {
        version: '1.2.3',
        file: {
          path: `1.2.3/${name}`,
          sizeBytes: 7,
          sha512: createHash('sha512').update('the app').digest('base64')
        }
      }
    })
    expect(readFeed(text, publicKey, 'linux-arm64')).toMatchObject({ trouble: 'unreadable' })
  })

  test('is not made over a version that the changelog does not know', () => {
    expect(() => refuseWithoutNotes('## 1.2.30\n', '1.2.3')).toThrow('no notes for 1.2.3')
    expect(() => refuseWithoutNotes('# Changelog\n\n## 1.2.3 – a day\n', '1.2.3')).not.toThrow()
  })

  test('never comes from a key that lies in the repository', () => {
    const names = readdirSync(join(projectRoot, 'packaging'))
    const texts = names
      .filter((name) => name.endsWith('.pem'))
      .map((name) => readFileSync(join(projectRoot, 'packaging', name), 'utf8'))
    expect(texts.join()).not.toContain('PRIVATE')
    expect(existsSync(join(projectRoot, 'development-signing-key.pem'))).toBe(false)
  })
})
