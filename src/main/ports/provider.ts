import type { ProviderId } from '../../shared/domain/account.ts'
import type {
  AssetDetail,
  AssetId,
  AssetKind,
  AssetLink,
  AssetStatus
} from '../../shared/domain/asset.ts'
import type { DeletionEffect, DeletionMode } from '../../shared/domain/deletion.ts'
import type { Result } from '../../shared/result.ts'

/** An account as a provider needs it. The key is read anew for each request and never kept. */
export interface Connection {
  /** Origin without a trailing slash. */
  readonly apiAddress: string
  readonly readKey: () => Promise<Result<string>>
}

/** An asset as the provider just described it. Times ISO 8601 UTC. */
export interface ObservedAsset {
  readonly kind: AssetKind
  readonly id: AssetId
  readonly name: string
  readonly status: AssetStatus
  readonly statusRaw: string
  readonly progress: number | null
  readonly model: string | null
  readonly origin: 'own' | 'stock' | null
  readonly createdAt: string | null
  readonly updatedAt: string | null
  readonly errorMessage: string | null
  /** Where the provider keeps a thumbnail picture, or the clip if there is none. May be signed: memory only. */
  readonly posterUrl: string | null
  /** Where the thumbnail clip or the finished video can be played from. May be signed: memory only. */
  readonly clipUrl: string | null
  /** Further links, to be copied when asked. May be signed: memory only. */
  readonly links: Readonly<Partial<Record<AssetLink, string>>>
  /** The replica that a video was made with. */
  readonly parentId: AssetId | null
  /** Whatever else was told, redacted. */
  readonly details: readonly AssetDetail[]
}

/** What a whole walk over a listing found. */
export interface ObservedListing {
  readonly assets: readonly ObservedAsset[]
  /** False if anything suggests that rows were missed; then nothing may be taken for gone. */
  readonly isComplete: boolean
  /** Rows without a usable id, or otherwise unreadable. */
  readonly unreadableCount: number
}

/** What one asset's own address answered: the asset, or that the provider does not know it. */
export type Lookup = { readonly found: ObservedAsset } | { readonly found: null }

/** The provider's answer to a delete. `not-known`: 404, 410 or its words for an unknown id. */
export interface RemovalAnswer {
  readonly outcome: 'removed' | 'not-known'
  readonly httpStatus: number
}

/**
 * A service that keeps assets. Holds no timer, store or key. Every call fails with the kinds of `HttpClient`, plus
 * `key-rejected`, `provider-refused`, `provider-down`, `unexpected-response{not-json|shape}`, `key-missing`,
 * `keychain-unavailable`.
 */
export interface Provider {
  readonly id: ProviderId
  /** The cheapest call that shows whether the key is accepted. */
  checkKey(connection: Connection, signal: AbortSignal): Promise<Result<null>>
  /**
   * Walks the whole listing of own and stock assets of a kind. `onFound` is told of assets as they come, some of them
   * more than once; the listing holds them all.
   */
  list(
    connection: Connection,
    kind: AssetKind,
    signal: AbortSignal,
    onFound?: (assets: readonly ObservedAsset[]) => void
  ): Promise<Result<ObservedListing>>
  /** Reads several assets of a kind in as few calls as possible; the ones not answered are simply not in it. */
  watch(
    connection: Connection,
    kind: AssetKind,
    ids: readonly AssetId[],
    signal: AbortSignal
  ): Promise<Result<readonly ObservedAsset[]>>
  /** Reads one asset by its id. */
  get(
    connection: Connection,
    kind: AssetKind,
    id: AssetId,
    signal: AbortSignal
  ): Promise<Result<Lookup>>
  rename(
    connection: Connection,
    kind: AssetKind,
    id: AssetId,
    name: string,
    signal: AbortSignal
  ): Promise<Result<null>>
  /** Asks for the deletion, once. `outcome-unknown` if no usable answer came back. */
  remove(
    connection: Connection,
    kind: AssetKind,
    id: AssetId,
    mode: DeletionMode,
    signal: AbortSignal
  ): Promise<Result<RemovalAnswer>>
  /** What a deletion takes along and leaves, as far as the provider's documents say. Pure. */
  describeDeletion(
    kind: AssetKind,
    mode: DeletionMode
  ): { readonly goes: readonly DeletionEffect[]; readonly stays: readonly DeletionEffect[] }
}

/** What Create Replica is asked for. URLs are whole and secret: never stored, logged or shown. Source: seeds/003. */
export interface TrainingRequest {
  readonly trainVideoUrl: string
  readonly consentVideoUrl: string | null
  readonly callbackUrl: string | null
  readonly replicaName: string | null
  readonly model: string
  readonly hasGreenScreen: boolean
}

/** A provider that can train replicas. */
export interface Trainer {
  /**
   * Asks for a training, once; no idempotency key exists, so `outcome-unknown` must be looked up, not repeated.
   * A 400 that speaks of a field is `invalid-input` with that field of the draft.
   */
  train(
    connection: Connection,
    request: TrainingRequest,
    signal: AbortSignal
  ): Promise<Result<{ readonly id: AssetId; readonly statusRaw: string }>>
}
