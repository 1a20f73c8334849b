import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { mostSmallBytes } from '../../shared/catalogue/small-pictures.ts'
import { isPublicLink, readRoute } from '../links/link-reach.ts'
import { isPublicAddress } from '../links/public-address.ts'
import type { Clock } from '../ports/clock.ts'
import type { FetchLike } from '../ports/fetch-like.ts'
import type { Log } from '../ports/log.ts'
import { readByteRange } from './byte-range.ts'
import { createMediaService, type MediaServiceOptions } from './media-service.ts'
import { sniffMedia } from './sniff-media.ts'

const sample = new URL('../../../resources/sample/', import.meta.url)
const picture = await readFile(new URL('adaeze.png', sample))
const clip = await readFile(new URL('adaeze.mp4', sample))

let folder: string
let server: Server
let origin: string
let asked: string[]
let told: IncomingHttpHeaders[]
let answer: (response: ServerResponse, path: string) => void
let logged: string[]
let second: number

const clock: Clock = {
  nowAt: () => {
    second += 1
    return new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString()
  },
  monotonicMs: () => 0,
  wait: (_, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
}
const log: Log = {
  info: (message, facts) => logged.push(`${message} ${JSON.stringify(facts)}`),
  warn: (message, facts) => logged.push(`${message} ${JSON.stringify(facts)}`),
  bug: (error) => {
    throw error
  }
}

const service = (more: Partial<MediaServiceOptions> = {}) =>
  createMediaService({ fetch, cacheFolder: join(folder, 'cache'), clock, log, ...more })

const ask = (id: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Request(`media://${id}`, { headers, method })

/** A service that knows one thumbnail of the server on loopback. */
const knowing = (path: string, more: Partial<MediaServiceOptions> = {}) => {
  const media = service(more)
  const url = `${origin}${path}?sig=canary`
  const id = media.posterIdFor('acc_1', 'replica', path, url)
  media.remember(id, url, { allowLoopbackOrigin: origin })
  return { media, id }
}

const serve = (bytes: Buffer, headers: Record<string, string> = {}) => {
  answer = (response) => response.writeHead(200, headers).end(bytes)
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replica-desk-media-'))
  asked = []
  told = []
  logged = []
  second = 0
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    told.push(request.headers)
    answer(response, request.url ?? '')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  serve(picture)
})
afterEach(async () => {
  expect(logged.join('\n')).not.toContain('canary')
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true })
})

describe('ids', () => {
  test('do not change with the signature, but with everything else', () => {
    const media = service()
    const of = (...args: [string, string, string, string]) => media.posterIdFor(...args)
    const id = of('a', 'replica', 'r1', 'https://h/x.mp4?sig=1#f')
    expect(id).toMatch(/^[a-f0-9]{32}$/)
    expect(of('a', 'replica', 'r1', 'https://h/x.mp4?sig=2')).toBe(id)
    const others = [
      of('b', 'replica', 'r1', 'https://h/x.mp4'),
      of('a', 'video', 'r1', 'https://h/x.mp4'),
      of('a', 'replica', 'r2', 'https://h/x.mp4'),
      of('a', 'replica', 'r1', 'https://h/y.mp4')
    ]
    expect(new Set([id, ...others]).size).toBe(5)
  })
})

