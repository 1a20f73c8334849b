import type {
  DeletionCaution,
  DeletionMode,
  DeletionOutcome,
  DeletionPlan
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
  | 'drag-out'
  | 'add-drafts'
  | 'update-draft'
  | 'discard-draft'
  | 'create'
  | 'export'
  | 'clear-history'
  | 'save-settings'
  | 'open-link'
  | 'reveal-data'
  | 'restore-backup'
  | 'save-diagnostics'
  | 'stop-waiting'

/** A file that no link could be read from, and why. */
export interface RefusedFile {
  readonly name: string
  readonly reason: 'video' | 'folder' | 'other-kind' | 'too-long' | 'no-link' | 'unreadable'
}

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
      readonly kind: 'deletions'
      readonly outcomes: readonly DeletionOutcome[]
      /** What was held back before anything was sent, with the reasons. */
      readonly blocked: DeletionPlan['items']
    }
  | {
      readonly kind: 'deletion-blocked'
      readonly name: string
      readonly cautions: readonly DeletionCaution[]
    }
  | { readonly kind: 'renamed'; readonly name: string }
  | { readonly kind: 'created'; readonly name: string }
  | { readonly kind: 'exported'; readonly savedAs: string; readonly count: number }
  | { readonly kind: 'history-cleared'; readonly count: number; readonly keptAs: string }
  | { readonly kind: 'many-created'; readonly created: number; readonly asked: number }
  | { readonly kind: 'diagnostics-saved'; readonly savedAs: string }
  | { readonly kind: 'files-refused'; readonly files: readonly RefusedFile[] }
  | { readonly kind: 'nothing-dropped' }
  | { readonly kind: 'restored' }

export type Notice = NoticeBody & { readonly id: number }
