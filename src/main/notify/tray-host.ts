import type { Clock } from '../ports/clock.ts'
import { callToBus, openSessionBus } from './session-bus.ts'

const watcher = 'org.kde.StatusNotifierWatcher'
/** The bus itself answers this, so later is never. */
const answerMs = 2_000

/**
 * Whether this Linux desktop shows icons of apps: GNOME without an extension does not. The bus is asked, and nobody
 * else, so nothing can hang.
 */
export const hasTrayHost = async (
  clock: Pick<Clock, 'wait'>,
  sockets: readonly string[]
): Promise<boolean> => {
  const over = new AbortController()
  const ask = async (): Promise<boolean> => {
    const nothing = (): void => undefined
    const bus = await openSessionBus(sockets, { onSignal: nothing, onClosed: nothing })
    if (bus === null) return false
    const reply = await bus.call(callToBus('GetNameOwner', watcher))
    bus.close()
    return reply.state === 'answered'
  }
  const tooLate = async (): Promise<boolean> => {
    await clock.wait(answerMs, over.signal)
    return false
  }
  return Promise.race([ask(), tooLate()]).finally(() => over.abort())
}

const ownerChanges =
  "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus'," +
  `member='NameOwnerChanged',arg0='${watcher}'`

/**
 * Tells when what shows icons comes or goes: a panel that starts after the app at login, or again after a crash. An icon
 * is known only to the one that it was given to. Ends with the bus, as the session does.
 */
export const watchTrayHost = async (
  sockets: readonly string[],
  onChanged: () => void,
  stopping: AbortSignal
): Promise<void> => {
  const bus = await openSessionBus(sockets, {
    onSignal: ({ member, body: [name] }) => {
      if (member === 'NameOwnerChanged' && name === watcher) onChanged()
    },
    onClosed: () => undefined
  })
  if (bus === null) return
  if (stopping.aborted) return bus.close()
  stopping.addEventListener('abort', bus.close)
  await bus.call(callToBus('AddMatch', ownerChanges))
}
