import type { AssetStatus } from '../../shared/catalogue/asset-statuses.ts'
import type { LinkField, PlainValues, TextField } from '../../shared/catalogue/draft-fields.ts'
import type { AssetKind, TargetKind } from '../../shared/catalogue/kinds.ts'
import type { ProviderId } from '../../shared/catalogue/providers.ts'
import type { AssetId, AssetLink, TargetRef, ToldAsset } from '../../shared/domain/asset.ts'
import type { CautionCode, Evidence, StepMode } from '../../shared/domain/deletion.ts'
import type { PalPage } from '../../shared/domain/pal-page.ts'
import type {
  PlanChoices,
  PlanDraft,
  PlanSubject,
  Relation,
  Repoint
} from '../../shared/domain/plan.ts'
import type { TooLarge } from '../../shared/domain/sync.ts'
import type { Transcript } from '../../shared/domain/transcript.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'

/**
 * An account as a provider needs it: one key and the one origin that it may be sent to, bound when the connection was
 * made. Made by the key ring alone ([0011](../../../docs/adr/0011-connections.md)).
 */
export interface Connection {
  /** Origin without a trailing slash. */
  readonly apiAddress: string
  /** Told of every answer that came, whatever it says: the account can be reached. */
  readonly onAnswered?: () => void
  /** Told when the provider asks to be waited for, and until when; what it answers is called once that is over. */
  readonly onWait?: (untilAt: string) => () => void
  /**
   * The key, read anew for each request and never kept. `account-changed` if the account has another address or key
   * than when the connection was made, `key-damaged` if what is stored is not the key that was saved.
   */
  readonly readKey: () => Promise<Result<string>>
  /** Whether the account still has this address and key; asked right before each try leaves. Null: it has. */
  readonly objection: () => AppError | null
}

/** An asset as the provider just described it. */
export interface ObservedAsset extends ToldAsset {
  readonly kind: AssetKind
  readonly id: AssetId
  /** Where the provider keeps a thumbnail picture, or the clip if there is none. May be signed: memory only. */
  readonly posterUrl: string | null
  /** Where the thumbnail clip or the finished video can be played from. May be signed: memory only. */
  readonly clipUrl: string | null
  /** Further links, to be copied when asked. May be signed: memory only. */
  readonly links: Readonly<Partial<Record<AssetLink, string>>>
}

/** What a whole walk over a listing came to. The assets themselves were handed over as they came. */
export interface ObservedListing {
  /** Ids of everything that was met. */
  readonly seenIds: ReadonlySet<string>
  /** False if anything suggests that rows were missed; then nothing may be taken for gone. */
  readonly isComplete: boolean
  /**
   * The walk came to the list's last page, though something does not add up, such as the total. What is stored and was
   * not met may then be asked for by its own address; the list alone says nothing about it.
   */
  readonly hasEnded: boolean
  /** Rows without a usable id, or otherwise unreadable. */
  readonly unreadableCount: number
  /**
   * Known assets that their own address says are gone. Only for providers that have no whole listing: what is neither
   * in `assets` nor here is then left as it is.
   */
  readonly goneIds?: readonly AssetId[]
  /** Known assets that the end of a list leaves in doubt, for providers that have no whole listing. */
  readonly doubtfulIds?: readonly AssetId[]
  /** Rows and pages that were too large to be read; at most `mostTooLarge` of them. */
  readonly tooLarge: readonly TooLarge[]
  /** What kept a walk without a whole listing from finding more; what it did find counts all the same. */
  readonly error?: AppError
}

/** Takes a page's assets over. */
export type OnFound = (assets: readonly ObservedAsset[]) => Promise<Result<null>>

/** What one asset's own address answered: the asset, or that the provider does not know it. */
export type Lookup = { readonly found: ObservedAsset } | { readonly found: null }

/**
 * The provider's answer to a delete. `accepted`: taken on, not done yet (Replicate's 202), so read back until it is
 * gone. `not-known`: 404, 410 or its words for an unknown id.
 */
export interface RemovalAnswer {
  readonly outcome: 'removed' | 'accepted' | 'not-known'
  readonly httpStatus: number
}

/** What was asked of a thing in place of its deletion. */
export interface AskedChange {
  readonly mode: StepMode
  readonly repoint?: Repoint | undefined
}

/** How fast deletions may be sent to a provider (security R8). */
export interface Pace {
  /** Most requests of one account at a time. */
  readonly parallel: number
  /** Least time between two requests of one account. */
  readonly gapMs: number
}

