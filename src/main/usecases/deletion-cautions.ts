import type { Asset } from '../../shared/domain/asset.ts'
import type { DeletionCaution } from '../../shared/domain/deletion.ts'

/** A training that failed less than this ago may still be refunded; deleting it can stop that (reference/tavus.md 4). */
const refundWindowMs = 24 * 60 * 60 * 1000

/** What speaks against deleting an asset, from what is known here. Pure. */
export const deletionCautions = (
  asset: Asset,
  isReadOnlyAccount: boolean,
  nowAt: string
): DeletionCaution[] => {
  const changedAt = asset.updatedAt ?? asset.createdAt
  const hasFailedRecently =
    asset.status === 'failed' &&
    (changedAt === null || Date.parse(nowAt) - Date.parse(changedAt) < refundWindowMs)
  const cautions: readonly (DeletionCaution | false)[] = [
    asset.origin === 'stock' && { code: 'stock-replica', level: 'blocks' },
    isReadOnlyAccount && { code: 'read-only-account', level: 'blocks' },
    asset.deletion?.state === 'in-flight' && { code: 'still-unclear', level: 'blocks' },
    asset.deletion?.state === 'unclear' && { code: 'still-unclear', level: 'warns' },
    asset.status === 'training' && { code: 'training-running', level: 'warns' },
    hasFailedRecently && { code: 'failed-recently', level: 'warns' }
  ]
  return cautions.filter((caution) => caution !== false)
}
