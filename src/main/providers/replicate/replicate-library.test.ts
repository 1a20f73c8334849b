import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { addTestAccount, testAccountId } from '../../../../test/main/desks/test-account.ts'
import { own, start, told } from '../../../../test/main/providers/replicate/simulated-replicate.ts'
import { createMemorySecretStore } from '../../../../test/main/secrets/memory-secret-store.ts'
import type { ReplicateOptions } from '../../../../test/sandbox/faulty-replicate.ts'
import type { AssetKind } from '../../../shared/catalogue/kinds.ts'
import type { AssetId } from '../../../shared/domain/asset.ts'
import { ok } from '../../../shared/result.ts'
import { systemClock } from '../../clock.ts'
import type { Store } from '../../ports/store.ts'
import { openStore } from '../../storage/sqlite-store.ts'
import { createKeyRing } from '../../usecases/key-ring.ts'
import { createLibrary, type Library } from '../../usecases/library.ts'
import { createSupervisor } from '../../usecases/supervisor.ts'
import { createAbsentProvider } from '../absent-provider.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

const nothing = () => undefined
const accountId = testAccountId

/** A library of one account at a simulated Replicate, with its database on disk. */
const open = async (options?: ReplicateOptions, isProviderThere = true) => {
  const { sandbox, provider } = await start(options)
  const folder = mkdtempSync(join(tmpdir(), 'replicate-library-'))
  const log = { info: nothing, warn: nothing, bug: () => '' }
  const store: Store = openStore({ folder, clock: systemClock, runId: 'run_test', log })
  closing.push(() => {
    store.close()
    rmSync(folder, { recursive: true })
  })
  const keyRing = createKeyRing({
    store,
    secrets: createMemorySecretStore(),
    clock: systemClock,
    supervisor: createSupervisor({
      clock: systemClock,
      log: { bug: String },
      onBackground: nothing
    }),
    fingerprintSalt: 'salt',
    onKeychain: nothing,
    onLeft: () => undefined
  })
  const { origin, apiKey } = sandbox
  await addTestAccount(
    { store, keyRing, clock: systemClock },
    { provider: 'replicate', origin, apiKey }
  )
  const library: Library = createLibrary({
    store,
    keyRing,
    providerOf: () => (isProviderThere ? provider : createAbsentProvider('replicate')),
    stopping: new AbortController().signal,
    onFault: String,
    finderOf: () => (isProviderThere ? provider : null),
    clock: systemClock,
    emit: nothing,
    makeReady: async () => ok(null),
    rememberMedia: () => ({ posterId: null, clipId: null }),
    onListed: async () => undefined,
    keepPosters: nothing,
    onEnded: nothing,
    onKeyStateKnown: nothing,
    onReached: async () => undefined
  })
  const listed = (kind: AssetKind): readonly string[] =>
    [...store.read.listedIds(accountId, kind)].sort()
  const foundIn = (kind: AssetKind, id: AssetId): string | undefined =>
    store.read.asset({ accountId, kind, id })?.details.find(({ name }) => name === 'found_in')
      ?.value
  return { sandbox, store, library, listed, foundIn }
}

const findable = [
  'adaeze-headshots',
  'lobby-greeter',
  'matteo-safety-films',
  'piotr-radio-portrait'
]
  .concat(['portrait-lora', 'te-reo-portraits'])
  .map((name) => own(name))

test('a refresh finds models, then their versions, and counts as whole', async () => {
  const { library, listed, foundIn, sandbox } = await open()
  expect(await library.refresh(accountId)).toMatchObject({
    lastError: null,
    asOfAt: expect.any(String)
  })
  expect(listed('model')).toEqual(findable)
  const versions = findable.flatMap((model) =>
    sandbox.state.versionsOf(model).map(({ id }) => `${model}:${id}`)
  )
  expect(listed('version')).toEqual(versions.sort())
  expect(foundIn('model', own('lobby-greeter'))).toBe('deployments')
})

test('what no list speaks of any more stays, with how it was found', async () => {
  const { library, listed, foundIn, sandbox } = await open()
  await library.refresh(accountId)
  sandbox.state.removeDeployment('lobby-screen')
  for (const { name } of sandbox.state.deployments) sandbox.state.removeDeployment(name)
  expect(await library.refresh(accountId)).toMatchObject({ lastError: null })
  expect(listed('model')).toContain(own('lobby-greeter'))
  expect(foundIn('model', own('lobby-greeter'))).toBe('deployments')
})

