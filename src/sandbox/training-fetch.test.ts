import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { DOWNLOAD_LINK_ERROR } from './sample-people.ts'
import { fetchTrainingVideo } from './training-fetch.ts'

let server: Server | null = null
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

const serve = async (status: number, body: Buffer, length = body.length): Promise<string> => {
  const made = createServer((_, response) => {
    response.writeHead(status, { 'content-length': String(length) })
    response.write(body, () => (length > body.length ? response.destroy() : response.end()))
  })
  server = made
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}/take.mp4`
}

const mp4 = Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42', 'latin1')

it('a video is downloaded whole, and judged by what came', async () => {
  expect(await fetchTrainingVideo(await serve(200, mp4))).toBeNull()
})

it.each([
  ['a link that ended', 403, mp4, mp4.length, DOWNLOAD_LINK_ERROR],
  ['a text', 200, Buffer.from('not a video at all'), 18, 'The training video must be a .mp4 file.'],
  [
    'more than may be sent',
    200,
    mp4,
    800_000_000,
    'The training video is larger than the limit of 750 MB.'
  ],
  ['one that breaks off', 200, mp4, 1000, DOWNLOAD_LINK_ERROR]
])('%s ends the training with its own sentence', async (_, status, body, length, sentence) => {
  expect(await fetchTrainingVideo(await serve(status, body, length))).toBe(sentence)
})

it('nobody answers', async () => {
  expect(await fetchTrainingVideo('http://127.0.0.1:1/take.mp4')).toBe(DOWNLOAD_LINK_ERROR)
})
