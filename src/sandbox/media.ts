import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import type { ApiAnswer } from './api-exchange.ts'

const contentTypes: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  png: 'image/png',
  wav: 'audio/wav'
}
const mediaPath = /^\/media\/([a-z0-9-]{1,64})\.(mp4|png|wav)$/

interface ByteRange {
  readonly start: number
  /** Last byte, counted in. */
  readonly end: number
}

/** One range of a `Range` header; null for none that can be served, which is a 416. */
const readRange = (header: string, sizeBytes: number): ByteRange | null => {
  const parts = /^bytes=(\d*)-(\d*)$/.exec(header)
  if (parts === null || (parts[1] === '' && parts[2] === '')) return null
  if (parts[1] === '') {
    const suffix = Math.min(Number(parts[2]), sizeBytes)
    return suffix === 0 ? null : { start: sizeBytes - suffix, end: sizeBytes - 1 }
  }
  const start = Number(parts[1])
  const end = parts[2] === '' ? sizeBytes - 1 : Math.min(Number(parts[2]), sizeBytes - 1)
  return start > end || start >= sizeBytes ? null : { start, end }
}

const refuse = (
  response: ServerResponse,
  status: number,
  headers: Record<string, string>
): void => {
  response.writeHead(status, { ...headers, 'content-length': '0' }).end()
}

/** A whole file as an answer, for faults to play with. */
export const readMedia = async (
  pathname: string,
  mediaDir: string | undefined
): Promise<ApiAnswer> => {
  const [, name, ending] = mediaPath.exec(pathname) ?? []
  if (name === undefined || ending === undefined || mediaDir === undefined) return { status: 404 }
  const body = await readFile(path.join(mediaDir, `${name}.${ending}`)).catch(() => null)
  if (body === null) return { status: 404 }
  const type = contentTypes[ending] ?? 'application/octet-stream'
  return { status: 200, body, headers: { 'content-type': type } }
}

/** Serves posters and clips, whole or in one range. Needs no key, like the storage that real thumbnails lie in. */
export const serveMedia = async (
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
  mediaDir: string | undefined
): Promise<void> => {
  const [, name, ending] = mediaPath.exec(pathname) ?? []
  if (name === undefined || ending === undefined || mediaDir === undefined) {
    return refuse(response, 404, {})
  }
  const file = path.join(mediaDir, `${name}.${ending}`)
  const found = await stat(file).catch(() => null)
  if (found === null) return refuse(response, 404, {})
  const { range: rangeHeader } = request.headers
  const range = rangeHeader === undefined ? undefined : readRange(rangeHeader, found.size)
  if (range === null) return refuse(response, 416, { 'content-range': `bytes */${found.size}` })
  const { start, end } = range ?? { start: 0, end: found.size - 1 }
  response.writeHead(range === undefined ? 200 : 206, {
    'content-type': contentTypes[ending] ?? 'application/octet-stream',
    'content-length': end - start + 1,
    'accept-ranges': 'bytes',
    ...(range === undefined ? {} : { 'content-range': `bytes ${start}-${end}/${found.size}` })
  })
  if (request.method === 'HEAD') response.end()
  else createReadStream(file, { start, end }).pipe(response)
}