test('what its own address denies is gone, with its versions', async () => {
  const { library, listed, store, sandbox } = await open()
  await library.refresh(accountId)
  const [first, second] = sandbox.state.versionsOf(own('adaeze-headshots'))
  sandbox.state.removeVersion(first?.id ?? '')
  sandbox.state.removeModel(own('matteo-safety-films'))
  await library.refresh(accountId)
  expect(listed('model')).not.toContain(own('matteo-safety-films'))
  const left = listed('version')
  expect(left).not.toContain(`${own('adaeze-headshots')}:${first?.id}`)
  expect(left).toContain(`${own('adaeze-headshots')}:${second?.id}`)
  expect(left.filter((id) => id.startsWith(own('matteo-safety-films')))).toEqual([])
  const vanished = [...store.read.eachHistoryEvent()].filter(
    ({ type }) => type === 'asset-vanished'
  )
  expect(vanished).toHaveLength(4)
})

test('a version that a list with an unreadable row lacks is asked for by its own address', async () => {
  const { library, listed, sandbox } = await open()
  await library.refresh(accountId)
  const model = own('adaeze-headshots')
  const [gone, there] = sandbox.state.versionsOf(model)
  if (gone === undefined || there === undefined) throw new Error('No versions')
  sandbox.state.removeVersion(gone.id)
  sandbox.faults.add({
    match: { path: /adaeze-headshots\/versions$/ },
    effect: { kind: 'overwrite', fields: { results: [null] } }
  })
  sandbox.forgetRequests()
  expect(await library.refresh(accountId)).toMatchObject({
    unreadableCount: 1,
    asOfAt: expect.any(String)
  })
  expect(listed('version')).not.toContain(`${model}:${gone.id}`)
  expect(listed('version')).toContain(`${model}:${there.id}`)
  const looks = sandbox.requests.filter(({ path }) => path.endsWith(gone.id))
  expect(looks.length).toBeGreaterThanOrEqual(2)
})

test('a failed list of versions takes nothing away, and says so', async () => {
  const { library, listed, sandbox } = await open()
  await library.refresh(accountId)
  const before = listed('version')
  sandbox.faults.add({
    match: { path: /portrait-lora\/versions$/ },
    effect: { kind: 'answer', status: 403, body: '{"detail":"No."}' }
  })
  expect(await library.refresh(accountId)).toMatchObject({
    lastError: { kind: 'provider-refused', said: 'No.' }
  })
  expect(listed('version')).toEqual(before)
})

test('a model that no list speaks of is added by name, with its versions', async () => {
  const { library, listed, foundIn } = await open()
  const added = await library.add(
    accountId,
    ' https://replicate.com/studio-north/old-avatar-tests '
  )
  expect(added).toMatchObject({
    ok: true,
    value: { name: 'old-avatar-tests', statusRaw: 'private' }
  })
  expect(await library.add(accountId, own('adaeze-headshots'))).toMatchObject({ ok: true })
  expect(listed('version')).toHaveLength(3)
  await library.refresh(accountId)
  expect(foundIn('model', own('old-avatar-tests'))).toBe('by hand')
  expect(foundIn('model', own('adaeze-headshots'))).toBe('by hand, trainings, predictions')
})

test('a version is added with its model', async () => {
  const { library, listed, sandbox } = await open()
  const version = `${own('lobby-greeter')}:${sandbox.state.versionsOf(own('lobby-greeter'))[0]?.id}`
  expect(await library.add(accountId, version)).toMatchObject({
    ok: true,
    value: { ref: { id: version } }
  })
  expect(listed('model')).toEqual([own('lobby-greeter')])
})

test.each([
  (version: string) => `https://replicate.com/${version}`,
  (version: string) => `https://www.replicate.com/${version.replace(':', '/versions/')}/`,
  (version: string) => `r8.im/${version.replace(':', '@sha256:')}`
])('a version is added by its address, %#', async (addressOf) => {
  const { library, sandbox } = await open()
  const version = `${own('lobby-greeter')}:${sandbox.state.versionsOf(own('lobby-greeter'))[0]?.id}`
  expect(await library.add(accountId, addressOf(version))).toMatchObject({
    ok: true,
    value: { ref: { kind: 'version', id: version } }
  })
})

test.each([
  ['no name at all', 'not-a-name'],
  ['https://elsewhere.example/studio-north/portrait-lora', 'not-replicate'],
  ['https://replicate.com/settings/billing', 'site-page'],
  ['studio-north/nothing', 'not-found'],
  ['other-studio/casting-faces', 'not-found']
])('%s cannot be added: %s', async (text, expected) => {
  const { library, listed } = await open()
  expect(told(await library.add(accountId, text))).toBe(expected)
  expect(listed('model')).toEqual([])
})

test('without its provider an account stays readable, and nothing is asked', async () => {
  const { library, store, sandbox } = await open(undefined, false)
  expect(await library.refresh(accountId)).toMatchObject({
    lastError: { kind: 'invalid-input', issues: [{ field: 'provider', code: 'not-in-this-build' }] }
  })
  expect(told(await library.add(accountId, own('portrait-lora')))).toBe('not-offered')
  expect(store.read.account(accountId)?.name).toBe('Studio North')
  expect(sandbox.requests).toEqual([])
})
