import { join } from 'node:path'
import { ensureBuild } from './app-build.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { hasDisplay } from './display.mjs'
import { ensureElectronRuntime } from './electron-runtime.mjs'
import { withFileLock } from './file-lock.mjs'
import { cacheDirectory, isSupportedNode } from './project.mjs'
import { StepFailure } from './step-failure.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

/** Takes our own switches out of the arguments; the rest belongs to whatever is started. */
export function readSwitches(args) {
  const own = '--fresh-runtime'
  return { isFresh: args.includes(own), rest: args.filter((argument) => argument !== own) }
}

/** Runs preparing work while no other of our commands, in any checkout, prepares. */
export async function prepareAlone(steps, work) {
  if (!isSupportedNode(process.versions.node)) {
    throw new StepFailure(
      `Node ${process.versions.node} is too old`,
      'install Node 20.19 or newer from https://nodejs.org.'
    )
  }
  const lockPath = join(cacheDirectory(), 'prepare.lock')
  const onWait = (pid) => steps.say(`          waiting for process ${pid}, which is preparing too`)
  return withFileLock(lockPath, onWait, work)
}

export function prepareDependencies(steps) {
  return steps.step('Dependencies', ensureDependencies)
}

/** Sees to the system packages for these purposes. */
export function prepareSystem(steps, purposes) {
  if (purposes.length === 0) return Promise.resolve()
  return steps.step('System packages', (report) => ensureSystemPackages(purposes, report))
}

export async function prepareRuntime(steps, { isFresh, purposes = [] }) {
  const needed = ['electron', ...(hasDisplay() ? [] : ['display']), ...purposes]
  await prepareSystem(steps, needed)
  return steps.step('Electron', (report) => ensureElectronRuntime({ isFresh }, report))
}

export function prepareBuild(steps, runtime) {
  return steps.step('Build', (report) => ensureBuild(runtime, report))
}

/** Everything up to an app that can be launched; answers the runtime to launch it with. */
export function prepareApp(steps, options) {
  return prepareAlone(steps, async () => {
    await prepareDependencies(steps)
    const runtime = await prepareRuntime(steps, options)
    await prepareBuild(steps, runtime)
    return runtime
  })
}
