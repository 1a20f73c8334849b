import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inflateSync } from 'node:zlib'
import { describe, expect, it, onTestFinished, test } from 'vitest'
import { run as runExports } from '../../bench/export.bench.mjs'
import { answers, faceColor, pictureOf, runsOf, shows } from '../../bench/eye.mjs'
import { facePicture } from '../../bench/face-picture.mjs'
import { measureStore } from '../../bench/history-1m.bench.mjs'
import { startSandboxProcess } from '../../bench/sandbox-process.mjs'
import { seedHistory } from '../../bench/seed-history.mjs'
import { seedLibrary } from '../../bench/seed-library.mjs'
import { formatTable } from './measure.mjs'
import { projectRoot } from './project.mjs'

const benchFolder = join(projectRoot, 'bench')

const folderOf = (...parts) => {
  const folder = mkdtempSync(join(tmpdir(), 'benches-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const inside = join(folder, ...parts)
  mkdirSync(inside, { recursive: true })
  return inside
}

test('each bench can be loaded, and has a name of its own and something to run', async () => {
  const files = readdirSync(benchFolder).filter((file) => /\.bench\.mjs$/.test(file))
  const benches = await Promise.all(
    files.map((file) => import(pathToFileURL(join(benchFolder, file)).href))
  )
  expect(benches.map(({ name }) => `${name}.bench.mjs`).sort()).toEqual(files.sort())
  for (const { run } of benches) expect(run).toBeTypeOf('function')
})

describe('what is looked for on the display', () => {
  const [red, green, blue] = faceColor
  const pixels = (text) =>
    Buffer.concat(
      [...text].map((sign) => Buffer.from(sign === '#' ? [blue, green, red, 0] : [9, 9, 9, 0]))
    )

  test.each([
    [[], []],
    [[20, 0], []],
    [[2, 47, 2], []],
    [[2, 48, 1], [[2, 49]]],
    [[0, 60], [[0, 59]]],
    [
      [0, 48, 2, 12, 1, 50],
      [
        [0, 47],
        [63, 112]
      ]
    ]
  ])('%s: pixels of something else and of a face by turns', (lengths, runs) => {
    const line = [...lengths].map((length, index) => (index % 2 === 0 ? '.' : '#').repeat(length))
    expect(runsOf(pixels(line.join('')))).toEqual(runs)
  })

  test('is the middle of every seeded face', () => {
    const picture = facePicture(64, 64, faceColor)
    const data = picture.indexOf('IDAT')
    const rows = inflateSync(picture.subarray(data + 4, data + 4 + picture.readUInt32BE(data - 4)))
    const middle = 32 * (64 * 3 + 1) + 1 + 32 * 3
    expect([...rows.subarray(middle, middle + 3)]).toEqual(faceColor)
  })
})

describe('what is waited for', () => {
  const faces = [
    [0, 9],
    [20, 29]
  ]
  const none = Array(5).fill({ y: 0, runs: [] })
  const lines = (count) => [...none, ...Array(count).fill({ y: 0, runs: faces })]
  const learned = pictureOf([...lines(20), { y: 0, runs: [[0, 9]] }])

  it('is where the faces of the fullest line stand, and in how many lines', () => {
    expect(learned).toEqual({ columns: JSON.stringify(faces), count: 20 })
    expect(pictureOf(none)).toEqual({ columns: '[]', count: 0 })
  })

  it.each([
    ['all of it', lines(20), true],
    ['pushed down by a notice', lines(17), true],
    ['a row of faces short', lines(14), false],
    ['nothing yet', none, false]
  ])('%s: %s', (_what, seen, isShown) => {
    expect(shows(pictureOf(seen), learned)).toBe(isShown)
  })

  it.each([
    ['the same', faces, true],
    [
      'the pointer on the first one',
      [
        [3, 6],
        [20, 29]
      ],
      true
    ],
    [
      'as before the click',
      [
        [0, 9],
        [15, 24],
        [30, 39]
      ],
      false
    ],
    ['nothing', [], false]
  ])('after a click, %s: %s', (_what, runs, isAnswered) => {
    expect(answers(pictureOf([{ y: 0, runs }]), learned)).toBe(isAnswered)
  })
})

test('the store is measured over a seeded library and history, here of a few', async () => {
  const folder = folderOf('full')
  await seedLibrary(folder, 20)
  await seedHistory(folder, 40)
  expect(readdirSync(join(folder, 'thumbnails'))).toHaveLength(20)
  const sizes = { fewEvents: 10, searchRounds: 1, eventRuns: 3 }
  const lines = await measureStore({ tempDir: join(folder, '..') }, folder, sizes)
  expect(lines.map(({ name }) => name)).toEqual([
    'history-1m: search p50',
    'history-1m: search p99',
    'history-1m: filtered search p50',
    'history-1m: filtered search p99',
    'history-1m: filtered search, one step p99',
    'history-1m: timeline p50',
    'history-1m: chart',
    'history-1m: one durable event'
  ])
  for (const { value, floor, ratio } of lines) {
    for (const figure of [value, floor, ratio]) expect(figure).toBeGreaterThanOrEqual(0)
  }
  expect(formatTable(lines).split('\n')).toHaveLength(9)
}, 120_000)

test('exports are measured in each form, here of a few events', async () => {
  const tempDir = folderOf('exports')
  const lines = await runExports({ projectRoot, tempDir }, { eventCount: 60, fewEvents: 20 })
  expect(lines.map(({ name }) => name)).toEqual(
    ['jsonl, all', 'jsonl, shown', 'csv, all', 'report, all'].flatMap((way) => [
      `export: ${way}`,
      `export: ${way}, peak memory`,
      `export: ${way}, main event loop delay p99`
    ])
  )
  for (const { value } of lines) expect(value).toBeGreaterThan(0)
  expect(readdirSync(tempDir)).toEqual(['export-few', 'export-full'])
}, 120_000)

test('the sandbox of the benches lists what it was given, and counts how often', async () => {
  const sandbox = await startSandboxProcess({ projectRoot, replicaCount: 3, latencyMs: 0 })
  onTestFinished(sandbox.stop)
  const answer = await fetch(`${sandbox.origin}/v2/replicas?limit=10&page=1&replica_type=user`, {
    headers: { 'x-api-key': 'sandbox-key' }
  })
  expect((await answer.json()).data).toHaveLength(3)
  expect(await sandbox.countListings()).toBe(1)
})
