import type { AccountState } from './account-state.ts'
import type { Interrupt } from './simulated-server.ts'
import type { Snapshot } from './snapshot.ts'

/** What an account holds at first. `replicas: N` makes N finished replicas with fixed ids and names. */
export type SeedData =
  | 'empty'
  | 'sample'
  | { readonly replicas: number; readonly videos?: number; readonly stock?: number }

/** A key the sandbox accepts. Keys that name the same `account` see the same data. */
export interface SandboxKey {
  readonly key: string
  /** Defaults to the key itself, so that each key has data of its own. */
  readonly account?: string
  /** Data of that account; the first key that names the account decides. Defaults to `seedData`. */
  readonly seedData?: SeedData
}

/** What a list was asked for, handed to `mutateBetweenPages` after its answer was made. */
export interface ListAsked {
  readonly list: 'replicas' | 'videos' | 'voices' | 'personas' | 'conversations' | 'pages'
  readonly page: number
  readonly limit: number
  readonly state: AccountState
}

/** A part of a list's rows: so many, behind so many others. */
export interface RowWindow {
  readonly list: ListAsked['list']
  readonly skip: number
  readonly limit: number
}

/** Rows in place of an account's own. */
export interface OtherRows {
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly totalCount: number
}

/** A link of something that was deleted, handed to `linksOutliveMs`. */
export interface DeletedLink {
  readonly kind: 'replica' | 'video'
  readonly id: string
  readonly mode: 'soft' | 'hard'
  readonly use: LinkUse
}

/** What a media link is for; it stands in the link's path. */
export type LinkUse = 'thumbnail' | 'download' | 'stream'

