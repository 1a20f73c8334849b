import { plainFields } from '../../shared/catalogue/draft-fields.ts'
import type { AssetRef } from '../../shared/domain/asset.ts'
import { type Draft, draftSchema } from '../../shared/domain/draft.ts'
import type { HistoryBody, HistoryEvent } from '../../shared/domain/history.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Store } from '../ports/store.ts'

/** Records that are looked through for what a replica was made of. */
const pageSize = 500
const mostPages = 20

const eventsOf = (store: Pick<Store, 'read'>, ref: AssetRef): readonly HistoryEvent[] =>
  store.read.history({
    search: '',
    accountId: ref.accountId,
    asset: ref,
    group: 'creations',
    beforeSeq: null,
    limit: pageSize
  }).rows

/** What was sent by the operation that made it; its record is older than the replica's id. */
const askedWith = (
  store: Pick<Store, 'read'>,
  { accountId }: AssetRef,
  answered: HistoryEvent
): HistoryBody => {
  let beforeSeq: number = answered.seq
  for (let page = 0; page < mostPages; page += 1) {
    const { rows, hasMore } = store.read.history({
      search: '',
      accountId,
      asset: null,
      group: 'creations',
      beforeSeq,
      limit: pageSize
    })
    const asked = rows.find(
      ({ type, operationId }) => type === 'creation-asked' && operationId === answered.operationId
    )
    if (asked !== undefined) return asked.body
    const last = rows.at(-1)
    if (!hasMore || last === undefined) return {}
    beforeSeq = last.seq
  }
  return {}
}

/** What was sent for a replica that was made here; null for one that was not. */
export const sentFor = (store: Pick<Store, 'read'>, ref: AssetRef): HistoryBody | null => {
  const answered = eventsOf(store, ref).find(({ type }) => type === 'creation-answered')
  return answered === undefined ? null : askedWith(store, ref, answered)
}

/** The fields of a record that a draft can hold. */
const valuesIn = (body: HistoryBody): Partial<Draft> =>
  Object.fromEntries(
    plainFields.flatMap((field) => {
      const value = draftSchema.shape[field].safeParse(body[field])
      return value.success ? [[field, value.data] as const] : []
    })
  )

/**
 * Everything of a replica that was made here but its links, whose secrets were never stored; of one that was made
 * elsewhere, what is listed.
 */
export const draftLike = (store: Pick<Store, 'read'>, ref: AssetRef): Result<Partial<Draft>> => {
  const asset = store.read.asset(ref)
  if (asset === null || ref.kind !== 'replica') return fail({ kind: 'not-found' })
  const body = sentFor(store, ref) ?? { model: asset.model }
  return ok({
    accountId: ref.accountId,
    ...valuesIn(body),
    replicaName: asset.name === ref.id ? '' : asset.name.slice(0, 200)
  })
}
