import { createHash } from 'node:crypto'
import { cut } from './shown.ts'

const mostDepth = 32
/** A plan of 2,000 deletions, each tried a few times, stays below half of these. */
const mostValues = 2_000_000
/** Every text of ours has at most 1,000 characters, of six bytes each where they are escaped. */
const longestTokenBytes = 8192

/** A text whose file cannot be taken at its word; `code` is told. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: string
  constructor(code: string, text: string) {
    super(text)
    this.code = code
  }
}

/**
 * Goes over JSON byte by byte before anything is made of it: a file must not cost more memory or time than a receipt
 * does, whatever it holds. Fed piece by piece.
 */
export class Bounds {
  depth = 0
  values = 0
  tokenBytes = 0
  isInText = false
  isEscaped = false

  feed(bytes: Uint8Array) {
    for (const byte of bytes) {
      if (this.isInText) this.inText(byte)
      else this.outside(byte)
    }
  }

  inText(byte: number) {
    if (this.isEscaped) this.isEscaped = false
    else if (byte === 0x5c) this.isEscaped = true
    else if (byte === 0x22) this.isInText = false
    this.grow()
  }

  outside(byte: number) {
    switch (byte) {
      case 0x7b: // {
      case 0x5b: // [
        this.depth += 1
        if (this.depth > mostDepth) {
          throw new Refusal('too-deep', 'It is nested deeper than any receipt or record is.')
        }
        return this.next()
      case 0x7d: // }
      case 0x5d: // ]
        this.depth -= 1
        this.tokenBytes = 0
        return
      case 0x2c: // ,
        return this.next()
      case 0x22: // "
        this.isInText = true
        this.tokenBytes = 0
        return
      case 0x3a: // :
      case 0x20:
      case 0x09:
      case 0x0a:
      case 0x0d:
      case 0x00:
        this.tokenBytes = 0
        return
      default:
        this.grow()
    }
  }

  next() {
    this.tokenBytes = 0
    this.values += 1
    if (this.values > mostValues) {
      throw new Refusal('too-large', 'It holds more values than any receipt does.')
    }
  }

  grow() {
    this.tokenBytes += 1
    if (this.tokenBytes > longestTokenBytes) {
      throw new Refusal('too-long', 'It holds a text or a number that is longer than any of ours.')
    }
  }
}

const numberPattern = /-?\d[\d.eE+-]*/y

/**
 * Goes over a text that is known to be JSON. A name that stands twice in an object, or a number written in another way
 * than JavaScript writes it, would let two programs read two different things out of one file.
 */
const refuseAmbiguity = (text: string) => {
  const open: (Set<string> | null)[] = []
  let isName = false
  let index = 0
  while (index < text.length) {
    const sign = text[index]
    if (sign === '"') {
      const from = index
      index += 1
      while (text[index] !== '"') index += text[index] === '\\' ? 2 : 1
      index += 1
      const names = open.at(-1)
      if (!isName || !names) continue
      const name = JSON.parse(text.slice(from, index))
      if (names.has(name))
        throw new Refusal('duplicate-name', `The name “${cut(name)}” stands twice in one object.`)
      names.add(name)
      isName = false
      continue
    }
    if (sign === '{' || sign === '[') {
      open.push(sign === '{' ? new Set() : null)
      isName = sign === '{'
    } else if (sign === '}' || sign === ']') open.pop()
    else if (sign === ',') isName = open.at(-1) instanceof Set
    else if (sign === '-' || (sign !== undefined && sign >= '0' && sign <= '9')) {
      numberPattern.lastIndex = index
      const number = numberPattern.exec(text)?.[0] ?? ''
      if (String(Number(number)) !== number) {
        throw new Refusal(
          'odd-number',
          `The number ${cut(number)} is not written as this app writes numbers.`
        )
      }
      index += number.length
      continue
    }
    index += 1
  }
}

/** Reads JSON that has one meaning only. */
export const readJson = (bytes: Buffer): unknown => {
  const text = textOf(bytes)
  new Bounds().feed(bytes)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Refusal('not-json', 'It is not JSON, or only a part of it.')
  }
  refuseAmbiguity(text)
  return value
}

/**
 * The one text that a value is signed as (RFC 8785): names sorted by their UTF-16 units, no spaces, numbers and texts
 * as ECMAScript's JSON.stringify writes them.
 */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([name, part]) => `${JSON.stringify(name)}:${canonicalJson(part)}`).join(',')}}`
}

export const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')

const textOf = (bytes: Buffer) => {
  if (bytes.length === 0) throw new Refusal('empty-file', 'It is empty.')
  const [first = 0, second = 0] = bytes
  if ((first === 0xef && second === 0xbb) || first === 0xff || first === 0xfe) {
    throw new Refusal(
      'byte-order-mark',
      'It begins with a byte order mark: some program saved it anew. Check the file as it was first saved.'
    )
  }
  if (bytes.at(-1) === 0) {
    throw new Refusal(
      'nul-tail',
      'Its end is filled with NUL bytes: it was not written to its end.'
    )
  }
  if (bytes.includes(0)) throw new Refusal('nul-inside', 'It holds NUL bytes.')
  if (bytes.includes(13)) {
    throw new Refusal(
      'crlf',
      'Its line ends are those of Windows: some program saved it anew. Check the file as it was first saved.'
    )
  }
  let text = ''
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Refusal('not-utf8', 'It is not UTF-8 text.')
  }
  if (text.trim() === '') throw new Refusal('empty-file', 'It is empty.')
  return text
}
