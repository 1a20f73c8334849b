import type { TargetKind } from '../../shared/catalogue/kinds.ts'
import type { ProviderId } from '../../shared/catalogue/providers.ts'
import type { AssetRef } from '../../shared/domain/asset.ts'
import type { Batch } from '../../shared/domain/batch.ts'
import type { ForgottenNames } from '../../shared/domain/forgetting.ts'
import type { HistoryView } from '../../shared/domain/history.ts'
import type { SavedExport } from '../../shared/domain/history-export.ts'
import type { Overdue } from '../../shared/domain/keeping.ts'
import type { UploadId } from '../../shared/domain/local-video.ts'
import type { NewsItem } from '../../shared/domain/news.ts'
import type { Note } from '../../shared/domain/note.ts'
import type { Noted } from '../../shared/domain/noted.ts'
import type { PersonId } from '../../shared/domain/person.ts'
import type { PlanStep } from '../../shared/domain/plan.ts'
import type { UpdateStatus } from '../../shared/domain/update.ts'
import type { AppError } from '../../shared/errors.ts'
import type { BatchTurn } from './batches.ts'

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
  | 'forget'
  | 'save-settings'
  | 'open-link'
  | 'reveal-data'
  | 'restore-backup'
  | 'back-up'
  | 'remove-pictures'
  | 'accept-end'
  | 'acknowledge'
  | 'mark-read'
  | 'save-note'
  | 'save-diagnostics'
  | 'save-template'
  | 'remove-consent-note'
  | 'export-consents'
  | 'save-transcript'
  | 'save-person-folder'
  | 'show-folder'
  | 'stop-waiting'
  | 'remove-person'
  | 'save-person'
  | 'assign-person'
  | 'undo'
  | 'pause'
  | 'resume'
  | 'cancel-rest'
  | 'retry'
  | 'dismiss'
  | 'show-past'
  | 'pin'
  | 'unpin'
  | 'verify-receipt'
  | 'test-bucket'
  | 'remove-bucket'
  | 'upload'
  | 'find-leftovers'
  | 'remove-leftover'
  | 'choose-file'
  | 'check-updates'
  | 'install-update'
  | 'show-notes'

/** A receipt of a batch, in one of its forms. */
export interface WantedReceipt {
  readonly batchId: string
  readonly format: 'json' | 'pdf'
}

/** A file that nothing could be made of, and why. */
export interface RefusedFile {
  readonly name: string
  readonly reason:
    | 'folder'
    | 'other-kind'
    | 'too-long'
    | 'no-link'
    | 'unreadable'
    | 'missing'
    /** There are as many drafts as there can be. */
    | 'no-room'
    /** Its draft could not be stored; another notice says why. */
    | 'not-stored'
}

/** A file in a bucket whose replica is trained. */
export interface LeftFile {
  readonly uploadId: UploadId
  readonly fileName: string
  readonly replicaName: string
}

/** Takes back what the person did, as long as its notice stands. */
export type Change =
  | { readonly of: 'rename'; readonly ref: AssetRef; readonly name: string }
  | { readonly of: 'pin'; readonly refs: readonly AssetRef[]; readonly isPinned: boolean }
  | {
      readonly of: 'assign'
      readonly before: readonly { readonly ref: AssetRef; readonly personId: PersonId | null }[]
    }
  | { readonly of: 'dismiss'; readonly batchId: string }
  /** `at`: where it stood among the others. */
  | { readonly of: 'view'; readonly view: HistoryView; readonly at: number }
  /** What was discarded last. */
  | { readonly of: 'discard' }
  | { readonly of: 'note'; readonly about: Noted; readonly note: Note }

/** Something worth telling once. Facts only; `text/` makes the words. */
export type NoticeBody =
  | {
      readonly kind: 'failed'
      readonly doing: Doing
      readonly error: AppError
      /** Of the accounts that it was about. */
      readonly providers: readonly ProviderId[]
    }
  | {
      readonly kind: 'batch'
      readonly turn: Exclude<BatchTurn, 'none'>
      readonly batch: Batch
      /** What all its items are; null if they are of several kinds. */
      readonly of: TargetKind | null
      readonly providers: readonly ProviderId[]
    }
  /** What was held back before anything was sent, with the reasons. */
  | { readonly kind: 'deletion-blocked'; readonly steps: readonly PlanStep[] }
  | { readonly kind: 'receipt-saved'; readonly savedAs: string }
  | {
      readonly kind: 'receipt-not-saved'
      readonly error: AppError
      /** What was wanted, to be asked for again. */
      readonly wanted: WantedReceipt
    }
  | { readonly kind: 'receipt-key-made'; readonly fingerprint: string }
  | { readonly kind: 'renamed'; readonly name: string; readonly undo: Change | null }
  | {
      readonly kind: 'pinned'
      readonly isPinned: boolean
      readonly count: number
      readonly undo: Change
    }
  /** `person` null: they are nobody's now. */
  | {
      readonly kind: 'assigned'
      readonly person: string | null
      readonly count: number
      readonly undo: Change
    }
  | { readonly kind: 'dismissed'; readonly undo: Change }
  | { readonly kind: 'view-removed'; readonly name: string; readonly undo: Change }
  | { readonly kind: 'noted'; readonly undo: Change }
  | { readonly kind: 'created'; readonly name: string }
  | { readonly kind: 'exported'; readonly saved: SavedExport }
  | { readonly kind: 'history-cleared'; readonly count: number; readonly keptAs: string }
  | ({ readonly kind: 'names-forgotten' } & ForgottenNames)
  | { readonly kind: 'many-created'; readonly created: number; readonly asked: number }
  | { readonly kind: 'diagnostics-saved'; readonly savedAs: string }
  | { readonly kind: 'template-saved'; readonly savedAs: string }
  | { readonly kind: 'consent-noted'; readonly name: string }
  /** The last day of a consent is over, or the one until which a likeness was to be kept. */
  | {
      readonly kind: 'person-due'
      readonly why: 'consent' | 'retention'
      readonly personId: PersonId
      readonly name: string
      readonly endsOn: string
    }
  /** Older than the person chose to keep it. */
  | ({ readonly kind: 'overdue' } & Overdue)
  | { readonly kind: 'consents-exported'; readonly savedAs: string }
  | { readonly kind: 'transcript-saved'; readonly savedAs: string }
  | { readonly kind: 'files-refused'; readonly files: readonly RefusedFile[] }
  | { readonly kind: 'drafts-discarded'; readonly count: number; readonly undo: Change }
  /** Links that there was no room for. */
  | { readonly kind: 'drafts-left-out'; readonly count: number; readonly most: number }
  | { readonly kind: 'nothing-dropped' }
  | { readonly kind: 'restored' }
  /** What became of assets while nobody did anything with them, oldest first. */
  | { readonly kind: 'news'; readonly items: readonly NewsItem[] }
  /** Files that news say are no longer needed. */
  | { readonly kind: 'files-left'; readonly files: readonly LeftFile[] }
  /** A new version waits for the person. */
  | { readonly kind: 'update'; readonly version: string; readonly way: UpdateStatus['way'] }
  /** This is the first start of a version. */
  | { readonly kind: 'updated'; readonly version: string }
  | { readonly kind: 'file-removed'; readonly fileName: string }

export type Notice = NoticeBody & { readonly id: number }
