import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type SignatureFault, signatureFault } from './s3-signature.ts'

/** What a test may let go wrong with a request; null: nothing. */
export type S3Fault =
  | { readonly kind: 'answer'; readonly status: number; readonly code: string }
  /** The connection ends after so many bytes of the body. */
  | { readonly kind: 'reset'; readonly afterBytes: number }
  /** The request is carried out, and the connection ends before the answer. */
  | { readonly kind: 'lost-answer' }
  /** The stored bytes are not those that came. */
  | { readonly kind: 'damage' }

export type S3Action =
  | 'PutObject'
  | 'GetObject'
  | 'HeadObject'
  | 'DeleteObject'
  | 'CreateMultipartUpload'
  | 'UploadPart'
  | 'ListParts'
  | 'ListMultipartUploads'
  | 'CompleteMultipartUpload'
  | 'AbortMultipartUpload'
  | 'Other'

export interface S3Request {
  readonly action: S3Action
  readonly key: string
  readonly partNumber: number | null
  /** How many of this action came before it. */
  readonly before: number
}

export interface S3Options {
  readonly bucket?: string
  readonly region?: string
  readonly accessKeyId?: string
  readonly secretKey?: string
  /** How far this server's clock is ahead. */
  readonly clockOffsetMs?: number
  /** Parts that one answer of ListParts lists. */
  readonly partsPerPage?: number
  readonly fault?: (request: S3Request) => S3Fault | null
  /** The ETags of parts and objects say nothing about their content, as with keys of a key service. */
  readonly hasOpaqueEtags?: boolean
}

interface StoredObject {
  readonly body: Buffer
  readonly etag: string
  readonly type: string
}

interface Part {
  readonly body: Buffer
  readonly md5: string
  readonly etag: string
}

interface Multipart {
  readonly key: string
  readonly type: string
  readonly begunAt: string
  readonly parts: Map<number, Part>
}

export interface S3Sandbox {
  readonly origin: string
  readonly bucket: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretKey: string
  readonly objects: ReadonlyMap<string, StoredObject>
  readonly multiparts: ReadonlyMap<string, Multipart>
  /** Every request that came, in order. */
  readonly requests: readonly S3Request[]
  /** From now on; null: nothing goes wrong. */
  setFault(fault: S3Options['fault'] | null): void
  /** Another secret from now on: what was signed with the old one is refused. */
  revoke(): void
  /** Forgets an unfinished upload, as storage does after some days. */
  forget(multipartId: string): void
  close(): Promise<void>
}

class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly details: string
  constructor(status: number, code: string, details = '') {
    super(code)
    this.status = status
    this.code = code
    this.details = details
  }
}

const messages: Readonly<Record<string, string>> = {
  AccessDenied: 'Access Denied',
  AuthorizationHeaderMalformed: 'The authorization header is malformed; the region is wrong',
  InvalidAccessKeyId: 'The AWS Access Key Id you provided does not exist in our records.',
  NoSuchBucket: 'The specified bucket does not exist',
  NoSuchKey: 'The specified key does not exist.',
  NoSuchUpload:
    'The specified multipart upload does not exist. The upload ID might be invalid, or the multipart upload might have been aborted or completed.',
  RequestTimeTooSkewed:
    'The difference between the request time and the current time is too large.',
  SignatureDoesNotMatch:
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  SlowDown: 'Please reduce your request rate.'
}

const md5 = (body: Buffer): string => createHash('md5').update(body).digest('hex')

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const element = (name: string, value: string | number): string =>
  `<${name}>${escapeXml(String(value))}</${name}>`

const document = (name: string, inner: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inner}</${name}>`

const errorBody = (code: string, details: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${element('Code', code)}${element('Message', messages[code] ?? code)}${details}${element('RequestId', 'SANDBOX0REQUEST')}${element('HostId', 'sandbox')}</Error>`