describe('serving', () => {
  test('fetches once, keeps the file, and serves it after a restart without the link', async () => {
    const { media, id } = knowing('/a.png')
    const response = await media.handle(ask(id))
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(picture.length),
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes'
    })
    expect(Buffer.from(await response.arrayBuffer()).equals(picture)).toBe(true)
    expect(await readdir(join(folder, 'cache'))).toEqual([`${id}.png`])
    expect((await service().handle(ask(id))).status).toBe(200)
    expect(asked).toHaveLength(1)
  })

  test.each([
    ['bytes=0-99', 0, 99],
    ['bytes=10-', 10, -1],
    ['bytes=-5', -5, -1],
    ['bytes=0-999999999', 0, -1]
  ])('a clip by range %s', async (range, from, to) => {
    serve(clip)
    const { media, id } = knowing('/a.mp4')
    const response = await media.handle(ask(id, { range }))
    const start = from < 0 ? clip.length + from : from
    const end = to < 0 ? clip.length - 1 : to
    expect(response.status).toBe(206)
    expect(response.headers.get('content-type')).toBe('video/mp4')
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end}/${clip.length}`)
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(bytes.equals(clip.subarray(start, end + 1))).toBe(true)
  })

  test('without telling its host what runs here', async () => {
    const { media, id } = knowing('/a.png')
    await media.handle(ask(id))
    expect(told).toMatchObject([{ 'user-agent': 'ReplicaDesk', 'accept-language': '*' }])
    expect(Object.keys(told[0] ?? {})).not.toContain('cookie')
  })

  test('a range beyond the end', async () => {
    const { media, id } = knowing('/a.png')
    const response = await media.handle(ask(id, { range: `bytes=${picture.length}-` }))
    expect(response.status).toBe(416)
    expect(response.headers.get('content-range')).toBe(`bytes */${picture.length}`)
  })

  test.each([
    ['0'.repeat(32), 'GET'],
    ['999999', 'GET'],
    ['0'.repeat(33), 'GET'],
    [`${'0'.repeat(32)}/../x`, 'GET'],
    [`${'0'.repeat(32)}?x`, 'GET'],
    [`${'0'.repeat(32)}/207`, 'GET'],
    [`${'0'.repeat(32)}/208/x`, 'GET'],
    [`${'0'.repeat(32)}/208?x`, 'GET'],
    [`%2e%2e%2f${'0'.repeat(23)}`, 'GET']
  ])('%s is not there', async (id, method) => {
    expect((await service().handle(ask(id, {}, method))).status).toBe(404)
    expect(asked).toHaveLength(0)
  })

  test('other methods get nothing', async () => {
    const { media, id } = knowing('/a.png')
    expect((await media.handle(ask(id, {}, 'DELETE'))).status).toBe(404)
    expect(asked).toHaveLength(0)
  })
})

describe('what is not served', () => {
  const gif = (width: number, height: number) => {
    const bytes = Buffer.from('GIF89a\0\0\0\0\0\0\0')
    bytes.writeUInt16LE(width, 6)
    bytes.writeUInt16LE(height, 8)
    return bytes
  }
  test.each<[string, Buffer, Record<string, string>]>([
    [
      'SVG',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      { 'content-type': 'image/svg+xml' }
    ],
    ['HTML that says it is PNG', Buffer.from('<!doctype html>'), { 'content-type': 'image/png' }],
    ['nothing', Buffer.alloc(0), {}],
    ['more than 5 MB', Buffer.concat([picture, Buffer.alloc(5 * 1024 * 1024)]), {}],
    ['more than 40 megapixels', gif(8_000, 5_001), {}],
    ['no pixels', gif(0, 10), {}]
  ])('%s', async (_, bytes, headers) => {
    serve(bytes, headers)
    const { media, id } = knowing('/a')
    expect((await media.handle(ask(id))).status).toBe(404)
    expect(asked).toHaveLength(1)
  })

  test.each([301, 302, 403, 404, 206, 500])('an answer of %i', async (status) => {
    answer = (response) => response.writeHead(status, { location: '/b.png' }).end(picture)
    const { media, id } = knowing('/a.png')
    expect((await media.handle(ask(id))).status).toBe(404)
    expect(asked).toHaveLength(1)
  })

  test('a picture cut short, which is asked for again the next time', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-length': String(picture.length) })
      response.write(picture.subarray(0, 100), () => response.socket?.destroy())
    }
    const { media, id } = knowing('/a.png')
    expect((await media.handle(ask(id))).status).toBe(404)
    serve(picture)
    expect((await media.handle(ask(id))).status).toBe(200)
  })

  test.each([
    'http://93.184.216.34/x.png',
    'https://localhost/x.png',
    'https://10.0.0.1/x.png',
    'https://user@93.184.216.34/x.png',
    'https://93.184.216.34:8443/x.png',
    'file:///etc/passwd',
    'no link'
  ])('%s is not fetched', async (url) => {
    const fetched: string[] = []
    const media = service({
      fetch: (link) => {
        fetched.push(link)
        return Promise.reject(new Error('net::ERR_FAILED'))
      }
    })
    const id = media.posterIdFor('a', 'replica', 'r', url)
    media.remember(id, url, { allowLoopbackOrigin: 'http://127.0.0.1:1' })
    expect((await media.handle(ask(id))).status).toBe(404)
    expect(fetched).toEqual([])
  })

  test('a public link is fetched without redirects, cookies and cache', async () => {
    const inits: unknown[] = []
    const media = service({
      network: { lookup: async () => ['93.184.216.34'], routeOf: async () => 'direct' },
      fetch: (_, { signal, ...init }) => {
        inits.push({ ...init, hasSignal: signal instanceof AbortSignal })
        return Promise.resolve(new Response(picture))
      }
    })
    const id = media.posterIdFor('a', 'replica', 'r', 'https://cdn.example.com/x.png')
    media.remember(id, 'https://cdn.example.com/x.png', { allowLoopbackOrigin: null })
    expect((await media.handle(ask(id))).status).toBe(200)
    expect(inits).toEqual([
      {
        redirect: 'error',
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        headers: { 'user-agent': 'ReplicaDesk', 'accept-language': '*' },
        hasSignal: true
      }
    ])
  })
})

/** What a page could hand over: a WebP of 208 by 208 pixels, as far as its head says. */
const webp = (size = 300): Buffer => {
  const bytes = Buffer.alloc(size)
  bytes.write('RIFF', 0, 'latin1')
  bytes.write('WEBPVP8X', 8, 'latin1')
  bytes.writeUIntLE(207, 24, 3)
  bytes.writeUIntLE(207, 27, 3)
  return bytes
}

const bytesOf = async (response: Response): Promise<Buffer> =>
  Buffer.from(await response.arrayBuffer())

describe('small copies', () => {
  const inCache = async () => (await readdir(join(folder, 'cache'))).sort()

  test('are served where they are enough, and what came where they are not', async () => {
    const { media, id } = knowing('/a.png')
    expect((await bytesOf(await media.handle(ask(`${id}/208`)))).equals(picture)).toBe(true)
    expect(await media.keepSmall(id, 208, webp())).toBe(true)
    expect((await bytesOf(await media.handle(ask(`${id}/208`)))).equals(webp())).toBe(true)
    expect((await bytesOf(await media.handle(ask(`${id}/416`)))).equals(picture)).toBe(true)
    expect((await bytesOf(await media.handle(ask(id)))).equals(picture)).toBe(true)
    expect(asked).toHaveLength(1)
  })

  test('of a clip are its still; without one there is no picture of it', async () => {
    serve(clip)
    const { media, id } = knowing('/a.mp4')
    expect((await media.handle(ask(`${id}/208`))).status).toBe(404)
    expect(await media.keepSmall(id, 208, webp())).toBe(true)
    const still = await media.handle(ask(`${id}/208`))
    expect(still.headers.get('content-type')).toBe('image/webp')
    expect((await media.handle(ask(id))).headers.get('content-type')).toBe('video/mp4')
  })

  test('go with what they are copies of, and are no copies of what is not kept', async () => {
    const { media, id } = knowing('/a.png')
    expect(await media.keepSmall(id, 208, webp())).toBe(false)
    await media.handle(ask(id))
    await media.keepSmall(id, 208, webp())
    await media.keepSmall(id, 416, webp())
    expect(await inCache()).toEqual([`${id}.208.webp`, `${id}.416.webp`, `${id}.png`])
    await media.forget([id])
    expect(await inCache()).toEqual([])
    expect(await media.keepSmall(id, 208, webp())).toBe(false)
    expect(await inCache()).toEqual([])
  })

  test('are not what is left of something that is erased while they are written', async () => {
    let beforeItIsThere = (): void => undefined
    const nowAt = () => {
      beforeItIsThere()
      return clock.nowAt()
    }
    const { media, id } = knowing('/a.png', { clock: { ...clock, nowAt } })
    await media.handle(ask(id))
    beforeItIsThere = () => rmSync(join(folder, 'cache', `${id}.png`))
    expect(await media.keepSmall(id, 208, webp())).toBe(false)
    expect(await inCache()).toEqual([])
  })

  test.each([
    ['no WebP', picture],
    ['nothing', Buffer.alloc(0)],
    ['more than a small picture takes', webp(mostSmallBytes + 1)]
  ])('%s is not kept', async (_, bytes) => {
    const { media, id } = knowing('/a.png')
    await media.handle(ask(id))
    expect(await media.keepSmall(id, 208, bytes)).toBe(false)
    expect(await inCache()).toEqual([`${id}.png`])
  })

  test('count as use of the whole, make room with it, and are in no list of what is kept', async () => {
    const media = service({ maxCacheBytes: () => picture.length * 2.4 })
    const load = async (name: string) => {
      const id = media.posterIdFor('a', 'replica', name, `${origin}/${name}`)
      media.remember(id, `${origin}/${name}`, { allowLoopbackOrigin: origin })
      await media.handle(ask(id))
      await media.keepSmall(id, 208, webp())
      return id
    }
    const [a, b] = [await load('a'), await load('b')]
    expect(await media.keptIds()).toEqual(new Set([a, b]))
    expect((await media.files()).map(({ name }) => name).sort()).toEqual(
      [`${a}.png`, `${b}.png`].sort()
    )
    await media.handle(ask(`${a}/208`))
    const c = await load('c')
    expect(await inCache()).toEqual([a, c].flatMap((id) => [`${id}.208.webp`, `${id}.png`]).sort())
  })

  test('of nothing are tidied away', async () => {
    const { media, id } = knowing('/a.png')
    await media.handle(ask(id))
    await writeFile(join(folder, 'cache', `${'c'.repeat(32)}.208.webp`), webp())
    await media.tidy()
    expect(await inCache()).toEqual([`${id}.png`])
  })
})

describe('many at once', () => {
  test('the same one shares a download, and no more than four run', async () => {
    const open: (() => void)[] = []
    let most = 0
    let arrived = (): void => undefined
    const four = new Promise<void>((resolve) => {
      arrived = () => {
        if (open.length === 4) resolve()
      }
    })
    const gated: FetchLike = async () => {
      await new Promise<void>((resolve) => {
        open.push(resolve)
        most = Math.max(most, open.length)
        arrived()
      })
      return new Response(picture)
    }
    const media = service({ fetch: gated })
    const ids = Array.from({ length: 7 }, (_, number) => {
      const url = `${origin}/${number}.png`
      const id = media.posterIdFor('a', 'replica', String(number), url)
      media.remember(id, url, { allowLoopbackOrigin: origin })
      return id
    })
    let ended = 0
    const all = Promise.all(
      [...ids, ...ids].map((id) =>
        media.handle(ask(id)).then(({ status }) => {
          ended += 1
          return status
        })
      )
    )
    await four
    expect([most, ended]).toEqual([4, 0])
    const release = async () => {
      while (ended < 14) {
        open.shift()?.()
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
    await release()
    expect(await all).toEqual(Array(14).fill(200))
    expect(most).toBe(4)
    expect(await readdir(join(folder, 'cache'))).toHaveLength(7)
  })

  test('the least recently used make room', async () => {
    const media = service({ maxCacheBytes: () => picture.length * 2.2 })
    const load = async (name: string) => {
      const id = media.posterIdFor('a', 'replica', name, `${origin}/${name}`)
      media.remember(id, `${origin}/${name}`, { allowLoopbackOrigin: origin })
      await media.handle(ask(id))
      return `${id}.png`
    }
    const a = await load('a')
    await load('b')
    await load('a')
    const c = await load('c')
    expect((await readdir(join(folder, 'cache'))).sort()).toEqual([a, c].sort())
  })

  test('what a crash left half written goes', async () => {
    await mkdir(join(folder, 'cache'))
    await writeFile(join(folder, 'cache', 'half.png.1.new'), 'half')
    const { media, id } = knowing('/a.png')
    await media.handle(ask(id))
    expect(await readdir(join(folder, 'cache'))).toEqual([`${id}.png`])
  })

  test('a cache that cannot be read or written does not hide the picture', async () => {
    await writeFile(join(folder, 'cache'), 'a file in its place')
    const { media, id } = knowing('/a.png')
    expect((await media.handle(ask(id))).status).toBe(200)
  })
})

describe('readByteRange', () => {
  test.each([
    [null, 'whole'],
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=9-20', { start: 9, end: 9 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=-99', { start: 0, end: 9 }],
    ['bytes=5-2', 'whole'],
    ['bytes=-', 'whole'],
    ['bytes=0-1,4-5', 'whole'],
    ['items=0-1', 'whole'],
    ['bytes=1e1-', 'whole']
  ])('%s of ten bytes', (header, range) => {
    expect(readByteRange(header, 10)).toEqual(range)
  })
})

describe('sniffMedia', () => {
  const webp = (chunk: string, write: (bytes: Buffer) => void) => {
    const bytes = Buffer.alloc(32)
    bytes.write(`RIFF....WEBP${chunk}`, 'latin1')
    write(bytes)
    return bytes
  }
  const jpeg = (width: number, height: number) =>
    Buffer.from([
      0xff,
      0xd8,
      0xff,
      0xe0,
      0,
      4,
      1,
      2,
      0xff,
      0xff,
      0xc2,
      0,
      11,
      8,
      height >> 8,
      height & 255,
      width >> 8,
      width & 255,
      3,
      0,
      0
    ])
  test.each<[string, Buffer, string | null]>([
    ['png', picture, 'image/png'],
    ['png without a size', picture.subarray(0, 20), null],
    ['mp4', clip, 'video/mp4'],
    ['jpeg', jpeg(640, 480), 'image/jpeg'],
    ['huge jpeg', jpeg(65_000, 65_000), null],
    ['jpeg without a frame', Buffer.from([0xff, 0xd8, 0xff, 0xd9, 0, 0]), null],
    ['webp lossy', webp('VP8 ', (b) => b.writeUInt32LE(0x0100_0100, 26)), 'image/webp'],
    ['webp lossless', webp('VP8L', (b) => b.writeUInt32LE(0x0000_4001, 21)), 'image/webp'],
    ['webp extended', webp('VP8X', (b) => b.writeUIntLE(99, 24, 3)), 'image/webp'],
    ['huge webp', webp('VP8X', (b) => b.fill(0xff, 24, 30)), null],
    ['unknown webp', webp('VP9 ', () => undefined), null],
    ['webm', Buffer.from('\x1a\x45\xdf\xa3\x01\x42\x82\x84webm', 'latin1'), 'video/webm'],
    ['matroska', Buffer.from('\x1a\x45\xdf\xa3\x01\x42\x82\x88matroska', 'latin1'), null],
    ['pdf', Buffer.from('%PDF-1.7 ............'), null]
  ])('%s', (_, bytes, contentType) => {
    expect(sniffMedia(bytes)?.contentType ?? null).toBe(contentType)
  })
})

describe('public addresses', () => {
  test.each([
    ['93.184.216.34', true],
    ['2606:2800:220:1::1', true],
    ['[2606:2800:220:1::1]', true],
    ['0.0.0.0', false],
    ['10.0.0.1', false],
    ['100.100.100.200', false],
    ['127.0.0.1', false],
    ['169.254.169.254', false],
    ['172.16.0.1', false],
    ['192.168.0.1', false],
    ['192.0.2.1', false],
    ['198.18.0.1', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['::', false],
    ['::1', false],
    ['::ffff:169.254.169.254', false],
    ['::127.0.0.1', false],
    ['64:ff9b::a00:1', false],
    ['64:ff9b::7f00:1', false],
    ['64:ff9b::a9fe:a9fe', false],
    ['64:ff9b::c612:2a', false],
    ['64:ff9b::a29f:8552', true],
    ['[64:ff9b::a29f:8552]', true],
    ['64:ff9b:1::a29f:8552', false],
    ['2002:7f00:1::', false],
    ['fc00::1', false],
    ['fe80::1', false],
    ['ff02::1', false],
    ['2001:db8::1', false],
    ['no address', false]
  ])('%s', (address, isPublic) => {
    expect(isPublicAddress(address)).toBe(isPublic)
  })

  test.each([
    ['https://cdn.example.com/x', ['93.184.216.34'], true],
    ['https://cdn.example.com/x', ['93.184.216.34', '10.0.0.1'], false],
    ['https://cdn.example.com/x', [], false],
    ['https://localhost./', ['93.184.216.34'], false],
    ['https://a.localhost/', ['93.184.216.34'], false],
    ['https://nas.local/', ['93.184.216.34'], false],
    ['https://metadata.internal./', ['93.184.216.34'], false],
    ['https://intranet/', ['93.184.216.34'], false],
    ['https://2130706433/', ['93.184.216.34'], false],
    ['https://93.184.216.34/', ['10.0.0.1'], true],
    // The same names as in a link that is typed: they lead inside, whatever they resolve to.
    ['https://desk.tail1234.ts.net/x', ['93.184.216.34'], false],
    ['https://nas.corp/x', ['93.184.216.34'], false],
    ['https://10.0.0.1.nip.io/x', ['93.184.216.34'], false],
    ['https://bucket.privatelink.blob.core.windows.net/x', ['93.184.216.34'], false],
    ['https://[64:ff9b::a29f:8552]/x', [], false],
    ['https://[4000::1]/x', [], false],
    ['https://[::ffff:169.254.169.254]/', ['93.184.216.34'], false]
  ])('%s that resolves to %j', async (link, addresses, isPublic) => {
    const network = { lookup: async () => addresses, routeOf: async () => 'direct' as const }
    expect(await isPublicLink(new URL(link), network).catch(() => false)).toBe(isPublic)
  })

  test.each<[string, string, readonly string[] | null, boolean]>([
    // The proxy resolves, so neither what this computer knows nor that it knows nothing decides.
    ['https://cdn.example.com/x', 'PROXY proxy.example:8080', ['198.18.0.42'], true],
    ['https://cdn.example.com/x', 'PROXY proxy.example:8080', null, true],
    ['https://cdn.example.com/x', 'SOCKS5 127.0.0.1:1080', [], true],
    ['https://cdn.example.com/x', 'HTTPS proxy.example:443;PROXY other:1', ['10.0.0.1'], true],
    // Past the proxy it would be reached at its own address.
    ['https://cdn.example.com/x', 'PROXY proxy.example:8080;DIRECT', null, true],
    ['https://cdn.example.com/x', 'PROXY proxy.example:8080; DIRECT', ['198.18.0.42'], true],
    ['https://cdn.example.com/x', 'PROXY proxy.example:8080;DIRECT', ['93.184.216.34'], true],
    ['https://cdn.example.com/x', 'PROXY proxy.example:8080;DIRECT', ['10.0.0.1'], false],
    ['https://cdn.example.com/x', 'DIRECT', ['198.18.0.42'], false],
    ['https://cdn.example.com/x', 'DIRECT', ['64:ff9b::a29f:8552'], true],
    ['https://cdn.example.com/x', 'DIRECT', ['64:ff9b::a00:1'], false],
    ['https://cdn.example.com/x', 'DIRECT;PROXY proxy.example:8080', ['10.0.0.1'], false],
    ['https://cdn.example.com/x', '', [], false],
    // A proxy reaches private places too, and some of them no other way.
    ['https://10.0.0.1/x', 'PROXY proxy.example:8080', null, false],
    ['https://198.18.0.42/x', 'PROXY proxy.example:8080', null, false],
    ['https://[64:ff9b::a00:1]/x', 'PROXY proxy.example:8080', null, false],
    ['https://localhost/x', 'PROXY proxy.example:8080', null, false],
    ['https://metadata.internal/x', 'PROXY proxy.example:8080', null, false],
    ['https://intranet/x', 'PROXY proxy.example:8080', null, false],
    ['https://cdn.example.com:8443/x', 'PROXY proxy.example:8080', null, false],
    ['http://cdn.example.com/x', 'PROXY proxy.example:8080', null, false]
  ])('%s through %s that resolves to %j', async (link, proxies, addresses, isPublic) => {
    const network = {
      lookup: async () => {
        if (addresses === null) throw new Error('net::ERR_NAME_NOT_RESOLVED')
        return addresses
      },
      routeOf: async () => readRoute(proxies)
    }
    const judged = await isPublicLink(new URL(link), network).catch(() => false)
    expect(judged).toBe(isPublic)
  })
})
