import { expect, it, onTestFinished } from 'vitest'
import { createManualClock } from '../../../test/main/manual-clock.ts'
import { startTrayWatcher } from '../../../test/main/notify/tray-watcher.ts'
import { startBus } from '../../../test/main/secrets/real-secret-service.ts'
import { busSockets } from './bus-address.ts'
import { hasTrayHost, watchTrayHost } from './tray-host.ts'

it('there is none where there is no bus', async () => {
  expect(await hasTrayHost(createManualClock(), ['/nonexistent/bus'])).toBe(false)
  expect(await hasTrayHost(createManualClock(), [])).toBe(false)
  const never = () => {
    throw new Error('Nothing can change there')
  }
  await watchTrayHost(['/nonexistent/bus'], never, new AbortController().signal)
})

it.runIf(process.platform === 'linux')('tells when a panel comes and when it goes', async () => {
  const bus = await startBus()
  onTestFinished(bus.stop)
  const stopping = new AbortController()
  onTestFinished(() => stopping.abort())
  const env = Object.fromEntries(
    Object.entries(bus.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  )
  let changes = 0
  const onChanged = () => {
    changes += 1
  }
  await watchTrayHost(busSockets(env), onChanged, stopping.signal)
  const panel = await startTrayWatcher(env)
  await expect.poll(() => changes).toBe(1)
  panel.stop()
  await expect.poll(() => changes).toBe(2)
  stopping.abort()
  const later = await startTrayWatcher(env)
  later.stop()
  expect(changes).toBe(2)
})
