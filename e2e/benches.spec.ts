import { join } from 'node:path'
import { expect } from '@playwright/test'
import { display, test } from './fixtures.ts'

const projectRoot = join(import.meta.dirname, '..')

/** What of the benches is used here; they are plain scripts. */
interface Benches {
  readonly seedLibrary: (folder: string, replicaCount: number) => Promise<void>
  readonly openEye: (env: NodeJS.ProcessEnv) => Promise<{ close(): void }>
  readonly startAlone: (folder: string, userDataDir: string, env: NodeJS.ProcessEnv) => unknown
  readonly learn: (eye: unknown, start: () => unknown) => Promise<Look>
  readonly timeOnDisplay: (
    eye: unknown,
    start: () => unknown,
    look: Look
  ) => Promise<{ readonly seenMs: number; readonly answeredMs: number }>
}

interface Look {
  readonly before: readonly { readonly runs: readonly unknown[] }[]
  readonly after: readonly { readonly runs: readonly unknown[] }[]
}

const load = async (file: string): Promise<Partial<Benches>> =>
  import(new URL(`../bench/${file}`, import.meta.url).href)

test('the bench of the start finds the faces on the display, clicks one and sees the answer', async ({
  userData
}) => {
  const { seedLibrary, openEye, startAlone, learn, timeOnDisplay } = {
    ...(await load('seed-library.mjs')),
    ...(await load('eye.mjs'))
  } as Benches
  await seedLibrary(userData, 30)
  const env = { ...process.env, ...display() }
  const eye = await openEye(env)
  const start = () => startAlone(projectRoot, userData, env)
  const look = await learn(eye, start)
  expect(look.before.length).toBeGreaterThan(5)
  expect(look.before[0]?.runs.length).toBeGreaterThan(3)
  expect(look.after).not.toEqual(look.before)
  const { seenMs, answeredMs } = await timeOnDisplay(eye, start, look)
  expect(seenMs).toBeGreaterThan(0)
  expect(answeredMs).toBeGreaterThan(seenMs)
  eye.close()
})
