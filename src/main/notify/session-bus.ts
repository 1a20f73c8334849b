import { connect, type Socket } from 'node:net'
import {
  type BusCall,
  type BusMessage,
  type BusValue,
  busTypes,
  maxMessageBytes,
  readMessage,
  writeCall
} from './bus-wire.ts'

/** `lost`: the connection ended before an answer. */
export type BusReply =
  | { readonly state: 'answered'; readonly values: readonly BusValue[] }
  | { readonly state: 'refused'; readonly errorName: string }
  | { readonly state: 'lost' }

/** A connection to the session's bus. Nothing here waits in the calling thread, and nothing rejects. */
export interface SessionBus {
  /** Answers as late as the other side does; who cannot wait so long sets a deadline. */
  call(call: BusCall): Promise<BusReply>
  close(): void
}

export interface BusListeners {
  readonly onSignal: (signal: BusMessage) => void
  /** The connection that was open is over. */
  readonly onClosed: () => void
}

const busItself = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus'
}

/** A call to the bus itself. */
export const callToBus = (member: string, text?: string): BusCall => ({
  ...busItself,
  member,
  signature: text === undefined ? '' : 's',
  write: (writer) => {
    if (text !== undefined) writer.string(text)
  }
})

const lost: BusReply = { state: 'lost' }

const replyOf = (message: BusMessage): BusReply =>
  message.type === busTypes.error
    ? { state: 'refused', errorName: message.errorName ?? '' }
    : { state: 'answered', values: message.body }

/** Resolves with the socket once it is connected; null if nobody listens there. */
const connectTo = (path: string): Promise<Socket | null> =>
  new Promise((resolve) => {
    const socket = connect({ path })
    socket.unref()
    socket.once('connect', () => resolve(socket))
    socket.on('error', () => resolve(null))
  })

const line = /^[^\r\n]*\r\n/

/** Calls and their answers over a socket that has just been connected. */
const talkOver = (socket: Socket, onSignal: (signal: BusMessage) => void) => {
  const open = new Map<number, (reply: BusReply) => void>()
  let unread: Buffer = Buffer.alloc(0)
  let lastSerial = 0
  let tellGreeting: ((isIn: boolean) => void) | null = null

  const onMessage = (message: BusMessage): void => {
    if (message.type === busTypes.signal) onSignal(message)
    const settle = message.replyTo === null ? undefined : open.get(message.replyTo)
    if (message.replyTo !== null) open.delete(message.replyTo)
    settle?.(replyOf(message))
  }

  const readGreeting = (): void => {
    const [first] = line.exec(unread.toString('latin1')) ?? []
    if (first === undefined) return
    unread = unread.subarray(first.length)
    tellGreeting?.(first.startsWith('OK '))
    tellGreeting = null
  }

  const read = (): void => {
    if (tellGreeting !== null) {
      readGreeting()
      return
    }
    for (let next = readMessage(unread); next !== null; next = readMessage(unread)) {
      unread = unread.subarray(next.length)
      onMessage(next.message)
    }
  }

  socket.on('data', (bytes) => {
    unread = Buffer.concat([unread, bytes])
    try {
      if (unread.length > maxMessageBytes) throw new RangeError('More than a message at once')
      read()
    } catch {
      // What does not read as messages ends the connection; all that waits is settled then.
      socket.destroy()
    }
  })
  socket.on('close', () => {
    tellGreeting?.(false)
    for (const settle of open.values()) settle(lost)
    open.clear()
  })

  return {
    greet: (): Promise<boolean> =>
      new Promise((resolve) => {
        tellGreeting = resolve
        const userId = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')
        socket.write(`\0AUTH EXTERNAL ${userId}\r\n`)
      }),
    begin: () => socket.write('BEGIN\r\n'),
    call: (call: BusCall): Promise<BusReply> =>
      new Promise((resolve) => {
        if (socket.destroyed) return resolve(lost)
        lastSerial += 1
        open.set(lastSerial, resolve)
        socket.write(writeCall(call, lastSerial))
      })
  }
}

const open = async (path: string, listeners: BusListeners): Promise<SessionBus | null> => {
  const socket = await connectTo(path)
  if (socket === null) return null
  const talk = talkOver(socket, listeners.onSignal)
  if (!(await talk.greet())) {
    socket.destroy()
    return null
  }
  talk.begin()
  const hello = await talk.call(callToBus('Hello'))
  if (hello.state !== 'answered') {
    socket.destroy()
    return null
  }
  socket.on('close', listeners.onClosed)
  return { call: talk.call, close: () => socket.destroy() }
}

/** Connects to the first of these sockets where a bus lets us in; null if none does. */
export const openSessionBus = async (
  sockets: readonly string[],
  listeners: BusListeners
): Promise<SessionBus | null> => {
  for (const path of sockets) {
    const bus = await open(path, listeners)
    if (bus !== null) return bus
  }
  return null
}
