import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createManualClock } from '../../../test/main/manual-clock.ts'
import { busSockets } from './bus-address.ts'
import { createBusNotifier } from './bus-notifier.ts'
import { type BusMessage, BusWriter, busTypes, maxMessageBytes, readMessage } from './bus-wire.ts'

interface Heard {
  readonly message: BusMessage
  readonly bytes: Buffer
  answer(signature: string, write: (writer: BusWriter) => void): void
  refuse(errorName: string): void
}

const envelope = (type: number, fields: (writer: BusWriter) => void, body: BusWriter): Buffer => {
  const head = new BusWriter()
  for (const value of ['l'.charCodeAt(0), type, 0, 1]) head.byte(value)
  head.uint32(body.bytes.length)
  head.uint32(1)
  head.array(8, () => fields(head))
  head.align(8)
  return Buffer.concat([head.bytes, body.bytes])
}

const field = (writer: BusWriter, id: number, type: string, value: string | number): void => {
  writer.align(8)
  writer.byte(id)
  writer.signature(type)
  if (typeof value === 'number') writer.uint32(value)
  else if (type === 'g') writer.signature(value)
  else writer.string(value)
}

const bodyOf = (write: (writer: BusWriter) => void): BusWriter => {
  const body = new BusWriter()
  write(body)
  return body
}

const heardOn = (socket: Socket, message: BusMessage, bytes: Buffer): Heard => ({
  message,
  bytes,
  answer: (signature, write) => {
    const fields = (writer: BusWriter): void => {
      field(writer, 5, 'u', message.serial)
      if (signature !== '') field(writer, 8, 'g', signature)
    }
    socket.write(envelope(busTypes.answer, fields, bodyOf(write)))
  },
  refuse: (errorName) => {
    const fields = (writer: BusWriter): void => {
      field(writer, 5, 'u', message.serial)
      field(writer, 4, 's', errorName)
    }
    socket.write(envelope(busTypes.error, fields, new BusWriter()))
  }
})

/** Reads calls off a connection, and lets anybody in. */
const listen = (socket: Socket, onCall: (heard: Heard) => void): void => {
  let unread: Buffer = Buffer.alloc(0)
  let isIn = false
  socket.on('error', () => undefined)
  socket.on('data', (bytes) => {
    unread = Buffer.concat([unread, bytes])
    if (!isIn && unread.toString().startsWith('\0AUTH') && unread.toString().endsWith('\r\n')) {
      isIn = true
      unread = Buffer.alloc(0)
      socket.write('OK 0123\r\n')
      return
    }
    if (unread.toString('latin1', 0, 7) === 'BEGIN\r\n') unread = unread.subarray(7)
    for (let next = readMessage(unread); next !== null; next = readMessage(unread)) {
      onCall(heardOn(socket, next.message, unread.subarray(0, next.length)))
      unread = unread.subarray(next.length)
    }
  })
}

/** A bus with one service on it, which each test plays. */
const playBus = async (play: (heard: Heard) => void) => {
  const folder = mkdtempSync(join(tmpdir(), 'bus-'))
  const path = join(folder, 'bus')
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    listen(socket, (heard) => {
      const { member } = heard.message
      if (member === 'Hello') heard.answer('s', (writer) => writer.string(':1.1'))
      else if (member === 'AddMatch') heard.answer('', () => undefined)
      else play(heard)
    })
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const states: string[] = []
  const clock = createManualClock()
  const notifier = createBusNotifier({
    clock,
    sockets: [path],
    desktopEntry: 'replica-desk',
    onState: (state) => states.push(state)
  })
  const show = (title: string, body = '', onClick: () => void = () => undefined) =>
    notifier.show({ title, body, onClick })
  return { show, states, clock, sockets }
}

const canDo =
  (...abilities: readonly string[]) =>
  (writer: BusWriter) =>
    writer.array(4, () => {
      for (const ability of abilities) writer.string(ability)
    })

const answering =
  (abilities: readonly string[], shown: string[]) =>
  (heard: Heard): void => {
    if (heard.message.member === 'GetCapabilities') heard.answer('as', canDo(...abilities))
    else {
      shown.push(heard.bytes.toString('latin1'))
      heard.answer('u', (writer) => writer.uint32(shown.length))
    }
  }

const sendSignal = (socket: Socket | undefined, member: string, id: number): void => {
  const fields = (writer: BusWriter): void => {
    field(writer, 2, 's', 'org.freedesktop.Notifications')
    field(writer, 3, 's', member)
    field(writer, 8, 'g', 'us')
  }
  const body = bodyOf((writer) => {
    writer.uint32(id)
    writer.string('default')
  })
  socket?.write(envelope(busTypes.signal, fields, body))
}

