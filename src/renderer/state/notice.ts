import type {
  DeletionCaution,
  DeletionMode,
  DeletionOutcome
} from '../../shared/domain/deletion.ts'
import type { AppError } from '../../shared/errors.ts'

/** What was being done when it failed. */
export type Doing =
  | 'check-key'
  | 'forget-key'
  | 'remove-account'
  | 'explore-sample'
  | 'refresh'
  | 'delete'
  | 'rename'
  | 'copy-link'
  | 'add-drafts'
  | 'update-draft'
  | 'discard-draft'
  | 'create'
  | 'export'
  | 'save-settings'
  | 'open-link'
  | 'reveal-data'
  | 'restore-backup'

/** Something worth telling once. Facts only; `text/` makes the words. */
export type NoticeBody =
  | { readonly kind: 'failed'; readonly doing: Doing; readonly error: AppError }
  | {
      readonly kind: 'deletion'
      readonly mode: DeletionMode
      readonly outcome: DeletionOutcome
      readonly accountName: string
    }
  | {
      readonly kind: 'deletion-blocked'
      readonly name: string
      readonly cautions: readonly DeletionCaution[]
    }
  | { readonly kind: 'renamed'; readonly name: string }
  | { readonly kind: 'created'; readonly name: string }
  | { readonly kind: 'exported'; readonly savedAs: string; readonly count: number }
  | { readonly kind: 'files-dropped' }
  | { readonly kind: 'nothing-dropped' }
  | { readonly kind: 'restored' }

export type Notice = NoticeBody & { readonly id: number }