/** What is known of one thing that a plan may touch. Plain data, so that plans can be made and tested without a network. */
export interface TargetFacts {
  readonly target: TargetRef
  readonly name: string
  readonly relation: Relation
  /** The provider's own word for its state; null if it has none. */
  readonly statusRaw: string | null
  readonly status: AssetStatus | null
  readonly origin: 'own' | 'stock' | null
  readonly createdAt: string | null
  readonly updatedAt: string | null
  /** The thing it belongs to: a version's model, a video's replica. */
  readonly parentId: AssetId | null
  /** The voice of its own that a PAL speaks with; of PALs alone. */
  readonly voiceId?: AssetId | null
  /** Where everybody can open a public page, where that is told and nothing in it is signed. */
  readonly address?: string
  /** What a PAL's face and voice are called here. Ours, read with `holds`. */
  readonly shownNames?: { readonly face: string; readonly voice: string }
  /** What of it lies where the provider cannot remove it. Absent: nothing is known. */
  readonly leaves?: readonly Evidence[]
  /** What the provider told that speaks for or against a deletion; `not-checked` where it could not be asked. */
  readonly notes: readonly FactNote[]
  /** Ours: pinned, read-only account, earlier deletion still open. */
  readonly holds: readonly Extract<
    CautionCode,
    'pinned' | 'read-only-account' | 'still-unclear' | 'already-asked' | 'not-gone-yet'
  >[]
}

/** One finding about a target. `holds: false` says that it was looked for and is not so. */
export interface FactNote {
  readonly code: CautionCode
  readonly finding: 'holds' | 'does-not-hold' | 'not-checked'
  /** False if what was looked through may have been incomplete or old. */
  readonly isComplete: boolean
  readonly evidence: readonly Evidence[]
}

/** Everything a plan is made of. */
export interface PlanFacts {
  readonly madeAt: string
  readonly subject: PlanSubject
  readonly targets: readonly TargetFacts[]
  /** Kinds of related things that could not be listed whole. */
  readonly incomplete: readonly TargetKind[]
  /** Things that exist and that the provider has no way to remove. */
  readonly notOffered: readonly Evidence[]
  /** Things that could be removed, and hold what is about people who came to talk. Absent: none were looked for. */
  readonly othersData?: readonly Evidence[]
}

/** Makes plans at one provider. */
export interface Planner {
  /**
   * Asks the provider for what a plan for these targets hangs on, related things included when `isDeep`: a replica's
   * videos, conversations and personas; a model's versions, deployments and trainings. Answers the targets handed in,
   * completed, and the related ones. Several reads, no change. Fails only if nothing can be said; what could not be
   * listed whole stands in `incomplete`.
   */
  gather(
    connection: Connection,
    known: PlanFacts,
    isDeep: boolean,
    signal: AbortSignal
  ): Promise<Result<PlanFacts>>
  /** What would be done, in order, with every reason against it. Pure: the same facts and choices, the same plan. */
  plan(facts: PlanFacts, choices: PlanChoices): PlanDraft
}

/**
 * A service that keeps assets. Holds no timer, store or key. Every call fails with the kinds of `HttpClient`, plus
 * `key-rejected`, `provider-refused`, `provider-down`, `unexpected-response{not-json|shape}`, `key-missing`,
 * `keychain-unavailable`.
 */
