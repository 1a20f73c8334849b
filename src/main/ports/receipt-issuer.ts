import type { StepMode } from '../../shared/domain/deletion.ts'
import type { ReceiptVerdict } from '../../shared/domain/receipt-verdict.ts'
import type { Result } from '../../shared/result.ts'
import type { ReceiptRecord } from '../../verifier/receipt-shape.ts'

/** One deletion of the batch. What was asked, sent, answered and seen later is read from the records. */
export interface ReceiptItemFacts {
  readonly operationId: string
  readonly target: { readonly accountId: string; readonly kind: string; readonly id: string }
  readonly mode: StepMode
}

/** Something that stays, and why: `kept`, `blocked`, `not-offered`, `others-data`, `not-known`, `not-included`. */
export interface SurvivorFacts {
  readonly kind: string
  readonly id: string | null
  readonly name: string | null
  readonly reason: string
}

/** Everything that a receipt is made of, as plain facts. */
export interface ReceiptFacts {
  /** `rcp_` and 8 to 32 lower-case letters or digits. */
  readonly receiptId: string
  readonly madeAt: string
  readonly appVersion: string
  readonly key: { readonly publicKey: string; readonly fingerprint: string }
  readonly batch: {
    readonly id: string | null
    readonly scope: string
    readonly title: string
    /** The time it was scheduled for; null if it ran by hand. */
    readonly runAt: string | null
  }
  readonly items: readonly ReceiptItemFacts[]
  readonly survives: readonly SurvivorFacts[]
  /** Effects that the steps leave behind, such as `conversations`; told once each. */
  readonly stays: readonly string[]
  /** Codes of what cannot be known. */
  readonly unknowns: readonly string[]
  readonly archive: {
    readonly folderName: string
    readonly savedAt: string
    readonly files: readonly {
      readonly name: string
      readonly sizeBytes: number
      readonly sha256: string
    }[]
    readonly gaps: readonly { readonly name: string; readonly reason: string }[]
  } | null
  /** Every record of the items' operations, of the batch itself, and of adding the accounts, if there are; any order. */
  readonly records: readonly ReceiptRecord[]
}

/** Everything that the receipt of a saved folder is made of. */
export interface FolderReceiptFacts
  extends Pick<ReceiptFacts, 'receiptId' | 'madeAt' | 'appVersion' | 'key'> {
  /** The `person-saved` record: what the receipt says of the folder is read from it. */
  readonly saved: ReceiptRecord
}

/** Makes, signs, prints and checks receipts. */
export interface ReceiptIssuer {
  /** Public half of this installation's key, made at the first call. `keychain-unavailable`, `signing-key-lost`, `storage-failed`. */
  key(): Promise<Result<ReceiptFacts['key']>>
  /** Another key in the place of one that is lost; the present one if it is not. `keychain-unavailable`, `storage-failed`. */
  renewKey(): Promise<Result<ReceiptFacts['key']>>
  /** Short form of the key that signs now, without asking the keychain; null before one was made. */
  fingerprint(): string | null
  /** A hash over all that the receipt of these facts will say; the history is told of it before the receipt is made. */
  statement(facts: ReceiptFacts): string
  /**
   * Signs and saves; the saved file was read back and found good. `made` is the record with the statement, the last of
   * the history. Fails as `key` does, and with `storage-failed`.
   */
  save(
    path: string,
    facts: ReceiptFacts,
    made: ReceiptRecord,
    format: 'json' | 'pdf'
  ): Promise<Result<null>>
  /** As `statement`, for the receipt of a saved folder. */
  folderStatement(facts: FolderReceiptFacts): string
  /** As `save`, for the receipt of a saved folder: the JSON form. */
  saveFolder(path: string, facts: FolderReceiptFacts, made: ReceiptRecord): Promise<Result<null>>
  /** Checks a receipt or an exported history, whoever made it. A file that cannot be read is a verdict too. */
  verify(path: string): Promise<ReceiptVerdict>
}
