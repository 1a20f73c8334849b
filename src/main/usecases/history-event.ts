import type { HistoryEventType } from '../../shared/catalogue/history-events.ts'
import type { TargetKind } from '../../shared/catalogue/kinds.ts'
import type { Account } from '../../shared/domain/account.ts'
import type { HistoryBody, NewHistoryEvent } from '../../shared/domain/history.ts'
import type { Operation } from '../ports/store.ts'

type Whose = Pick<Account, 'id' | 'name'>

/** An event about the app itself, or about what belongs to no account. */
export const appEvent = (type: HistoryEventType, body: HistoryBody): NewHistoryEvent => ({
  type,
  operationId: null,
  accountId: null,
  accountName: null,
  assetKind: null,
  assetId: null,
  assetName: null,
  body
})

/** An event about an account itself. */
export const accountEvent = (
  type: HistoryEventType,
  account: Whose,
  body: HistoryBody
): NewHistoryEvent => ({
  ...appEvent(type, body),
  accountId: account.id,
  accountName: account.name
})

/** An event about one asset; `operationId` ties it to what the app was asked to do, if it was. */
export const assetEvent = (
  type: HistoryEventType,
  account: Whose,
  asset: { readonly kind: TargetKind; readonly id: string | null; readonly name: string },
  body: HistoryBody,
  operationId: string | null = null
): NewHistoryEvent => ({
  ...accountEvent(type, account, body),
  operationId,
  assetKind: asset.kind,
  assetId: asset.id,
  assetName: asset.name
})

/** An event in the life of an operation. */
export const operationEvent = (
  type: HistoryEventType,
  operation: Operation,
  account: Whose,
  body: HistoryBody
): NewHistoryEvent => {
  const { assetKind: kind, assetId: id, assetName: name } = operation
  return assetEvent(type, account, { kind, id, name }, body, operation.id)
}
