import * as z from 'zod'
import { linkFields, videoFields } from '../catalogue/draft-fields.ts'
import { mostDrafts, mostSteps, mostVideosAtOnce } from '../catalogue/limits.ts'
import { linkIds } from '../catalogue/providers.ts'
import { mostSmallBytes, smallSides } from '../catalogue/small-pictures.ts'
import {
  accountIdSchema,
  accountInputSchema,
  accountSchema,
  providerIdSchema
} from '../domain/account.ts'
import { agendaSchema } from '../domain/agenda.ts'
import { archiveSchema } from '../domain/archive.ts'
import {
  assetCountsSchema,
  assetKindSchema,
  assetLinkSchema,
  assetPageSchema,
  assetQuerySchema,
  assetRefSchema,
  assetSchema
} from '../domain/asset.ts'
import { backupRunSchema, restoreRunSchema } from '../domain/backup.ts'
import { batchIdSchema, batchItemSchema, batchSchema, itemStateSchema } from '../domain/batch.ts'
import { bucketIdSchema, bucketInputSchema, bucketSchema } from '../domain/bucket.ts'
import {
  consentClipSchema,
  consentNoteIdSchema,
  consentNoteInputSchema,
  consentNoteSchema
} from '../domain/consent-note.ts'
import { deletionModeSchema } from '../domain/deletion.ts'
import { draftIdSchema, draftPatchSchema, draftSchema, sharedPatchSchema } from '../domain/draft.ts'
import { firstLookSchema } from '../domain/first-look.ts'
import {
  forgetPreviewSchema,
  forgetTargetSchema,
  forgottenNamesSchema
} from '../domain/forgetting.ts'
import { healthSchema } from '../domain/health.ts'
import {
  historyChartQuerySchema,
  historyChartSchema,
  historyCheckSchema,
  historyPageSchema,
  historyPartsQuerySchema,
  historyQuerySchema,
  historyStorySchema,
  historyTimelineQuerySchema,
  historyTimelineSchema,
  inboxQuerySchema
} from '../domain/history.ts'
import {
  historyExportFormatSchema,
  historyExportSchema,
  historySelectionSchema
} from '../domain/history-export.ts'
import { overdueSchema } from '../domain/keeping.ts'
import { refusedVideoSchema, uploadIdSchema } from '../domain/local-video.ts'
import { mediaIdSchema } from '../domain/media-id.ts'
import { newsSchema } from '../domain/news.ts'
import { noteSchema, tagCountsSchema } from '../domain/note.ts'
import { notedSchema } from '../domain/noted.ts'
import { mostPalPages, palPageSchema } from '../domain/pal-page.ts'
import { personIdSchema, personInputSchema, personSchema } from '../domain/person.ts'
import {
  personSaveSchema,
  personTalksSchema,
  transcriptChoiceSchema
} from '../domain/person-save.ts'
import {
  deletionPlanSchema,
  localMediaSchema,
  planChoicesSchema,
  planIdSchema,
  planSubjectSchema
} from '../domain/plan.ts'
import { receiptVerdictSchema } from '../domain/receipt-verdict.ts'
import { settingsPatchSchema, settingsSchema } from '../domain/settings.ts'
import { syncStatusSchema } from '../domain/sync.ts'
import { trainingOutlookSchema } from '../domain/training-outlook.ts'
import { transcriptSchema } from '../domain/transcript.ts'
import { releaseNotesSchema, updateStatusSchema, versionSchema } from '../domain/update.ts'
import { leftoversSchema, uploadSchema } from '../domain/upload.ts'
import { mostVoiceUses, voiceUseSchema } from '../domain/voice.ts'

const nothing = z.strictObject({})
const oneAccount = z.strictObject({ accountId: accountIdSchema })
const oneDraft = z.strictObject({ draftId: draftIdSchema })
const oneVideo = z.strictObject({ draftId: draftIdSchema, field: z.enum(videoFields) })
const consentNotes = z.array(consentNoteSchema)
const consentClip = z.strictObject({ clip: consentClipSchema.nullable() })
const drafts = z.array(draftSchema).max(mostDrafts)
/** `leftOut`: how many there was no room for; those are the last ones. */
const addedDrafts = z.strictObject({ added: drafts, leftOut: z.number().int().nonnegative() })
const oneBatch = z.strictObject({ batchId: batchIdSchema })
// As many as are stored: a limit here would only turn them into a fault of the app.
const batches = z.array(batchSchema)
const persons = z.array(personSchema)
const oneUpload = z.strictObject({ uploadId: uploadIdSchema })
const oneBucket = z.strictObject({ bucketId: bucketIdSchema })
const buckets = z.array(bucketSchema)
const fingerprint = z.string().max(60)
const oneRestoreRun = z.strictObject({ run: restoreRunSchema.nullable() })
const oneBackupRun = z.strictObject({ run: backupRunSchema.nullable() })
const savedAs = z.strictObject({ savedAs: z.string().max(1000).nullable() })

