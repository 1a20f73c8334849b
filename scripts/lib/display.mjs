import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StepFailure } from './step-failure.mjs'

const screen = '1440x900x24'
const startTimeoutMs = 15_000

/** Whether windows can be shown without our doing. */
export function hasDisplay(platform = process.platform, env = process.env) {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/**
 * An X authority file with one secret that is good for any display: family "wild", no address, no
 * display number. Without it every user of the machine could look into the virtual screen.
 */
export function authorityFile(cookie) {
  const counted = (bytes) => Buffer.concat([Buffer.from([0, bytes.length]), bytes])
  const wild = Buffer.from([0xff, 0xff])
  const nothing = Buffer.alloc(0)
  return Buffer.concat([
    wild,
    counted(nothing),
    counted(nothing),
    counted(Buffer.from('MIT-MAGIC-COOKIE-1')),
    counted(cookie)
  ])
}

/**
 * Starts a virtual screen on a free display number. Answers the environment that leads to it, and how to stop it.
 */
export async function startVirtualDisplay() {
  const folder = mkdtempSync(join(tmpdir(), 'replica-desk-display-'))
  const authority = join(folder, 'authority')
  writeFileSync(authority, authorityFile(randomBytes(16)), { mode: 0o600 })
  const args = ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp', '-auth', authority]
  const server = spawn('Xvfb', args, {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    // Out of reach of the terminal's Ctrl-C, which must end the app before its screen.
    detached: true
  })
  const stop = () => {
    server.kill()
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  try {
    const number = await readDisplayNumber(server)
    server.unref()
    for (const stream of server.stdio) stream?.destroy()
    return {
      env: { DISPLAY: `:${number}`, XAUTHORITY: authority },
      stop
    }
  } catch (error) {
    stop()
    throw error
  }
}

/** Gives `work` the environment of a screen: nothing where there is one, else that of a virtual one. */
export async function withDisplay(steps, work) {
  if (hasDisplay()) return work({})
  const { display } = await steps.step('Virtual display', async () => {
    const started = await startVirtualDisplay()
    return { display: started, detail: `${started.env.DISPLAY}, as there is no real one` }
  })
  try {
    return await work(display.env)
  } finally {
    display.stop()
  }
}

function readDisplayNumber(server) {
  return new Promise((resolve, reject) => {
    let complaint = ''
    const fail = (reason) =>
      reject(
        new StepFailure(
          `the virtual display did not start: ${reason} ${complaint.trim()}`,
          'check that Xvfb is installed (Debian: xvfb) and starts by hand, or set DISPLAY.'
        )
      )
    const timer = setTimeout(() => fail('no answer in time.'), startTimeoutMs)
    let answer = ''
    server.stderr.on('data', (text) => {
      complaint += text
    })
    server.stdio[3].on('data', (text) => {
      answer += text
      if (!answer.includes('\n')) return
      clearTimeout(timer)
      resolve(Number(answer))
    })
    server.on('error', (error) => fail(error.message))
    server.on('exit', (code) => {
      clearTimeout(timer)
      fail(`it ended with code ${code}.`)
    })
  })
}
