import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { corpusFile, corpusVideo } from '../../../test/main/preflight/video-corpus.ts'
import { systemClock } from '../clock.ts'
import { createVideoFitter, programFolders } from './fit-video.ts'
import { createVideoChecker } from './video-checker.ts'

const fitter = createVideoFitter({
  clock: systemClock,
  folders: () => programFolders(process.env['PATH'] ?? '', process.platform)
})
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
  expect(readdirSync(dirname(to))).toEqual([])
})

test('without the program nothing is offered', async () => {
  const none = createVideoFitter({ clock: systemClock, folders: () => ['/nowhere'] })
  expect(none.isThere()).toBe(false)
})

test('a folder of its name, and a file that cannot be run, are no program', () => {
  const folder = dirname(target())
  const fitterIn = () => createVideoFitter({ clock: systemClock, folders: () => [folder] })
  mkdirSync(join(folder, 'ffmpeg'))
  expect(fitterIn().isThere()).toBe(false)
  rmdirSync(join(folder, 'ffmpeg'))
  writeFileSync(join(folder, 'ffmpeg'), '')
  expect(fitterIn().isThere()).toBe(false)
  chmodSync(join(folder, 'ffmpeg'), 0o755)
  expect(fitterIn().isThere()).toBe(true)
})

test('on a Mac the folders of Homebrew and MacPorts are looked into as well', () => {
  const path = ['/usr/bin', '', 'tools', '/bin'].join(delimiter)
  expect(programFolders(path, 'linux')).toEqual(['/usr/bin', '/bin'])
  expect(programFolders(path, 'darwin')).toEqual([
    '/usr/bin',
    '/bin',
    '/opt/homebrew/bin',
    '/usr/local/bin',
    '/opt/local/bin'
  ])
})

test('a file of the person beside the new one stays', { timeout: 60_000 }, async () => {
  const path = await corpusFile(corpusVideo('recorder.mov'))
  const to = target()
  writeFileSync(`${to}.part`, 'Mine')
  expect(await fitter.fit(videoAt(path), to, () => undefined, never)).toBe('done')
  expect(readdirSync(dirname(to)).sort()).toEqual(['take-fit.mp4', 'take-fit.mp4.part'])
  expect(readFileSync(`${to}.part`, 'utf8')).toBe('Mine')
})

test('an index at the end goes to the front, and the pictures stay', {
  timeout: 60_000
}, async () => {
  const path = await corpusFile(corpusVideo('good-moov-last.mp4'))
  const before = await checker.check(videoAt(path), never)
  expect(before.check).toMatchObject({
    canFit: 'remux',
    ffmpegCommand: expect.stringMatching(/-c:v copy -c:a copy -movflags \+faststart/)
  })
  const to = target()
  expect(await fitter.fit(videoAt(path), to, () => undefined, never)).toBe('done')
  const { check } = await checker.check(videoAt(to), never)
  expect(check.facts).toMatchObject({ isFastStart: true, videoCodec: 'avc' })
  expect(check.ffmpegCommand).toBeNull()
})
