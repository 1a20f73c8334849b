import type { Health } from '../../shared/domain/health.ts'
import type { Clock } from '../ports/clock.ts'
import type { BusCall, BusMessage, BusValue } from './bus-wire.ts'
import { type BusReply, callToBus, openSessionBus, type SessionBus } from './session-bus.ts'

export interface BusNotifierDeps {
  readonly clock: Clock
  /** Where the session's bus may be. */
  readonly sockets: readonly string[]
  /** Names the app's entry in the desktop's menu, by which it finds the icon; null if there is none. */
  readonly desktopEntry: string | null
  readonly onState: (state: Health['notifications']) => void
}

/** What is shown. */
export interface BusNotice {
  readonly title: string
  readonly body: string
  readonly onClick: () => void
}

/** Long enough for a service that is started for it, short enough to be told of. */
const answerMs = 5_000
/** So long nothing is asked of a service that does not answer. */
const quietMs = 10 * 60_000

const service = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications'
}
const signals = `type='signal',sender='${service.destination}',interface='${service.interface}'`

/** The bus gave up waiting for the service. */
const isSilence = (errorName: string): boolean => /\.(NoReply|Timeout|TimedOut)$/.test(errorName)

const stateOf = (reply: BusReply): 'ok' | 'silent' | 'absent' => {
  if (reply.state === 'answered') return 'ok'
  return reply.state === 'refused' && isSilence(reply.errorName) ? 'silent' : 'absent'
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const askAbilities: BusCall = {
  ...service,
  member: 'GetCapabilities',
  signature: '',
  write: () => undefined
}

const notifyCall = (
  { title, body }: BusNotice,
  can: readonly string[],
  desktopEntry: string | null
): BusCall => ({
  ...service,
  member: 'Notify',
  signature: 'susssasa{sv}i',
  write: (writer) => {
    writer.string('Replica Desk')
    writer.uint32(0)
    writer.string('')
    writer.string(title)
    // Where the body may be marked up, a name that reads like a mark is still a name.
    writer.string(can.includes('body-markup') ? escaped(body) : body)
    writer.array(4, () => {
      if (!can.includes('actions')) return
      writer.string('default')
      writer.string('Show')
    })
    writer.array(8, () => {
      if (desktopEntry === null) return
      writer.align(8)
      writer.string('desktop-entry')
      writer.signature('s')
      writer.string(desktopEntry)
    })
    writer.int32(-1)
  }
})

const listOf = (value: BusValue | undefined): readonly string[] =>
  Array.isArray(value) ? value : []

/**
 * Notifications of a Linux desktop, over the bus itself. Electron's own wait in the main process until the service
 * answers, and a service may never do so (docs/adr/0015-notifications.md).
 */
export const createBusNotifier = (deps: BusNotifierDeps) => {
  const { clock, sockets, desktopEntry, onState } = deps
  const clicks = new Map<number, () => void>()
  let bus: Promise<SessionBus | null> | null = null
  let quietUntilMs = 0

  const onSignal = ({ interface: from, member, body: [id] }: BusMessage): void => {
    if (from !== service.interface || typeof id !== 'number') return
    if (member === 'ActionInvoked') clicks.get(id)?.()
    if (member === 'ActionInvoked' || member === 'NotificationClosed') clicks.delete(id)
  }

  const onClosed = (): void => {
    bus = null
    clicks.clear()
  }

  const open = async (): Promise<SessionBus | null> => {
    const opened = await openSessionBus(sockets, { onSignal, onClosed })
    if (opened === null) onClosed()
    await opened?.call(callToBus('AddMatch', signals))
    return opened
  }

  const connected = (): Promise<SessionBus | null> => {
    bus ??= open()
    return bus
  }

  const deliver = async (notice: BusNotice): Promise<'ok' | 'silent' | 'absent'> => {
    const at = await connected()
    if (at === null) return 'absent'
    const can = await at.call(askAbilities)
    if (can.state !== 'answered') return stateOf(can)
    const shown = await at.call(notifyCall(notice, listOf(can.values[0]), desktopEntry))
    const id = shown.state === 'answered' ? shown.values[0] : undefined
    if (typeof id === 'number') clicks.set(id, notice.onClick)
    return stateOf(shown)
  }

  const tell = (state: 'ok' | 'silent' | 'absent'): void => {
    quietUntilMs = state === 'silent' ? clock.monotonicMs() + quietMs : 0
    onState(state)
  }

  return {
    /**
     * Resolves when the service has answered, or has not for a while; `onState` is told either. An answer that comes
     * later still counts. A service that did not answer is left alone for ten minutes.
     */
    show: async (notice: BusNotice): Promise<void> => {
      if (clock.monotonicMs() < quietUntilMs) return
      const settled = new AbortController()
      const delivered = deliver(notice)
        .then(tell)
        .finally(() => settled.abort())
      await Promise.race([delivered, clock.wait(answerMs, settled.signal)])
      if (!settled.signal.aborted) tell('silent')
    }
  }
}
