import * as z from 'zod'
import { accountIdSchema, accountInputSchema, accountSchema } from '../domain/account.ts'
import {
  assetCountsSchema,
  assetLinkSchema,
  assetPageSchema,
  assetQuerySchema,
  assetRefSchema,
  assetSchema
} from '../domain/asset.ts'
import {
  deletionModeSchema,
  deletionOutcomeSchema,
  deletionPlanSchema
} from '../domain/deletion.ts'
import { draftIdSchema, draftPatchSchema, draftSchema } from '../domain/draft.ts'
import { healthSchema } from '../domain/health.ts'
import { historyCheckSchema, historyPageSchema, historyQuerySchema } from '../domain/history.ts'
import { settingsPatchSchema, settingsSchema } from '../domain/settings.ts'
import { syncStatusSchema } from '../domain/sync.ts'

const nothing = z.strictObject({})
const oneAccount = z.strictObject({ accountId: accountIdSchema })
const oneDraft = z.strictObject({ draftId: draftIdSchema })
const drafts = z.array(draftSchema).max(500)

/**
 * Everything the window may ask of main: name, what goes in, what comes out. Both sides are checked in main, and
 * a field that is not named here never crosses. Every answer is a `Result`; besides the kinds named below, every
 * request can fail with `invalid-input` and `bug`.
 */
