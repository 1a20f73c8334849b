import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** The folder that holds package.json. */
export const projectRoot = resolve(import.meta.dirname, '..', '..')

const oldestNode = [20, 19]

/** Where downloads that outlive a checkout are kept, after each system's custom. */
export function cacheDirectory(platform = process.platform, env = process.env, home = homedir()) {
  return join(cacheBase(platform, env, home), 'replica-desk')
}

function cacheBase(platform, env, home) {
  if (platform === 'win32') return env.LOCALAPPDATA ?? join(home, 'AppData', 'Local')
  if (platform === 'darwin') return join(home, 'Library', 'Caches')
  return env.XDG_CACHE_HOME || join(home, '.cache')
}

export function isSupportedNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])
}

export function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'))
}

export function isRoot() {
  return process.getuid?.() === 0
}