/** Every switch of the sandbox. What is not given behaves like the documented API. */
export interface SandboxOptions {
  /** Port on 127.0.0.1; 0 (the default) takes any free one. */
  readonly port?: number
  readonly seedData?: SeedData
  readonly apiKeys?: readonly (string | SandboxKey)[]
  /** Folder with `NAME.mp4` and `NAME.png`. Without it rows carry no thumbnails. */
  readonly mediaDir?: string
  /** Number of the first page of the replica list, which the API does not document. */
  readonly firstPage?: 0 | 1
  /** Number of the first page of the video list; documented as 0, formerly as 1. */
  readonly firstVideoPage?: 0 | 1
  /** Rows per replica page when the request names no `limit`. */
  readonly defaultLimit?: number
  /** Larger limits are silently cut to this. */
  readonly maxLimit?: number
  /** Whether the list without `replica_type` carries stock replicas too. */
  readonly unfilteredList?: 'own-and-stock' | 'own'
  /** `seed`: rows carry the fields of the oldest documents and nothing else. */
  readonly replicaFields?: 'all' | 'seed'
  readonly videoDates?: 'rfc1123' | 'iso' | 'no-zone'
  /** Answer code of a delete or rename that worked; both are met in the wild. */
  readonly deleteStatus?: 200 | 204
  /** `stay`: a soft delete leaves the row behind with the status `deleted`. */
  readonly deletedReplicas?: 'vanish' | 'stay'
  readonly deletedVideos?: 'vanish' | 'stay'
  readonly deletedConversations?: 'vanish' | 'stay'
  readonly deletedPersonas?: 'vanish' | 'stay'
  /**
   * What becomes of a voice once a replica that names it is deleted, which the API does not document: it can be deleted
   * (`freed`), the deleted replica still counts, or the voice that training made goes with it. Asked each time.
   */
  readonly voiceAfterReplica?: () => 'freed' | 'counted' | 'taken-along'
  /** How a 409 says what uses a voice: with counts, with ids, or in its sentence alone. */
  readonly voiceRefusal?: 'counts' | 'lists' | 'sentence'
  /** Answer code of the list of voices instead of 200, as where a plan lacks them. */
  readonly voiceListStatus?: number
  /** Whether rows of voices carry a link to a recording; the newest documents have none. */
  readonly voiceSamples?: 'listed' | 'none'
  /** Whether the list without `persona_type` carries stock PALs too. */
  readonly unfilteredPersonas?: 'all' | 'without-stock'
  /** Whether one PAL is answered as a list of one, as newer documents say. */
  readonly onePersona?: 'bare' | 'wrapped'
  /** What a patch of a PAL does: it is live at once, or lands in a draft. Asked each time. */
  readonly palPatch?: () => 'live' | 'draft'
  /** Answer code of the list of deployments instead of 200. */
  readonly pageListStatus?: number
  /** Answer code of a patch whose If-Match is stale, which the API does not document. */
  readonly staleStatus?: 409 | 412
  /** Called before a patch is judged by its If-Match: change the state here to make it stale. */
  readonly beforePatch?: (state: AccountState, id: string) => void
  /** Whether rows of deployments name the page's address; no document has it. */
  readonly pageAddresses?: 'told' | 'none'
  /** Whether a page that was taken offline or deleted can still be opened. */
  readonly pagesAfterwards?: 'gone' | 'reachable'
  /** Where a verbose conversation has what was said; nowhere with zero data retention. */
  readonly transcripts?: 'at-top' | 'in-events' | 'none'
  /** Answer code of a verbose conversation instead of 200. */
  readonly transcriptStatus?: number
  /** Answer code of the list of conversations instead of 200. */
  readonly conversationListStatus?: number
  /** Which field names the bucket of a recording. */
  readonly recordingFields?: 'flat' | 'storage'
  /** Answer code of the list of memory stores instead of 200, as where a plan lacks them. */
  readonly memoryStoresStatus?: number
  /** Under which field that list answers, which the API does not document. */
  readonly memoryStoresForm?: 'data' | 'memory_stores'
  /** How long what was deleted for good stays behind with the status `deleted`, by the sandbox's clock; 0 by default. */
  readonly hardDeletedStayMs?: number
  /** Whether a conversation that still goes on can be deleted, which the API does not document. */
  readonly activeConversations?: 'delete' | 'refuse'
  /** Answer code of that refusal; 400 by default. */
  readonly activeRefusalStatus?: 400 | 403 | 409
  /** How long a deleted row goes on being listed unchanged, by the sandbox's clock. */
  readonly deletionLagMs?: number
  /**
   * How long the media links of a deleted replica or video go on answering, by the sandbox's clock; `Infinity` for ever.
   * By default links outlive a soft delete and die with a hard one.
   */
  readonly linksOutliveMs?: number | ((link: DeletedLink) => number)
  /** Whether stock replicas refuse with 400 or 403; the API does not document it. */
  readonly stockRefusalStatus?: 400 | 403
  /** True: answers are dated by the sandbox's clock instead of the computer's. */
  readonly isDatedByClock?: boolean
  /** False: each answer ends its connection. */
  readonly keepAlive?: boolean
  /** Real time that passes before each API answer. */
  readonly latencyMs?: number
  /** How long a training takes, by the sandbox's clock; 4 hours by default. Tuning takes as long again, a video a quarter. */
  readonly timeLapseMs?: number
  /**
   * True: a new training downloads its video first, and fails with what is wrong with that. By default links are judged
   * by their text alone, so that nothing is asked of the network.
   */
  readonly fetchesLinks?: boolean
  /** Sentence that every new training ends with instead of completing. */
  readonly trainingError?: string
  /** Added to the `total_count` of the replica list; a function is asked each time. */
  readonly totalCountOffset?: number | (() => number)
  /** Puts other rows into a list; null leaves the account's own. */
  readonly rowsInstead?: (window: RowWindow) => OtherRows | null
  /** Called after each list answer was made: change the state here to disturb a walk through the pages. */
  readonly mutateBetweenPages?: (asked: ListAsked) => void
  /** What comes between requests and answers; nothing by default. */
  readonly interrupt?: Interrupt
  /** The same for posters and clips. */
  readonly interruptMedia?: Interrupt
  /** Milliseconds since 1970; `Date.now` by default. */
  readonly now?: () => number
  /** State of an earlier run, from `Sandbox.snapshot()`; wins over `seedData`. */
  readonly snapshot?: Snapshot
  /** Called after a request or a test changed what the sandbox holds. */
  readonly onChange?: () => void
}
