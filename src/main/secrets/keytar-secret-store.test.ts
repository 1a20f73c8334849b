import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createManualClock, type ManualClock } from '../../../test/main/manual-clock.ts'
import { createMemorySecretStore } from '../../../test/main/secrets/memory-secret-store.ts'
import { forkNode, type NodeChild } from '../../../test/main/secrets/node-child.ts'
import {
  type RealSecretService,
  startBus,
  startSecretService
} from '../../../test/main/secrets/real-secret-service.ts'
import { assertNever } from '../../shared/result.ts'
import type { Log } from '../ports/log.ts'
import type { SecretStore } from '../ports/secret-store.ts'
import { classifyKeychainError } from './classify-keychain-error.ts'
import type { UtilityChild } from './keychain-calls.ts'
import type { KeychainReply, KeychainRequest } from './keychain-messages.ts'
import { createKeytarSecretStore } from './keytar-secret-store.ts'

const quiet: Log = { info: () => undefined, warn: () => undefined, bug: () => 'ref' }
const keychainFile = new URL('./keychain-process.ts', import.meta.url)

/** A child in this process that answers as it is told; `null` stays silent. */
const scriptedChild = (answer: (request: KeychainRequest) => Omit<KeychainReply, 'id'> | null) => {
  const listeners = new Map<string, (value: never) => void>()
  const emit = (event: string, value: unknown) => listeners.get(event)?.(value as never)
  const state = { requests: [] as KeychainRequest[], killed: 0, emit }
  const child: UtilityChild = {
    postMessage: (message) => {
      const request = message as KeychainRequest
      state.requests.push(request)
      const reply = answer(request)
      if (reply !== null) queueMicrotask(() => emit('message', { ...reply, id: request.id }))
    },
    kill: () => {
      state.killed += 1
      return true
    },
    on: (event: string, listener: (value: never) => void) => listeners.set(event, listener)
  }
  return { child, state }
}

const storeOver = (clock: ManualClock, fork: () => UtilityChild, onWaiting = () => undefined) =>
  createKeytarSecretStore({ fork, clock, log: quiet, onWaiting })

/** Keeps what it is given. While locked it reads as empty, and is unlocked by the first thing written, as by a prompt. */
const rememberingChild = ({ isLocked = false } = {}) => {
  const entries = new Map<string, string>()
  let isOpen = !isLocked
  const { child } = scriptedChild((request) => {
    switch (request.call) {
      case 'get':
        return { value: isOpen ? (entries.get(request.name) ?? null) : null }
      case 'set':
        isOpen = true
        entries.set(request.name, request.secret)
        return { value: null }
      case 'delete':
        return { value: entries.delete(request.name) }
      default:
        return assertNever(request)
    }
  })
  return { child, entries }
}

