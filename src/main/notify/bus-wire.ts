/** The D-Bus wire format, as far as notifications need it (dbus.freedesktop.org/doc/dbus-specification.html). */

export type BusValue = number | string | readonly string[]

export const busTypes = { call: 1, answer: 2, error: 3, signal: 4 } as const

/** A message from the bus; a body of other types than `u`, `s` and `as` is not read. */
export interface BusMessage {
  readonly type: number
  readonly serial: number
  readonly replyTo: number | null
  readonly interface: string | null
  readonly member: string | null
  readonly errorName: string | null
  readonly body: readonly BusValue[]
}

export interface BusCall {
  readonly destination: string
  readonly path: string
  readonly interface: string
  readonly member: string
  readonly signature: string
  readonly write: (writer: BusWriter) => void
}

/** More than any answer to us has; what claims more is not waited for. */
export const maxMessageBytes = 1024 * 1024

const headerBytes = 16
const fieldIds = { path: 1, interface: 2, member: 3, errorName: 4, replyTo: 5, destination: 6 }
const signatureField = 8

/** Puts values together, each at the place its type asks for; little-endian. */
export class BusWriter {
  readonly #parts: Buffer[] = []
  #length = 0

  get bytes(): Buffer {
    return Buffer.concat(this.#parts)
  }

  align(size: number): void {
    this.#add(Buffer.alloc((size - (this.#length % size)) % size))
  }

  byte(value: number): void {
    this.#add(Buffer.of(value))
  }

  uint32(value: number): Buffer {
    this.align(4)
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(value)
    this.#add(bytes)
    return bytes
  }

  int32(value: number): void {
    this.uint32(value >>> 0)
  }

  string(text: string): void {
    // The format ends a text at a zero; one inside it would end the connection.
    const bytes = Buffer.from(text.replaceAll('\0', ''))
    this.uint32(bytes.length)
    this.#add(bytes)
    this.byte(0)
  }

  signature(text: string): void {
    this.byte(text.length)
    this.#add(Buffer.from(text))
    this.byte(0)
  }

  array(elementSize: number, writeElements: () => void): void {
    const size = this.uint32(0)
    this.align(elementSize)
    const start = this.#length
    writeElements()
    size.writeUInt32LE(this.#length - start)
  }

  #add(bytes: Buffer): void {
    this.#parts.push(bytes)
    this.#length += bytes.length
  }
}

const writeField = (writer: BusWriter, id: number, type: 's' | 'o' | 'g', text: string): void => {
  writer.align(8)
  writer.byte(id)
  writer.signature(type)
  if (type === 'g') writer.signature(text)
  else writer.string(text)
}

/** One call as it goes over the socket. */
export const writeCall = (call: BusCall, serial: number): Buffer => {
  const body = new BusWriter()
  call.write(body)
  const head = new BusWriter()
  for (const value of ['l'.charCodeAt(0), busTypes.call, 0, 1]) head.byte(value)
  head.uint32(body.bytes.length)
  head.uint32(serial)
  head.array(8, () => {
    writeField(head, fieldIds.path, 'o', call.path)
    writeField(head, fieldIds.destination, 's', call.destination)
    writeField(head, fieldIds.interface, 's', call.interface)
    writeField(head, fieldIds.member, 's', call.member)
    if (call.signature !== '') writeField(head, signatureField, 'g', call.signature)
  })
  head.align(8)
  return Buffer.concat([head.bytes, body.bytes])
}

/** Reads values in order; throws where the bytes end too early. */
class BusReader {
  readonly #bytes: Buffer
  readonly #isLittle: boolean
  #at: number

  constructor(bytes: Buffer, isLittle: boolean, at = 0) {
    this.#bytes = bytes
    this.#isLittle = isLittle
    this.#at = at
  }

  get at(): number {
    return this.#at
  }

  align(size: number): void {
    this.#at = Math.ceil(this.#at / size) * size
  }

  byte(): number {
    this.#at += 1
    return this.#bytes.readUInt8(this.#at - 1)
  }

  uint32(): number {
    this.align(4)
    this.#at += 4
    const at = this.#at - 4
    return this.#isLittle ? this.#bytes.readUInt32LE(at) : this.#bytes.readUInt32BE(at)
  }

  text(length: number): string {
    const end = this.#at + length
    if (end >= this.#bytes.length) throw new RangeError('A text is longer than its message')
    const text = this.#bytes.toString('utf8', this.#at, end)
    this.#at = end + 1
    return text
  }

  /** Null: a type that nothing for us has. */
  value(type: string): BusValue | null {
    if (type === 'u') return this.uint32()
    if (type === 's' || type === 'o') return this.text(this.uint32())
    if (type === 'g') return this.text(this.byte())
    return type === 'as' ? this.#strings() : null
  }

  #strings(): readonly string[] {
    const end = this.uint32() + this.#at
    const found: string[] = []
    while (this.#at < end) found.push(this.text(this.uint32()))
    return found
  }
}

const readBody = (reader: BusReader, signature: string): readonly BusValue[] => {
  const values: BusValue[] = []
  for (const type of signature.match(/as|./g) ?? []) {
    const value = reader.value(type)
    if (value === null) return []
    values.push(value)
  }
  return values
}

const readFields = (reader: BusReader, end: number): ReadonlyMap<number, BusValue> => {
  const fields = new Map<number, BusValue>()
  for (reader.align(8); reader.at < end; reader.align(8)) {
    const id = reader.byte()
    const value = reader.value(reader.text(reader.byte()))
    if (value === null) throw new TypeError('A header of an unknown type')
    fields.set(id, value)
  }
  return fields
}

const textOrNull = (value: BusValue | undefined): string | null =>
  typeof value === 'string' ? value : null

/** Takes the first whole message off what came; null as long as it is not whole. Throws on what is no message. */
export const readMessage = (
  bytes: Buffer
): { readonly message: BusMessage; readonly length: number } | null => {
  if (bytes.length < headerBytes) return null
  const order = bytes.readUInt8(0)
  if (order !== 'l'.charCodeAt(0) && order !== 'B'.charCodeAt(0)) throw new TypeError('No message')
  const reader = new BusReader(bytes, order === 'l'.charCodeAt(0), 4)
  const [bodyBytes, serial, fieldBytes] = [reader.uint32(), reader.uint32(), reader.uint32()]
  const bodyStart = Math.ceil((headerBytes + fieldBytes) / 8) * 8
  const length = bodyStart + bodyBytes
  if (length > maxMessageBytes) throw new RangeError('A message is too long')
  if (bytes.length < length) return null
  const fields = readFields(reader, headerBytes + fieldBytes)
  const body = new BusReader(bytes.subarray(0, length), order === 'l'.charCodeAt(0), bodyStart)
  const replyTo = fields.get(fieldIds.replyTo)
  const message: BusMessage = {
    type: bytes.readUInt8(1),
    serial,
    replyTo: typeof replyTo === 'number' ? replyTo : null,
    interface: textOrNull(fields.get(fieldIds.interface)),
    member: textOrNull(fields.get(fieldIds.member)),
    errorName: textOrNull(fields.get(fieldIds.errorName)),
    body: readBody(body, textOrNull(fields.get(signatureField)) ?? '')
  }
  return { message, length }
}
