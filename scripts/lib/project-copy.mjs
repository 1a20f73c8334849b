import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { projectRoot } from './project.mjs'
import { runOrFail } from './run-command.mjs'
import { createSteps } from './steps.mjs'

/** The committed files and those about to be, as they are now. */
async function copyProject(folder) {
  const { stdout } = await runOrFail(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { cwd: projectRoot },
    () => ({
      message: 'The files of the project cannot be listed',
      advice: 'run it in a checkout.'
    })
  )
  const files = stdout.split('\0').filter((file) => file !== '')
  for (const file of files) {
    const source = path.join(projectRoot, file)
    if (!existsSync(source)) continue
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true })
    await cp(source, path.join(folder, file))
  }
  return files.length
}

/** Packages are shared; what tools keep beside them is not. */
async function linkPackages(folder) {
  const packages = path.join(projectRoot, 'node_modules')
  await mkdir(path.join(folder, 'node_modules'))
  for (const name of await readdir(packages)) {
    if (name === '.cache' || name.startsWith('.vite')) continue
    await symlink(path.join(packages, name), path.join(folder, 'node_modules', name), 'junction')
  }
}

/** Runs a tool of the project in a copy of it; `advice` is for whoever reads that it failed. */
function runTool(folder, tool, args, { message, advice }) {
  const script = path.join(folder, 'node_modules', ...tool)
  const env = { ...process.env, NO_COLOR: '1' }
  return runOrFail(process.execPath, [script, ...args], { cwd: folder, env }, () => ({
    message,
    advice
  }))
}

/**
 * Changes a copy of the project, then holds it to types, build and unit tests; the copy is gone afterwards. `change` gets
 * the copy's folder and answers what it did in a few words.
 */
export async function checkCopy({ title, change, advice, testArguments = [] }) {
  const { step } = createSteps(process.stdout)
  const folder = await mkdtemp(path.join(tmpdir(), 'changed-project-'))
  const run = (tool, args, message) => runTool(folder, tool, args, { message, advice })
  try {
    await step('Copy', async () => {
      const count = await copyProject(folder)
      await linkPackages(folder)
      return { detail: `${count} files` }
    })
    await step(title, async () => ({ detail: await change(folder) }))
    await step('Types', async () => {
      await run(['typescript', 'bin', 'tsc'], ['-b'], 'The types do not fit any more')
      return { detail: 'fit' }
    })
    await step('Build', async () => {
      const tool = ['electron-vite', 'bin', 'electron-vite.js']
      await run(tool, ['build'], 'It does not build any more')
      return { detail: 'done' }
    })
    await step('Tests', async () => {
      const tool = ['vitest', 'vitest.mjs']
      const { stdout } = await run(tool, ['run', ...testArguments], 'Tests fail')
      return { detail: `${/Tests\D*?(\d+) passed/.exec(stdout)?.[1] ?? 'all'} passed` }
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
