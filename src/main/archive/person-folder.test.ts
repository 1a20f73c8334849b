import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { appendFile, mkdir, rename, symlink, truncate, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { createAskForMedia } from '../media/ask-for-media.ts'
import { sniffMedia } from '../media/sniff-media.ts'
import type { FolderItem, FolderOrder } from '../ports/person-folder.ts'
import { createPersonFolderWriter } from './person-folder.ts'

const log = { info: () => undefined, warn: () => undefined, bug: () => '' }
const pieceBytes = 64 * 1024
const pieces = 8
let server: Server
let origin = ''
let parent = ''
let asked: string[] = []
/** Called after each piece of a film has left. */
let onPiece = () => undefined as unknown

/** A film of its own for each address. */
const filmOf = (path: string): Buffer =>
  Buffer.concat([
    Buffer.from('\0\0\0\x18ftypmp42'),
    Buffer.alloc(pieceBytes * pieces, createHash('sha256').update(path).digest())
  ])

beforeEach(async () => {
  parent = mkdtempSync(join(tmpdir(), 'everything-'))
  asked = []
  onPiece = () => undefined
  server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '', 'http://localhost').pathname
    asked.push(path)
    if (path.startsWith('/gone')) {
      response.writeHead(404).end()
      return
    }
    const film = filmOf(path)
    response.writeHead(200, { 'content-length': String(film.length) })
    for (let at = 0; at < film.length; at += pieceBytes) {
      await new Promise((sent) => response.write(film.subarray(at, at + pieceBytes), sent))
      onPiece()
    }
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

const writer = createPersonFolderWriter({
  ask: createAskForMedia({ fetch, clock: systemClock, log }),
  extensionOf: (start) => sniffMedia(start)?.extension ?? null,
  clock: systemClock,
  mostBytes: 8 * 1024 ** 2
})

const items = (...labels: readonly string[]): readonly FolderItem[] =>
  labels.map((label) => ({ key: `key of ${label}`, label }))

const orderOf = (
  wanted: readonly FolderItem[],
  change: Partial<FolderOrder> = {}
): FolderOrder => ({
  parent,
  label: 'Everything of Ana',
  owner: 'per_ana',
  items: wanted,
  contentOf: async ({ key, label }) => ({
    metadata: { label },
    downloads: ['film', 'clip'].map((stem) => ({
      stem,
      url: `${origin}/${stem}/${encodeURIComponent(key)}?X-Amz-Signature=canary4signature`,
      allowLoopbackOrigin: origin
    })),
    texts: [],
    gaps: [],
    missing: null
  }),
  pagesOf: (saved) => [{ name: 'index.html', text: `<p>${saved.length}</p>` }],
  onProgress: () => undefined,
  ...change
})

const never = new AbortController().signal
const write = (order: FolderOrder, signal = never) => writer.write(order, signal)

const written = async (order: FolderOrder, signal = never) => {
  const answer = await write(order, signal)
  if (!answer.ok) throw new Error(answer.error.kind)
  return answer.value
}

const filesBelow = (root: string): readonly string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort()

const sumsOf = (root: string): ReadonlyMap<string, string> =>
  new Map(
    readFileSync(join(root, 'SHA256SUMS'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => [line.slice(66), line.slice(0, 64)])
  )

const expectSumsRight = (root: string): void => {
  const sums = sumsOf(root)
  const others = ['SHA256SUMS', 'unfinished.jsonl']
  expect([...sums.keys()].sort()).toEqual(filesBelow(root).filter((name) => !others.includes(name)))
  for (const [name, sum] of sums) {
    const bytes = readFileSync(join(root, name))
    expect(createHash('sha256').update(bytes).digest('hex'), name).toBe(sum)
  }
}

describe('a folder with everything', () => {
  it('has every file, its sum, and no link', async () => {
    const told: number[] = []
    const order = orderOf(items('replica Ana', 'video Ana'), {
      onProgress: (done) => told.push(done)
    })
    const { path, files, sizeBytes, sumsSha256, gaps } = await written(order)
    expect(gaps).toEqual([])
    expect(filesBelow(path)).toEqual([
      '0001 replica Ana/clip.mp4',
      '0001 replica Ana/film.mp4',
      '0001 replica Ana/metadata.json',
      '0002 video Ana/clip.mp4',
      '0002 video Ana/film.mp4',
      '0002 video Ana/metadata.json',
      'SHA256SUMS',
      'index.html',
      'unfinished.jsonl'
    ])
    expectSumsRight(path)
    const sums = readFileSync(join(path, 'SHA256SUMS'))
    expect(createHash('sha256').update(sums).digest('hex')).toBe(sumsSha256)
    expect(files).toBe(sumsOf(path).size)
    const sizes = [...sumsOf(path).keys()].map((name) => statSync(join(path, name)).size)
    expect(sizeBytes).toBe(sizes.reduce((sum, size) => sum + size, 0))
    expect(new Set(told)).toEqual(new Set([0, 1, 2]))
    for (const name of filesBelow(path)) {
      expect(readFileSync(join(path, name)).includes('canary4signature'), name).toBe(false)
    }
    await writer.finish(path)
    expect(existsSync(join(path, 'unfinished.jsonl'))).toBe(false)
  })

  it.skipIf(process.platform === 'win32')('passes sha256sum, with names of any kind', async () => {
    const labels = [
      '../../etc/passwd',
      'CON',
      'a\\b\nc',
      '“Zoë” 東京 😀',
      '-rf *',
      '.',
      'x'.repeat(300)
    ]
    const { path, gaps } = await written(orderOf(items(...labels)))
    expect(gaps).toEqual([])
    const said = execFileSync('sha256sum', ['-c', '--strict', 'SHA256SUMS'], { cwd: path })
    expect(said.toString().trimEnd().split('\n')).toHaveLength(labels.length * 3 + 1)
    expect(readdirSync(parent)).toHaveLength(1)
    for (const name of readdirSync(path)) expect(name).not.toMatch(/[\\/:*?"<>|\n]|[. ]$/)
  })

  it('tells what cannot be had as a gap, and tries it again when it goes on', async () => {
    let isThere = false
    const order = orderOf(items('video A'), {
      contentOf: async () => ({
        metadata: {},
        downloads: [
          {
            stem: 'film',
            url: `${origin}/${isThere ? 'film' : 'gone'}`,
            allowLoopbackOrigin: origin
          }
        ],
        texts: [],
        gaps: [],
        missing: null
      })
    })
    expect((await written(order)).gaps).toEqual([{ name: '0001 video A/film', reason: 'gone' }])
    isThere = true
    const again = await written(order)
    expect(again.gaps).toEqual([])
    expectSumsRight(again.path)
  })

  it('is another one when the first is finished, or is of somebody else', async () => {
    const first = await written(orderOf(items('video A')))
    const other = await written(orderOf(items('video A'), { owner: 'per_ben' }))
    expect(other.path).not.toBe(first.path)
    await writer.finish(first.path)
    const second = await written(orderOf(items('video A')))
    expect(second.folderName).toBe('Everything of Ana (3)')
  })
})

describe('going on', () => {
  const four = items('video A', 'video B', 'video C', 'video D')

  it.each([1, 5, 8, 20, 33, 47, 60])(
    'after it was ended at piece %i, fetches nothing that is whole',
    async (last) => {
      const stop = new AbortController()
      let left = last
      onPiece = () => {
        left -= 1
        if (left === 0) stop.abort()
      }
      expect(await write(orderOf(four), stop.signal)).toMatchObject({ error: { kind: 'canceled' } })
      const [name = ''] = readdirSync(parent)
      expect(existsSync(join(parent, name, 'SHA256SUMS'))).toBe(false)
      const whole = filesBelow(join(parent, name)).filter((file) => file.endsWith('.mp4'))
      const before = asked.length
      onPiece = () => undefined
      const { path, gaps } = await written(orderOf(four))
      expect([path, gaps]).toEqual([join(parent, name), []])
      expectSumsRight(path)
      expect(asked.length - before).toBe(8 - whole.length)
      expect(filesBelow(path).filter((file) => file.includes('partial'))).toEqual([])
    }
  )

  it('fetches again what was changed, cut or replaced by a link, and leaves no half file', async () => {
    const { path } = await written(orderOf(four))
    await appendFile(join(path, '0001 video A/film.mp4'), 'x')
    await truncate(join(path, '0002 video B/clip.mp4'), 100)
    await rename(join(path, '0003 video C/film.mp4'), join(parent, 'elsewhere'))
    await symlink(join(parent, 'elsewhere'), join(path, '0003 video C/film.mp4'))
    await writeFile(join(path, '0004 video D/film.4711.partial'), 'half')
    await appendFile(join(path, 'unfinished.jsonl'), '{"key":"key of vid')
    asked = []
    await written(orderOf(four))
    expect(asked.map((name) => decodeURIComponent(name)).sort()).toEqual([
      '/clip/key of video B',
      '/film/key of video A',
      '/film/key of video C'
    ])
    expectSumsRight(path)
    const elsewhere = readFileSync(join(parent, 'elsewhere'))
    expect(elsewhere.equals(filmOf('/film/key%20of%20video%20C'))).toBe(true)
    asked = []
    await written(orderOf(four))
    expect(asked).toEqual([])
  })

  it('is the same folder whichever of the two is chosen, and whatever something is called by now', async () => {
    const { path } = await written(orderOf(items('video A', 'video B')))
    asked = []
    const renamed = [{ key: 'key of video B', label: 'video Renamed' }, ...items('video E')]
    const again = await written(orderOf(renamed, { parent: path }))
    expect(again.path).toBe(path)
    expect(asked.map((name) => decodeURIComponent(name))).toEqual([
      '/film/key of video E',
      '/clip/key of video E'
    ])
    // What is not of the person any more is not handed over.
    expect(readdirSync(path).sort()).toEqual([
      '0002 video B',
      '0002 video E',
      'SHA256SUMS',
      'index.html',
      'unfinished.jsonl'
    ])
    expectSumsRight(path)
  })

  it('takes no name from a journal that the app would not give', async () => {
    await mkdir(join(parent, 'Everything'))
    await writeFile(join(parent, 'precious'), 'precious')
    const lines = [
      { format: 'replica-desk-unfinished', version: 1, owner: 'per_ana' },
      { key: 'key of video A', folder: '..' },
      { key: 'other', folder: '../' },
      { key: 'another', folder: 'Fine' },
      { key: 'another', name: '../../precious', sizeBytes: 8, sha256: 'x' }
    ]
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    await writeFile(join(parent, 'Everything', 'unfinished.jsonl'), `${text}null\n[]\n7\n`)
    const { path } = await written(orderOf(items('video A')))
    expect(path).toBe(join(parent, 'Everything'))
    expect(readFileSync(join(parent, 'precious'), 'utf8')).toBe('precious')
    expectSumsRight(path)
  })

  it.skipIf(process.platform === 'win32')(
    'after a disk was full, with what was whole',
    async () => {
      const kit = new URL('../../../test/main/archive/save-folder-beyond-limit.ts', import.meta.url)
        .pathname
      const command = [
        '-c',
        'ulimit -f 64; exec "$@"',
        'sh',
        process.execPath,
        '--import',
        'tsx',
        kit
      ]
      const said = execFileSync('sh', [...command, parent], { encoding: 'utf8' })
      expect(JSON.parse(said)).toEqual({
        ok: false,
        error: { kind: 'storage-failed', reason: 'disk-full' }
      })
      const [name = ''] = readdirSync(parent)
      expect(filesBelow(join(parent, name))).toEqual([
        '0001 video A/metadata.json',
        'unfinished.jsonl'
      ])
      const again = await written(orderOf([{ key: 'a', label: 'video A' }], { owner: 'per_1' }))
      expect(again.folderName).toBe(name)
      expectSumsRight(again.path)
    }
  )
})

it('says so if the folder cannot be written', async () => {
  await writeFile(join(parent, 'file'), '')
  const answer = await write(orderOf([], { parent: join(parent, 'file') }))
  expect(answer).toMatchObject({
    ok: false,
    error: { kind: 'storage-failed', reason: 'no-access' }
  })
})