export interface Provider {
  readonly id: ProviderId
  /** What it keeps, in the order to be listed. */
  readonly kinds: readonly AssetKind[]
  readonly pace: Pace
  readonly planner: Planner
  readonly archivist?: Archivist
  /** The cheapest call that shows whether the key is accepted. */
  checkKey(connection: Connection, signal: AbortSignal): Promise<Result<null>>
  /**
   * Walks the whole listing of own and stock assets of a kind, within the limits of a `WalkBudget`. `onFound` is handed
   * the assets page by page, some of them more than once, and nothing else keeps them: the page after the next is not
   * asked for before it is done, and its failure ends the walk. `knownIds`: what is stored already of this kind and of
   * those before it in `kinds`, for providers without a listing: there a model leads to its versions.
   */
  list(
    connection: Connection,
    kind: AssetKind,
    signal: AbortSignal,
    onFound: OnFound,
    knownIds?: () => readonly AssetId[]
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
  /**
   * Whether a thing that was deleted still answers by its own address, and says of itself that it is deleted. Of a change,
   * `says-deleted` means that it is as was asked for.
   */
  probe(
    connection: Connection,
    kind: TargetKind,
    id: AssetId,
    signal: AbortSignal,
    asked?: AskedChange
  ): Promise<Result<'there' | 'says-deleted' | 'gone'>>
  /** `invalid-input{name: not-offered}` for kinds that cannot be renamed there. */
  rename(
    connection: Connection,
    kind: AssetKind,
    id: AssetId,
    name: string,
    signal: AbortSignal
  ): Promise<Result<null>>
  /**
   * Asks for the deletion or the change, once; `repoint` comes with that mode. `outcome-unknown` if no usable answer came back,
   * `provider-refused{why}` for a change that was refused or did not go live.
   */
  remove(
    connection: Connection,
    kind: TargetKind,
    id: AssetId,
    mode: StepMode,
    signal: AbortSignal,
    repoint?: Repoint
  ): Promise<Result<RemovalAnswer>>
  /**
   * A look just before a deletion is asked for, where one hangs on another. `not-yet`: something that has to be gone first
   * is still there. It fails where nobody can say, and then nothing is asked either.
   */
  mayRemove?(
    connection: Connection,
    kind: TargetKind,
    id: AssetId,
    signal: AbortSignal
  ): Promise<Result<'yes' | 'not-yet'>>
  /**
   * Whether a refusal may pass: what was deleted before may count for a while longer than it shows. The same may then be
   * asked for again, as the refused request changed nothing. Pure.
   */
  mayPass?(kind: TargetKind, error: AppError): boolean
  /** The public pages that a PAL is on, where the provider has such; several reads. `isComplete` false: some may be missing. */
  pagesOf?(
    connection: Connection,
    id: AssetId,
    signal: AbortSignal
  ): Promise<Result<{ readonly pages: readonly PalPage[]; readonly isComplete: boolean }>>
  /**
   * What was said in a conversation: personal data of whoever came to talk, so it is asked for only when a person asks for it.
   * Absent where there is none to be had. `not-found`; `provider-refused` with 403 or 409 where it is not given out.
   */
  readTranscript?(
    connection: Connection,
    kind: AssetKind,
    id: AssetId,
    signal: AbortSignal
  ): Promise<Result<Transcript>>
  /**
   * Where the files are that were made with each of these assets and are still kept. Perhaps signed: memory only.
   * `isComplete` false: there may be more. Absent where there is no such thing.
   */
  listOutputs?(
    connection: Connection,
    ids: readonly AssetId[],
    signal: AbortSignal
  ): Promise<Result<Outputs>>
  /** The asset's page on the provider's website, https; null if there is none. `settings`: where its visibility is set. */
  pageUrl(kind: AssetKind, id: AssetId, page: 'home' | 'settings'): string | null
}

/** Files that were made with assets, by the id of the asset. */
export interface Outputs {
  readonly urls: ReadonlyMap<AssetId, readonly string[]>
  readonly isComplete: boolean
}

/** What to save of a thing before it is gone. URLs are whole and perhaps signed: memory only. */
export interface Keepsake {
  /** Plain facts, redacted. */
  readonly metadata: Readonly<Record<string, unknown>>
  /** Pictures and films, by what they are called in an archive (`thumbnail`, `video`); null: there is none to be had. */
  readonly files: readonly { readonly stem: string; readonly url: string | null }[]
}

/** A provider that tells itself what is worth saving; elsewhere what is stored and its links are saved. */
export interface Archivist {
  keepsakeOf(
    connection: Connection,
    target: TargetRef,
    signal: AbortSignal
  ): Promise<Result<Keepsake>>
}

/** A provider whose assets can be named by the person, because it lists not all of them. */
export interface Finder {
  /** Reads a name or a pasted address. Pure; `invalid-input{text}` says why it names nothing. */
  readName(text: string): Result<{ readonly kind: AssetKind; readonly id: AssetId }>
}

/**
 * What Create Replica is asked for: what was chosen, without how its consent comes about. Null and false: not chosen, so
 * not sent. Of the training video and the training image one is there. URLs are whole and secret: never stored, logged
 * or shown. Sources: seeds/003; tavus.md 3.2.
 */
export type TrainingRequest = Readonly<
  Record<LinkField | Exclude<TextField, 'spokenName'>, string | null>
> &
  Readonly<Omit<PlainValues, TextField | 'subject' | 'consentIn' | 'trainFrom'>>

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
