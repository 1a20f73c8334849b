import type { Clock } from '../../../src/main/ports/clock.ts'
import type { Log } from '../../../src/main/ports/log.ts'
import type { AccountRecord, Operation } from '../../../src/main/ports/store.ts'
import { accountIdSchema } from '../../../src/shared/domain/account.ts'
import { type AssetRecord, type AssetRef, assetIdSchema } from '../../../src/shared/domain/asset.ts'
import type { NewHistoryEvent } from '../../../src/shared/domain/history.ts'

export const startAt = '2026-03-01T10:00:00.000Z'

/** A clock that goes on by a second with each question and can be moved. */
export const steppingClock = (): Clock & { moveTo(at: string): void } => {
  let nowMs = Date.parse(startAt)
  let runMs = 0
  return {
    nowAt: () => {
      nowMs += 1000
      return new Date(nowMs).toISOString()
    },
    monotonicMs: () => {
      runMs += 1.5
      return runMs
    },
    wait: () => Promise.resolve(),
    moveTo: (at) => {
      nowMs = Date.parse(at)
    }
  }
}

export interface LogLines extends Log {
  readonly lines: readonly string[]
}

export const listeningLog = (): LogLines => {
  const lines: string[] = []
  return {
    lines,
    info: (message) => lines.push(message),
    warn: (message) => lines.push(message),
    bug: (error) => {
      lines.push(String(error))
      return 'ref'
    }
  }
}

export const accountId = accountIdSchema.parse('acc_aaaaaaaa')
export const otherAccountId = accountIdSchema.parse('acc_bbbbbbbb')

export const account = (changes: Partial<AccountRecord> = {}): AccountRecord => ({
  id: accountId,
  provider: 'tavus',
  name: 'Studio',
  color: 'teal',
  apiAddress: 'https://tavusapi.com',
  isReadOnly: false,
  isSample: false,
  createdAt: startAt,
  savedKey: { entry: 'acc_aaaaaaaa.key_1', last4: '1a2b', setAt: startAt },
  keyFingerprint: 'f00d',
  keyCheck: { outcome: 'works', checkedAt: startAt },
  syncedAt: null,
  ...changes
})

export const refOf = (id: string, owner = accountId): AssetRef => ({
  accountId: owner,
  kind: 'replica',
  id: assetIdSchema.parse(id)
})

export const asset = (id: string, changes: Partial<AssetRecord> = {}): AssetRecord => ({
  ref: refOf(id),
  name: `Replica ${id}`,
  status: 'ready',
  statusRaw: 'completed',
  progress: 100,
  model: 'phoenix-4',
  origin: 'own',
  createdAt: startAt,
  updatedAt: null,
  errorMessage: null,
  posterId: null,
  clipId: null,
  parentId: null,
  details: [],
  presence: 'listed',
  firstSeenAt: startAt,
  movedAt: null,
  lastSeenAt: startAt,
  ...changes
})

export const deletion = (id: string, changes: Partial<Operation> = {}): Operation => ({
  id: `op-${id}`,
  kind: 'delete',
  accountId,
  assetKind: 'replica',
  assetId: id,
  assetName: `Replica ${id}`,
  mode: 'soft',
  keyFingerprint: 'f00d',
  state: 'sent',
  askedAt: startAt,
  finishedAt: null,
  httpStatus: null,
  error: null,
  sentAt: null,
  batchId: null,
  stepId: null,
  provider: 'tavus',
  origin: 'https://tavusapi.com',
  attempt: 1,
  found: null,
  after: [],
  ...changes
})

export const happening = (changes: Partial<NewHistoryEvent> = {}): NewHistoryEvent => ({
  type: 'asset-first-seen',
  operationId: null,
  accountId,
  accountName: 'Studio',
  assetKind: 'replica',
  assetId: 'r1',
  assetName: 'Anna',
  body: { status: 'ready' },
  ...changes
})
