import type { Batch } from '../../../shared/domain/batch.ts'
import { useApp } from '../../state/use-app.ts'
import { batchHeading, batchSubject, whoOf } from '../../text/batch-words.ts'

interface BatchNames {
  /** Inside a sentence. */
  readonly subject: string
  /** At its start. */
  readonly heading: string
  /** Who decides. */
  readonly who: string
}

/** What a batch is called here: its kind and its accounts' provider are not in it. */
export const useBatchNames = (batch: Batch): BatchNames => {
  const of = useApp((state) => state.batchKinds.get(batch.id) ?? null)
  const accounts = useApp((state) => state.accounts)
  const who = whoOf(
    accounts.filter(({ id }) => batch.accountIds.includes(id)).map(({ provider }) => provider)
  )
  return { subject: batchSubject(batch, of), heading: batchHeading(batch, of), who }
}
