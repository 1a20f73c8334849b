import type { Deletion, HardDeletion } from './snapshot.ts'

/** The log lines that one processed delete adds; only what was done for good counts as a hard deletion. */
export const logDeletion = (
  logs: {
    readonly deletions: readonly Deletion[]
    readonly hardDeletions: readonly HardDeletion[]
  },
  deletion: Deletion
): { deletions: Deletion[]; hardDeletions: HardDeletion[] } => {
  const { kind, id, mode, atMs, outcome } = deletion
  const isForGood = outcome === 'done' && mode === 'hard'
  return {
    deletions: [...logs.deletions, deletion],
    hardDeletions: [...logs.hardDeletions, ...(isForGood ? [{ kind, id, atMs }] : [])]
  }
}
