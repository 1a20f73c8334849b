import { spawn } from 'node:child_process'
import { StepFailure } from './step-failure.mjs'

const isWindows = process.platform === 'win32'
const keptLines = 20
const forwardedSignals = ['SIGINT', 'SIGTERM', 'SIGHUP']
const tickMs = 500

/** Runs a command quietly and answers its exit code and what it printed. */
export function runCommand(command, args, options = {}) {
  const { onTick, ...spawnOptions } = options
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...spawnOptions })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text
    })
    const timer = onTick && setInterval(onTick, tickMs)
    child.on('error', (error) => {
      clearInterval(timer)
      reject(new StepFailure(`${command} cannot be run: ${error.message}`, `install ${command}.`))
    })
    child.on('close', (code, signal) => {
      clearInterval(timer)
      resolve({ code: code ?? signal, stdout, stderr })
    })
  })
}

/** As runCommand, but an exit code other than 0 is a failure that carries the end of the output. */
export async function runOrFail(command, args, options, describeFailure) {
  const result = await runCommand(command, args, options)
  if (result.code === 0) return result
  const { message, advice } = describeFailure(result)
  const output = headAndTail(`${result.stdout}${result.stderr}`.trim())
  throw new StepFailure(`${message} (exit code ${result.code})\n${output}`, advice)
}

function headAndTail(text) {
  const lines = text.split('\n')
  if (lines.length <= 2 * keptLines) return text
  return [...lines.slice(0, keptLines), '…', ...lines.slice(-keptLines)].join('\n')
}

/**
 * Runs a command in front of the reader until it ends. It gets a process group of its own, so that
 * a signal reaches it once, through us, and we are still there to tidy up after it.
 */
export function runAttached(command, args, options = {}) {
  const { signalsReachGroup = true, onSpawn, ...spawnOptions } = options
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', detached: !isWindows, ...spawnOptions })
    const forward = (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return
      if (signalsReachGroup && !isWindows) process.kill(-child.pid, signal)
      else child.kill(signal)
    }
    for (const signal of forwardedSignals) process.on(signal, forward)
    child.on('spawn', () => onSpawn?.(child))
    child.on('error', (error) => {
      reject(new StepFailure(`${command} cannot be run: ${error.message}`, `install ${command}.`))
    })
    child.on('exit', (code, signal) => {
      for (const name of forwardedSignals) process.off(name, forward)
      resolve({ code, signal })
    })
  })
}

/** The npm that runs us, or else the one on the path. */
export function npmCommand(args) {
  const npmScript = process.env.npm_execpath
  if (npmScript?.endsWith('.js')) {
    return { command: process.execPath, args: [npmScript, ...args], options: {} }
  }
  return { command: 'npm', args, options: { shell: isWindows } }
}
