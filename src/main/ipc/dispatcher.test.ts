import { describe, expect, it } from 'vitest'
import type { AssetPage } from '../../shared/domain/asset.ts'
import { requestNames } from '../../shared/ipc/channels.ts'
import { contract, type RequestName } from '../../shared/ipc/contract.ts'
import { ok } from '../../shared/result.ts'
import type { Log } from '../ports/log.ts'
import { createDispatch, type Handlers } from './dispatcher.ts'

const query = {
  kind: 'replica',
  accountId: null,
  origin: 'own',
  statuses: null,
  models: null,
  createdSinceAt: null,
  parentId: null,
  personId: null,
  tag: null,
  presence: 'listed',
  search: '',
  sort: 'created-desc',
  offset: 0,
  limit: 50
}
const ref = { accountId: 'acc_0123456789abcdef', kind: 'replica', id: 'rf4e9d9790f0' }

const setUp = (list: () => unknown = () => ok({ total: 0, rows: [] } satisfies AssetPage)) => {
  const called: RequestName[] = []
  const bugs: unknown[] = []
  const log: Log = {
    info: () => undefined,
    warn: () => undefined,
    bug: (error) => `bug-${bugs.push(error)}`
  }
  const handlers = Object.fromEntries(
    requestNames.map((name) => [
      name,
      () => {
        called.push(name)
        return list()
      }
    ])
  ) as unknown as Handlers
  return { dispatch: createDispatch(handlers, log, (_name, _input, run) => run()), called, bugs }
}

const cyclic: Record<string, unknown> = {}
cyclic['self'] = cyclic
const choices = { mode: 'soft', byKind: {}, without: [] }
const named = (refs: unknown) => ({ scope: 'assets', refs })

describe('createDispatch', () => {
  it('hands a good request on and its answer back', async () => {
    const { dispatch, called } = setUp()
    expect(await dispatch('asset:list', query)).toEqual(ok({ total: 0, rows: [] }))
    expect(called).toEqual(['asset:list'])
  })

  it.each<[string, RequestName, unknown]>([
    ['nothing', 'asset:list', undefined],
    ['null', 'asset:list', null],
    ['an array', 'asset:list', [query]],
    ['an unknown field', 'asset:list', { ...query, path: '/etc/passwd' }],
    ['a missing field', 'asset:list', { ...query, kind: undefined }],
    ['a Date for a text', 'asset:list', { ...query, search: new Date(0) }],
    ['a BigInt', 'asset:list', { ...query, offset: 1n }],
    ['a cyclic value', 'asset:list', cyclic],
    ['a hundred million holes', 'draft:add', new Array(100_000_000)],
    ['30 MB of bytes', 'asset:count', { accountId: new Uint8Array(30_000_000) }],
    ['NaN', 'asset:list', { ...query, offset: Number.NaN }],
    ['300 KiB of text', 'draft:add', { text: 'x'.repeat(300 * 1024), accountId: null }],
    ['2,001 ids', 'plan:make', { subject: named(Array(2_001).fill(ref)), choices }],
    ['a length that is no list', 'plan:make', { subject: named({ length: 1e9 }), choices }],
    ['no ids', 'plan:make', { subject: named([]), choices }],
    [
      'a mode of its own',
      'plan:make',
      { subject: named([ref]), choices: { ...choices, mode: 'hard' } }
    ],
    [
      'a deletion without a token',
      'deletion:start',
      { planId: 'plan_0123456789abcdef', mode: 'soft', typed: null, runAt: null }
    ],
    ['an id with a path in it', 'asset:get', { ref: { ...ref, id: '../replicas/x' } }],
    ['an id with a query in it', 'asset:get', { ref: { ...ref, id: 'a?hard=true' } }],
    ['an id of two dots', 'asset:get', { ref: { ...ref, id: '..' } }],
    ['__proto__ as an account', 'key:forget', { accountId: '__proto__' }],
    ['a URL to open', 'link:open', { linkId: 'https://evil.example/' }],
    [
      'a path to export to',
      'history:export',
      { selection: { scope: 'all' }, format: 'csv', path: '../../x' }
    ],
    ['an unknown theme', 'settings:update', { theme: 'solarized' }]
  ])('refuses %s before any handler', async (_what, name, message) => {
    const { dispatch, called } = setUp()
    expect(await dispatch(name, message)).toMatchObject({
      ok: false,
      error: { kind: 'invalid-input' }
    })
    expect(called).toEqual([])
  })

  it.each([
    [
      'a throw',
      () => {
        throw new Error('key sk-123 at /home/x')
      }
    ],
    ['a field that is not in the contract', () => ok({ total: 0, rows: [], apiKey: 'sk-123' })],
    ['an answer of another shape', () => ok({ total: 'many', rows: [] })]
  ])('turns %s into a bug with a reference and no text', async (_what, list) => {
    const { dispatch, bugs } = setUp(list)
    expect(await dispatch('asset:list', query)).toEqual({
      ok: false,
      error: { kind: 'bug', reference: 'bug-1' }
    })
    expect(bugs).toHaveLength(1)
  })

  it('names every request of the contract', () => {
    expect([...requestNames].sort()).toEqual(Object.keys(contract).sort())
  })
})