describe('over a scripted process', () => {
  test('starts the process on the first call and ends it after a rest', async () => {
    const clock = createManualClock()
    const { child, state } = scriptedChild(() => ({ value: 'k' }))
    let forks = 0
    const store = storeOver(clock, () => {
      forks += 1
      return child
    })
    expect(forks).toBe(0)
    await store.get('a', { isExpected: true })
    await store.get('a', { isExpected: true })
    expect([forks, state.killed]).toEqual([1, 0])
    clock.advance(3_000)
    await Promise.resolve()
    expect(state.killed).toBe(1)
    await store.get('a', { isExpected: true })
    expect(forks).toBe(2)
    store.close()
  })

  test.each([
    [true, 'locked'],
    [false, 'absent']
  ])('nothing found, expected %s: %s', async (isExpected, kind) => {
    const { child } = scriptedChild(() => ({ value: null }))
    const store = storeOver(createManualClock(), () => child)
    expect(await store.get('a', { isExpected })).toEqual({ kind })
    store.close()
  })

  test('nothing found and something can be written: proven absent, and nothing is left behind', async () => {
    const { child, entries } = rememberingChild()
    const store = storeOver(createManualClock(), () => child)
    expect(await store.getProven('a')).toEqual({ kind: 'absent' })
    expect(entries.size).toBe(0)
    entries.set('a', 'k')
    expect(await store.getProven('a')).toEqual({ kind: 'ok', value: 'k' })
    store.close()
  })

  test.each(['locked', 'denied', 'unavailable', 'failed'] as const)(
    'nothing found and writing is %s: that is told',
    async (trouble) => {
      const { child } = scriptedChild(({ call }) =>
        call === 'set' ? { trouble } : { value: null }
      )
      const store = storeOver(createManualClock(), () => child)
      expect(await store.getProven('a')).toEqual({ kind: trouble })
      store.close()
    }
  )

  test('unlocked by the proof: the entry is found', async () => {
    const { child, entries } = rememberingChild({ isLocked: true })
    entries.set('a', 'k')
    const store = storeOver(createManualClock(), () => child)
    expect(await store.get('a', { isExpected: true })).toEqual({ kind: 'locked' })
    expect(await store.getProven('a')).toEqual({ kind: 'ok', value: 'k' })
    store.close()
  })

  test.each([
    ['another', 'failed'],
    [null, 'failed'],
    ['secret', 'ok']
  ])('a write that reads back %s is %s', async (readBack, kind) => {
    const { child } = scriptedChild(({ call }) => ({ value: call === 'get' ? readBack : null }))
    const store = storeOver(createManualClock(), () => child)
    expect((await store.set('a', 'secret')).kind).toBe(kind)
    store.close()
  })

  test.each(['locked', 'denied', 'unavailable', 'failed'] as const)(
    'a read that is %s leads to no other call',
    async (trouble) => {
      const { child, state } = scriptedChild(() => ({ trouble }))
      const store = storeOver(createManualClock(), () => child)
      expect(await store.get('a', { isExpected: false })).toEqual({ kind: trouble })
      expect(await store.set('a', 'k')).toEqual({ kind: trouble })
      expect(await store.delete('a')).toEqual({ kind: trouble })
      expect(state.requests.map(({ call }) => call)).toEqual(['get', 'set', 'delete'])
      store.close()
    }
  )

  test('a delete that leaves the entry has failed', async () => {
    const { child } = scriptedChild(({ call }) => ({ value: call === 'get' ? 'k' : true }))
    const store = storeOver(createManualClock(), () => child)
    expect(await store.delete('a')).toEqual({ kind: 'failed' })
    store.close()
  })

  test('tells of the wait, then gives up, and the calls behind fail with it', async () => {
    const clock = createManualClock()
    const { child, state } = scriptedChild(() => null)
    let waits = 0
    const store = storeOver(
      clock,
      () => child,
      () => {
        waits += 1
      }
    )
    const answers = Promise.all([
      store.get('a', { isExpected: true }),
      store.get('b', { isExpected: true })
    ])
    await clock.untilWaitedFor(5_000)
    clock.advance(5_000)
    await clock.untilWaitedFor(115_000)
    expect([waits, state.killed]).toEqual([1, 0])
    clock.advance(115_000)
    expect(await answers).toEqual([{ kind: 'failed' }, { kind: 'failed' }])
    expect(state.killed).toBe(1)
    expect(state.requests).toHaveLength(1)
    store.close()
  })

  test('close ends a wait', async () => {
    const clock = createManualClock()
    const { child, state } = scriptedChild(() => null)
    const store = storeOver(clock, () => child)
    const answer = store.get('a', { isExpected: true })
    await clock.untilWaitedFor(5_000)
    store.close()
    expect(await answer).toEqual({ kind: 'failed' })
    expect(state.killed).toBe(1)
  })

  test('a process that cannot be started is unavailable', async () => {
    const store = storeOver(createManualClock(), () => {
      throw new Error('no such file')
    })
    expect(await store.get('a', { isExpected: true })).toEqual({ kind: 'unavailable' })
    store.close()
  })

  test('a process that dies has failed, and the next call has a new one', async () => {
    const clock = createManualClock()
    const first = scriptedChild(() => null)
    const second = scriptedChild(() => ({ value: 'k' }))
    const children = [first.child, second.child]
    const store = storeOver(clock, () => children.shift() ?? second.child)
    const answer = store.get('a', { isExpected: true })
    await clock.untilWaitedFor(5_000)
    first.state.emit('exit', 11)
    expect(await answer).toEqual({ kind: 'failed' })
    expect(await store.get('a', { isExpected: true })).toEqual({ kind: 'ok', value: 'k' })
    store.close()
  })
})

describe('error texts', () => {
  test.each([
    ['Cannot create an item in a locked collection', 'locked'],
    ['User interaction is not allowed.', 'locked'],
    ['Prompt was dismissed', 'denied'],
    ['User canceled the operation.', 'denied'],
    ['The user name or passphrase you entered is not correct.', 'denied'],
    ['Access is denied.', 'denied'],
    ['Unknown or unsupported transport “disabled” for address “disabled:”', 'unavailable'],
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'unavailable'],
    ['Could not connect: No such file or directory', 'unavailable'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'unavailable'],
    ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'unavailable'],
    ['A default keychain could not be found.', 'unavailable'],
    [
      'A specified logon session does not exist. It may already have been terminated.',
      'unavailable'
    ],
    ['Failed to load keytar native addon, checked …', 'unavailable'],
    ['Timeout was reached', 'failed'],
    ['Message recipient disconnected from message bus without replying', 'failed'],
    ['Zugriff verweigert', 'failed'],
    ['', 'failed']
  ])('%s: %s', (message, trouble) => {
    expect(classifyKeychainError(new Error(message))).toBe(trouble)
  })
})

