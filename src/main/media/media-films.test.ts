import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../../test/sandbox/faulty-sandbox.ts'
import { systemClock } from '../clock.ts'
import type { Log } from '../ports/log.ts'
import { createMediaService, type MediaService } from './media-service.ts'

const megabyte = 1024 * 1024
const filmBytes = 50 * megabyte
const sample = new URL('../../../resources/sample/', import.meta.url)
const picture = await readFile(new URL('adaeze.png', sample))
const clip = await readFile(new URL('adaeze.mp4', sample))

const log: Log = {
  info: () => undefined,
  warn: () => undefined,
  bug: (error) => {
    throw error
  }
}

let films: string
let sandbox: Sandbox
let cache: string
let media: MediaService

/** A file that begins like a film and is otherwise mostly a hole, with a number at each megabyte. */
const makeFilm = async (path: string): Promise<void> => {
  const file = await open(path, 'w')
  await file.write(clip, 0, clip.length, 0)
  for (let at = 1; at < 50; at += 1) await file.write(`at ${at}`, at * megabyte)
  await file.truncate(filmBytes)
  await file.close()
}

beforeAll(async () => {
  films = await mkdtemp(join(tmpdir(), 'replica-desk-films-'))
  await makeFilm(join(films, 'long.mp4'))
  sandbox = await startSandbox({ mediaDir: films })
})
afterAll(async () => {
  await sandbox.close()
  await rm(films, { recursive: true })
})
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'replica-desk-cache-'))
  media = createMediaService({ fetch, cacheFolder: cache, clock: systemClock, log })
})
afterEach(() => rm(cache, { recursive: true }))

const know = (url: string): string => {
  const id = media.posterIdFor('acc_1', 'video', url, url)
  media.remember(id, url, { allowLoopbackOrigin: new URL(url).origin })
  return id
}

const ask = (id: string, range?: string, method = 'GET') =>
  media.handle(
    new Request(`media://${id}`, { method, headers: range === undefined ? {} : { range } })
  )

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

const streamOf = (response: Response) => {
  if (response.body === null) throw new Error('Expected a body')
  return response.body
}

describe('a finished video of 50 MB', () => {
  const long = () => know(`${sandbox.origin}/media/long.mp4`)

  test('is handed on whole, to the byte, and kept nowhere', async () => {
    const response = await ask(long())
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': String(filmBytes),
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff'
    })
    const told = createHash('sha256')
    let largest = 0
    for await (const chunk of streamOf(response)) {
      told.update(chunk)
      largest = Math.max(largest, chunk.length)
    }
    const film = await readFile(join(films, 'long.mp4'))
    expect(told.digest('hex')).toBe(createHash('sha256').update(film).digest('hex'))
    expect(largest).toBeLessThan(megabyte)
    expect(await readdir(cache)).toEqual([])
  })

  test.each([
    ['bytes=0-99', 0, 100],
    [`bytes=${30 * megabyte}-${30 * megabyte + 4}`, 30 * megabyte, 5],
    [`bytes=${49 * megabyte}-`, 49 * megabyte, megabyte],
    ['bytes=-10', filmBytes - 10, 10]
  ])('by range %s', async (range, start, length) => {
    const response = await ask(long(), range)
    expect(response.status).toBe(206)
    expect(response.headers.get('content-range')).toBe(
      `bytes ${start}-${start + length - 1}/${filmBytes}`
    )
    const film = await readFile(join(films, 'long.mp4'))
    expect((await bytesOf(response)).equals(film.subarray(start, start + length))).toBe(true)
  })

  test('beyond its end', async () => {
    const response = await ask(long(), `bytes=${filmBytes}-`)
    expect(response.status).toBe(416)
    expect(response.headers.get('content-range')).toBe(`bytes */${filmBytes}`)
  })

  test('its headers alone', async () => {
    const response = await ask(long(), undefined, 'HEAD')
    expect(response.headers.get('content-type')).toBe('video/mp4')
    expect(response.body).toBeNull()
  })
})