/**
 * Everything the window may ask of main: name, what goes in, what comes out. Both sides are checked in main, and
 * a field that is not named here never crosses. Every answer is a `Result`; besides the kinds named below, every
 * request can fail with `invalid-input` and `bug`.
 */
const exportStanding = z.strictObject({ export: historyExportSchema.nullable() })

export const contract = {
  /** What the first screen needs, in one answer, from what is stored here. No network. */
  'app:bootstrap': {
    input: nothing,
    output: z.strictObject({
      version: z.string().max(40),
      platform: z.enum(['linux', 'mac', 'windows']),
      settings: settingsSchema,
      accounts: z.array(accountSchema),
      sync: z.array(syncStatusSchema),
      health: healthSchema,
      counts: assetCountsSchema,
      drafts,
      batches,
      /** The services that this build has, in the order to be offered. */
      providers: z.array(providerIdSchema).max(10)
    })
  },

  /**
   * Adds or changes an account; a key goes to the keychain and is checked after. `keychain-unavailable`,
   * `storage-failed`: nothing was changed. `invalid-input{apiKey: used-by-other-account}`: it is an account already.
   */
  'account:save': { input: accountInputSchema, output: accountSchema },
  /**
   * Tries the key that the form holds and stores nothing; a form without a key, or that could not be saved, is answered as
   * by `account:save`. Else the provider's answer: `key-rejected`, or why there was none (`offline`, `timed-out`,
   * `rate-limited`, `provider-down`, `unexpected-response`, …).
   */
  'account:try': { input: accountInputSchema, output: nothing },
  /** Makes the cheapest call with the account's key and remembers the answer. Its failure is told in `keyCheck`. */
  'account:check': { input: oneAccount, output: accountSchema },
  /** Takes the account and its key away, with `key:forget`'s proviso. Its history stays. */
  'account:remove': { input: oneAccount, output: nothing },
  /** Starts the sample providers on this computer and adds their accounts; again: answers the first there is. */
  'account:exploreSample': { input: nothing, output: accountSchema },
  /**
   * Takes the key out of memory and the keychain; the account stays and can be read offline. What the keychain does not
   * let go is told by `health.leftKeys`.
   */
  'key:forget': { input: oneAccount, output: accountSchema },
  /** Tries again to delete the keys that no account uses any more from the keychain. */
  'key:deleteUnused': { input: nothing, output: nothing },

  /** Notes where the cards of the first screen stand, for the next start to draw their faces before anything else. */
  'firstScreen:note': { input: firstLookSchema, output: nothing },

  /** A range of the library as stored here. No network. */
  'asset:list': { input: assetQuerySchema, output: assetPageSchema },
  /** Says that a person is about to search in this listing, so that each letter is answered from memory. No network. */
  'asset:prepareSearch': { input: assetQuerySchema, output: nothing },
  /** Where an asset stands in a listing, from 0; null: it is not in it. The query's range does not matter. No network. */
  'asset:place': {
    input: z.strictObject({ query: assetQuerySchema, ref: assetRefSchema }),
    output: z.strictObject({ place: z.number().int().nonnegative().nullable() })
  },
  /**
   * The next asset of a listing whose name begins with what was typed, or a word of it if no name does, and where it
   * stands, from 0. The search begins at `from` and goes around the end. Null: none. No network.
   */
  'asset:typed': {
    input: z.strictObject({
      query: assetQuerySchema,
      text: z.string().min(1).max(100),
      from: z.number().int().min(0).max(10_000_000)
    }),
    output: z.strictObject({
      found: z
        .strictObject({ ref: assetRefSchema, place: z.number().int().nonnegative() })
        .nullable()
    })
  },
  /** One asset as stored here. `not-found`. */
  'asset:get': { input: z.strictObject({ ref: assetRefSchema }), output: assetSchema },
  /**
   * How long a replica's training usually takes by the account's own past, and which failures the check of its videos
   * had warned of. `not-found`. No network.
   */
  'training:outlook': {
    input: z.strictObject({ ref: assetRefSchema }),
    output: trainingOutlookSchema
  },
  /**
   * What is listed and tied to a replica, voice or PAL by a face or a voice: replicas with their voices, and PALs with what
   * they show and speak with; at most `mostVoiceUses` of each kind, none for other kinds. As stored here: no network.
   */
  'voice:uses': {
    input: z.strictObject({ ref: assetRefSchema }),
    output: z.strictObject({ uses: z.array(voiceUseSchema).max(2 * mostVoiceUses) })
  },
  /**
   * The public pages that a PAL is on, read at the provider; `isComplete` false if some may be missing. Fails with the kinds
   * of a read; `invalid-input{kind}` for what is no PAL.
   */
  'pal:pages': {
    input: z.strictObject({ ref: assetRefSchema }),
    output: z.strictObject({
      pages: z.array(palPageSchema).max(mostPalPages),
      isComplete: z.boolean()
    })
  },
  /**
   * What was said in a conversation, for as long as it is looked at: it is stored nowhere. `not-found`, `provider-refused`.
   * Network.
   */
  'transcript:get': { input: z.strictObject({ ref: assetRefSchema }), output: transcriptSchema },
  /** Asks where to save it as a text; null if the person thought better of it. `storage-failed`. Perhaps network. */
  'transcript:save': { input: z.strictObject({ ref: assetRefSchema }), output: savedAs },
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
    output: z.array(syncStatusSchema)
  },

  /**
   * Ends the refresh of an account, or of all, where one is under way, with its waits. What was read stays; nothing counts as
   * gone because it was not met. Answers how they ended.
   */
  'library:stop': {
    input: z.strictObject({ accountId: accountIdSchema.nullable() }),
    output: z.array(syncStatusSchema)
  },

  /**
   * Makes a plan and mints its one-time confirmation. Sends no change; asks the network for scopes that hold more than
   * what was named (`likeness`, `teardown`, `cleanup`, `person`), and for models and versions, whose restrictions stand
   * at the provider alone. `not-found`: an asset is not stored here.
   */
  'plan:make': {
    input: z.strictObject({ subject: planSubjectSchema, choices: planChoicesSchema }),
    output: deletionPlanSchema
  },
  /** Makes the plan anew from the same facts with other choices, and mints again. `not-found`: too old. */
  'plan:choose': {
    input: z.strictObject({ planId: planIdSchema, choices: planChoicesSchema }),
    output: deletionPlanSchema
  },
  /** What is on this computer of what the plan deletes. No network. `not-found`: too old. */
  'plan:local': { input: z.strictObject({ planId: planIdSchema }), output: localMediaSchema },
  /** Asks where to save the plan as JSON; null if the person thought better of it. */
  'plan:export': { input: z.strictObject({ planId: planIdSchema }), output: savedAs },
  /**
   * Asks for a folder and saves what the plan would remove: metadata, thumbnails, the files of videos, with checksums.
   * The batch that is started from the plan remembers it. Null if the person thought better of it. Network.
   */
  'plan:archive': {
    input: z.strictObject({ planId: planIdSchema }),
    output: z.strictObject({ archive: archiveSchema.nullable() })
  },

  /**
   * Starts exactly the plan that the confirmation was minted for; answers at once, `batch:changed` tells the rest.
   * `typed` is needed if a step is permanent: the asset's name, or the number of steps if there are several. `runAt`
   * schedules a permanent deletion 1 to 30 days ahead. `confirmation-expired`: unknown, used, out of time, or for
   * something else. `invalid-input{typed}`, `invalid-input{runAt}`, `invalid-input{plan: blocked}`.
   */
  'deletion:start': {
    input: z.strictObject({
      planId: planIdSchema,
      token: z.string().max(100),
      mode: deletionModeSchema,
      typed: z.string().max(500).nullable(),
      runAt: z.iso.datetime().nullable()
    }),
    output: batchSchema
  },
  /** Batches that have not ended or were not put away. No network. */
  'batch:list': { input: nothing, output: batches },
  /** Batches that were put away, newest first. */
  'batch:past': {
    input: z.strictObject({
      offset: z.number().int().min(0).max(1_000_000),
      limit: z.number().int().min(1).max(100)
    }),
    output: z.strictObject({
      total: z.number().int().nonnegative(),
      rows: z.array(batchSchema).max(100)
    })
  },
  /** A range of a batch's deletions in the plan's order; `states` null: all. */
  'batch:items': {
    input: z.strictObject({
      batchId: batchIdSchema,
      states: z.array(itemStateSchema).max(20).nullable(),
      offset: z.number().int().min(0).max(mostSteps),
      limit: z.number().int().min(1).max(500)
    }),
    output: z.strictObject({
      total: z.number().int().nonnegative(),
      rows: z.array(batchItemSchema).max(500)
    })
  },
  /** Takes back a batch of which nothing was sent. `not-found`: it is past that. */
  'batch:undo': { input: oneBatch, output: batchSchema },
  /** Stops the hold's clock, or sends nothing more until resumed. */
  'batch:pause': { input: oneBatch, output: batchSchema },
  /** Goes on. After `changed` this accepts the changes: the facts are read again and what blocks is left out. */
  'batch:resume': { input: oneBatch, output: batchSchema },
  /** Cancels whatever was not sent; what was sent stays sent. */
  'batch:cancel': { input: oneBatch, output: batchSchema },
  /**
   * Tries those refused again. Permanent ones need a new confirmation, so they are answered as a plan to look at;
   * soft ones go on in the same batch.
   */
  'batch:retry': {
    input: oneBatch,
    output: z.strictObject({ batch: batchSchema, plan: deletionPlanSchema.nullable() })
  },
  /** Puts a finished batch out of sight; `batch:past` and the history keep it. */
  'batch:dismiss': { input: oneBatch, output: nothing },
  /** Puts it back in sight. `not-found`: it was not put away. */
  'batch:putBack': { input: oneBatch, output: batchSchema },
  /** Every deletion ever asked for an asset, newest first, with its later checks. */
  'asset:deletions': {
    input: z.strictObject({ ref: assetRefSchema }),
    output: z.array(batchItemSchema.extend({ batchId: batchIdSchema.nullable() })).max(100)
  },

  /** Protects assets from every deletion, or lifts that. Answers those that it changed something for. */
  'asset:pin': {
    input: z.strictObject({ refs: z.array(assetRefSchema).min(1).max(500), isPinned: z.boolean() }),
    output: z.strictObject({ changed: z.array(assetRefSchema).max(500) })
  },
  /** Opens the asset's page on the provider's website in the system's browser. `not-found`: it has none. */
  'asset:openPage': {
    input: z.strictObject({ ref: assetRefSchema, page: z.enum(['home', 'settings']) }),
    output: nothing
  },
  /**
   * Adds an asset by its name or page (`owner/name`, an address on replicate.com) after reading it at the provider.
   * `not-found`: the provider does not know it, or not for this key. `invalid-input{text}`. Network.
   */
  'asset:add': {
    input: z.strictObject({ accountId: accountIdSchema, text: z.string().max(2000) }),
    output: assetSchema
  },

  /**
   * Asks where to save the signed receipt of an ended batch; null if the person thought better of it. The key that signs
   * it is made with the first. `keychain-unavailable`, `signing-key-lost`: nobody was asked for a place.
   */
  'receipt:save': {
    input: z.strictObject({ batchId: batchIdSchema, format: z.enum(['json', 'pdf']) }),
    output: savedAs
  },
  /** Asks for a receipt or an exported history and checks it. Null if the person thought better of it. */
  'receipt:verify': {
    input: nothing,
    output: z.strictObject({ verdict: receiptVerdictSchema.nullable() })
  },

  /** Short form of the key that signs receipts here; null before one was made. The keychain is not asked. */
  'receiptKey:get': {
    input: nothing,
    output: z.strictObject({ fingerprint: fingerprint.nullable() })
  },
  /**
   * Makes another key in the place of one that `receipt:save` called lost, and answers the key that signs from now on:
   * the old one, if it can be read after all. `keychain-unavailable`, `storage-failed`: the old one stays in its place.
   */
  'receiptKey:renew': { input: nothing, output: z.strictObject({ fingerprint }) },

  /**
   * Keeps a small copy of a picture or clip, as WebP, which the page drew of what it shows: only the page decodes what a
   * provider sent. `not-found`: it is no such copy of anything that is kept on this computer, or the disk does not take it.
   */
  'picture:keepSmall': {
    input: z.strictObject({
      pictureId: mediaIdSchema,
      side: z.literal(smallSides),
      webp: z.base64().max(Math.ceil(mostSmallBytes / 3) * 4)
    }),
    output: nothing
  },

  /** What was written down about an asset or a person, whether or not it is still listed. No network. */
  'note:get': { input: z.strictObject({ about: notedSchema }), output: noteSchema },
  /**
   * Changes it; the history keeps what it was. Answers it as it is kept, each tag once, and as it was. `not-found`: what it
   * is about is not known here. `storage-failed`.
   */
  'note:set': {
    input: z.strictObject({ about: notedSchema, note: noteSchema }),
    output: z.strictObject({ note: noteSchema, before: noteSchema })
  },
  /** Tags in use with one kind of assets, or with persons. */
  'note:tags': {
    input: z.strictObject({ kind: z.union([assetKindSchema, z.literal('person')]) }),
    output: tagCountsSchema
  },
  'person:list': { input: nothing, output: persons },
  /** Adds or changes a person; a new name rule is applied to what is listed. Answers all. */
  'person:save': { input: personInputSchema, output: persons },
  /** Takes the person away; the assets stay. Answers all. */
  'person:remove': { input: z.strictObject({ personId: personIdSchema }), output: persons },
  /** Ties assets to a person, or to nobody. Answers whose those were before that it changed something for. */
  'person:assign': {
    input: z.strictObject({
      refs: z.array(assetRefSchema).min(1).max(500),
      personId: personIdSchema.nullable()
    }),
    output: z.strictObject({
      before: z
        .array(z.strictObject({ ref: assetRefSchema, personId: personIdSchema.nullable() }))
        .max(500)
    })
  },

  /**
   * Asks for a folder and begins to save everything of a person into it; what follows comes as events. `save` is null if
   * the person thought better of it. While one is being saved, that is answered. `not-found`. Network.
   */
  'person:saveAll': {
    input: z.strictObject({ personId: personIdSchema, transcripts: transcriptChoiceSchema }),
    output: z.strictObject({ save: personSaveSchema.nullable() })
  },
  /** How the last saving of this run stands; null: there was none. No network. */
  'person:saving': {
    input: nothing,
    output: z.strictObject({ save: personSaveSchema.nullable() })
  },
  /** The conversations of a person whose transcripts could be saved as well, newest first. No network. */
  'person:conversations': {
    input: z.strictObject({ personId: personIdSchema }),
    output: personTalksSchema
  },
  /** Ends the saving; what is there stays, to go on with. */
  'person:stopSaving': { input: nothing, output: nothing },
  /** Shows the last folder that was saved in the file manager. `not-found`. */
  'person:showSaved': { input: nothing, output: nothing },

  /** What a person agreed to, in the order in which it was noted. No network. */
  'consent:list': { input: z.strictObject({ personId: personIdSchema }), output: consentNotes },
  /** Keeps a note, which is never changed. Answers all of the person. `not-found`. */
  'consent:add': { input: consentNoteInputSchema, output: consentNotes },
  /** Takes a note away; the history keeps what it said. Answers the rest. `not-found`. */
  'consent:remove': {
    input: z.strictObject({ noteId: consentNoteIdSchema }),
    output: consentNotes
  },
  /** Asks for a recording and reads it whole. `clip` is null if the person thought better of it. `storage-failed`. */
  'consent:chooseClip': { input: nothing, output: consentClip },
  /** Reads the file of a draft's video whole. `clip` is null if it has none. `storage-failed`. */
  'consent:draftClip': { input: oneVideo, output: consentClip },
  /** Asks where to save, and writes all notes of a person as a text. `not-found`, `storage-failed`. */
  'consent:export': { input: z.strictObject({ personId: personIdSchema }), output: savedAs },

  /**
   * Makes one draft for each link found in the text, or one empty draft if there is none. With `fileName` the text is
   * the content of a dropped `.url`, `.webloc`, `.desktop`, `.txt`, `.csv` or `.tsv` file; a CSV may have columns for every field. Answers
   * the new drafts; there are at most 500 at once. `invalid-input{file}`.
   */
  'draft:add': {
    input: z.strictObject({
      text: z.string().max(200_000),
      fileName: z.string().max(300).nullable(),
      /** The encoding that the file was read with, if that was a guess. */
      encoding: z.string().max(40).nullable().optional(),
      accountId: accountIdSchema.nullable()
    }),
    output: addedDrafts
  },
  /**
   * Makes a draft like a replica that is listed: everything but its links, which have to be given again. `not-found`,
   * `invalid-input{file: too-many-drafts}`.
   */
  'draft:again': {
    input: z.strictObject({ ref: assetRefSchema }),
    output: addedDrafts
  },
  /** Makes an `unsettled` draft one that can be changed and sent again. `not-found`. */
  'draft:reopen': { input: oneDraft, output: draftSchema },
  /**
   * Changes a draft and reads its links anew. `not-found`, `invalid-input{accountId: trains-nothing}`,
   * `invalid-input{: already-asked}` from the moment on that it is being sent.
   */
  'draft:update': {
    input: z.strictObject({ draftId: draftIdSchema, patch: draftPatchSchema }),
    output: draftSchema
  },
  /**
   * Puts the corrected form of a link in its place, where its findings say that one is known (`mend-known`). The link
   * stays in main. `not-found`: the draft is gone, or no correction is known.
   */
  'draft:mendLink': {
    input: z.strictObject({ draftId: draftIdSchema, field: z.enum(linkFields) }),
    output: draftSchema
  },
  /** Changes every draft that was not sent. Answers how many. `invalid-input{accountId: trains-nothing}`. */
  'draft:applyToAll': {
    input: z.strictObject({ patch: sharedPatchSchema }),
    output: z.strictObject({ count: z.number().int().nonnegative() })
  },
  /**
   * Takes drafts away, those that are still there; the last ones can be had back until the app quits. One that is being
   * sent, or whose answer is looked for, stays: `invalid-input{: already-asked}` if that is all of them.
   */
  'draft:discard': {
    input: z.strictObject({ draftIds: z.array(draftIdSchema).min(1).max(mostDrafts) }),
    output: nothing
  },
  /** Brings back what was discarded last, with its links; nothing if there is nothing, or no room. */
  'draft:restore': { input: nothing, output: addedDrafts },
  /** Asks where to save, and writes an empty CSV with a column for every field. `storage-failed`. */
  'draft:saveTemplate': { input: nothing, output: savedAs },
  /**
   * Asks the provider to train the replica. Answers the draft: `created` with its id, `unclear` if the answer was
   * lost, `editing` with its `error` if it was refused. Network, at most one request per call.
   */
  'draft:create': { input: oneDraft, output: draftSchema },

  /**
   * Checks a draft's video anew and answers the draft as the check begins; `draft:changed` tells what it found.
   * `not-found`: it has none. Network: at most 8 MiB in 40 requests.
   */
  'video:check': { input: oneVideo, output: draftSchema },
  /**
   * Asks where to save, and makes a file that Tavus takes of a draft's local video, with the person's own ffmpeg; then
   * that is the draft's video. Answers the draft as it begins, unchanged if the person thought better of it;
   * `draft:changed` tells the rest. `not-found`: there is nothing to mend, or not that way.
   */
  'video:fit': { input: oneVideo, output: draftSchema },
  /** Gives that up; the file that was begun goes. */
  'video:cancelFit': { input: oneVideo, output: nothing },
  /**
   * Answers under which `media://` ID a draft's video can be played, part by part. `not-found`: it has none. Network
   * as the player asks for it.
   */
  'video:preview': {
    input: oneVideo,
    output: z.strictObject({ mediaId: mediaIdSchema })
  },
  /** The connections to the person's own buckets. No network. */
  'bucket:list': { input: nothing, output: buckets },
  /**
   * Writes, reads and removes a small object with the secret that the form holds, and stores nothing; a form without a
   * secret, or that could not be saved, is answered as by `bucket:save`. Network. `bucket-failed`.
   */
  'bucket:try': { input: bucketInputSchema, output: nothing },
  /**
   * Adds or changes a connection; a secret goes to the keychain. `keychain-unavailable`, `storage-failed`: nothing was
   * changed.
   */
  'bucket:save': { input: bucketInputSchema, output: bucketSchema },
  /** Takes the connection and its secret away; what lies in the bucket stays there. `not-found`. */
  'bucket:remove': { input: oneBucket, output: nothing },
  /**
   * Writes, reads and removes a small object, and remembers how that went. Its failure is told in `test`. Network.
   * `not-found`.
   */
  'bucket:test': { input: oneBucket, output: bucketSchema },

  /**
   * Makes a draft for each file that can be taken, and says of each other one why not. Paths as the preload read them
   * of what was dropped; an empty one is of something that lies nowhere. `storage-failed`: no draft was made.
   */
  'draft:addVideoFiles': {
    input: z.strictObject({
      paths: z.array(z.string().max(4096)).min(1).max(mostVideosAtOnce),
      accountId: accountIdSchema.nullable()
    }),
    output: z.strictObject({
      added: drafts,
      refused: z.array(refusedVideoSchema).max(mostVideosAtOnce)
    })
  },
  /** Asks for a local video and makes it the draft's; null if the person thought better of it. */
  'draft:chooseVideoFile': {
    input: oneVideo,
    output: z.strictObject({ draft: draftSchema.nullable() })
  },
  /** Uploads that were not canceled. No network. */
  'upload:list': { input: nothing, output: z.array(uploadSchema) },
  /**
   * Sends a draft's file into a bucket; `upload:changed` tells the rest, and a signed link to it becomes the draft's. One
   * that is under way goes on. `not-found`, `bucket-failed`: the file cannot be read.
   */
  'upload:start': {
    input: oneVideo.extend({ bucketId: bucketIdSchema }),
    output: uploadSchema
  },
  /** Sends nothing more until resumed; what arrived stays there. */
  'upload:pause': { input: oneUpload, output: uploadSchema },
  /** Goes on with what storage has; after a failure, tries again. `bucket-failed`: the file cannot be read. */
  'upload:resume': { input: oneUpload, output: uploadSchema },
  /** Ends it and takes away what arrived. */
  'upload:cancel': { input: oneUpload, output: uploadSchema },
  /** What lies in a bucket and is of no use any more. Network. */
  'upload:leftovers': { input: oneBucket, output: leftoversSchema },
  /** Removes a file that no draft needs any more from its bucket. `not-found`: it is needed. Network. */
  'upload:removeFile': { input: oneUpload, output: nothing },
  /** Takes away unfinished uploads that `upload:leftovers` listed in this run. Network. */
  'upload:removeUnfinished': {
    input: oneBucket.extend({ ids: z.array(z.string().max(40)).min(1).max(200) }),
    output: nothing
  },

  /** Everything that will happen on its own, and when. No network. */
  'agenda:list': { input: nothing, output: agendaSchema },
  /** Pauses everything that goes on by itself: deletions, checks, trainings' watch, uploads. Lasts until the app ends. */
  'agenda:pause': { input: nothing, output: agendaSchema },
  /** Goes on with it; a schedule that came due meanwhile begins. */
  'agenda:resume': { input: nothing, output: agendaSchema },

  /** A page of what happened, newest first. No network. */
  'history:list': { input: historyQuerySchema, output: historyPageSchema },
  /**
   * The same by operations, so that a deletion of many things, or a first listing, is a line and not thousands; `canceled`:
   * it was asked for with another filter meanwhile. No network.
   */
  'history:timeline': { input: historyTimelineQuerySchema, output: historyTimelineSchema },
  /** The records of one operation, newest first. No network. */
  'history:parts': { input: historyPartsQuerySchema, output: historyPageSchema },
  /** Everything that is known of one thing, from first seen to the last check. No network. */
  'history:story': {
    input: z.strictObject({ ref: assetRefSchema, limit: z.number().int().min(1).max(500) }),
    output: historyStorySchema
  },
  /** How many operations of the timeline are changes that came up elsewhere and were not acknowledged. No network. */
  'history:countNew': {
    input: nothing,
    output: z.strictObject({
      count: z.number().int().nonnegative(),
      /** How many operations in the inbox were not read. */
      unread: z.number().int().nonnegative()
    })
  },
  /** Acknowledges what one operation of these found, by its id, or all of them; that is read in the inbox too. `storage-failed`. */
  'history:acknowledge': {
    input: z.strictObject({ id: z.number().int().nullable() }),
    output: nothing
  },
  /**
   * How many operations there were over time, by days, weeks, months or years of this computer, whatever the time asked for
   * allows. No network. `canceled`: it was asked for anew meanwhile.
   */
  'history:chart': { input: historyChartQuerySchema, output: historyChartSchema },
  /** What ended, failed, vanished or changed elsewhere, and reminders, as operations. No network. */
  'inbox:list': { input: inboxQuerySchema, output: historyTimelineSchema },
  /** Marks operations as read or unread, by their ids; null: all that are in the inbox. `storage-failed`. */
  'inbox:mark': {
    input: z.strictObject({
      ids: z.array(z.number().int().positive()).max(500).nullable(),
      isRead: z.boolean()
    }),
    output: nothing
  },
  /** What became of assets since this was last asked for, which counts as told; see `main/usecases/news.ts`. No network. */
  'news:take': { input: nothing, output: newsSchema },
  /** Walks the chain of records and compares its end with the one the keychain remembers. */
  'history:check': { input: nothing, output: historyCheckSchema },
  /**
   * Lets the keychain remember the history's end as it is now, in the place of one that differs. That, and the end it
   * remembered, are recorded. `not-found`: none differs. `keychain-unavailable`, `storage-failed`: nothing was changed.
   */
  'history:acceptEnd': { input: nothing, output: nothing },
  /**
   * Asks where to save and begins to write; `history:exportChanged` tells how that stands. Null if the person thought better
   * of it. While an export is under way, how that one stands is answered instead.
   */
  'history:export': {
    input: z.strictObject({
      selection: historySelectionSchema,
      format: historyExportFormatSchema
    }),
    output: exportStanding
  },
  /** How the last export of this run stands; null: there was none. No network. */
  'history:exporting': { input: nothing, output: exportStanding },
  /** Ends the export; no file stays. */
  'history:stopExport': { input: nothing, output: nothing },
  /** Shows the last exported file in the file manager. `not-found`. */
  'history:showExport': { input: nothing, output: nothing },

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

  /** What forgetting names would do; nothing is changed. No network. */
  'names:preview': { input: forgetTargetSchema, output: forgetPreviewSchema },
  /**
   * Forgets names for good. `records`: how many the person was shown. `confirmation-expired`: there are fewer by now.
   * `not-found`: there is an obstacle, as the preview says. `storage-failed`: nothing was forgotten.
   */
  'names:forget': {
    input: z.strictObject({ target: forgetTargetSchema, records: z.number().int().nonnegative() }),
    output: forgottenNamesSchema
  },

  /** Gives up waiting for the system's keychain prompt; what waited for it fails with `keychain-unavailable`. */
  'keychain:stopWaiting': { input: nothing, output: nothing },
  /** Asks for the folder that exports are offered in; answers all settings. */
  'settings:chooseExportFolder': { input: nothing, output: settingsSchema },
  /** Asks where to save a file with facts for a bug report, without secrets; null if the person thought better of it. */
  'diagnostics:save': { input: nothing, output: savedAs },
  /** Changes settings; answers them all. `storage-failed`: the old ones are kept. */
  'settings:update': { input: settingsPatchSchema, output: settingsSchema },
  /** How this app stands against the newest release, as far as it was looked for. No network. */
  'update:get': { input: nothing, output: updateStatusSchema },
  /**
   * Looks for a new version and answers what came of it; `update:changed` tells how its download goes. `busy`: something
   * is under way. Network: one small file.
   */
  'update:check': { input: nothing, output: updateStatusSchema },
  /** Quits, and starts again as the version that is `ready`. `not-found`: none is. `busy`. */
  'update:install': { input: nothing, output: updateStatusSchema },
  /** Opens the page of releases in the system's browser. `not-found`: this build knows none. */
  'update:openPage': { input: nothing, output: nothing },
  /** The version that this is the first start of after an update; null: none, or it was told. Counts as told. */
  'whatsNew:take': {
    input: nothing,
    output: z.strictObject({ version: versionSchema.nullable() })
  },
  /** What this version and those right before it changed, newest first. */
  'whatsNew:get': {
    input: nothing,
    output: z.strictObject({ releases: z.array(releaseNotesSchema).max(20) })
  },
  /** Opens one of the fixed addresses in the system's browser (security E6). */
  'link:open': {
    input: z.strictObject({
      linkId: z.enum(linkIds)
    }),
    output: nothing
  },
  /** Shows the folder that holds the database in the system's file manager. */
  'data:reveal': { input: nothing, output: nothing },
  /** Takes the offered backup in place of a damaged database, which is kept. */
  'data:restore': { input: nothing, output: healthSchema },

  /**
   * Asks for a place and begins to save everything but keys there, as one file; `backup:changed` tells the rest. Null if
   * the person thought better of it. One that goes on already is answered as it is.
   */
  'backup:make': { input: nothing, output: oneBackupRun },
  /** How the last backup of this run stands; null: there was none. */
  'backup:current': { input: nothing, output: oneBackupRun },
  /** Ends it; no file stays. */
  'backup:stop': { input: nothing, output: nothing },
  /** Shows the last file that was saved in the system's file manager. `not-found`: none was in this run. */
  'backup:show': { input: nothing, output: nothing },
  /**
   * Asks for a backup, reads it and finds out what it would bring; `restore:changed` tells the rest. Nothing is changed. What
   * goes on already is answered as it is.
   */
  'restore:open': { input: nothing, output: oneRestoreRun },
  /** How restoring stands; null: nothing was opened in this run. */
  'restore:current': { input: nothing, output: oneRestoreRun },
  /** Takes in what `restore:open` read, with or without the settings in it. `storage-failed`: nothing was changed. */
  'restore:begin': {
    input: z.strictObject({ withSettings: z.boolean() }),
    output: oneRestoreRun
  },
  /** Ends the reading and forgets what was opened; what is coming in already comes in whole. */
  'restore:close': { input: nothing, output: nothing },

  /** Counts what is older than the person chose to keep it. No network. */
  'keeping:count': { input: nothing, output: overdueSchema },
  /** Removes pictures of what is gone that are older than the person chose. Answers how many. `storage-failed`. */
  'keeping:removePictures': {
    input: nothing,
    output: z.strictObject({ count: z.number().int().nonnegative() })
  }
} as const

export type Contract = typeof contract
export type RequestName = keyof Contract
export type RequestInput<N extends RequestName> = z.input<Contract[N]['input']>
export type RequestOutput<N extends RequestName> = z.output<Contract[N]['output']>
