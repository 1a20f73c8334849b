import { describe, expect, it, onTestFinished } from 'vitest'
import type { AccountId } from '../../shared/domain/account.ts'
import { contract, type RequestName } from '../../shared/ipc/contract.ts'
import de from '../../shared/messages/de.json'
import { english } from '../../shared/messages/english.ts'
import { speak } from '../../shared/messages/messages.ts'
import { ok } from '../../shared/result.ts'
import { createPresses } from '../security/presses.ts'
import { createDeedGate } from './deed-gate.ts'
import { type DeedFacts, deeds, type Question } from './deeds.ts'

const accountId = 'acc_0123456789abcdef' as AccountId
const ref = { accountId, kind: 'replica' as const, id: 'rf4e9d9790f0' }
const accountInput = {
  id: accountId,
  provider: 'tavus',
  name: 'Studio North',
  color: 'indigo',
  apiAddress: 'https://tavusapi.com',
  isReadOnly: true,
  apiKey: null,
  keyStorage: 'keychain'
}

const bucketInput = {
  id: 'bkt_0123456789abcdef',
  name: 'Studio bucket',
  endpoint: 'https://s3.eu-central-1.amazonaws.com',
  region: 'eu-central-1',
  bucket: 'studio',
  prefix: '',
  isPathStyle: false,
  accessKeyId: 'AKIAEXAMPLE',
  secretKey: null,
  keyStorage: 'keychain'
}

const setUp = (answer: boolean | Promise<boolean> = true) => {
  let nowMs = 0
  const asked: Question[] = []
  const ran: RequestName[] = []
  const presses = createPresses(() => nowMs)
  const facts: DeedFacts = {
    account: () => ({
      name: 'Studio North',
      apiAddress: 'https://tavusapi.com',
      isReadOnly: true
    }),
    bucket: () => ({
      name: 'Studio bucket',
      endpoint: 'https://s3.eu-central-1.amazonaws.com',
      accessKeyId: 'AKIAEXAMPLE'
    }),
    settings: () => ({ holdSeconds: 10 }),
    plan: () => null
  }
  const gate = createDeedGate({
    presses,
    facts,
    askPerson: async (question) => {
      asked.push(question)
      return answer
    },
    nowMs: () => nowMs
  })
  return {
    asked,
    ran,
    press: () => {
      presses.saw({ type: 'mouseDown' })
      presses.saw({ type: 'mouseUp' })
    },
    pass: (ms: number) => {
      nowMs += ms
    },
    ask: async (name: RequestName, input: unknown = {}) => {
      const run = async () => {
        ran.push(name)
        return ok({})
      }
      const ended = await gate(name, contract[name].input.parse(input) as never, run)
      return ended.ok ? 'ran' : ended.error.kind
    }
  }
}

const inputs: Readonly<Partial<Record<RequestName, unknown>>> = {
  'account:save': { ...accountInput, apiKey: 'key4good' },
  'account:remove': { accountId },
  'key:forget': { accountId },
  'deletion:start': {
    planId: 'plan_0123456789abcdef',
    token: 'x',
    mode: 'soft',
    typed: null,
    runAt: null
  },
  'batch:resume': { batchId: 'bat_0123456789abcdef' },
  'batch:retry': { batchId: 'bat_0123456789abcdef' },
  'asset:pin': { refs: [ref], isPinned: false },
  'asset:copyLink': { ref, link: 'download' },
  'asset:openPage': { ref, page: 'home' },
  'transcript:get': { ref },
  'transcript:save': { ref },
  'plan:export': { planId: 'plan_0123456789abcdef' },
  'plan:archive': { planId: 'plan_0123456789abcdef' },
  'receipt:save': { batchId: 'bat_0123456789abcdef', format: 'json' },
  'person:remove': { personId: 'per_0123456789abcdef' },
  'person:saveAll': { personId: 'per_0123456789abcdef', transcripts: null },
  'consent:remove': { noteId: 'cns_0123456789abcdef' },
  'consent:export': { personId: 'per_0123456789abcdef' },
  'bucket:save': { ...bucketInput, secretKey: 'canary4secret' },
  'bucket:remove': { bucketId: 'bkt_0123456789abcdef' },
  'draft:chooseVideoFile': { draftId: 'drf_0123456789abcdef', field: 'trainVideoUrl' },
  'video:fit': { draftId: 'drf_0123456789abcdef', field: 'trainVideoUrl' },
  'upload:removeFile': { uploadId: 'upl_0123456789abcdef' },
  'upload:removeUnfinished': { bucketId: 'bkt_0123456789abcdef', ids: ['x'] },
  'history:export': { selection: { scope: 'all' }, format: 'csv' },
  'history:clear': { headSeq: 1 },
  'names:forget': { target: { refs: [], personId: null }, records: 0 },
  'restore:begin': { withSettings: false },
  'settings:update': { holdSeconds: 0 },
  'link:open': { linkId: 'tavus-portal' }
}