describe('another server', () => {
  let server: Server
  let origin: string
  let answer: (request: IncomingMessage, response: ServerResponse) => void
  let asked: (string | undefined)[]

  beforeEach(async () => {
    asked = []
    server = createServer((request, response) => {
      asked.push(request.headers.range)
      answer(request, response)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterEach(() => {
    server.closeAllConnections()
    server.close()
  })

  /** Ends when the other side has hung up, and counts what it took until then. */
  const pour = (response: ServerResponse, start: Buffer = clip): Promise<number> => {
    let poured = 0
    const more = Buffer.alloc(64 * 1024)
    const write = () => {
      while (!response.destroyed && poured < filmBytes) {
        const chunk = poured === 0 ? start : more
        poured += chunk.length
        if (!response.write(chunk)) return
      }
    }
    response.on('drain', write)
    write()
    return once(response, 'close').then(() => poured)
  }

  test('is not read further than the window reads', async () => {
    let poured: Promise<number> | undefined
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': String(filmBytes) })
      poured = pour(response)
    }
    const response = await ask(know(`${origin}/v.mp4`))
    const reader = streamOf(response).getReader()
    await reader.read()
    // As long as it takes the sandbox to hand over 50 MB on the same machine.
    const other = await ask(know(`${sandbox.origin}/media/long.mp4`))
    for await (const _chunk of streamOf(other)) expect(_chunk.length).toBeGreaterThan(0)
    await reader.cancel()
    expect(await poured).toBeLessThan(filmBytes / 2)
  })

  test('is let go when the window stops', async () => {
    const ends: Promise<number>[] = []
    answer = (_, response) => ends.push(pour(response))
    const response = await ask(know(`${origin}/v.mp4`))
    await streamOf(response).cancel()
    // The look at what it is, and the film itself.
    expect(await Promise.all(ends)).toHaveLength(2)
  })

  test('of seven films at once, the one opened first ends', async () => {
    const ends: Promise<number>[] = []
    answer = (_, response) => ends.push(pour(response))
    const readers: ReadableStreamDefaultReader<Uint8Array>[] = []
    for (let film = 0; film < 7; film += 1) {
      readers.push(streamOf(await ask(know(`${origin}/${film}.mp4`))).getReader())
    }
    const drain = async (): Promise<void> => {
      const part = await readers[0]?.read()
      return part?.done === false ? drain() : undefined
    }
    await expect(drain()).rejects.toThrow()
    expect((await readers[6]?.read())?.done).toBe(false)
    for (const reader of readers.slice(1)) await reader.cancel()
    await Promise.all(ends)
  })

  test('one that knows no ranges hands over the whole', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': String(filmBytes) })
      void pour(response)
    }
    const response = await ask(know(`${origin}/v.mp4`), 'bytes=0-')
    expect([response.status, response.headers.get('content-range')]).toEqual([200, null])
    await streamOf(response).cancel()
    expect(asked).toEqual([undefined, 'bytes=0-'])
  })

  test('several ranges are not handed on', async () => {
    answer = (_, response) => void pour(response)
    const response = await ask(know(`${origin}/v.mp4`), 'bytes=0-1,4-5')
    expect(response.status).toBe(200)
    await streamOf(response).cancel()
    expect(asked).toEqual([undefined, undefined])
  })

  test.each<[string, number, Record<string, string>]>([
    ['another range', 206, { 'content-range': `bytes 7-9/${filmBytes}` }],
    ['a range that ends before it begins', 206, { 'content-range': `bytes 5-4/${filmBytes}` }],
    ['a range that is not told', 206, {}],
    ['a link that has expired meanwhile', 403, {}],
    ['another address', 302, { location: 'http://127.0.0.1:1/' }],
    ['trouble', 500, {}]
  ])('%s is not passed on', async (_, status, headers) => {
    answer = (request, response) => {
      if (request.headers.range === undefined) void pour(response)
      else response.writeHead(status, headers).end('no')
    }
    const response = await ask(know(`${origin}/v.mp4`), 'bytes=5-')
    expect([response.status, response.body]).toEqual([404, null])
  })

  test.each<[string, Buffer]>([
    ['a picture', picture],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a drawing', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')]
  ])('%s of 50 MB is nothing to play', async (_, start) => {
    answer = (_request, response) => void pour(response, start)
    expect((await ask(know(`${origin}/v.mp4`))).status).toBe(404)
    expect(asked).toHaveLength(1)
  })

  test('a film that breaks off breaks off for the window too', async () => {
    answer = (request, response) => {
      response.writeHead(200, { 'content-length': String(filmBytes) })
      if (asked.length === 1) void pour(response)
      else response.write(clip, () => request.socket.destroy())
    }
    const response = await ask(know(`${origin}/v.mp4`))
    await expect(response.arrayBuffer()).rejects.toThrow()
  })

  describe('fetching ahead', () => {
    const links = (count: number) =>
      Array.from({ length: count }, (_, index) => know(`${origin}/${index}.png`))
    const never = new AbortController().signal

    test('keeps every picture once, for a start without the network', async () => {
      answer = (_, response) => response.end(picture)
      const ids = links(30)
      await media.prefetch(ids, never)
      await media.prefetch(ids, never)
      expect(asked).toHaveLength(30)
      const offline = createMediaService({
        fetch: () => Promise.reject(new Error('net::ERR_INTERNET_DISCONNECTED')),
        cacheFolder: cache,
        clock: systemClock,
        log
      })
      for (const id of ids) {
        expect((await offline.handle(new Request(`media://${id}`))).status).toBe(200)
      }
    })

    test('has four under way at a time', async () => {
      let now = 0
      let most = 0
      answer = (_, response) => {
        now += 1
        most = Math.max(most, now)
        setImmediate(() => {
          now -= 1
          response.end(picture)
        })
      }
      await media.prefetch(links(20), never)
      expect(most).toBeLessThanOrEqual(4)
      expect(asked).toHaveLength(20)
    })

    test('stops when the app quits', async () => {
      const quitting = new AbortController()
      answer = (_, response) => {
        if (asked.length === 10) quitting.abort()
        response.end(picture)
      }
      await media.prefetch(links(40), quitting.signal)
      expect(asked.length).toBeLessThan(15)
    })

    test('stops when nothing can be fetched', async () => {
      answer = (_, response) => response.writeHead(403).end()
      await media.prefetch(links(40), never)
      expect(asked.length).toBeLessThan(15)
    })

    test('leaves room for what is looked at', async () => {
      answer = (_, response) => response.end(picture)
      media = createMediaService({
        fetch,
        cacheFolder: cache,
        clock: systemClock,
        log,
        maxCacheBytes: () => picture.length * 10
      })
      await media.prefetch(links(40), never)
      expect((await readdir(cache)).length).toBeLessThanOrEqual(10)
      expect(asked.length).toBeLessThan(15)
    })
  })
})
