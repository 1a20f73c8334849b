import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { npmCommand, runCommand } from './run-command.mjs'

/** What Electron is made of, by its major version: the major of Chromium, and the Node. Sources: its release notes. */
export const enginesOf = { 45: { chromium: '156', node: '24.18.1' } }

const chromiumNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

/** The first Chromium on the path; null: there is none. */
export function findChromium(env = process.env) {
  const folders = (env.PATH ?? '').split(delimiter)
  const paths = chromiumNames.flatMap((name) => folders.map((folder) => join(folder, name)))
  return paths.find((path) => existsSync(path)) ?? null
}

/** "156.0.8078.114" from what `chromium --version` prints; null: it says nothing like it. */
export function versionIn(text) {
  return /\b\d+(?:\.\d+){3}\b/.exec(text)?.[0] ?? null
}

/** What is to be said of this Chromium beside the one that ships. */
export function compareChromium(version, wantedMajor) {
  if (version === null) return 'of an unknown version'
  return version.split('.')[0] === wantedMajor
    ? `${version}, of the major version that ships`
    : `${version}, NOT of the major version that ships (${wantedMajor}): what holds here may not hold there`
}

/** The executable of a Node that npm brings and keeps in its cache; null: there is none for this system. */
export async function findNode(version) {
  const { command, args, options } = npmCommand([
    ...['exec', '--yes', `--package=node@${version}`, '--', 'node'],
    ...['--print', 'process.execPath']
  ])
  const { code, stdout, stderr } = await runCommand(command, args, options)
  if (code === 0) return { node: stdout.trim(), detail: version }
  const reason = stderr.trim().split('\n').at(-1) || `exit code ${code}`
  return { node: null, detail: `${version} is not to be had from npm (${reason}), so not run` }
}
