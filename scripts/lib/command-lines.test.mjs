import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { buildInputs, hashFiles } from './app-build.mjs'
import { sessionEnvironment } from './desktop-session.mjs'
import { authorityFile, hasDisplay } from './display.mjs'
import { withFileLock } from './file-lock.mjs'
import { readSwitches } from './prepare.mjs'
import { projectRoot } from './project.mjs'
import { failureLines, StepFailure } from './step-failure.mjs'
import { createSteps } from './steps.mjs'
import { readStages } from './test-stages.mjs'

const folder = mkdtempSync(join(tmpdir(), 'replica-desk-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('our own switch is taken out of what is handed on', () => {
  expect(readSwitches(['--fresh-runtime', '--user-data-dir=/x'])).toEqual({
    isFresh: true,
    rest: ['--user-data-dir=/x']
  })
})

test.each([
  [[], ['lint', 'rooms', 'types', 'unit', 'e2e'], []],
  [['unit', 'src/shared'], ['unit'], ['src/shared']],
  [['lint', 'types'], ['lint', 'types'], []],
  [['e2e', '-g', 'unit'], ['e2e'], ['-g', 'unit']]
])('readStages: %j', (args, names, rest) => {
  expect(readStages(args)).toEqual({ names, rest })
})

test('the hash follows names and contents, not the order', () => {
  writeFileSync(join(folder, 'a'), '1')
  writeFileSync(join(folder, 'b'), '2')
  const hash = hashFiles(folder, ['a', 'b'])
  expect(hashFiles(folder, ['b', 'a'])).toBe(hash)
  writeFileSync(join(folder, 'b'), '3')
  expect(hashFiles(folder, ['a', 'b'])).not.toBe(hash)
})

test('a build depends on the configuration and no test', () => {
  const inputs = buildInputs(projectRoot)
  expect(inputs).toEqual(expect.arrayContaining(['package.json', 'electron.vite.config.ts']))
  expect(inputs.filter((path) => /\.test\.tsx?$/.test(path))).toEqual([])
})

test('a step is one line with its time, and a failed one says so', async () => {
  let text = ''
  const out = { isTTY: false, write: (part) => (text += part) }
  const steps = createSteps(out, () => 0)
  expect(await steps.step('Build', async () => ({ detail: 'built', more: 1 }))).toEqual({ more: 1 })
  const failing = steps.step('Build', async () => {
    throw new StepFailure('broken', 'mend it.')
  })
  await expect(failing).rejects.toThrow('broken')
  expect(text).toBe('   0.0 s  Build: built\n   0.0 s  Build: FAILED\n')
})

test('a foreseen failure says what to do', () => {
  expect(failureLines(new StepFailure('broken', 'mend it.'))).toEqual([
    'broken',
    'What to do: mend it.'
  ])
})

test('a lock left behind by a dead process is taken over, and given back', async () => {
  const path = join(folder, 'lock')
  // No Linux, macOS or Windows process has this id.
  writeFileSync(path, '2147483647')
  const waits = []
  const answer = await withFileLock(
    path,
    (pid) => waits.push(pid),
    async () => existsSync(path)
  )
  expect([answer, waits, existsSync(path)]).toEqual([true, [], false])
})

function fail() {
  throw new Error('not expected')
}

test('work under a lock waits for the work before it', async () => {
  const path = join(folder, 'shared-lock')
  const order = []
  let second
  await withFileLock(path, fail, async () => {
    order.push('first')
    await new Promise((resolve) => {
      const onWait = () => resolve(order.push('waiting'))
      second = withFileLock(path, onWait, async () => order.push('second'))
    })
  })
  await second
  expect(order).toEqual(['first', 'waiting', 'second'])
})

test('a session has a home of its own and no way back to the one it runs in', () => {
  const env = { PATH: '/bin', HOME: '/root', DBUS_SESSION_BUS_ADDRESS: 'x', XDG_DATA_HOME: '/d' }
  expect(sessionEnvironment(env, '/t', { env: { DISPLAY: ':5' } })).toEqual({
    PATH: '/bin',
    HOME: join('/t', 'home'),
    XDG_RUNTIME_DIR: join('/t', 'run'),
    DISPLAY: ':5'
  })
})

test('a display is missing only on Linux', () => {
  expect(hasDisplay('linux', {})).toBe(false)
  expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'w' })).toBe(true)
  expect(hasDisplay('win32', {})).toBe(true)
})

test('the X authority holds its one secret for any display', () => {
  const file = authorityFile(Buffer.alloc(16, 7))
  expect(file.subarray(0, 6)).toEqual(Buffer.from([0xff, 0xff, 0, 0, 0, 0]))
  expect(file.subarray(8, 26).toString()).toBe('MIT-MAGIC-COOKIE-1')
  expect(file.subarray(-16)).toEqual(Buffer.alloc(16, 7))
})
