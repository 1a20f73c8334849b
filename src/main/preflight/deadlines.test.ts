import { execFileSync } from 'node:child_process'
import {
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  rmSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { answerRange, startFaultServer } from '../../../test/main/preflight/fault-server.ts'
import { corpusFile, corpusVideo } from '../../../test/main/preflight/video-corpus.ts'
import { systemClock } from '../clock.ts'
import type { Clock } from '../ports/clock.ts'
import type { VideoSource, VideoToCheck } from '../ports/video-checker.ts'
import { createVideoChecker } from './video-checker.ts'

const never = new AbortController().signal

const video = (source: VideoSource): VideoToCheck => ({
  source,
  field: 'trainVideoUrl',
  fileName: 'take.mp4',
  model: '',
  validUntilAt: null
})

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'deadlines-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

test('a file that cannot be read in time ends with a finding, as on a drive that went away', async () => {
  const path = join(folder(), 'take.mp4')
  execFileSync('mkfifo', [path])
  const checker = createVideoChecker({ fetch, clock: systemClock, deadlineMs: 100 })
  const { check, isAnswered } = await checker.check(video({ kind: 'file', path }), never)
  // Lets the system's own wait end.
  closeSync(openSync(path, constants.O_RDWR | constants.O_NONBLOCK))
  expect(isAnswered).toBe(false)
  expect(check).toMatchObject({
    state: 'failed',
    findings: [{ code: 'file-silent', level: 'warning' }]
  })
})

test('a file that claims an index of a gigabyte is read in small pieces', async () => {
  const path = join(folder(), 'take.mp4')
  const bytes = Buffer.alloc(24)
  bytes.writeUInt32BE(16, 0)
  bytes.write('ftypisom', 4, 'latin1')
  bytes.writeUInt32BE(1024 ** 3 - 16, 16)
  bytes.write('moov', 20, 'latin1')
  writeFileSync(path, bytes)
  truncateSync(path, 1024 ** 3)
  const checker = createVideoChecker({ fetch, clock: systemClock })
  const { check } = await checker.check(video({ kind: 'file', path }), never)
  expect(check.facts).toMatchObject({ container: 'mp4', sizeBytes: 1024 ** 3 })
  expect(check.bytesRead).toBeLessThan(1024 * 1024)
})

test('a look is not kept waiting by checks, and ends with what it found by then', async () => {
  const last = await readFile(await corpusFile(corpusVideo('good-moov-last.mp4')))
  const held = await startFaultServer(last, () => undefined)
  let end = (): void => undefined
  const over = new Promise<void>((resolve) => {
    end = resolve
  })
  const slow = await startFaultServer(last, (call) => {
    if (call.before === 0) answerRange(call)
    else end()
  })
  onTestFinished(async () => {
    await held.close()
    await slow.close()
  })
  const stop = new AbortController()
  const lookMs = 8000
  const clock: Clock = {
    ...systemClock,
    wait: (ms, signal) => (ms === lookMs ? over : systemClock.wait(ms, signal))
  }
  const checker = createVideoChecker({ fetch, clock, lookMs })
  const linkTo = ({ link, origin }: typeof held) =>
    video({ kind: 'link', url: link, allowLoopbackOrigin: origin })
  const waiting = Array.from({ length: 5 }, () => checker.check(linkTo(held), stop.signal))
  const { check, isAnswered } = await checker.look(linkTo(slow), never)
  expect(isAnswered).toBe(false)
  expect(check).toMatchObject({
    state: 'done',
    facts: { container: 'mp4', sizeBytes: last.length },
    findings: [{ code: 'link-silent' }, { code: 'format-mp4' }, { code: 'size-ok' }]
  })
  stop.abort(new Error('Over'))
  expect((await Promise.allSettled(waiting)).map(({ status }) => status)).toEqual(
    Array.from({ length: 5 }, () => 'rejected')
  )
}, 60_000)

test.each(['b-frames.mp4', 'fragmented-mixed.mp4'])(
  'an index that claims billions of frames is not counted through: %s',
  async (name) => {
    const bytes = await readFile(await corpusFile(corpusVideo(name)))
    for (let at = bytes.indexOf('stts'); at !== -1; at = bytes.indexOf('stts', at + 4)) {
      if (bytes.readUInt32BE(at + 8) > 0) bytes.writeUInt32BE(0x7fff_ffff, at + 12)
    }
    const path = join(folder(), 'take.mp4')
    writeFileSync(path, bytes)
    const checker = createVideoChecker({ fetch, clock: systemClock })
    const { check } = await checker.check(video({ kind: 'file', path }), never)
    expect(check).toMatchObject({ state: 'done', facts: { videoCodec: 'avc', hasAudio: true } })
  },
  60_000
)

test('a run of a fragment that claims billions of frames is not counted through', async () => {
  const bytes = await readFile(await corpusFile(corpusVideo('fragmented.mp4')))
  for (let at = bytes.indexOf('trun'); at !== -1; at = bytes.indexOf('trun', at + 4)) {
    // Nothing is listed of any frame; all of it is said once, by the fragment's head.
    bytes.writeUInt32BE(0, at + 4)
    bytes.writeUInt32BE(0xffff_ffff, at + 8)
  }
  const path = join(folder(), 'take.mp4')
  writeFileSync(path, bytes)
  const checker = createVideoChecker({ fetch, clock: systemClock })
  const { check } = await checker.check(video({ kind: 'file', path }), never)
  expect(check).toMatchObject({
    facts: { videoCodec: 'avc', usualFrameRate: null },
    findings: expect.arrayContaining([expect.objectContaining({ code: 'unreadable' })])
  })
}, 60_000)
