import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { Protocol } from 'electron'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../test/main/storage/temporary-store.ts'
import { serveMedia } from './media-protocol.ts'

const picture = Buffer.from('\x89PNG\r\n\x1a\n and more', 'latin1')
const id = 'a'.repeat(32)

const desk = (
  handleOthers: (request: Request) => Promise<Response>,
  files: Readonly<Record<string, Buffer>> = { [`${id}.png`]: picture }
) => {
  const folder = temporaryFolder()
  const cache = join(folder, 'thumbnails')
  mkdirSync(cache)
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(cache, name), bytes)
  type Register = Protocol['registerStreamProtocol']
  const handlers: Parameters<Register>[1][] = []
  const registerStreamProtocol: Register = (_scheme, handler) => handlers.push(handler) > 0
  serveMedia({ registerStreamProtocol }, cache, handleOthers)
  return (url: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<{ status: number; headers: unknown; bytes: Buffer }>((resolve) => {
      handlers[0]?.({ url, method, headers, referrer: '' }, (sent) => {
        if (sent instanceof Readable || !('data' in sent)) throw new Error('No headers')
        void buffer(sent.data as unknown as Readable).then((bytes) =>
          resolve({ status: sent.statusCode ?? 200, headers: sent.headers, bytes })
        )
      })
    })
}

const nobody = async (): Promise<Response> => {
  throw new Error('The core was asked')
}

describe('media://', () => {
  it('serves what is kept before the core is there', async () => {
    const ask = desk(() => new Promise(() => undefined))
    expect(await ask(`media://${id}/`)).toEqual({
      status: 200,
      headers: {
        'content-type': 'image/png',
        'content-length': String(picture.length),
        'x-content-type-options': 'nosniff',
        'accept-ranges': 'bytes',
        'cache-control': 'no-store',
        'access-control-allow-origin': '*'
      },
      bytes: picture
    })
  })

  it.each([
    ['bytes=2-5', 206, picture.subarray(2, 6)],
    ['bytes=-3', 206, picture.subarray(-3)],
    ['bytes=999-', 416, Buffer.alloc(0)]
  ])('serves the part %s', async (Range, status, bytes) => {
    const answer = await desk(nobody)(`media://${id}`, { Range })
    expect(answer.status).toBe(status)
    expect(answer.bytes.equals(bytes)).toBe(true)
  })

  it.each([
    `media://${id}/../x`,
    `media://${id}?x`,
    'media://aa',
    `media://${'%2e'.repeat(10)}aa`,
    'file:///etc/passwd'
  ])('has nothing at %s, and asks nobody', async (url) => {
    expect((await desk(nobody)(url)).status).toBe(404)
  })

  it('serves a small copy before the core is there, or else the picture, and no clip in its place', async () => {
    const small = Buffer.from('RIFF....WEBP and more', 'latin1')
    const never = () => new Promise<never>(() => undefined)
    const both = { [`${id}.png`]: picture, [`${id}.208.webp`]: small }
    const ask = desk(never, both)
    expect((await ask(`media://${id}/208`)).bytes.equals(small)).toBe(true)
    expect((await ask(`media://${id}/416`)).bytes.equals(picture)).toBe(true)
    expect((await ask(`media://${id}`)).bytes.equals(picture)).toBe(true)
    expect((await desk(never, { [`${id}.mp4`]: picture })(`media://${id}/208`)).status).toBe(404)
  })

  it('hands on what is not kept, with how it was asked for', async () => {
    const asked: string[] = []
    const ask = desk(async ({ url, method, headers }) => {
      asked.push(`${method} ${url} ${headers.get('range')}`)
      return new Response('film', { status: 206, headers: { 'content-type': 'video/mp4' } })
    })
    const other = `media://${'b'.repeat(32)}`
    expect(await ask(other, { Range: 'bytes=0-3' })).toEqual({
      status: 206,
      headers: { 'content-type': 'video/mp4' },
      bytes: Buffer.from('film')
    })
    await ask(`media://${id}`, {}, 'HEAD')
    expect(asked).toEqual([`GET ${other} bytes=0-3`, `HEAD media://${id} null`])
  })

  it('answers with an error where the core cannot', async () => {
    expect((await desk(nobody)(`media://${'b'.repeat(32)}`)).status).toBe(500)
  })
})
