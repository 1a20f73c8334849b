import { createHash } from 'node:crypto'
import type { Store } from '../../../../src/main/ports/store.ts'
import type { AssetQuery } from '../../../../src/shared/domain/asset.ts'
import type { HistoryQuery } from '../../../../src/shared/domain/history.ts'

/** What somebody would miss, each thing by its name with a print of all that is known of it. */
export type Contents = Readonly<Record<string, string>>

const print = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)

const everyAsset: Omit<AssetQuery, 'kind' | 'offset'> = {
  accountId: null,
  search: '',
  statuses: null,
  models: null,
  origin: 'all',
  presence: 'all',
  createdSinceAt: null,
  parentId: null,
  personId: null,
  tag: null,
  sort: 'created-desc',
  limit: 500
}

const everyRecord: HistoryQuery = {
  search: '',
  accountId: null,
  asset: null,
  group: 'all',
  beforeSeq: null,
  limit: 200
}

/** Reads all of it through the doors that the window and the start of the app use. */
export const readContents = ({ read }: Store): Contents => {
  const found: Record<string, string> = {}
  for (const account of read.accounts()) found[`account ${account.id}`] = print(account)
  for (const person of read.persons()) found[`person ${person.id}`] = print(person)
  for (const draft of read.drafts()) found[`draft ${draft.id}`] = print(draft)
  for (const batch of read.openBatches()) {
    found[`batch ${batch.id}`] = print(batch)
    const range = { offset: 0, limit: 500 }
    for (const operation of read.batchOperations(batch.id, null, range)) {
      found[`operation ${operation.id}`] = print(operation)
    }
  }
  for (const asset of read.assets({ ...everyAsset, kind: 'replica', offset: 0 }).rows) {
    found[`asset ${asset.ref.id}`] = print(asset)
  }
  read.history({ ...everyRecord, search: 'anna' })
  for (const record of read.eachHistoryEvent()) {
    found[`record ${record.seq}`] = print(record)
  }
  return found
}

/** Names that are missing, and names under which something else is found. */
export const differences = (
  wanted: Contents,
  found: Contents
): { readonly missing: readonly string[]; readonly altered: readonly string[] } => {
  const names = Object.keys(wanted)
  return {
    missing: names.filter((name) => found[name] === undefined),
    altered: names.filter((name) => found[name] !== undefined && found[name] !== wanted[name])
  }
}
