import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { createAskForMedia } from '../media/ask-for-media.ts'
import { sniffMedia } from '../media/sniff-media.ts'
import type { ArchiveItem } from '../ports/archive-writer.ts'
import { createArchiveWriter } from './archive-writer.ts'
import { safeName } from './safe-name.ts'

const film = Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42'), Buffer.alloc(300_000, 7)])
const log = { info: () => undefined, warn: () => undefined, bug: () => '' }
let server: Server
let origin = ''
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archive-'))
  server = createServer((request, response) => {
    switch (request.url) {
      case '/film':
        response.end(film)
        return
      case '/page':
        response.end('<html>Sign in</html>')
        return
      case '/half':
        response.writeHead(200, { 'content-length': String(film.length) })
        response.write(film.subarray(0, 1000), () => request.socket.destroy())
        return
      case '/moved':
        response.writeHead(302, { location: '/film' }).end()
        return
      default:
        response.writeHead(request.url === '/denied' ? 403 : 404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => server.close())

const writerWith = (mostBytes = 1024 ** 2) =>
  createArchiveWriter({
    ask: createAskForMedia({ fetch, clock: systemClock, log }),
    extensionOf: (start) => sniffMedia(start)?.extension ?? null,
    clock: systemClock,
    mostBytes
  })

const item = (label: string, path: string | null): ArchiveItem => ({
  label,
  metadata: { name: label, seconds: 3 },
  downloads: [
    {
      stem: 'video',
      url: path === null ? null : `${origin}${path}`,
      allowLoopbackOrigin: origin
    }
  ]
})

const save = async (
  items: readonly ArchiveItem[],
  mostBytes?: number,
  signal = new AbortController().signal
) =>
  writerWith(mostBytes).write(
    folder,
    'Last look: Ana/../Ben',
    { title: 'Ana' },
    items.length,
    async (index) => items[index] ?? item('none', null),
    signal
  )

const filesBelow = async (path: string): Promise<readonly string[]> =>
  (await readdir(path, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

describe('a last look', () => {
  it('saves facts and films, and names each with its size and checksum', async () => {
    const saved = await save([item('video Spring', '/film'), item('video Autumn', '/film')])
    if (!saved.ok) throw new Error(saved.error.kind)
    const { folderName, files, gaps } = saved.value
    expect(folderName).toBe('Last look_ Ana_.._Ben')
    expect(gaps).toEqual([])
    expect(files.map(({ name }) => name)).toEqual([
      '0001 video Spring/metadata.json',
      '0001 video Spring/video.mp4',
      '0002 video Autumn/metadata.json',
      '0002 video Autumn/video.mp4',
      'manifest.json'
    ])
    const root = join(folder, folderName)
    expect((await filesBelow(root)).length).toBe(files.length)
    for (const { name, sizeBytes, sha256 } of files) {
      const content = await readFile(join(root, name))
      expect(content.length).toBe(sizeBytes)
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256)
    }
    const manifest = JSON.parse(await readFile(join(root, 'manifest.json'), 'utf8'))
    expect(manifest).toMatchObject({ format: 'replica-desk-archive', title: 'Ana', gaps: [] })
    expect(manifest.files).toEqual(files.slice(0, -1))
  })

  it.each([
    ['no link', null, undefined, 'no-link'],
    ['a file that is gone', '/gone', undefined, 'gone'],
    ['a refusal', '/denied', undefined, 'unreachable'],
    ['a page in its place', '/page', undefined, 'unreachable'],
    ['a redirect', '/moved', undefined, 'unreachable'],
    ['half a file', '/half', undefined, 'broken-off'],
    ['more than may be saved', '/film', 1000, 'too-large']
  ] as const)('tells %s as a gap, and leaves no half file', async (_what, path, most, reason) => {
    const saved = await save([item('video One', path)], most)
    if (!saved.ok) throw new Error(saved.error.kind)
    expect(saved.value.gaps).toEqual([{ name: '0001 video One/video', reason }])
    const names = (await filesBelow(folder)).map((name) => name.split('/').at(-1))
    expect(names.sort()).toEqual(['manifest.json', 'metadata.json'])
  })

  it('asks nobody on this computer or its network on behalf of a link', async () => {
    const private_ = { stem: 'video', url: `${origin}/film`, allowLoopbackOrigin: null }
    const saved = await save([{ label: 'x', metadata: {}, downloads: [private_] }])
    expect(saved).toMatchObject({ value: { gaps: [{ reason: 'unreachable' }] } })
  })

  it('writes beside an older one, never into it', async () => {
    const first = await save([])
    const second = await save([])
    expect(first).toMatchObject({ value: { folderName: 'Last look_ Ana_.._Ben' } })
    expect(second).toMatchObject({ value: { folderName: 'Last look_ Ana_.._Ben (2)' } })
  })

  it('leaves nothing behind when it is given up', async () => {
    const stop = new AbortController()
    stop.abort()
    const saved = await save([item('video One', '/film')], undefined, stop.signal)
    expect(saved).toMatchObject({ ok: false, error: { kind: 'canceled' } })
    expect(await readdir(folder)).toEqual([])
  })

  it('says so if the folder cannot be written', async () => {
    await writeFile(join(folder, 'file'), '')
    const saved = await writerWith().write(
      join(folder, 'file'),
      'x',
      {},
      0,
      async () => item('x', null),
      new AbortController().signal
    )
    expect(saved).toMatchObject({ ok: false, error: { kind: 'storage-failed' } })
  })
})

it.each([
  ['../../etc/passwd', '_.._etc_passwd'],
  ['a:b*c?"<>|', 'a_b_c_____'],
  ['  .hidden. ', 'hidden'],
  ['José  Ångström', 'José Ångström'],
  ['line\nbreak\0', 'line_break_'],
  ['x'.repeat(200), 'x'.repeat(60)],
  ['CON', '_CON'],
  ['𠮷'.repeat(80), '𠮷'.repeat(50)]
])('%j becomes %j', (text, expected) => {
  expect(safeName(text)).toBe(expected)
})
