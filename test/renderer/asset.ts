import type { Asset } from '../../src/shared/domain/asset.ts'

/** A finished replica for tests; what a test is about it says itself. */
export const testAsset = (id: string, changes: Partial<Asset> = {}): Asset => ({
  ref: { accountId: 'acc_00000001', kind: 'replica', id } as Asset['ref'],
  name: 'Amara',
  status: 'ready',
  statusRaw: 'completed',
  progress: null,
  model: null,
  origin: 'own',
  createdAt: null,
  updatedAt: null,
  errorMessage: null,
  posterId: null,
  clipId: null,
  parentId: null,
  details: [],
  presence: 'listed',
  deletion: null,
  isPinned: false,
  personId: null,
  parentName: null,
  childCount: 0,
  firstSeenAt: '2026-11-21T12:00:00.000Z',
  movedAt: null,
  lastSeenAt: '2026-11-21T12:00:00.000Z',
  ...changes
})