describe('in memory', () => {
  test('keeps, gives and forgets', async () => {
    const store = createMemorySecretStore()
    expect(await store.get('a', { isExpected: false })).toEqual({ kind: 'absent' })
    expect(await store.set('a', 'k')).toEqual({ kind: 'ok', value: null })
    expect(await store.get('a', { isExpected: true })).toEqual({ kind: 'ok', value: 'k' })
    expect(await store.delete('a')).toEqual({ kind: 'ok', value: null })
    await store.set('b', 'k')
    store.close()
    expect(await store.get('b', { isExpected: true })).toEqual({ kind: 'absent' })
  })
})

if (process.platform === 'linux') {
  describe('over a real Secret Service', () => {
    let service: RealSecretService
    let store: SecretStore
    let clock: ManualClock
    let children: NodeChild[]

    const open = (env: NodeJS.ProcessEnv) => {
      clock = createManualClock()
      children = []
      return storeOver(clock, () => {
        const child = forkNode(keychainFile, env)
        children.push(child)
        return child
      })
    }

    beforeEach(async () => {
      service = await startSecretService()
      store = open(service.env)
    })
    afterEach(async () => {
      store.close()
      await service.stop()
    })

    test('writes, reads and takes away', async () => {
      expect(await store.get('acc', { isExpected: false })).toEqual({ kind: 'absent' })
      expect(await store.set('acc', 'first')).toEqual({ kind: 'ok', value: null })
      expect(await store.set('acc', 'second "$(id)"')).toEqual({ kind: 'ok', value: null })
      expect(await store.get('acc', { isExpected: true })).toEqual({
        kind: 'ok',
        value: 'second "$(id)"'
      })
      expect(await store.delete('acc')).toEqual({ kind: 'ok', value: null })
      expect(await store.get('acc', { isExpected: false })).toEqual({ kind: 'absent' })
      expect(await store.delete('acc')).toEqual({ kind: 'ok', value: null })
      expect(await store.getProven('acc')).toEqual({ kind: 'absent' })
      expect(children).toHaveLength(1)
    })

    test('locked: nothing is taken for absent, written or taken away', async () => {
      await store.set('acc', 'k')
      await service.lock()
      expect(await store.get('acc', { isExpected: true })).toEqual({ kind: 'locked' })
      expect(['locked', 'denied']).toContain((await store.getProven('acc')).kind)
      expect((await store.set('acc', 'other')).kind).not.toBe('ok')
      expect((await store.delete('acc')).kind).not.toBe('ok')
    })

    test('hanging: killed at the deadline, and the service is used again once it is back', async () => {
      await store.set('acc', 'k')
      await service.signal('SIGSTOP')
      const answer = store.get('acc', { isExpected: true })
      await clock.untilWaitedFor(5_000)
      clock.advance(5_000)
      await clock.untilWaitedFor(115_000)
      const [child] = children
      const ended = child && once(child.process, 'exit')
      clock.advance(115_000)
      expect(await answer).toEqual({ kind: 'failed' })
      expect(await ended).toEqual([null, 'SIGKILL'])
      await service.signal('SIGCONT')
      expect(await store.get('acc', { isExpected: true })).toEqual({ kind: 'ok', value: 'k' })
    })

    test('killed: unavailable, and not absent', async () => {
      await store.set('acc', 'k')
      await service.signal('SIGKILL')
      expect((await store.get('acc', { isExpected: true })).kind).toBe('unavailable')
    })

    test('a keychain process that is killed has failed', async () => {
      await store.set('acc', 'k')
      await service.signal('SIGSTOP')
      const answer = store.get('acc', { isExpected: true })
      children[0]?.process.kill('SIGSEGV')
      expect(await answer).toEqual({ kind: 'failed' })
    })

    test('a bus without the service: unavailable', async () => {
      const bus = await startBus()
      const lonely = open(bus.env)
      expect(await lonely.get('acc', { isExpected: true })).toEqual({ kind: 'unavailable' })
      expect(await lonely.set('acc', 'k')).toEqual({ kind: 'unavailable' })
      lonely.close()
      await bus.stop()
    })

    test.each(['disabled:', 'unix:path=/nonexistent/bus'])(
      'no bus (%s): unavailable',
      async (at) => {
        const alone = open({ ...service.env, DBUS_SESSION_BUS_ADDRESS: at })
        expect(await alone.get('acc', { isExpected: true })).toEqual({ kind: 'unavailable' })
        expect(await alone.set('acc', 'k')).toEqual({ kind: 'unavailable' })
        expect(await alone.delete('acc')).toEqual({ kind: 'unavailable' })
        alone.close()
      }
    )
  })
}