const gated = (Object.keys(deeds) as RequestName[]).filter(
  (name) => typeof deeds[name] === 'object'
)

describe.each(gated)('%s', (name) => {
  const input = inputs[name] ?? {}

  it('runs after a press, once', async () => {
    const { ask, asked, press, ran } = setUp(false)
    press()
    expect(await ask(name, input)).toBe('ran')
    expect(asked).toEqual([])
    for (let more = 0; more < 10; more += 1) await ask(name, input)
    expect(ran.length).toBeLessThanOrEqual(8)
    expect(asked).toHaveLength(1)
  })

  it('without one asks the person, and does nothing when the answer is no', async () => {
    const { ask, asked, ran } = setUp(false)
    expect(await ask(name, input)).toBe('canceled')
    expect(ran).toEqual([])
    expect(asked).toHaveLength(1)
    expect(asked[0]?.message).toMatch(/\?$/)
  })

  it('runs when the answer is yes, each time anew', async () => {
    const { ask, asked } = setUp(true)
    expect([await ask(name, input), await ask(name, input)]).toEqual(['ran', 'ran'])
    expect(asked).toHaveLength(2)
  })
})

describe('which requests are deeds', () => {
  it.each<[RequestName, unknown]>([
    ['account:save', { ...accountInput, name: 'Studio South' }],
    ['account:save', { ...accountInput, id: null, apiKey: 'key4good' }],
    ['bucket:save', { ...bucketInput, name: 'Other name' }],
    ['bucket:save', { ...bucketInput, id: null, secretKey: 'canary4secret' }],
    ['settings:update', { holdSeconds: 10, theme: 'dark' }],
    ['settings:update', { holdSeconds: 60 }],
    ['asset:pin', { refs: [ref], isPinned: true }],
    ['batch:undo', { batchId: 'bat_0123456789abcdef' }]
  ])('not %s %j', async (name, input) => {
    const { ask, asked } = setUp(false)
    expect(await ask(name, input)).toBe('ran')
    expect(asked).toEqual([])
  })

  it.each<[RequestName, unknown]>([
    ['account:save', { ...accountInput, apiAddress: 'https://other.example' }],
    ['account:save', { ...accountInput, isReadOnly: false }],
    ['settings:update', { holdSeconds: 5 }]
  ])('%s %j', async (name, input) => {
    const { ask } = setUp(false)
    expect(await ask(name, input)).toBe('canceled')
  })
})

describe('the question', () => {
  it('comes one at a time', async () => {
    let answer: (isWanted: boolean) => void = () => undefined
    const { ask, asked, ran } = setUp(new Promise((resolve) => (answer = resolve)))
    const first = ask('history:clear', { headSeq: 1 })
    expect(await ask('account:remove', { accountId })).toBe('canceled')
    expect(await ask('data:reveal')).toBe('canceled')
    answer(true)
    expect(await first).toBe('ran')
    expect(asked.map(({ message }) => message)).toEqual(['Clear the history?'])
    expect(ran).toEqual(['history:clear'])
  })

  it('comes later and later after a no, until the person presses something', async () => {
    const { ask, asked, pass, press } = setUp(false)
    for (let second = 0; second < 100; second += 1) {
      await ask('data:reveal')
      pass(1_000)
    }
    expect(asked).toHaveLength(6)
    press()
    expect(await ask('data:reveal')).toBe('ran')
    expect(await ask('data:reveal')).toBe('canceled')
    expect(asked).toHaveLength(7)
  })

  it('names what it is about on one plain line', async () => {
    const { ask, asked } = setUp(true)
    await ask('account:remove', { accountId })
    expect(asked).toEqual([
      { message: 'Remove the account “Studio North”?', button: 'Remove account' }
    ])
  })

  it('asks in the language that is spoken by then', async () => {
    const { ask, asked } = setUp(true)
    onTestFinished(() => speak(english))
    speak({ language: 'de', locale: 'de-DE', messages: de })
    await ask('account:remove', { accountId })
    expect(asked[0]?.message).toBe('Konto „Studio North“ entfernen?')
  })
})

describe('what takes long', () => {
  it('keeps the press that began it fresh', async () => {
    let nowMs = 0
    const presses = createPresses(() => nowMs)
    const gate = createDeedGate({
      presses,
      facts: {
        account: () => null,
        bucket: () => null,
        settings: () => ({ holdSeconds: 10 }),
        plan: () => null
      },
      askPerson: async () => false,
      nowMs: () => nowMs
    })
    presses.saw({ type: 'mouseDown' })
    await gate('plan:make', {} as never, async () => {
      nowMs += 20_000
      return ok({})
    })
    const started = await gate('deletion:start', {} as never, async () => ok({}))
    expect(started.ok).toBe(true)
  })
})