const signatureRefusal = (fault: SignatureFault, nowMs: number, region: string): Refusal => {
  const serverTime = element('ServerTime', new Date(nowMs).toISOString())
  switch (fault.code) {
    case 'ExpiredRequest':
      return new Refusal(
        403,
        'AccessDenied',
        element('Expires', new Date(fault.expiresAtMs ?? nowMs).toISOString()) + serverTime
      )
    case 'RequestTimeTooSkewed':
      return new Refusal(403, fault.code, serverTime)
    case 'AuthorizationHeaderMalformed':
      return new Refusal(400, fault.code, element('Region', region))
    default:
      return new Refusal(
        fault.status,
        fault.code,
        fault.stringToSign === undefined ? '' : element('StringToSign', fault.stringToSign)
      )
  }
}

const actionOf = (method: string, key: string, query: URLSearchParams): S3Action => {
  const isMultipart = query.has('uploadId')
  if (method === 'GET' && key === '' && query.has('uploads')) return 'ListMultipartUploads'
  if (key === '') return 'Other'
  if (method === 'POST') {
    if (query.has('uploads')) return 'CreateMultipartUpload'
    return isMultipart ? 'CompleteMultipartUpload' : 'Other'
  }
  const actions: Readonly<Record<string, S3Action>> = isMultipart
    ? { PUT: 'UploadPart', GET: 'ListParts', DELETE: 'AbortMultipartUpload' }
    : { PUT: 'PutObject', GET: 'GetObject', HEAD: 'HeadObject', DELETE: 'DeleteObject' }
  return actions[method] ?? 'Other'
}

const readBody = async (request: IncomingMessage, fault: S3Fault | null): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    const piece = chunk as Buffer
    bytes += piece.length
    if (fault?.kind === 'reset' && bytes >= fault.afterBytes) {
      request.socket.destroy()
      throw new Error('Reset as asked')
    }
    chunks.push(piece)
  }
  return Buffer.concat(chunks)
}

const listedParts = (xml: string): readonly { readonly number: number; readonly etag: string }[] =>
  [...xml.matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = '']) => ({
    number: Number(/<PartNumber>(\d+)</.exec(part)?.[1]),
    etag: (/<ETag>(.*?)</.exec(part)?.[1] ?? '').replaceAll(/&quot;|&#34;|"/g, '')
  }))

const smallestPartBytes = 5 * 1024 * 1024

/**
 * A server that speaks the part of the S3 protocol that uploads need, and judges signatures by itself. Error bodies are
 * AWS's. Everything is kept in memory.
 */
