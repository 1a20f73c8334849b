import { execFile } from 'node:child_process'
import { connect } from 'node:net'
import { promisify } from 'node:util'
import { busSockets } from '../../../src/main/notify/bus-address.ts'
import {
  type BusMessage,
  BusWriter,
  busTypes,
  readMessage,
  writeCall
} from '../../../src/main/notify/bus-wire.ts'
import { callToBus } from '../../../src/main/notify/session-bus.ts'

const run = promisify(execFile)

/** What a panel is to an app: it takes icons, and a person chooses from their menus. */
export interface TrayWatcher {
  /** What the icon's menu reads, top to bottom; null: there is no icon. */
  menu(): Promise<readonly string[] | null>
  choose(label: string): Promise<void>
  stop(): void
}

const watcher = 'org.kde.StatusNotifierWatcher'
const fields = { replyTo: 5, destination: 6, signature: 8 }

const answer = (message: BusMessage, caller: string, isAsked: boolean): Buffer => {
  const body = new BusWriter()
  if (isAsked) {
    // The one property that is asked for: that somebody shows icons, as a variant that holds true.
    body.signature('b')
    body.uint32(1)
  }
  const head = new BusWriter()
  for (const value of ['l'.charCodeAt(0), busTypes.answer, 0, 1]) head.byte(value)
  head.uint32(body.bytes.length)
  head.uint32(1_000 + message.serial)
  head.array(8, () => {
    head.align(8)
    head.byte(fields.replyTo)
    head.signature('u')
    head.uint32(message.serial)
    head.align(8)
    head.byte(fields.destination)
    head.signature('s')
    head.string(caller)
    if (!isAsked) return
    head.align(8)
    head.byte(fields.signature)
    head.signature('g')
    head.signature('v')
  })
  head.align(8)
  return Buffer.concat([head.bytes, body.bytes])
}

const claimName = {
  ...callToBus('RequestName'),
  signature: 'su',
  write: (writer: BusWriter) => {
    writer.string(watcher)
    writer.uint32(0)
  }
}

interface MenuEntry {
  readonly id: string
  readonly label: string
}

/** Reads what gdbus prints of a menu's layout. */
const entriesIn = (printed: string): readonly MenuEntry[] =>
  [...printed.matchAll(/<\((\d+), \{([^}]*)\}/g)].flatMap(([, id = '', properties = '']) => {
    const [, single, double] = /'label': <(?:'([^']*)'|"([^"]*)")>/.exec(properties) ?? []
    const label = single ?? double
    return label === undefined ? [] : [{ id, label }]
  })

/** Takes the icons of a test's bus, as a desktop's panel does (StatusNotifierItem, com.canonical.dbusmenu). */
export const startTrayWatcher = async (
  busEnv: Readonly<Record<string, string>>
): Promise<TrayWatcher> => {
  const env = { ...process.env, ...busEnv }
  const [path = ''] = busSockets(env)
  const socket = connect({ path })
  let unread: Buffer = Buffer.alloc(0)
  let isIn = false
  let service: string | null = null
  let tellNamed: () => void = () => undefined
  const named = new Promise<void>((resolve) => {
    tellNamed = resolve
  })

  const onMessage = (message: BusMessage, bytes: Buffer): void => {
    if (message.replyTo === 2) tellNamed()
    if (message.type !== busTypes.call) return
    // A call that the bus passes on names its caller, by the only unique name in it.
    const caller = /:\d+\.\d+/.exec(bytes.toString('latin1'))?.[0] ?? ''
    const [first] = message.body
    if (message.member === 'RegisterStatusNotifierItem') service = String(first)
    socket.write(answer(message, caller, message.member === 'Get'))
  }

  socket.on('data', (bytes) => {
    unread = Buffer.concat([unread, bytes])
    if (!isIn) {
      const end = unread.indexOf('\r\n')
      if (end < 0) return
      unread = unread.subarray(end + 2)
      isIn = true
      socket.write('BEGIN\r\n')
      socket.write(writeCall(callToBus('Hello'), 1))
      socket.write(writeCall(claimName, 2))
    }
    for (let next = readMessage(unread); next !== null; next = readMessage(unread)) {
      onMessage(next.message, unread.subarray(0, next.length))
      unread = unread.subarray(next.length)
    }
  })
  const userId = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')
  socket.write(`\0AUTH EXTERNAL ${userId}\r\n`)
  await named

  const callMenu = async (method: string, ...args: readonly string[]): Promise<string | null> => {
    if (service === null) return null
    const at = ['--session', '--dest', service, '--object-path', '/com/canonical/dbusmenu']
    const name = ['--method', `com.canonical.dbusmenu.${method}`]
    try {
      return (await run('gdbus', ['call', ...at, ...name, ...args], { env })).stdout
    } catch {
      return null // An icon that is gone answers nothing more.
    }
  }

  const entries = async (): Promise<readonly MenuEntry[] | null> => {
    const printed = await callMenu('GetLayout', '0', 'int32 -1', '@as []')
    return printed === null ? null : entriesIn(printed)
  }

  return {
    menu: async () => (await entries())?.map(({ label }) => label) ?? null,
    choose: async (label) => {
      const entry = (await entries())?.find((one) => one.label === label)
      if (entry === undefined) throw new Error(`The menu has no “${label}”`)
      await callMenu('Event', entry.id, 'clicked', '<0>', 'uint32 0')
    },
    stop: () => socket.destroy()
  }
}
