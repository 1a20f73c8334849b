import { join } from 'node:path'
import { projectRoot, readJson } from '../lib/project.mjs'

const manifest = readJson(join(projectRoot, 'package.json'))

/** What every package says of the app; version, licence and addresses come from package.json. */
export const product = Object.freeze({
  name: manifest.productName,
  /** Name of the executable, of the Linux packages and of the desktop file. */
  id: manifest.name,
  appId: 'com.replicadesk.ReplicaDesk',
  /** Of links into the app. */
  scheme: manifest.name,
  version: manifest.version,
  description: manifest.description,
  licence: manifest.license,
  homepage: manifest.homepage,
  author: manifest.author,
  copyright: 'Copyright © 2026 The Replica Desk authors'
})

/** Everything that packaging writes; not kept in the repository. */
export const distFolder = join(projectRoot, 'dist')

/** `test` differs in one fuse: test drivers may attach. */
export const flavors = ['release', 'test']

/** Systems by Node's names, and what each is called in the names of downloads. */
export const systems = { linux: 'linux', darwin: 'mac', win32: 'windows' }