export const startS3 = async (options: S3Options = {}): Promise<S3Sandbox> => {
  const bucket = options.bucket ?? 'studio-videos'
  const region = options.region ?? 'eu-central-1'
  const accessKeyId = options.accessKeyId ?? 'AKIASANDBOX000000001'
  let secretKey = options.secretKey ?? 'canary4bucket7b1f9e03d5a2486c8e7f0a1b'
  let faultOf: S3Options['fault'] | null = options.fault ?? null
  const objects = new Map<string, StoredObject>()
  const multiparts = new Map<string, Multipart>()
  const requests: S3Request[] = []
  const nowMs = (): number => Date.now() + (options.clockOffsetMs ?? 0)

  const etagOf = (hash: string): string =>
    options.hasOpaqueEtags === true ? randomBytes(16).toString('hex') : hash

  const multipartOf = (query: URLSearchParams, key: string): Multipart => {
    const found = multiparts.get(query.get('uploadId') ?? '')
    if (found === undefined || found.key !== key) throw new Refusal(404, 'NoSuchUpload')
    return found
  }

  const listParts = (query: URLSearchParams, key: string): string => {
    const { parts } = multipartOf(query, key)
    const after = Number(query.get('part-number-marker') ?? '0')
    const numbers = [...parts.keys()].sort((a, b) => a - b).filter((number) => number > after)
    const shown = numbers.slice(0, options.partsPerPage ?? 1000)
    const rows = shown.map((number) => {
      const part = parts.get(number)
      return `<Part>${element('PartNumber', number)}${element('ETag', `"${part?.etag}"`)}${element('Size', part?.body.length ?? 0)}</Part>`
    })
    return document(
      'ListPartsResult',
      element('UploadId', query.get('uploadId') ?? '') +
        element('IsTruncated', String(shown.length < numbers.length)) +
        element('NextPartNumberMarker', shown.at(-1) ?? 0) +
        rows.join('')
    )
  }

  const listMultiparts = (query: URLSearchParams): string => {
    const prefix = query.get('prefix') ?? ''
    const rows = [...multiparts]
      .filter(([, { key }]) => key.startsWith(prefix))
      .map(
        ([id, { key, begunAt }]) =>
          `<Upload>${element('Key', key)}${element('UploadId', id)}${element('Initiated', begunAt)}</Upload>`
      )
    return document(
      'ListMultipartUploadsResult',
      element('Bucket', bucket) + element('IsTruncated', 'false') + rows.join('')
    )
  }

  const complete = (query: URLSearchParams, key: string, xml: string): string => {
    const upload = multipartOf(query, key)
    const listed = listedParts(xml)
    const parts = listed.map(({ number, etag }) => {
      const part = upload.parts.get(number)
      if (part === undefined || part.etag !== etag) throw new Refusal(400, 'InvalidPart')
      return part
    })
    if (parts.slice(0, -1).some(({ body }) => body.length < smallestPartBytes)) {
      throw new Refusal(400, 'EntityTooSmall')
    }
    const hashes = Buffer.concat(parts.map((part) => Buffer.from(part.md5, 'hex')))
    const etag = etagOf(`${md5(hashes)}-${parts.length}`)
    const body = Buffer.concat(parts.map((part) => part.body))
    objects.set(key, { body, etag, type: upload.type })
    multiparts.delete(query.get('uploadId') ?? '')
    return document(
      'CompleteMultipartUploadResult',
      element('Bucket', bucket) + element('Key', key) + element('ETag', `"${etag}"`)
    )
  }

  const stored = (key: string): StoredObject => {
    const found = objects.get(key)
    if (found === undefined) throw new Refusal(404, 'NoSuchKey', element('Key', key))
    return found
  }

  const sendObject = (request: IncomingMessage, response: ServerResponse, key: string): void => {
    const { body, etag, type } = stored(key)
    const range = /^bytes=(\d+)-(\d*)$/.exec(String(request.headers.range ?? ''))
    const first = Number(range?.[1] ?? 0)
    const last = Math.min(Number(range?.[2] || body.length - 1), body.length - 1)
    if (range !== null && first >= body.length) throw new Refusal(416, 'InvalidRange')
    const piece = body.subarray(first, last + 1)
    response.writeHead(range === null ? 200 : 206, {
      'content-type': type,
      'content-length': piece.length,
      'accept-ranges': 'bytes',
      etag: `"${etag}"`,
      'last-modified': new Date(nowMs()).toUTCString(),
      ...(range === null ? {} : { 'content-range': `bytes ${first}-${last}/${body.length}` })
    })
    response.end(request.method === 'HEAD' ? undefined : piece)
  }

  const carryOut = async (
    request: IncomingMessage,
    response: ServerResponse,
    asked: S3Request,
    query: URLSearchParams,
    fault: S3Fault | null
  ): Promise<string | null> => {
    const sent = await readBody(request, fault)
    const body =
      fault?.kind === 'damage' ? Buffer.concat([Buffer.from('x'), sent.subarray(1)]) : sent
    const { key } = asked
    const type = String(request.headers['content-type'] ?? 'binary/octet-stream')
    const digest = request.headers['content-md5']
    if (digest !== undefined && digest !== createHash('md5').update(sent).digest('base64')) {
      throw new Refusal(400, 'BadDigest')
    }
    switch (asked.action) {
      case 'PutObject': {
        const etag = etagOf(md5(body))
        objects.set(key, { body, etag, type })
        response.setHeader('etag', `"${etag}"`)
        return ''
      }
      case 'UploadPart': {
        const upload = multipartOf(query, key)
        const hash = md5(body)
        const part = { body, md5: hash, etag: etagOf(hash) }
        upload.parts.set(Number(query.get('partNumber')), part)
        response.setHeader('etag', `"${part.etag}"`)
        return ''
      }
      case 'CreateMultipartUpload': {
        const id = randomBytes(16).toString('hex')
        const begunAt = new Date(nowMs()).toISOString()
        multiparts.set(id, { key, type, begunAt, parts: new Map() })
        return document(
          'InitiateMultipartUploadResult',
          element('Bucket', bucket) + element('Key', key) + element('UploadId', id)
        )
      }
      case 'ListParts':
        return listParts(query, key)
      case 'ListMultipartUploads':
        return listMultiparts(query)
      case 'CompleteMultipartUpload':
        return complete(query, key, body.toString('utf8'))
      case 'AbortMultipartUpload':
        multipartOf(query, key)
        multiparts.delete(query.get('uploadId') ?? '')
        response.statusCode = 204
        return ''
      case 'DeleteObject':
        objects.delete(key)
        response.statusCode = 204
        return ''
      case 'GetObject':
      case 'HeadObject':
        sendObject(request, response, key)
        return null
      case 'Other':
        throw new Refusal(405, 'MethodNotAllowed')
    }
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = request.url ?? '/'
    const [path = '/', queryText = ''] = target.split(/\?(.*)/s)
    const query = new URLSearchParams(queryText)
    const [asBucket = '', ...rest] = path.slice(1).split('/')
    const key = rest.map(decodeURIComponent).join('/')
    const action = actionOf(request.method ?? '', key, query)
    const number = query.get('partNumber')
    const asked: S3Request = {
      action,
      key,
      partNumber: number === null ? null : Number(number),
      before: requests.filter((earlier) => earlier.action === action).length
    }
    requests.push(asked)
    response.setHeader('date', new Date(nowMs()).toUTCString())
    response.setHeader('x-amz-request-id', 'SANDBOX0REQUEST')
    const refuse = (refusal: Refusal): void => {
      response.statusCode = refusal.status
      response.setHeader('content-type', 'application/xml')
      const body = errorBody(refusal.code, refusal.details)
      response.end(request.method === 'HEAD' ? undefined : body)
    }
    try {
      const { method = '', headers } = request
      const rules = { accessKeyId, secretKey, region, nowMs: nowMs() }
      const bad = signatureFault({ method, target, headers }, rules)
      if (bad !== null) throw signatureRefusal(bad, nowMs(), region)
      if (asBucket !== bucket)
        throw new Refusal(404, 'NoSuchBucket', element('BucketName', asBucket))
      const fault = faultOf?.(asked) ?? null
      if (fault?.kind === 'answer') throw new Refusal(fault.status, fault.code)
      const body = await carryOut(request, response, asked, query, fault)
      if (fault?.kind === 'lost-answer') request.socket.destroy()
      else if (body !== null) response.end(body)
    } catch (error) {
      if (error instanceof Refusal) {
        // What is still being sent is taken in, so that the answer is read and not a broken connection.
        request.resume()
        refuse(error)
      } else request.socket?.destroy()
    }
  }

  const server = createServer((request, response) => {
    void answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    bucket,
    region,
    accessKeyId,
    get secretKey() {
      return secretKey
    },
    objects,
    multiparts,
    requests,
    setFault: (fault) => {
      faultOf = fault
    },
    revoke: () => {
      secretKey = randomBytes(20).toString('hex')
    },
    forget: (multipartId) => {
      multiparts.delete(multipartId)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}
