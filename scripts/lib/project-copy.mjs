import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, symlink } from 'node:fs/promises'
import path from 'node:path'
import { projectRoot } from './project.mjs'
import { runOrFail } from './run-command.mjs'

/** The committed files and those about to be, as they are now. */
export async function copyProject(folder) {
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
export async function linkPackages(folder) {
  const packages = path.join(projectRoot, 'node_modules')
  await mkdir(path.join(folder, 'node_modules'))
  for (const name of await readdir(packages)) {
    if (name === '.cache' || name.startsWith('.vite')) continue
    await symlink(path.join(packages, name), path.join(folder, 'node_modules', name), 'junction')
  }
}

/** Runs a tool of the project in a copy of it; `advice` is for whoever reads that it failed. */
export function runTool(folder, tool, args, { message, advice }) {
  const script = path.join(folder, 'node_modules', ...tool)
  const env = { ...process.env, NO_COLOR: '1' }
  return runOrFail(process.execPath, [script, ...args], { cwd: folder, env }, () => ({
    message,
    advice
  }))
}
