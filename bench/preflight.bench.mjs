import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, existsSync, renameSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { tsImport } from 'tsx/esm/api'
import { measureByTurns, toResult } from '../scripts/lib/measure.mjs'

const runTool = promisify(execFile)
const load = (path) => tsImport(path, import.meta.url)

const usual = { runs: 5, megabits: 40, seconds: 60, latencies: [0, 80] }

export const name = 'preflight'

/** The doctor on a link to a large MP4, index first and last, near and far, beside `ffprobe` on the same link. */
export async function run(_context, sizes = usual) {
  const { createVideoChecker } = await load('../src/main/preflight/video-checker.ts')
  const { systemClock } = await load('../src/main/clock.ts')
  const checker = createVideoChecker({ fetch, clock: systemClock })
  const results = []
  for (const place of ['first', 'last']) {
    const path = await largeVideo(place, sizes)
    for (const latencyMs of sizes.latencies) {
      results.push(...(await measureOne({ checker, path, place, latencyMs, runs: sizes.runs })))
    }
  }
  return results
}

async function measureOne({ checker, path, place, latencyMs, runs }) {
  const server = await serveRanges(path, latencyMs)
  try {
    const medians = await measureByTurns(
      runs,
      () => timed(() => diagnose(checker, server)),
      () => timed(() => runTool('ffprobe', ['-v', 'error', '-show_streams', server.link]))
    )
    server.forget()
    await diagnose(checker, server)
    const ours = server.counts()
    server.forget()
    await runTool('ffprobe', ['-v', 'error', '-show_streams', server.link])
    const theirs = server.counts()
    const what = `${name} index ${place}, ${latencyMs} ms`
    return [
      toResult(`${what}: time`, 'ms', medians),
      toResult(`${what}: read`, 'KB', { value: ours.bytes / 1024, floor: theirs.bytes / 1024 }),
      toResult(`${what}: requests`, 'requests', { value: ours.requests, floor: theirs.requests })
    ]
  } finally {
    server.close()
  }
}

async function timed(work) {
  const before = performance.now()
  await work()
  return performance.now() - before
}

async function diagnose(checker, { link, origin }) {
  const { check } = await checker.check(
    {
      source: { kind: 'link', url: link, allowLoopbackOrigin: origin },
      field: 'trainVideoUrl',
      fileName: 'large.mp4',
      model: '',
      validUntilAt: null
    },
    new AbortController().signal
  )
  if (check.facts?.width !== 1920) throw new Error('The large video was not read')
}

/** A storage on this computer, at some distance: every request waits, and what was sent is counted. */
async function serveRanges(path, latencyMs) {
  const { size } = statSync(path)
  let bytes = 0
  let requests = 0
  const server = createServer(async (request, response) => {
    requests += 1
    if (latencyMs > 0) await wait(latencyMs)
    const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? []
    const start = Number(from)
    const end = to === '' ? size - 1 : Math.min(Number(to), size - 1)
    response.writeHead(request.headers.range === undefined ? 200 : 206, {
      'content-type': 'video/mp4',
      'content-length': end - start + 1,
      'accept-ranges': 'bytes',
      'content-range': `bytes ${start}-${end}/${size}`,
      etag: '"large"'
    })
    const file = createReadStream(path, { start, end })
    file.on('data', (part) => {
      bytes += part.length
    })
    file.on('error', () => response.destroy())
    response.on('close', () => file.destroy())
    file.pipe(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${server.address().port}`
  return {
    origin,
    link: `${origin}/large.mp4`,
    counts: () => ({ bytes, requests }),
    forget: () => {
      bytes = 0
      requests = 0
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    }
  }
}

/** 1080p of so many megabits a second: two seconds, repeated. Kept between runs. */
async function largeVideo(place, { megabits, seconds }) {
  const folder = tmpdir()
  const target = join(folder, `replica-desk-large-${megabits}-${seconds}-${place}.mp4`)
  if (existsSync(target)) return target
  const clip = join(folder, `replica-desk-clip-${megabits}.mp4`)
  const rate = `${megabits}M`
  await runTool('ffmpeg', [
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i', 'testsrc2=size=1920x1080:rate=25:duration=2'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-b:v', rate],
    ...[
      '-minrate',
      rate,
      '-maxrate',
      rate,
      '-bufsize',
      '2M',
      '-x264-params',
      'nal-hrd=cbr:filler=1'
    ],
    clip
  ])
  await runTool('ffmpeg', [
    ...['-v', 'error', '-y', '-stream_loop', String(seconds / 2 - 1), '-i', clip],
    ...['-f', 'lavfi', '-i', `sine=duration=${seconds}`, '-map', '0:v', '-map', '1:a'],
    ...['-c:v', 'copy', '-c:a', 'aac', ...(place === 'first' ? ['-movflags', '+faststart'] : [])],
    `${target}.new.mp4`
  ])
  renameSync(`${target}.new.mp4`, target)
  return target
}