test('a notification is shown, and a click on it is told once', async () => {
  const shown: string[] = []
  const { show, states, sockets } = await playBus(answering(['actions'], shown))
  const clicks: string[] = []
  const clicked = new Promise<void>((resolve) => {
    void show('Amara Osei', 'The replica is ready.', () => {
      clicks.push('Amara')
    })
      .then(() =>
        show('Kenji Watanabe', '', () => {
          clicks.push('Kenji')
          resolve()
        })
      )
      .then(() => {
        sendSignal(sockets[0], 'ActionInvoked', 1)
        sendSignal(sockets[0], 'ActionInvoked', 1)
        sendSignal(sockets[0], 'ActionInvoked', 2)
      })
  })
  await clicked
  expect(clicks).toEqual(['Amara', 'Kenji'])
  expect(states).toEqual(['ok', 'ok'])
  expect(shown[0]).toContain('Amara Osei')
  expect(shown[0]).toContain('desktop-entry')
})

test('a body is escaped only where the service reads marks in it', async () => {
  const marked: string[] = []
  await (await playBus(answering(['body-markup'], marked))).show('A', '<b>&</b>')
  const plain: string[] = []
  await (await playBus(answering([], plain))).show('A', '<b>&</b>')
  expect(marked[0]).toContain('&lt;b&gt;&amp;&lt;/b&gt;')
  expect(plain[0]).toContain('<b>&</b>')
})

test.each(['GetCapabilities', 'Notify'])(
  'a service that never answers %s is called silent and left alone for a while; a late answer counts',
  async (mute) => {
    const kept: Heard[] = []
    const shown: string[] = []
    const answer = answering([], shown)
    const { show, states, clock } = await playBus((heard) => {
      if (heard.message.member === mute && kept.length < 2) kept.push(heard)
      else answer(heard)
    })
    const first = show('First')
    await expect.poll(() => kept).toHaveLength(1)
    clock.advance(5_000)
    await first
    expect(states).toEqual(['silent'])

    await show('Not even asked for')
    expect(kept).toHaveLength(1)

    clock.advance(10 * 60_000)
    const second = show('Second')
    await expect.poll(() => kept).toHaveLength(2)
    clock.advance(5_000)
    await second
    expect(states).toEqual(['silent', 'silent'])

    for (const heard of kept) answer(heard)
    await expect.poll(() => states.at(-1)).toBe('ok')
    await show('Third')
    expect(shown.join()).toContain('Third')
    expect(shown.join()).not.toContain('Not even')
  }
)

test('a desktop without a service or a bus is told so, and one that comes later is found', async () => {
  const shown: string[] = []
  const answer = answering([], shown)
  let isThere = false
  const { show, states } = await playBus((heard) => {
    if (isThere) answer(heard)
    else heard.refuse('org.freedesktop.DBus.Error.ServiceUnknown')
  })
  await show('First')
  isThere = true
  await show('Second')
  expect(states).toEqual(['absent', 'ok'])

  const noBus: string[] = []
  const notifier = createBusNotifier({
    clock: createManualClock(),
    sockets: ['/nonexistent/bus'],
    desktopEntry: null,
    onState: (state) => noBus.push(state)
  })
  await notifier.show({ title: 'A', body: '', onClick: () => undefined })
  expect(noBus).toEqual(['absent'])
})

test('the bus’s own word that a service did not answer is silence', async () => {
  const { show, states } = await playBus((heard) =>
    heard.refuse('org.freedesktop.DBus.Error.TimedOut')
  )
  await show('First')
  expect(states).toEqual(['silent'])
})

test.each<readonly [string, (socket: Socket | undefined) => void]>([
  ['a bus that ends', (socket) => socket?.destroy()],
  ['what is no message', (socket) => socket?.write('HTTP/1.1 200 OK\r\n\r\n-- and so on --')],
  ['more than any message has', (socket) => socket?.write(Buffer.alloc(maxMessageBytes + 1, 'l'))]
])('%s ends the connection, and the next notification opens another', async (_what, hurt) => {
  const shown: string[] = []
  const answer = answering([], shown)
  const { show, states, sockets } = await playBus((heard) => {
    if (sockets.length > 1) answer(heard)
    else hurt(sockets[0])
  })
  await show('First')
  await show('Second')
  expect(states).toEqual(['absent', 'ok'])
})

test('addresses of a session’s bus', () => {
  const at = (address: string | undefined, runtime?: string) =>
    busSockets({ DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: runtime })
  expect(at('unix:path=/run/user/1000/bus,guid=0a1b')).toEqual(['/run/user/1000/bus'])
  expect(at('unix:path=/tmp/a%20b;unix:abstract=/tmp/dbus-X')).toEqual([
    '/tmp/a b',
    '\0/tmp/dbus-X'
  ])
  expect(at(undefined, '/run/user/1000')).toEqual(['/run/user/1000/bus'])
  expect(at(undefined)).toEqual([])
  expect(at('tcp:host=example.com,port=1;unix:path=%zz;autolaunch:')).toEqual([])
})
