import { readFileSync } from 'node:fs'
import { connect } from 'node:net'

/** Requests of the X11 protocol (X.Org, "X Window System Protocol", appendix B) and of its XTEST extension. */
const opcodes = { getImage: 73, queryExtension: 98 }
const fakeInput = 2
const inputs = { press: 4, release: 5, motion: 6 }
const leftButton = 1
const zPixmap = 2
const allPlanes = 0xffffffff

/**
 * Looks at an X display and presses on it, as somebody who sits before it would: what a page or an app says of itself
 * plays no part.
 */
export async function openDisplay(env = process.env) {
  const wire = await connectTo(env)
  const { root, width, height } = wire.screen
  const testOpcode = await wire.ask(extensionRequest('XTEST')).then((reply) => reply[9])

  const press = (type, detail, x = 0, y = 0) => {
    const request = Buffer.alloc(36)
    request[0] = testOpcode
    request[1] = fakeInput
    request.writeUInt16LE(9, 2)
    request[4] = type
    request[5] = detail
    request.writeUInt32LE(root, 12)
    request.writeInt16LE(x, 24)
    request.writeInt16LE(y, 26)
    wire.send(request)
  }
  return {
    width,
    height,
    /** Pixels of a part of the display, four bytes each: blue, green, red, nothing. */
    read: async (x, y, columns, rows) => {
      const request = Buffer.alloc(20)
      request[0] = opcodes.getImage
      request[1] = zPixmap
      request.writeUInt16LE(5, 2)
      request.writeUInt32LE(root, 4)
      request.writeInt16LE(x, 8)
      request.writeInt16LE(y, 10)
      request.writeUInt16LE(columns, 12)
      request.writeUInt16LE(rows, 14)
      request.writeUInt32LE(allPlanes, 16)
      return (await wire.ask(request)).subarray(32, 32 + columns * rows * 4)
    },
    movePointer: (x, y) => press(inputs.motion, 0, x, y),
    click: (x, y) => {
      press(inputs.motion, 0, x, y)
      press(inputs.press, leftButton)
      press(inputs.release, leftButton)
    },
    close: wire.close
  }
}

const padded = (length) => (length + 3) & ~3

function extensionRequest(name) {
  const request = Buffer.alloc(8 + padded(name.length))
  request[0] = opcodes.queryExtension
  request.writeUInt16LE(request.length / 4, 2)
  request.writeUInt16LE(name.length, 4)
  request.write(name, 8, 'latin1')
  return request
}

/** The last secret of an X authority file: entries of a family and four counted fields, the last one the secret. */
function readCookie(file) {
  const bytes = readFileSync(file)
  let at = 0
  let cookie = Buffer.alloc(0)
  while (at < bytes.length) {
    at += 2
    for (let field = 0; field < 4; field += 1) {
      const length = bytes.readUInt16BE(at)
      cookie = bytes.subarray(at + 2, at + 2 + length)
      at += 2 + length
    }
  }
  return cookie
}

function greeting(cookie) {
  const name = 'MIT-MAGIC-COOKIE-1'
  const request = Buffer.alloc(12 + padded(name.length) + padded(cookie.length))
  request[0] = 'l'.charCodeAt(0)
  request.writeUInt16LE(11, 2)
  request.writeUInt16LE(name.length, 6)
  request.writeUInt16LE(cookie.length, 8)
  request.write(name, 12, 'latin1')
  cookie.copy(request, 12 + padded(name.length))
  return request
}

function readScreen(reply) {
  const vendorLength = reply.readUInt16LE(24)
  const screen = 40 + padded(vendorLength) + reply[29] * 8
  return {
    root: reply.readUInt32LE(screen),
    width: reply.readUInt16LE(screen + 20),
    height: reply.readUInt16LE(screen + 22)
  }
}

/** Answers come in the order of the requests that have one; nothing else is subscribed to. */
async function connectTo({ DISPLAY, XAUTHORITY }) {
  const [, number] = /^(?:unix)?:(\d+)/.exec(DISPLAY ?? '') ?? []
  if (number === undefined) throw new Error('The display is not on this computer')
  const socket = connect(`/tmp/.X11-unix/X${number}`)
  const waiting = []
  let received = Buffer.alloc(0)
  let isGreeted = false

  /** How long the message at the front is; Infinity while that cannot be told yet. */
  const frontLength = () => {
    if (!isGreeted) return received.length < 8 ? Infinity : 8 + received.readUInt16LE(6) * 4
    if (received.length < 32) return Infinity
    return received[0] === 1 ? 32 + received.readUInt32LE(4) * 4 : 32
  }
  socket.on('data', (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    for (let length = frontLength(); received.length >= length; length = frontLength()) {
      const message = received.subarray(0, length)
      received = received.subarray(length)
      isGreeted = true
      if (message[0] === 0) waiting.shift()?.reject(new Error(`X refused: ${message[1]}`))
      else if (message[0] === 1) waiting.shift()?.resolve(message)
    }
  })
  const fail = (error) => {
    for (const { reject } of waiting.splice(0)) reject(error)
  }
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('The display is gone')))
  const ask = (request) =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject })
      socket.write(request)
    })
  const screen = readScreen(
    await ask(greeting(XAUTHORITY ? readCookie(XAUTHORITY) : Buffer.alloc(0)))
  )
  return { screen, ask, send: (request) => socket.write(request), close: () => socket.destroy() }
}
