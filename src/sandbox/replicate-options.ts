import type { RefusalRule, ReplicateSnapshot } from './replicate-snapshot.ts'
import type { ReplicateState } from './replicate-state.ts'
import type { Interrupt } from './simulated-server.ts'

/** What an account holds at first. `models: N` makes N models with fixed names. */
export type ReplicateSeedData =
  | 'empty'
  | 'sample'
  | {
      readonly models: number
      /** Per model; 1 by default. */
      readonly versions?: number
      readonly predictions?: number
      readonly trainings?: number
      readonly deployments?: number
    }

/** A token the sandbox accepts. Tokens that name the same `account` see the same data. */
export interface ReplicateKey {
  readonly key: string
  /** Defaults to the token itself, so that each token has data of its own. */
  readonly account?: string
  readonly seedData?: ReplicateSeedData
}

/** How a refusal looks: RFC 7807-like, `detail` alone, plain text, nothing at all, or a page of HTML. */
export type RefusalShape = 'problem' | 'detail' | 'text' | 'empty' | 'html'

/** A refused delete, of which Replicate publishes neither code nor text. */
export interface Refusal {
  readonly status?: number
  readonly shape?: RefusalShape
  /** Instead of the sandbox's own sentence. */
  readonly detail?: string
}

/** The lists that come in pages. */
export type ReplicateList =
  | 'models'
  | 'versions'
  | 'deployments'
  | 'trainings'
  | 'predictions'
  | 'examples'
  | 'files'

/** What a list was asked for, handed to `mutateBetweenPages` after its answer was made. */
export interface ReplicateListAsked {
  readonly list: ReplicateList
  readonly hasCursor: boolean
  readonly state: ReplicateState
}

/** One page of a list, by the cursor that was given. */
export interface PageAsked {
  readonly list: ReplicateList
  readonly owner: string
  readonly size: number
  readonly cursor: string | null
}

/** Rows in place of an account's own. */
export interface OtherPage {
  readonly results: readonly Readonly<Record<string, unknown>>[]
  /** Cursor of the page behind it. */
  readonly next: string
}

/** Every switch of the Replicate sandbox. What is not given behaves like the documented API. */
export interface ReplicateOptions {
  /** Port on 127.0.0.1; 0 (the default) takes any free one. */
  readonly port?: number
  readonly seedData?: ReplicateSeedData
  readonly apiKeys?: readonly (string | ReplicateKey)[]
  /** Folder with `NAME.png`. Without it models have no covers and predictions no files. */
  readonly mediaDir?: string
  /** Rows per page: 100 for trainings and predictions, 25 for the others by default. */
  readonly pageSizes?: Readonly<Partial<Record<ReplicateList, number>>>
  /** Rewrites the links `next` and `previous`, for example to another host; undefined leaves the field out. */
  readonly pageLink?: (link: string) => unknown
  /** What the last page says of a next one: `null` by default. */
  readonly lastPageLink?: 'null' | 'empty' | 'absent'
  /** How every refused delete looks; `refusals` wins for single rules. 400 and `problem` by default, 403 for R1. */
  readonly refusal?: Refusal
  readonly refusals?: Readonly<Partial<Record<RefusalRule, Refusal>>>
  /** Models as `owner/name` that Replicate calls official: their versions are not listed, and answer 404. */
  readonly officialModels?: readonly string[]
  /** Answer to a look at, or a delete of, a private model of another owner. */
  readonly foreignModelStatus?: 403 | 404
  /** How long an accepted version stays before it is gone, by the sandbox's clock; 2 minutes by default. */
  readonly removalMs?: number
  /** Whether a version is still shown while its removal is under way. */
  readonly removingVersions?: 'listed' | 'hidden'
  /** Removals that are accepted and come to nothing: the version is listed again when their time is over. */
  readonly removalFails?: boolean | ((versionId: string) => boolean)
  /** Whether a version under removal counts as one that the model still has (R3), even when it is hidden. */
  readonly removingVersionsBlock?: boolean
  /** Answer to a second delete of a version while its removal is under way. */
  readonly repeatedDeleteStatus?: 202 | 404 | 409
  /** Whether the name of a deleted model can be used again; it cannot by default. */
  readonly deletedNames?: 'taken' | 'free'
  /** How long the data of predictions made by API is kept; 1 hour by default. */
  readonly apiRetentionMs?: number
  /** How long an uploaded file is kept; 24 hours by default. */
  readonly uploadRetentionMs?: number
  /** How long output files and covers go on answering after their version or model is gone; `Infinity` for ever. */
  readonly filesOutliveMs?: number
  /** Real time that passes before each API answer. */
  readonly latencyMs?: number
  /** Puts another page into a list; null leaves the account's own. */
  readonly pageInstead?: (asked: PageAsked) => OtherPage | null
  /** Called after each list answer was made: change the state here to disturb a walk through the pages. */
  readonly mutateBetweenPages?: (asked: ReplicateListAsked) => void
  /** What comes between requests and answers; nothing by default. */
  readonly interrupt?: Interrupt
  /** The same for covers and files. */
  readonly interruptMedia?: Interrupt
  /** Milliseconds since 1970; `Date.now` by default. */
  readonly now?: () => number
  /** State of an earlier run, from `ReplicateSandbox.snapshot()`; wins over `seedData`. */
  readonly snapshot?: ReplicateSnapshot
  /** Called after a request or a test changed what the sandbox holds. */
  readonly onChange?: () => void
}
