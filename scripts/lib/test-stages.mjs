import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { runInDesktopSession } from './desktop-session.mjs'
import { projectRoot } from './project.mjs'
import { runAttached } from './run-command.mjs'
import { countCheck, countPlaywright, countStage, countVitest } from './test-report.mjs'

const reports = join(projectRoot, 'test-results')

/** Where dependency-cruiser.config.mjs knows each room. */
const cruised = ['src', 'test', 'e2e', 'bench', 'scripts', 'resources']

/** How many end-to-end tests run at a time where each can have a screen of its own. */
const sideBySide = 2

/**
 * Each stage: its title, what it needs of the system besides Node, whether it needs the built app, and a run that
 * answers its counts.
 */
export const stages = {
  lint: {
    title: 'Format and lint',
    run: () => runCheck(['@biomejs', 'biome', 'bin', 'biome'], ['ci', '.'])
  },
  rooms: {
    title: 'Room arrows',
    run: () =>
      runCheck(
        ['dependency-cruiser', 'bin', 'dependency-cruise.mjs'],
        ['--config', 'dependency-cruiser.config.mjs', '--output-type', 'err-long', ...cruised]
      )
  },
  types: { title: 'Types', run: () => runCheck(['typescript', 'bin', 'tsc'], ['-b']) },
  unit: { title: 'Unit tests', purposes: ['keyring', 'videos'], run: (args) => runUnit(args) },
  e2e: {
    title: 'End-to-end tests',
    purposes: ['keyring', 'notifications', 'fonts', 'videos'],
    needsApp: true,
    run: (args, runtime) => runEndToEnd(args, runtime)
  }
}

/** Which stages the command line asks for, and what it hands on to them. */
export function readStages(args) {
  const names = []
  const rest = [...args]
  while (rest.length > 0 && Object.hasOwn(stages, rest[0])) names.push(rest.shift())
  return { names: names.length > 0 ? names : Object.keys(stages), rest }
}

async function runCheck(tool, args) {
  return countCheck(await runNode([toolPath(tool), ...args]))
}

/** `node`: the executable of another Node to run them with. */
export async function runUnit(args, node = process.execPath) {
  const report = join(reports, 'unit.json')
  rmSync(report, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const vitest = toolPath(['vitest', 'vitest.mjs'])
  const code = await runNode([vitest, 'run', ...reporters, ...args], { node })
  return countStage(report, countVitest, code)
}

/** The built window in this Chromium, with main played to it; see e2e/engine. */
export async function runWindow(chromium, args) {
  // The place named in playwright.engine.config.ts.
  const report = join(reports, 'engine.json')
  rmSync(report, { force: true })
  const cli = toolPath(['@playwright', 'test', 'cli.js'])
  const env = { ...process.env, REPLICA_DESK_CHROMIUM: chromium }
  const config = ['--config', 'playwright.engine.config.ts']
  const code = await runNode([cli, 'test', ...config, ...args], { env })
  return countStage(report, countPlaywright, code)
}

async function runEndToEnd(args, runtime) {
  // The place named in playwright.config.ts.
  const report = join(reports, 'e2e.json')
  rmSync(report, { force: true })
  const playwright = [toolPath(['@playwright', 'test', 'cli.js']), 'test', ...args]
  const code = await runInDesktopSession(playwright, runtime, { displayCount: sideBySide })
  return countStage(report, countPlaywright, code)
}

function toolPath(parts) {
  return join(projectRoot, 'node_modules', ...parts)
}

async function runNode(args, { node = process.execPath, env = process.env } = {}) {
  const { code } = await runAttached(node, args, { cwd: projectRoot, env })
  return code ?? 1
}
