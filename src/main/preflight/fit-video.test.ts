import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { corpusFile, corpusVideo } from '../../../test/main/preflight/video-corpus.ts'
import { systemClock } from '../clock.ts'
import { createVideoFitter } from './fit-video.ts'
import { createVideoChecker } from './video-checker.ts'

const fitter = createVideoFitter({ clock: systemClock, folders: () => process.env['PATH'] ?? '' })
const checker = createVideoChecker({
  fetch: () => Promise.reject(new Error('No network')),
  clock: systemClock,
  canFit: fitter.isThere
})
const never = new AbortController().signal

const videoAt = (path: string) => ({
  source: { kind: 'file', path } as const,
  field: 'trainVideoUrl' as const,
  fileName: 'take.mov',
  model: '',
  validUntilAt: null
})

const target = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'fit-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'take-fit.mp4')
}

test('a recording that only needs another container gets one', { timeout: 60_000 }, async () => {
  const path = await corpusFile(corpusVideo('recorder.mov'))
  const before = await checker.check(videoAt(path), never)
  expect(before.check).toMatchObject({
    canFit: 'remux',
    ffmpegCommand: expect.stringContaining('-c:v copy')
  })
  const to = target()
  expect(await fitter.fit(videoAt(path), to, () => undefined, never)).toBe('done')
  const { check } = await checker.check(videoAt(to), never)
  expect(check.findings.filter(({ level }) => level === 'refused' || level === 'warning')).toEqual(
    []
  )
  expect(check.facts).toMatchObject({ container: 'mp4', isFastStart: true })
})

test('what needs nothing is left alone, and what is given up leaves nothing behind', {
  timeout: 60_000
}, async () => {
  const good = await corpusFile(corpusVideo('good.mp4'))
  expect(await fitter.fit(videoAt(good), target(), () => undefined, never)).toBe('none')
  const stop = new AbortController()
  const to = target()
  const path = await corpusFile(corpusVideo('film-rate.mp4'))
  const fitting = fitter.fit(videoAt(path), to, () => stop.abort(), stop.signal)
  await expect(fitting).rejects.toThrow()
  expect([existsSync(to), existsSync(`${to}.part`)]).toEqual([false, false])
})

test('without the program nothing is offered', async () => {
  const none = createVideoFitter({ clock: systemClock, folders: () => '/nowhere' })
  expect(none.isThere()).toBe(false)
})
