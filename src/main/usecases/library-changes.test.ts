import { describe, expect, it } from 'vitest'
import { accountIdSchema } from '../../shared/domain/account.ts'
import type { AssetRecord } from '../../shared/domain/asset.ts'
import { assetIdSchema } from '../../shared/domain/asset.ts'
import type { ObservedAsset } from '../ports/provider.ts'
import type { AccountRecord } from '../ports/store.ts'
import { type ComparedListing, compareListing } from './library-changes.ts'

const account: AccountRecord = {
  id: accountIdSchema.parse('acc_0123456789abcdef'),
  provider: 'tavus',
  name: 'Studio North',
  color: 'indigo',
  apiAddress: 'https://tavusapi.com',
  isReadOnly: false,
  isSample: false,
  createdAt: '2026-01-01T00:00:00.000Z',
  savedKey: null,
  keyFingerprint: null,
  keyCheck: { outcome: 'works', checkedAt: null },
  syncedAt: null
}

const observed = (changes: Partial<ObservedAsset> = {}): ObservedAsset => ({
  kind: 'replica',
  id: assetIdSchema.parse('rf4e9d9790f0'),
  name: 'Amara Osei',
  status: 'ready',
  statusRaw: 'completed',
  progress: 100,
  model: 'phoenix-4',
  origin: 'own',
  createdAt: '2026-02-01T10:00:00.000Z',
  updatedAt: null,
  errorMessage: null,
  posterUrl: null,
  clipUrl: null,
  links: {},
  parentId: null,
  details: [],
  ...changes
})

const compare = (changes: Partial<ComparedListing>) =>
  compareListing({
    account,
    known: [],
    observed: [],
    isComplete: true,
    observedAt: '2026-03-01T00:00:00.000Z',
    askedBefore: () => null,
    settledElsewhere: new Set(),
    namedHere: new Set(),
    mediaOf: () => ({ posterId: null, clipId: null }),
    ...changes
  })

const known = (changes: Partial<ObservedAsset> = {}, record: Partial<AssetRecord> = {}) => {
  const [change] = compare({ observed: [observed(changes)] })
  if (change === undefined) throw new Error('Nothing was compared')
  return { ...change.record, ...record }
}

const typesOf = (changes: Partial<ComparedListing>) =>
  compare(changes).flatMap(({ events }) => events.map(({ type }) => type))

describe('compareListing', () => {
  it('tells of an asset seen for the first time', () => {
    expect(typesOf({ observed: [observed()] })).toEqual(['asset-first-seen'])
  })

  it.each<[string, Partial<ObservedAsset>, string]>([
    ['the same', {}, '2026-02-28T08:00:00.000Z'],
    ['another progress', { progress: 41 }, '2026-03-01T00:00:00.000Z'],
    ['another status', { statusRaw: 'completed', status: 'ready' }, '2026-03-01T00:00:00.000Z'],
    ['another name only', { name: 'Amara' }, '2026-02-28T08:00:00.000Z']
  ])('notes when an asset last moved: %s', (_what, changes, movedAt) => {
    const before: Partial<ObservedAsset> = {
      status: 'training',
      statusRaw: 'started',
      progress: 40
    }
    const [change] = compare({
      known: [known(before, { movedAt: '2026-02-28T08:00:00.000Z' })],
      observed: [observed({ ...before, ...changes })]
    })
    expect(change?.record.movedAt).toBe(movedAt)
  })

  it.each<[AssetRecord['status'], AssetRecord['status'], AssetRecord['origin'], boolean]>([
    ['training', 'ready', 'own', true],
    ['training', 'failed', null, true],
    ['preview', 'ready', 'own', true],
    ['other', 'failed', 'own', true],
    ['training', 'preview', 'own', false],
    ['training', 'deleted', 'own', false],
    ['training', 'training', 'own', false],
    ['ready', 'ready', 'own', false],
    ['failed', 'ready', 'own', false],
    ['training', 'ready', 'stock', false]
  ])('from %s to %s (%s) is an end: %s', (before, status, origin, hasEnded) => {
    const [change] = compare({
      known: [known({ status: before, origin })],
      observed: [observed({ status, origin })]
    })
    expect(change?.hasEnded).toBe(hasEnded)
  })

  it('takes nothing seen for the first time, and nothing vanished, for ended', () => {
    const changes = compare({ known: [known({ status: 'training' })] })
    const first = compare({ observed: [observed({ status: 'failed' })] })
    expect([...changes, ...first].map(({ hasEnded }) => hasEnded)).toEqual([false, false])
  })

  it('makes no event of progress', () => {
    const before: Partial<ObservedAsset> = {
      status: 'training',
      statusRaw: 'started',
      progress: 40
    }
    const moved = observed({ ...before, progress: 41 })
    expect(typesOf({ known: [known(before)], observed: [moved] })).toEqual([])
  })

  it('says nothing about what stayed the same', () => {
    expect(typesOf({ known: [known()], observed: [observed()] })).toEqual([])
  })

  it.each<[string, Partial<ObservedAsset>, Partial<ObservedAsset>, string[]]>([
    ['a new name', {}, { name: 'Amara' }, ['asset-renamed']],
    ['a finished training', { status: 'training' }, {}, ['asset-status-changed']],
    [
      'progress alone',
      { status: 'training', progress: 3 },
      { status: 'training', progress: 9 },
      []
    ],
    ['a status of deleted', {}, { status: 'deleted' }, ['asset-vanished']]
  ])('tells of %s', (_what, before, after, expected) => {
    expect(typesOf({ known: [known(before)], observed: [observed(after)] })).toEqual(expected)
  })

  it('takes a missing row for gone after a complete listing alone', () => {
    const rows = [known()]
    expect(typesOf({ known: rows, isComplete: true })).toEqual(['asset-vanished'])
    expect(compare({ known: rows, isComplete: true })[0]?.record.presence).toBe('gone')
    expect(compare({ known: rows, isComplete: false })).toEqual([])
  })

  it('tells of one that came back', () => {
    const gone = known({}, { presence: 'gone' })
    expect(typesOf({ known: [gone], observed: [observed()] })).toEqual(['asset-returned'])
  })

  it('leaves alone what a deletion of ours decides, listed or not', () => {
    const settledElsewhere = new Set([observed().id])
    expect(compare({ known: [known()], observed: [observed()], settledElsewhere })).toEqual([])
    expect(compare({ known: [known()], observed: [], settledElsewhere })).toEqual([])
  })

  it('counts the first of two rows with the same id', () => {
    const rows = [observed(), observed({ name: 'Twice' })]
    expect(compare({ observed: rows }).map(({ record }) => record.name)).toEqual(['Amara Osei'])
  })

  it('keeps stock replicas out of the history', () => {
    expect(typesOf({ observed: [observed({ origin: 'stock' })] })).toEqual([])
    expect(typesOf({ known: [known({ origin: 'stock' })] })).toEqual([])
  })

  it('keeps the reason of a failure that a list does not repeat, until the status changes', () => {
    const failed = known({ status: 'failed', errorMessage: 'No link' })
    const again = compare({ known: [failed], observed: [observed({ status: 'failed' })] })
    expect(again[0]?.record.errorMessage).toBe('No link')
    const ready = compare({ known: [failed], observed: [observed()] })
    expect(ready[0]?.record.errorMessage).toBeNull()
  })
})