export const contract = {
  /** What the first screen needs, in one answer, from what is stored here. No network. */
  'app:bootstrap': {
    input: nothing,
    output: z.strictObject({
      version: z.string().max(40),
      platform: z.enum(['linux', 'mac', 'windows']),
      settings: settingsSchema,
      accounts: z.array(accountSchema).max(200),
      sync: z.array(syncStatusSchema).max(200),
      health: healthSchema,
      counts: assetCountsSchema,
      drafts
    })
  },

  /** Adds or changes an account; a key goes to the keychain and is checked after. `keychain-unavailable`: nothing was saved. */
  'account:save': { input: accountInputSchema, output: accountSchema },
  /** Makes the cheapest call with the account's key and remembers the answer. Its failure is told in `keyCheck`. */
  'account:check': { input: oneAccount, output: accountSchema },
  /** Takes the account and its key away. Its history stays. */
  'account:remove': { input: oneAccount, output: nothing },
  /** Starts the sample provider on this computer and adds its account; again: answers the one there is. */
  'account:exploreSample': { input: nothing, output: accountSchema },
  /** Takes the key out of the keychain (or memory); the account stays and can be read offline. */
  'key:forget': { input: oneAccount, output: accountSchema },

  /** A range of the library as stored here. No network. */
  'asset:list': { input: assetQuerySchema, output: assetPageSchema },
  /** One asset as stored here. `not-found`. */
  'asset:get': { input: z.strictObject({ ref: assetRefSchema }), output: assetSchema },
  /** Numbers for the side bar and the filters; null: all accounts. */
  'asset:count': {
    input: z.strictObject({ accountId: accountIdSchema.nullable() }),
    output: assetCountsSchema
  },
  /** Renames at the provider, then here. Network. */
  'asset:rename': {
    input: z.strictObject({ ref: assetRefSchema, name: z.string().max(500) }),
    output: assetSchema
  },

  /**
   * Puts a link of the asset on the clipboard, without showing it to the window. `not-found`: the provider gave none,
   * or not in this run.
   */
  'asset:copyLink': {
    input: z.strictObject({ ref: assetRefSchema, link: assetLinkSchema }),
    output: nothing
  },

  /**
   * Lets the system take the asset's picture along with the pointer, as a file named after it. To be called while the
   * pointer is held. `not-found`: no picture of it is kept on this computer.
   */
  'asset:startDrag': { input: z.strictObject({ ref: assetRefSchema }), output: nothing },

  /** Walks the provider's lists and writes them into the library; answers when done. Null: every account. */
  'library:refresh': {
    input: z.strictObject({ accountId: accountIdSchema.nullable() }),
    output: z.array(syncStatusSchema).max(200)
  },

  /** Says what a deletion would take along and mints its one-time confirmation. Sends nothing. */
  'deletion:prepare': {
    input: z.strictObject({
      refs: z.array(assetRefSchema).min(1).max(1000),
      mode: deletionModeSchema
    }),
    output: deletionPlanSchema
  },
  /**
   * Deletes exactly what the confirmation was minted for. `typedName` is needed for a permanent deletion and must
   * equal the asset's name. `confirmation-expired`: unknown, used, out of time, or for something else.
   */
  'deletion:run': {
    input: z.strictObject({
      token: z.string().max(100),
      refs: z.array(assetRefSchema).min(1).max(1000),
      mode: deletionModeSchema,
      typedName: z.string().max(500).nullable()
    }),
    output: z.array(deletionOutcomeSchema).max(1000)
  },

  /**
   * Makes one draft for each link found in the text, or one empty draft if there is none. With `fileName` the text is
   * the content of a dropped `.url`, `.webloc`, `.txt` or `.csv` file; a CSV may have columns for every field. Answers
   * all drafts.
   */
  'draft:add': {
    input: z.strictObject({
      text: z.string().max(200_000),
      fileName: z.string().max(300).nullable(),
      accountId: accountIdSchema.nullable()
    }),
    output: z.strictObject({ drafts, addedIds: z.array(draftIdSchema).max(500) })
  },
  /** Changes a draft and reads its links anew. `not-found`. */
  'draft:update': {
    input: z.strictObject({ draftId: draftIdSchema, patch: draftPatchSchema }),
    output: draftSchema
  },
  /** Takes a draft away. Answers all drafts. */
  'draft:discard': { input: oneDraft, output: drafts },
  /**
   * Asks the provider to train the replica. Answers the draft: `created` with its id, `unclear` if the answer was
   * lost, `editing` with its `error` if it was refused. Network, at most one request per call.
   */
  'draft:create': { input: oneDraft, output: draftSchema },

  /** A page of what happened, newest first. No network. */
  'history:list': { input: historyQuerySchema, output: historyPageSchema },
  /** Walks the chain of records and compares its end with the one the keychain remembers. */
  'history:check': { input: nothing, output: historyCheckSchema },
  /** Asks where to save, writes, reads back and counts. `savedAs` is null if the person thought better of it. */
  'history:export': {
    input: z.strictObject({ format: z.enum(['csv', 'jsonl']) }),
    output: z.strictObject({
      savedAs: z.string().max(1000).nullable(),
      count: z.number().int().nonnegative()
    })
  },

  /**
   * Takes all records away and begins a new chain; the old ones stay in a file of the data folder until `keptUntilAt`.
   * `headSeq` is the last record that the person saw. `confirmation-expired`: there is a later one, nothing was cleared.
   */
  'history:clear': {
    input: z.strictObject({ headSeq: z.number().int().positive() }),
    output: z.strictObject({
      count: z.number().int().nonnegative(),
      keptAs: z.string().max(300),
      keptUntilAt: z.iso.datetime()
    })
  },

  /** Gives up waiting for the system's keychain prompt; what waited for it fails with `keychain-unavailable`. */
  'keychain:stopWaiting': { input: nothing, output: nothing },
  /** Asks for the folder that exports are offered in; answers all settings. */
  'settings:chooseExportFolder': { input: nothing, output: settingsSchema },
  /** Asks where to save a file with facts for a bug report, without secrets; null if the person thought better of it. */
  'diagnostics:save': {
    input: nothing,
    output: z.strictObject({ savedAs: z.string().max(1000).nullable() })
  },
  /** Changes settings; answers them all. `storage-failed`: the old ones are kept. */
  'settings:update': { input: settingsPatchSchema, output: settingsSchema },
  /** Opens one of the fixed addresses in the system's browser (security E6). */
  'link:open': {
    input: z.strictObject({
      linkId: z.enum([
        'tavus-portal',
        'tavus-keys',
        'tavus-status',
        'tavus-consent',
        'tavus-training'
      ])
    }),
    output: nothing
  },
  /** Shows the folder that holds the database in the system's file manager. */
  'data:reveal': { input: nothing, output: nothing },
  /** Takes the offered backup in place of a damaged database, which is kept. */
  'data:restore': { input: nothing, output: healthSchema }
} as const

export type Contract = typeof contract
export type RequestName = keyof Contract
export type RequestInput<N extends RequestName> = z.input<Contract[N]['input']>
export type RequestOutput<N extends RequestName> = z.output<Contract[N]['output']>
